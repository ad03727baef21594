// What every page does: network chip, fresh times, one submit per click, focus, poller, menus.
"use strict";
(() => {
  const root = document.documentElement;
  const wordsElement = document.getElementById("words");
  const words = wordsElement ? JSON.parse(wordsElement.textContent) : {};

  // Network chip
  const network = () => { root.dataset.network = navigator.onLine ? "online" : "offline"; };
  addEventListener("online", network);
  addEventListener("offline", network);
  network();

  // The viewer's time zone, so that the server shows times without a region of their own in it.
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (zone && !document.cookie.includes(`zone=${zone}`)) {
    document.cookie = `zone=${zone}; path=/; max-age=31536000; SameSite=Lax${location.protocol === "https:" ? "; Secure" : ""}`;
  }

  // Relative times
  const fill = (pattern, values) => pattern.replace(/%\((\w+)\)d/g, (_match, name) => values[name]);
  const span = (seconds) => {
    const whole = Math.floor(Math.abs(seconds));
    const days = Math.floor(whole / 86400), hours = Math.floor(whole / 3600), minutes = Math.floor(whole % 3600 / 60);
    if (whole >= 2592000 || (whole >= 172800 && hours % 24 === 0)) return fill(words.whole_days, { days });
    if (whole >= 172800) return fill(words.days, { days, hours: hours % 24 });
    if (whole >= 3600 && minutes === 0) return fill(words.whole_hours, { hours });
    if (whole >= 3600) return fill(words.hours, { hours, minutes });
    return fill(words.minutes, { minutes });
  };
  const refreshTimes = () => {
    document.querySelectorAll("[data-relative], [data-due]").forEach((element) => {
      const moment = element.closest("time");
      const seconds = (Date.parse(moment.dateTime) - Date.now()) / 1000;
      const isDue = "due" in element.dataset;
      let text = isDue ? words.now : words.just_now;
      if (Math.abs(seconds) >= 60) {
        text = (seconds > 0 ? words.in : isDue ? words.overdue : words.ago).replace("%s", span(seconds));
      }
      if (element !== moment) text = `(${text})`;
      if (element.textContent !== text) element.textContent = text;
      if (isDue) {
        element.classList.toggle("late", seconds < 0);
        element.classList.toggle("near", seconds >= 0 && seconds < 10800);
      }
    });
  };
  if (words.now) setInterval(refreshTimes, 15000);

  // One submit per click: the button says that it works, and comes back with the page or the answer.
  const busy = (form, on) => {
    form.querySelectorAll("button:not([type=button])").forEach((button) => {
      button.disabled = on;
      button.toggleAttribute("aria-busy", false);
      if (on && button === form.lastSubmitter) button.setAttribute("aria-busy", "true");
    });
  };
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method === "dialog" || event.defaultPrevented) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.lastSubmitter = event.submitter;
    if (form.matches("[hx-post], [hx-get]")) return;
    form.dataset.sent = "1";
    setTimeout(() => busy(form, true));
  });
  addEventListener("pageshow", () => {
    document.querySelectorAll("form[data-sent]").forEach((form) => { delete form.dataset.sent; busy(form, false); });
  });
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.target.matches("form[hx-post]")) busy(event.target, true);
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.target.matches("form[hx-post]")) busy(event.target, false);
  });

  // Errors take the focus, so that nobody has to look for them.
  const focusFirst = (where) => {
    const target = where.querySelector("[data-focus]");
    if (target) target.focus();
  };
  document.addEventListener("DOMContentLoaded", () => focusFirst(document));
  document.addEventListener("htmx:afterSwap", (event) => { focusFirst(event.target); refreshTimes(); });
  document.addEventListener("click", (event) => {
    const link = event.target.closest(".error-summary a[href^='#']");
    const group = link && document.getElementById(link.hash.slice(1));
    if (!group) return;
    const control = group.matches("input, select, textarea") ? group : group.querySelector("input, select, textarea");
    if (control) { event.preventDefault(); control.focus(); control.scrollIntoView({ block: "center" }); }
  });

  // Poller: elements with data-poll and hx-trigger="tick" ask every 10 s while somebody works, every 60 s
  // when idle, not at all when hidden. The header keeps polling from counting as activity.
  let active = Date.now();
  let asked = Date.now();
  for (const kind of ["pointermove", "keydown", "scroll"]) addEventListener(kind, () => { active = Date.now(); }, { passive: true });
  const poll = () => {
    const now = Date.now();
    const wait = (now - active < 60000 ? 10000 : 60000) * (0.8 + Math.random() * 0.4);
    if (!document.hidden && navigator.onLine && now - asked >= wait) {
      asked = now;
      document.querySelectorAll("[data-poll]").forEach((element) => element.dispatchEvent(new CustomEvent("tick")));
    }
    setTimeout(poll, 2000);
  };
  poll();
  document.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.triggeringEvent?.type === "tick") event.detail.headers["X-Helpline-Poll"] = "1";
    else renewIdle();
  });
  // A session that ended answers with the sign-in page: go there as a whole, never inside a fragment.
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.xhr.status === 401) location.reload();
  });
  // But a call that is being written down stays on the screen: saving it says what happened and keeps the text.
  document.addEventListener("htmx:beforeOnLoad", (event) => {
    if (event.detail.xhr.status === 401 && document.querySelector("[data-intake]")) event.preventDefault();
  });

  // Two minutes before the session ends by idleness, say so.
  const idle = Number(document.body.dataset.idle || 0) * 1000;
  const dialog = document.getElementById("idle-dialog");
  let idleTimer = 0;
  const renewIdle = () => {
    if (!idle || !dialog) return;
    clearTimeout(idleTimer);
    idleTimer = setTimeout(() => { if (!dialog.open) dialog.showModal(); }, Math.max(idle - 120000, 1000));
  };
  renewIdle();
  if (dialog) {
    dialog.addEventListener("close", () => { fetch(dialog.dataset.renew, { credentials: "same-origin" }).then(renewIdle, renewIdle); });
  }

  // Dialogs and menus
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-opens]");
    if (opener) document.getElementById(opener.dataset.opens).showModal();
    document.querySelectorAll("details.menu[open]").forEach((menu) => {
      if (!menu.contains(event.target) || opener) menu.open = false;
    });
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    document.querySelectorAll("details.menu[open]").forEach((menu) => { menu.open = false; menu.querySelector("summary").focus(); });
  });
  // Whoever types a moment means it, whatever choice stood before.
  document.addEventListener("input", (event) => {
    const { form, name, value } = event.target;
    if (name === "due_at" && value && form?.elements.due) form.elements.due.value = "exact";
  });
  // A filter that changes is applied at once.
  document.addEventListener("change", (event) => {
    const form = event.target.form;
    if (form && form.hasAttribute("data-autosubmit")) form.requestSubmit();
  });
  // Show what was typed into a password field, while asked to.
  document.addEventListener("click", (event) => {
    const eye = event.target.closest("[data-reveal]");
    if (!eye) return;
    const field = document.getElementById(eye.dataset.reveal);
    field.type = field.type === "password" ? "text" : "password";
    eye.setAttribute("aria-pressed", String(field.type === "text"));
  });
})();
