// Gathers what the frames say and tells the station's sensor one number: the kind of field that
// has the keyboard. The number goes out when it changes and every few seconds, so that silence
// means that something is wrong.
"use strict";

const api = globalThis.browser ?? globalThis.chrome;

// The same numbers as in content.js and in src/guest/sensor.rs.
const PLAIN = 0, UNKNOWN = 6, OUT = 10, INSIDE = 11;
const CLOSED = 7;
const HOST = "estran.sensor";
const BEAT = 3000;

const frames = new Map();
let host = null;
let said = null;
let tabInFront = null;

const level = () => {
  const states = Array.from(frames.values(), frame => frame.state);
  const kinds = states.filter(state => state > PLAIN && state < UNKNOWN);
  if (kinds.length > 0) return Math.min(...kinds);
  if (states.includes(UNKNOWN)) return UNKNOWN;
  if (states.includes(PLAIN)) return PLAIN;
  // A frame says that the keyboard is in a frame inside it, and that one says nothing.
  if (states.includes(INSIDE)) return UNKNOWN;
  // A page that lets no script of ours in.
  const tabs = Array.from(frames.values(), frame => frame.tab);
  return tabInFront !== null && !tabs.includes(tabInFront) ? UNKNOWN : PLAIN;
};

const send = number => {
  try {
    host ??= open();
    host.postMessage(number);
    said = number;
  } catch {
    host = null;
  }
};

const open = () => {
  const port = api.runtime.connectNative(HOST);
  port.onDisconnect.addListener(() => {
    if (host === port) host = null;
    said = null;
  });
  return port;
};

const tell = () => {
  const now = level();
  if (now !== said) send(now);
};

const lookInFront = async () => {
  const [tab] = await api.tabs.query({ active: true, lastFocusedWindow: true });
  tabInFront = tab?.id ?? null;
  tell();
};

api.runtime.onConnect.addListener(port => {
  frames.set(port, { state: OUT, tab: port.sender?.tab?.id ?? null });
  port.onMessage.addListener(state => {
    const frame = frames.get(port);
    if (!frame) return;
    frame.state = Number.isInteger(state) && state >= PLAIN && state <= INSIDE ? state : UNKNOWN;
    tell();
  });
  port.onDisconnect.addListener(() => {
    frames.delete(port);
    tell();
  });
});

// Chromium lets no script into a page that was open before the extension was there: the visit's
// first page. It has only just come, and comes again.
api.runtime.onInstalled.addListener(() => {
  setTimeout(async () => {
    const known = new Set(Array.from(frames.values(), frame => frame.tab));
    for (const tab of await api.tabs.query({})) if (!known.has(tab.id)) api.tabs.reload(tab.id);
  }, 300);
});

// A page that the browser's own rules do not open: said once, as a number, so that the station can say
// it in plain words. Which page it was is not looked at. Chromium names the reason; Firefox gives the
// number of its NS_ERROR_BLOCKED_BY_POLICY, 0x80780003.
const BY_RULE = /BLOCKED_BY_ADMINISTRATOR|\b2155347971\b/;
api.webNavigation.onErrorOccurred.addListener(({ frameId, error }) => {
  if (frameId === 0 && BY_RULE.test(error ?? "")) send(CLOSED);
});

api.tabs.onActivated.addListener(lookInFront);
api.windows.onFocusChanged.addListener(lookInFront);
setInterval(() => { lookInFront(); send(level()); }, BEAT);
lookInFront();
