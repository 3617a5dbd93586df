// Says once that a person has this page open: a scanner of links runs no script, and nothing depends on it.
const address = document.querySelector("script[data-opened]")?.dataset.opened;
const token = document.querySelector("input[name=csrfmiddlewaretoken]")?.value;

function tell() {
  if (document.visibilityState !== "visible") return;
  document.removeEventListener("visibilitychange", tell);
  fetch(address, { method: "POST", keepalive: true, headers: { "X-CSRFToken": token } }).catch(() => {});
}

if (address && token) {
  document.addEventListener("visibilitychange", tell);
  tell();
}
