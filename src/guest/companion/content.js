// Runs in every frame of every page. Says what kind of field has the keyboard, as one number of a
// closed list, and nothing else: no value, no name, no address ever leaves the page. This file
// reads attributes, labels and styles; it never reads what a field contains.
"use strict";

(() => {
  const api = globalThis.browser ?? globalThis.chrome;

  // The same numbers as `Sensed` in src/guest/sensor.rs.
  const PLAIN = 0, PASSWORD = 1, CODE = 2, CARD = 3, BANK = 4, IDENTITY = 5;
  // Known to the background alone: this frame has no keyboard; a frame inside it has.
  const OUT = 10, INSIDE = 11;

  const TEXT_TYPES = new Set([
    "text", "search", "tel", "url", "email", "password", "number", "date", "month", "week",
    "time", "datetime-local",
  ]);
  const FRAMES = new Set(["IFRAME", "FRAME", "OBJECT", "EMBED", "FENCEDFRAME", "PORTAL"]);

  // A field that was once a password stays one, even when its letters are shown.
  const passwords = new WeakSet();
  const watched = new WeakSet();

  // By words in the page's own names and labels, without accents, in small letters.
  const WORDS = [
    [PASSWORD, /mot ?de ?passe|\bmdp\b|password|passwd|passphrase|passcode|\bpwd\b|code (secret|confidentiel|personnel|d ?acces|pin)|\bpin( ?code)?\b|secret/],
    [CODE, /one ?time|\botp\b|\btotp\b|\b2 ?fa\b|\bmfa\b|usage unique|code.{0,24}(verification|confirmation|validation|securite|sms|recu|activation|authentification)|(verification|confirmation|security|activation|authentication|sms) ?code|code (a|de) \d (chiffres|caracteres)/],
    [CARD, /\bcc ?(num(ber)?|csc|cvc|exp)|card ?(num|no\b|holder|expir|cv)|(numero|n°|no|num) (de |de la |de votre |du )?(carte (bancaire|bleue|de (credit|debit|paiement))|cb)\b|carte (bancaire|bleue)|credit ?card|debit ?card|\bcv[cv2]\b|\bcvv ?2?\b|cryptogramme|\bpan\b/],
    [BANK, /\biban\b|\bbic\b|\bswift\b|\brib\b|(account|routing) ?(number|no\b)|sort ?code|numero de compte|compte (bancaire|en banque)|coordonnees bancaires|code (banque|guichet)|cle rib/],
    [IDENTITY, /secu(rite)? ?sociale|\bnir\b|\bnss\b|num ?secu|\bssn\b|social ?security|national ?insurance|(numero|n°|no|num) (d ?)?(insee|fiscal|de passeport|du passeport|etranger|agdref|d ?allocataire|de la piece d ?identite|de (la )?carte (nationale )?d ?identite|de titre de sejour|de permis)|\bspi\b|numero fiscal|passport ?(number|no\b)|identity ?(card )?(number|no\b)|\bid ?number\b|carte vitale/],
  ];

  // The page's standard words for what a field takes (HTML, "autofill field names").
  const AUTOFILL = [
    [PASSWORD, /^(current|new)-password$/],
    [CODE, /^one-time-code$/],
    [CARD, /^cc-/],
  ];

  const plain = text =>
    (text ?? "")
      .slice(0, 200)
      .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
      .normalize("NFD")
      .replace(/[\u0300-\u036f]/g, "")
      .toLowerCase()
      .replace(/[_\-.'’\[\]\s]+/g, " ");

  const texts = nodes => Array.from(nodes ?? [], node => node?.textContent ?? "").join(" ");

  const byId = (field, ids) => {
    const root = field.getRootNode();
    return (ids ?? "").split(/\s+/).filter(Boolean).slice(0, 8).map(id => root.getElementById?.(id));
  };

  const namesOf = field => [
    field.getAttribute("name"),
    field.id,
    field.getAttribute("placeholder"),
    field.getAttribute("aria-label"),
    field.getAttribute("title"),
    texts(field.labels),
    texts(byId(field, field.getAttribute("aria-labelledby"))),
  ];

  // Several fields of one character side by side: a code, cut up.
  const oneOfSeveral = field => {
    if (field.getAttribute("maxlength") !== "1") return false;
    const around = field.parentElement?.parentElement ?? field.parentElement;
    return (around?.querySelectorAll("input[maxlength='1']").length ?? 0) >= 4;
  };

  const isMasked = field => {
    const masked = getComputedStyle(field).webkitTextSecurity;
    return typeof masked === "string" && masked !== "" && masked !== "none";
  };

  const takesText = element =>
    (element.tagName === "INPUT" && TEXT_TYPES.has(element.type)) ||
    element.tagName === "TEXTAREA" ||
    element.isContentEditable === true;

  const kindOf = field => {
    if (!takesText(field)) return PLAIN;
    if (field.type === "password") passwords.add(field);
    if (passwords.has(field) || isMasked(field)) return PASSWORD;
    const autofill = (field.getAttribute("autocomplete") ?? "").toLowerCase().split(/\s+/);
    for (const [kind, words] of AUTOFILL) if (autofill.some(word => words.test(word))) return kind;
    if (oneOfSeveral(field)) return CODE;
    const names = namesOf(field).map(plain);
    for (const [kind, words] of WORDS) if (names.some(name => words.test(name))) return kind;
    return PLAIN;
  };

  // Shadow trees, closed ones too: only an extension may look into those.
  const shadowOf = element =>
    element.openOrClosedShadowRoot ?? api.dom?.openOrClosedShadowRoot?.(element) ?? element.shadowRoot;

  const focused = () => {
    let element = document.activeElement;
    for (let depth = 0; element && depth < 32; depth += 1) {
      const shadow = shadowOf(element);
      if (shadow) watch(shadow);
      const deeper = shadow?.activeElement;
      if (!deeper) break;
      element = deeper;
    }
    return element;
  };

  const stateNow = () => {
    if (!document.hasFocus()) return OUT;
    const element = focused();
    if (!element) return PLAIN;
    return FRAMES.has(element.tagName) ? INSIDE : kindOf(element);
  };

  // Whether a field was a password before its letters were shown: seen when the page changes it.
  const watch = root => {
    if (watched.has(root)) return;
    watched.add(root);
    new MutationObserver(changes => {
      for (const change of changes) if (change.oldValue === "password") passwords.add(change.target);
      tell();
    }).observe(root, {
      subtree: true,
      attributes: true,
      attributeFilter: ["type", "autocomplete", "contenteditable"],
      attributeOldValue: true,
    });
  };

  let port = null;
  let said = null;
  let gone = false;

  const tell = () => {
    if (gone) return;
    const state = stateNow();
    if (state === said && port) return;
    connect();
    said = state;
    try {
      port.postMessage(state);
    } catch {
      port = null;
    }
  };

  const connect = () => {
    if (port) return;
    try {
      port = api.runtime.connect();
    } catch {
      return; // The extension is gone: its silence is what is heard.
    }
    port.onDisconnect.addListener(() => {
      port = null;
      said = null;
      setTimeout(tell, 200);
    });
  };

  // After a focus has left and before the next has arrived nothing is true: wait for the end.
  const soon = () => setTimeout(tell, 0);

  const seePath = event => {
    for (const node of event.composedPath()) if (node instanceof ShadowRoot) watch(node);
    const target = event.composedPath()[0];
    if (target?.tagName === "INPUT" && target.type === "password") passwords.add(target);
  };

  watch(document);
  addEventListener("focusin", event => { seePath(event); tell(); }, true);
  addEventListener("focusout", event => { seePath(event); soon(); }, true);
  addEventListener("pointerdown", event => { seePath(event); soon(); }, true);
  addEventListener("keydown", event => { seePath(event); tell(); }, true);
  addEventListener("focus", soon, true);
  addEventListener("blur", soon, true);
  // A page that is left may be kept aside, with its connection: it has no keyboard any more.
  addEventListener("pagehide", () => {
    gone = true;
    port?.disconnect();
    port = null;
    said = null;
  });
  addEventListener("pageshow", () => { gone = false; soon(); });
  document.addEventListener("visibilitychange", soon);
  tell();
})();
