// <form data-order-form> of [data-block]: their [data-handle] is dragged to change the order, which goes into the field
// named « order » and is saved like any change. Without a mouse there are the buttons « Monter » and « Descendre ».
const form = document.querySelector("[data-order-form]");
const blocks = () => [...form.querySelectorAll("[data-block]")];
let dragged = null;

function tell() {
  const order = form.elements.order;
  const now = blocks();
  order.value = now.map((block) => block.dataset.block).join();
  now.forEach((block, place) => {
    const label = block.querySelector(".block__tools > [id]");
    label.textContent = label.textContent.replace(/^\d+/, place + 1);
    block.querySelector("[value^='up:']").disabled = place === 0;
    block.querySelector("[value^='down:']").disabled = place === now.length - 1;
  });
  order.dispatchEvent(new Event("change", { bubbles: true }));
}

for (const handle of form?.querySelectorAll("[data-handle]") ?? []) {
  handle.hidden = false;
  handle.addEventListener("dragstart", (event) => {
    dragged = handle.closest("[data-block]");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.dataset.block);
    event.dataTransfer.setDragImage(dragged, 20, 20);
  });
}

form?.addEventListener("dragover", (event) => {
  const over = event.target.closest("[data-block]");
  if (!dragged) return;
  event.preventDefault();
  if (!over || over === dragged) return;
  const middle = over.getBoundingClientRect().top + over.offsetHeight / 2;
  over[event.clientY < middle ? "before" : "after"](dragged);
});

form?.addEventListener("drop", (event) => event.preventDefault());
form?.addEventListener("dragend", () => {
  if (dragged) tell();
  dragged = null;
});
