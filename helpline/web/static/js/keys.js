// Keyboard: by physical key (event.code), so that it works in every layout; silent in text fields.
"use strict";
(() => {
  const typing = (element) => element.matches("textarea, select, [contenteditable], input:not([type=checkbox], [type=radio], [type=button], [type=submit])");
  const single = () => document.documentElement.dataset.keys !== "off";

  const digit = (code) => {
    const match = /^(?:Digit|Numpad)(\d)$/.exec(code);
    return match ? (Number(match[1]) + 9) % 10 : -1;
  };

  // Inside a group of chips the digits choose, and the focus moves on to the next field.
  const choose = (event) => {
    const group = event.target.closest("[data-digits]");
    const index = digit(event.code);
    if (!group || index < 0) return false;
    const choice = group.querySelectorAll("input")[index];
    if (!choice || choice.disabled) return false;
    choice.click();
    choice.focus();
    if (choice.type === "radio") {
      const controls = [...(choice.form || document).querySelectorAll("input:not([type=hidden]), select, textarea, button")]
        .filter((control) => !control.disabled && control.offsetParent !== null);
      const next = controls.slice(controls.indexOf(choice) + 1).find((control) => !group.contains(control));
      if (next) (next.closest("[data-digits]")?.querySelector("input:checked") || next).focus();
    }
    return true;
  };

  // Rows: J and K move through [data-row], the focus lies on the row's link.
  const move = (step) => {
    const rows = [...document.querySelectorAll("[data-row]")].filter((row) => row.offsetParent !== null);
    if (!rows.length) return false;
    const here = rows.findIndex((row) => row.contains(document.activeElement));
    const row = rows[Math.min(Math.max(here + step, 0), rows.length - 1)];
    const target = row.querySelector(".rowlink, a, button") || row;
    target.focus();
    row.scrollIntoView({ block: "nearest" });
    return true;
  };

  let first = "";
  let firstAt = 0;
  const press = (keys) => {
    const target = [...document.querySelectorAll("[data-key]")].find((element) => element.dataset.key === keys);
    if (!target) return false;
    if (typing(target)) target.focus(); else target.click();
    return true;
  };
  const letters = (event) => {
    const now = Date.now();
    const sequence = first && now - firstAt < 1500 ? `${first} ${event.code}` : "";
    first = "";
    if (sequence && press(sequence)) return true;
    if (event.key === "?" || (event.code === "Slash" && event.shiftKey)) {
      document.getElementById("keys-dialog")?.showModal();
      return true;
    }
    if (event.shiftKey) return false;
    if (event.code === "KeyJ") return move(1);
    if (event.code === "KeyK") return move(-1);
    if (document.querySelector(`[data-key^="${event.code} "]`)) {
      first = event.code;
      firstAt = now;
      return true;
    }
    return press(event.code);
  };

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing) return;
    const target = event.target;
    if ((event.ctrlKey || event.metaKey) && event.code.endsWith("Enter")) {
      const form = target.form || target.closest("form");
      const wanted = event.shiftKey ? ["[data-save-and-open]"] : ["[data-save]", "button.primary", "button:not([type=button])"];
      const button = form && wanted.map((selector) => form.querySelector(selector)).find(Boolean);
      if (button) { event.preventDefault(); button.click(); }
      return;
    }
    if (event.ctrlKey || event.metaKey) return;
    if (event.altKey) {
      if (press(`Alt+${event.code}`)) event.preventDefault();
      return;
    }
    if (event.key === "Escape" && typing(target) && !document.querySelector("dialog[open]")) { target.blur(); return; }
    if (typing(target) || !single()) return;
    if (choose(event)) { event.preventDefault(); return; }
    if (document.querySelector("dialog[open]")) return;
    if (letters(event)) event.preventDefault();
  });

  // The help lists what this page offers.
  document.addEventListener("DOMContentLoaded", () => {
    const list = document.querySelector("#keys-dialog .keys");
    if (!list) return;
    const seen = new Set();
    [...document.querySelectorAll("[data-key]")].reverse().forEach((element) => {
      const keys = element.dataset.key;
      if (seen.has(keys)) return;
      seen.add(keys);
      const term = document.createElement("dt");
      keys.split(/[ +]/).forEach((code) => {
        const key = document.createElement("kbd");
        key.textContent = code.replace(/^(Key|Digit)/, "").replace("Slash", "/");
        term.append(key, " ");
      });
      const meaning = document.createElement("dd");
      meaning.textContent = element.dataset.keyLabel || element.textContent.trim().replace(/\s+/g, " ");
      list.prepend(term, meaning);
    });
  });
})();
