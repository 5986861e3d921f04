import { $, h, icon, rove } from "./dom.js";
import { act } from "./live.js";
import { showFailure, toast } from "./notices.js";
import { isAdmin, isMine } from "./places.js";
import { picker } from "./reactions.js";
import { find, here, state, tell } from "./state.js";
import { t } from "./texts.js";

let opener = null;

export function prepareMenu() {
  const menu = $("menu");
  menu.addEventListener("keydown", (event) => {
    if (!event.target.closest(".picker")) rove(menu, ".picker [role], [role=menuitem]", event);
    else if (!rove(menu, ".picker [role]", event, { vertical: false })) rove(menu, "[role=menuitem]", event);
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
  openEntries(anchor, t("message_menu"), entries(message), { point, top: picker(message, closeMenu) });
}

export function openEntries(anchor, label, listed, { point = null, top = null } = {}) {
  opener = anchor;
  const menu = $("menu");
  menu.setAttribute("aria-label", label);
  menu.replaceChildren(...(top ? [top] : []), ...listed.map(([name, symbol, run]) => entry(name, symbol, run)));
  menu.hidden = false;
  place(menu, anchor, point);
  menu.querySelector("[role=menuitem]").focus();
}

function entries(message) {
  const words = message.text ?? message.caption ?? "";
  const mine = isMine(message);
  const admin = state.place === "private" || isAdmin(state.group);
  const at = { person: state.me, chat: message.chat.id, message_id: message.message_id };
  const pinned = state.pinned[message.chat.id] === message.message_id;
  return [
    ["reply", "reply", () => tell("reply", message)],
    ...(mine && message.text !== undefined && !message.forward_origin ? [["edit", "edit", () => tell("edit", message)]] : []),
    ...(words ? [["copy", "copy", () => copy(words)]] : []),
    ...(admin ? [[pinned ? "unpin" : "pin", "pin", () => attempt("pin", { ...at, pinned: !pinned })]] : []),
    ...(message.poll ? [] : [["forward", "forward", () => tell("forward", message)]]),
    ...(mine || admin ? [["delete", "bin", () => attempt("delete", at)]] : []),
  ];
}

async function attempt(name, details) {
  try {
    await act(name, details);
  } catch (error) {
    showFailure(error);
  }
}

function entry(label, symbol, run) {
  const choose = () => {
    closeMenu({ refocus: label === "copy" });
    run();
  };
  return h("button", { type: "button", role: "menuitem", tabindex: "-1", "data-name": label, onclick: choose }, icon(symbol), t(label));
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
