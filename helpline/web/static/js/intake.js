// The intake: fields that depend on another answer, and a sign of life while somebody types for long.
"use strict";
(() => {
  const form = document.querySelector("[data-intake]");
  if (!form) return;

  const answer = (name) => {
    const field = form.elements[name];
    return field ? field.value : "";
  };
  const dependent = [...form.querySelectorAll("[data-when]")];
  const show = () => dependent.forEach((part) => {
    const [name, value] = part.dataset.when.split("=");
    part.hidden = answer(name) !== value && !part.querySelector(".has-error");
  });
  form.addEventListener("change", show);
  addEventListener("pageshow", show);
  show();

  // Enter moves on: a call is saved by the button or by Ctrl+Enter, never by a slip in the middle of it.
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.ctrlKey || event.metaKey || !event.target.matches("input")) return;
    event.preventDefault();
    const controls = [...form.querySelectorAll("input:not([type=hidden]), select, textarea, button")]
      .filter((control) => control.offsetParent !== null && (control.name !== event.target.name || control === event.target));
    controls[controls.indexOf(event.target) + 1]?.focus();
  });

  // The call began when somebody began to write it down, not when the empty page was opened.
  const started = form.elements.started_at;
  let touched = Boolean(form.querySelector(".error-summary"));
  let told = Date.now();
  form.addEventListener("input", () => {
    if (!touched && started) started.value = new Date().toISOString();
    touched = true;
    const renew = document.getElementById("idle-dialog")?.dataset.renew;
    if (renew && Date.now() - told > 120000) {
      told = Date.now();
      fetch(renew, { credentials: "same-origin" });
    }
  });
})();
