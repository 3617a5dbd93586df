// <button hidden data-copy="ID" data-copied="Copied">: copies the field of that id and says so in [data-copy-status].
// The button shows only where the browser can copy; without it the field is selected and copied by hand.
const status = document.querySelector("[data-copy-status]");

async function copy(button) {
  const source = document.getElementById(button.dataset.copy);
  source.select?.();
  await navigator.clipboard.writeText(source.value ?? source.textContent.trim());
  if (status) status.textContent = button.dataset.copied ?? "";
}

if (navigator.clipboard) {
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", () => copy(button));
  }
}
