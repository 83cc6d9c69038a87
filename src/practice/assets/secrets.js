// The page's few moving parts: a password whose letters can be shown, and a field in a closed shadow
// tree.
"use strict";

const field = document.getElementById("passe");
document.getElementById("montrer").addEventListener("click", () => {
  field.type = field.type === "password" ? "text" : "password";
});

customElements.define("champ-ferme", class extends HTMLElement {
  constructor() {
    super();
    const root = this.attachShadow({ mode: "closed" });
    const style = document.createElement("link");
    style.rel = "stylesheet";
    style.href = "/exercice/secrets.css";
    const label = document.createElement("label");
    label.textContent = "Mot de passe ";
    const input = document.createElement("input");
    input.type = "password";
    input.className = "secret";
    input.placeholder = " ";
    label.append(input);
    root.append(style, label);
  }
});
