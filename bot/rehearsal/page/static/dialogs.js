import { $, h } from "./dom.js";

// Every dialog that has a data-title gets the same frame (#frame): a head, a place for what went wrong, and the
// way out. With data-submit it is a form with two buttons; else a cross closes it.
export function frameDialogs() {
  for (const place of document.querySelectorAll("[data-copy]")) place.append($(place.dataset.copy).content.cloneNode(true));
  for (const dialog of document.querySelectorAll("dialog[data-title]")) frame(dialog);
  for (const button of document.querySelectorAll("[data-close]")) {
    button.addEventListener("click", () => button.closest("dialog").close());
  }
}

function frame(dialog) {
  const [head, problem, buttons] = $("frame").content.cloneNode(true).children;
  const own = [...dialog.children];
  name(dialog, head.querySelector("h3"));
  for (const one of own.filter((each) => each.slot)) head.querySelector(`slot[name=${one.slot}]`).replaceWith(one);
  for (const slot of head.querySelectorAll("slot")) slot.remove();
  dialog.addEventListener("close", () => problem.replaceChildren());
  const rest = own.filter((each) => !each.slot);
  if (!dialog.dataset.submit) return dialog.replaceChildren(head, problem, ...rest);
  head.querySelector("[data-close]").remove();
  buttons.querySelector("[type=submit]").dataset.text = dialog.dataset.submit;
  return dialog.replaceChildren(h("form", { id: `${dialog.id}-form`, method: "dialog" }, head, problem, ...rest, buttons));
}

function name(dialog, title) {
  title.id = `${dialog.id}-title`;
  if (dialog.dataset.title) title.dataset.text = dialog.dataset.title;
  dialog.setAttribute("aria-labelledby", title.id);
}
