// A <dialog data-modal open> is served open, with `inert` on the page behind it. With script it becomes truly modal:
// the browser keeps the focus inside, and Escape does what its [data-dismiss] link or button does.
const dialog = document.querySelector("dialog[data-modal][open]");

if (dialog) {
  dialog.close();
  document.querySelector(".shell")?.removeAttribute("inert");
  dialog.showModal();
  dialog.addEventListener("cancel", (event) => {
    const dismiss = dialog.querySelector("[data-dismiss]");
    if (!dismiss) return;
    event.preventDefault();
    dismiss.click();
  });
}
