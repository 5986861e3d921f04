import { $, h, icon, rove } from "./dom.js";
import { toast } from "./notices.js";
import { find, here, state, tell } from "./state.js";
import { t } from "./texts.js";

let opener = null;

export function prepareMenu() {
  const menu = $("menu");
  menu.addEventListener("keydown", (event) => {
    rove(menu, "[role=menuitem]", event);
    if (event.key === "Escape" || event.key === "Tab") {
      event.preventDefault();
      closeMenu();
    }
  });
  document.addEventListener("pointerdown", (event) => {
    if (!menu.hidden && !menu.contains(event.target)) closeMenu({ refocus: false });
  });
}

export function openMenu(item, anchor, point = null) {
  const message = find(here(), Number(item.dataset.id));
  if (!message || item.classList.contains("service")) return;
  opener = anchor;
  const menu = $("menu");
  menu.setAttribute("aria-label", t("message_menu"));
  menu.replaceChildren(...entries(message).map(([label, symbol, run]) => entry(label, symbol, run)));
  menu.hidden = false;
  place(menu, anchor, point);
  menu.firstElementChild.focus();
}

function entries(message) {
  const text = message.text ?? message.caption ?? "";
  const mine = message.from?.id === state.me && message.text !== undefined;
  return [
    ["reply", "reply", () => tell("reply", message)],
    ...(mine ? [["edit", "edit", () => tell("edit", message)]] : []),
    ...(text ? [["copy", "copy", () => copy(text)]] : []),
  ];
}

function entry(label, symbol, run) {
  const choose = () => {
    closeMenu({ refocus: label === "copy" });
    run();
  };
  return h("button", { type: "button", role: "menuitem", tabindex: "-1", onclick: choose }, icon(symbol), t(label));
}

async function copy(text) {
  await navigator.clipboard.writeText(text);
  toast(t("copied"));
}

function place(menu, anchor, point) {
  const box = anchor.getBoundingClientRect();
  const left = point?.x ?? box.left;
  const top = point?.y ?? box.bottom;
  menu.style.left = `${Math.max(8, Math.min(left, innerWidth - menu.offsetWidth - 8))}px`;
  menu.style.top = `${Math.max(8, Math.min(top, innerHeight - menu.offsetHeight - 8))}px`;
}

export function closeMenu({ refocus = true } = {}) {
  $("menu").hidden = true;
  if (refocus) opener?.focus();
}
