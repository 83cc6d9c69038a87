// usage: node accessibility.mjs BASE_URL FOLDER [--shots]
//
// Opens every page of a running practice site in Chromium, in every state, and fails on
// any axe-core violation, any page wider than its window at 200 % zoom, and any target
// smaller than 44 px. FOLDER takes the result and, with --shots, the pictures.
// CHROMIUM names the browser (default /usr/bin/chromium).
import { readFileSync, mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { travel } from "./journey.mjs";

const [base, folder, ...options] = process.argv.slice(2);
if (!base || !folder) {
  console.error("usage: node accessibility.mjs BASE_URL FOLDER [--shots]");
  process.exit(2);
}
const shots = options.includes("--shots");
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const SMALLEST = 44;
mkdirSync(folder, { recursive: true });

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox"],
});

async function violations(page) {
  // Runs in the page's own world through the debugger: the site's policy forbids scripts.
  await page.evaluate(axe);
  const result = await page.evaluate(() =>
    globalThis.axe.run(document, { resultTypes: ["violations", "incomplete"] }),
  );
  return {
    found: result.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target).join(" ")}`),
    checks: result.passes.length,
    unsure: result.incomplete.map((v) => `${v.id}: ${v.nodes.map((n) => n.target).join(" ")}`),
  };
}

// Controls a finger must hit: links in running text are exempt (WCAG 2.5.8, inline).
async function smallTargets(page) {
  return page.evaluate((smallest) => {
    const seen = document.querySelectorAll(
      "button, select, textarea, summary, input:not([type=hidden]), nav a, a.button, a.brand, a.person, .tiles a",
    );
    return [...seen]
      .filter((e) => !e.disabled)
      .map((e) => {
        const box = e.matches("[type=radio], [type=checkbox]") ? e.labels[0] : e;
        return { name: e.id || e.textContent, height: box.getBoundingClientRect().height };
      })
      .filter((e) => e.height < smallest)
      .map((e) => `${e.name}: ${e.height}px`);
  }, SMALLEST);
}

async function overflow(page) {
  const wider = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  return wider > 0 ? [`${wider}px wider than the window`] : [];
}

// Positive control: the same runner must see what it is asked to look for.
async function control() {
  const page = await browser.newPage({ viewport: { width: 640, height: 320 } });
  await page.setContent(
    `<title>x</title><p style="color:#ccc;background:#fff;width:2000px">faible</p>
     <img src="x"><input><button style="height:20px">b</button>`,
  );
  const { found } = await violations(page);
  const seen = found.map((v) => v.split(":")[0]);
  for (const rule of ["html-has-lang", "color-contrast", "image-alt", "label"]) {
    if (!seen.includes(rule)) throw new Error(`control: ${rule} was not seen (${seen})`);
  }
  if ((await smallTargets(page)).length === 0) throw new Error("control: small target not seen");
  if ((await overflow(page)).length === 0) throw new Error("control: overflow not seen");
  await page.close();
}

const report = [];
let failures = 0;

// 200 % zoom of a W×H window is a W/2×H/2 viewport with two device pixels to one.
const WINDOWS = [
  { label: "1280x640", viewport: { width: 1280, height: 640 }, deviceScaleFactor: 1 },
  { label: "1280x640-200", viewport: { width: 640, height: 320 }, deviceScaleFactor: 2 },
  { label: "1024x688", viewport: { width: 1024, height: 688 }, deviceScaleFactor: 1 },
];

async function tour({ label, ...window }) {
  // Each window is a visitor of its own, with an account of its own.
  const context = await browser.newContext({ ...window, javaScriptEnabled: true });
  const page = await context.newPage();
  const refused = [];
  page.on("console", (m) => m.type() === "error" && refused.push(m.text()));
  const style = process.env.PRACTICE_STYLE;
  if (style) await page.route("**/style.css", (route) => route.fulfill({ path: style }));
  const look = async (name) => {
    const { found, checks, unsure } = await violations(page);
    const problems = [...found, ...(await smallTargets(page)), ...(await overflow(page))];
    if (checks === 0) problems.push("axe checked nothing");
    failures += problems.length;
    report.push({ page: name, window: label, checks, problems, unsure });
    for (const problem of problems) console.error(`${label} ${name}: ${problem}`);
    if (shots) await page.screenshot({ path: join(folder, `${label}-${name}.png`), fullPage: true });
  };
  await travel(page, base, folder, look, label);
  // The not-found page is an expected error; a policy violation never is.
  for (const text of refused.filter((t) => t.includes("Content Security Policy"))) {
    failures += 1;
    console.error(`${label}: ${text}`);
  }
  await context.close();
}

await control();
for (const window of WINDOWS) await tour(window);
await browser.close();
writeFileSync(join(folder, "accessibility.json"), JSON.stringify(report, null, 2));
const checks = report.reduce((sum, entry) => sum + entry.checks, 0);
console.log(`${report.length} pages and states, ${checks} axe rules passed, ${failures} problems`);
process.exit(failures === 0 ? 0 : 1);
