import { $, calm, h, nameOf, rove } from "./dom.js";
import { openMenu } from "./menu.js";
import { bubble } from "./message.js";
import { announce } from "./notices.js";
import { find, here, markRead, messagesOf, on, state } from "./state.js";
import { day, dayKey } from "./texts.js";

const NEAR = 120;
const TOGETHER = 300;

export function prepareFeed() {
  const feed = $("feed");
  feed.addEventListener("scroll", () => {
    if (nearEnd()) markRead();
    showJump();
  });
  feed.addEventListener("keydown", onKey);
  feed.addEventListener("focusin", (event) => activate(event.target.closest("li")));
  feed.addEventListener("click", (event) => {
    const more = event.target.closest(".more");
    if (more) openMenu(more.closest("li"), more);
  });
  feed.addEventListener("contextmenu", (event) => {
    const item = event.target.closest("li.message");
    if (!item || event.target.closest("a, img")) return;
    event.preventDefault();
    openMenu(item, item, { x: event.clientX, y: event.clientY });
  });
  $("jump").addEventListener("click", () => toEnd());
  new ResizeObserver(() => stick && toEnd({ smooth: false })).observe($("list"));
  new ResizeObserver(() => stick && toEnd({ smooth: false })).observe(feed);
  for (const topic of ["snapshot", "me", "place", "language"]) on(topic, redraw);
  on("message", onMessage);
  on("edited", onEdited);
  on("deleted", (change) => change.chat === here() && redraw());
  on("people", () => state.place === "group" && redraw());
  on("jump", jumpTo);
}

let stick = true;

function nearEnd() {
  const feed = $("feed");
  return feed.scrollHeight - feed.scrollTop - feed.clientHeight < NEAR;
}

function showJump() {
  stick = nearEnd();
  $("jump").hidden = stick;
}

function toEnd({ smooth = true } = {}) {
  const feed = $("feed");
  stick = true;
  feed.scrollTo({ top: feed.scrollHeight, behavior: smooth && !calm() ? "smooth" : "instant" });
}

export function redraw() {
  const list = $("list");
  const messages = messagesOf(here());
  const items = [];
  messages.forEach((message, index) => {
    items.push(...itemsFor(message, messages[index - 1], messages[index + 1]));
  });
  list.replaceChildren(...items);
  list.lang = state.language;
  $("welcome").hidden = messages.length > 0 || state.place !== "group";
  $("empty").hidden = messages.length > 0 || state.place === "group";
  activate(list.lastElementChild);
  toEnd({ smooth: false });
  markRead();
}

function itemsFor(message, before, after) {
  const items = [];
  if (!before || dayKey(before.date) !== dayKey(message.date)) {
    items.push(h("li", { class: "day" }, h("span", {}, day(message.date))));
  }
  const place = { first: !together(before, message), last: !together(message, after) };
  items.push(bubble(message, place));
  return items;
}

function together(one, other) {
  if (!one || !other) return false;
  if (one.new_chat_members || other.new_chat_members) return false;
  const near = other.date - one.date < TOGETHER && dayKey(one.date) === dayKey(other.date);
  return near && one.from?.id === other.from?.id;
}

function onMessage(message) {
  if (message.chat.id !== here()) return;
  if (message.from && message.from.id !== state.me) {
    const text = message.text ?? message.caption ?? message.document?.file_name ?? "";
    announce(`${nameOf(message.from)}：${text.slice(0, 300)}`);
  }
  const messages = messagesOf(here());
  if (messages.length === 1) {
    redraw();
    return;
  }
  const before = messages.at(-2);
  const wasActive = $("list").querySelector("[tabindex='0']")?.contains(document.activeElement);
  const follow = stick || message.from?.id === state.me;
  if (together(before, message)) refresh(before);
  const items = itemsFor(message, before, null);
  items.at(-1).classList.add("arriving");
  $("list").append(...items);
  if (!wasActive) activate($("list").lastElementChild);
  if (follow) {
    toEnd();
    markRead();
  } else {
    showJump();
  }
}

function onEdited(message) {
  if (message.chat.id === here()) refresh(message);
}

function refresh(message) {
  const old = item(message.message_id);
  if (!old) return;
  const messages = messagesOf(here());
  const at = messages.findIndex((each) => each.message_id === message.message_id);
  const place = { first: !together(messages[at - 1], message), last: !together(message, messages[at + 1]) };
  const fresh = bubble(messages[at], place);
  const focused = old.contains(document.activeElement);
  const keys = [...old.querySelectorAll(".key")];
  const key = keys.indexOf(document.activeElement);
  const active = old.tabIndex === 0;
  old.replaceWith(fresh);
  if (active) activate(fresh);
  if (focused) (fresh.querySelectorAll(".key")[key] ?? fresh).focus();
}

function item(id) {
  return $("list").querySelector(`li[data-id="${Number(id)}"]`);
}

function activate(chosen) {
  if (!chosen?.dataset.id) return;
  for (const old of $("list").querySelectorAll("li[tabindex='0']")) setStops(old, "-1");
  setStops(chosen, "0");
}

function setStops(element, value) {
  element.setAttribute("tabindex", value);
  for (const part of element.querySelectorAll("a, button")) part.setAttribute("tabindex", value);
}

function onKey(event) {
  const current = event.target.closest("li");
  if (!current) return;
  if (event.target.matches(".key")) {
    if (rove(current, ".key", event, { vertical: event.key === "ArrowUp" || event.key === "ArrowDown" })) return;
  }
  if (event.target === current && event.key === "Enter") {
    event.preventDefault();
    openMenu(current, current);
    return;
  }
  if (event.target === current) rove($("list"), "li[data-id]", event)?.scrollIntoView({ block: "nearest" });
}

function jumpTo(id) {
  const target = item(id);
  if (!target || !find(here(), id)) return;
  target.scrollIntoView({ block: "center", behavior: calm() ? "instant" : "smooth" });
  target.focus({ preventScroll: true });
  target.classList.add("flash");
  setTimeout(() => target.classList.remove("flash"), 1500);
}
