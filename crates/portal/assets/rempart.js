// Makes pages livelier; every page works without it.
"use strict";

// Dialogs are pages of their own; with script they become modal, and Escape goes where Cancel goes.
for (const dialog of document.querySelectorAll("dialog[open]")) {
  dialog.close();
  document.querySelector(".shell")?.removeAttribute("inert");
  dialog.showModal();
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    dialog.querySelector("a.close")?.click();
  });
}

// Copy buttons: <button data-copy="#id">.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const source = document.querySelector(button.dataset.copy);
  await navigator.clipboard.writeText(source.textContent.trim());
  const before = button.lastChild.textContent;
  button.lastChild.textContent = button.dataset.copied;
  setTimeout(() => { button.lastChild.textContent = before; }, 2000);
});

for (const button of document.querySelectorAll("[data-copy]")) button.hidden = false;
