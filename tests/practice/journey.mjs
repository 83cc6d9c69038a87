// The pages of the practice site and the states they can be in, as one journey.
// `look(name)` is called on each of them.
import { writeFileSync } from "node:fs";
import { join } from "node:path";

export const PASSWORD = "marée-haute-1951";

async function send(page) {
  await page.locator("main form button[type=submit]").first().click();
  await page.waitForLoadState("load");
}

export async function travel(page, base, folder, look, visitor) {
  const email = `eloise.${visitor}@example.org`;
  const open = (path) => page.goto(base + path);

  await open("/");
  await look("home");
  await open("/fiche");
  await look("card");
  await open("/accessibilite");
  await look("accessibility");
  await open("/no-such-page");
  await look("not-found");
  await open("/telephone");
  await look("telephone-empty");
  await open("/releve");
  await look("statement-empty");

  await open("/compte/creer");
  await look("account");
  await send(page);
  await look("account-problems");
  await page.fill("#nom", "Lefèvre");
  await page.fill("#prenom", "Éloïse");
  await page.fill("#email", email);
  await page.fill("#mot-de-passe", PASSWORD);
  await page.fill("#confirmation", PASSWORD);
  await send(page);
  await look("account-created");

  await open("/connexion");
  await look("login");
  await send(page);
  await look("login-problems");
  await page.fill("#email", email.toUpperCase());
  await page.fill("#mot-de-passe", PASSWORD);
  await send(page);
  await look("code");
  await page.fill("#code", "12");
  await send(page);
  await look("code-problems");
  await open("/telephone");
  await look("telephone");
  const code = await page.locator("#le-code").innerText();
  await page.getByText("J’ai noté le code").click();
  await page.fill("#code", code);
  await send(page);
  await look("space");

  await open("/demande/identite");
  await look("identity");
  await send(page);
  await look("identity-problems");
  await page.locator("details summary").click();
  await look("identity-model-open");
  await page.fill("#jour", "14");
  await page.fill("#mois", "5");
  await page.fill("#annee", "1951");
  await page.fill("#ville", "Saint-Brieuc");
  await page.fill("#numero", "2 51 05 22 999 999 62");
  await send(page);
  await look("situation");
  await send(page);
  await look("situation-problems");
  await page.getByLabel("Je suis locataire").check();
  await page.selectOption("#famille", "veuf");
  await page.getByLabel("Les dents").check();
  await page.fill("#precisions", "J’ai déménagé à Noël.\nMerci à l’équipe !");
  await send(page);
  await look("document");
  await send(page);
  await look("document-problems");
  const file = join(folder, "reçu d’été.pdf");
  writeFileSync(file, "%PDF-1.7\n% un justificatif\n");
  await page.setInputFiles("#fichier", file);
  await send(page);
  await look("summary");
  await send(page);
  await look("confirmation");

  await open("/rendez-vous");
  await look("appointment");
  await send(page);
  await look("appointment-problems");
  await page.getByLabel("Au téléphone").check();
  await page.getByLabel("Mardi à 10 h").check();
  await send(page);
  await look("appointment-taken");
  await open("/releve");
  await look("statement");
}
