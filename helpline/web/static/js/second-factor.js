// Small helps around sign-in: copying what cannot be typed, saying what a passkey did not do.
"use strict";
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copies]");
  if (!button) return;
  await navigator.clipboard.writeText(document.getElementById(button.dataset.copies).textContent.trim().replace(/[ \t]+/g, " "));
  button.querySelector(".word").textContent = button.dataset.done;
});
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const note = document.getElementById("passkey-failed");
  if (note) note.hidden = false;
});
