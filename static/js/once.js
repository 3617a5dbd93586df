// <form data-once>: the second click of a double click is not sent, for the browser would drop the answer to the first.
const forms = document.querySelectorAll("form[data-once]");

for (const form of forms) {
  form.addEventListener("submit", (event) => {
    if ("sent" in form.dataset) event.preventDefault();
    form.dataset.sent = "";
  });
}

// Coming back to the page, one may send again.
window.addEventListener("pageshow", () => {
  for (const form of forms) delete form.dataset.sent;
});
