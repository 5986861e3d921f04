import { $, calm, h, nameOf, rove } from "./dom.js";
import { openMenu } from "./menu.js";
import { bubble } from "./message.js";
import { announce } from "./notices.js";
import { inView, inViewAll, isMine, markRead, senderOf, topicHere, wordsOf } from "./places.js";
import { noteOf } from "./service.js";
import { find, here, langOf, on, state } from "./state.js";
import { day, dayKey, says } from "./texts.js";

const NEAR = 120;
const TOGETHER = 300;
const PAGE = 150;
let drawn = PAGE;

export function prepareFeed() {
  const feed = $("feed");
  feed.addEventListener("scroll", () => {
    if (nearEnd()) markRead();
    else if (feed.scrollTop < feed.clientHeight && drawn < inViewAll().length) drawEarlier(drawn + PAGE);
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
  on("deleted", (change) => change.chat === here() && redrawInPlace());
  on("people", () => state.place === "group" && redrawInPlace());
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
  drawn = PAGE;
  drawList();
  toEnd({ smooth: false });
  markRead();
}

function drawList() {
  const all = inViewAll();
  const start = Math.max(0, all.length - drawn);
  const items = all.slice(start).flatMap((message, index) => itemsFor(message, all[start + index - 1], all[start + index + 1], index === 0));
  $("list").replaceChildren(...items);
  const begins = state.place === "group" && !topicHere();
  $("welcome").hidden = all.some((each) => noteOf(each) === null) || !begins;
  $("empty").hidden = all.length > 0 || begins;
  activate($("list").lastElementChild);
}

function redrawInPlace() {
  const feed = $("feed");
  const [top, stuck] = [feed.scrollTop, stick];
  keepingFocus(drawList);
  if (stuck) toEnd({ smooth: false });
  else feed.scrollTo({ top, behavior: "instant" });
}

function drawEarlier(count) {
  const feed = $("feed");
  const below = feed.scrollHeight - feed.scrollTop;
  drawn = count;
  keepingFocus(drawList);
  feed.scrollTo({ top: feed.scrollHeight - below, behavior: "instant" });
}

function keepingFocus(draw) {
  const focused = document.activeElement?.closest?.("#list li")?.dataset.id;
  draw();
  if (focused) (item(focused) ?? $("list").lastElementChild)?.focus({ preventScroll: true });
}

function itemsFor(message, before, after, opens = false) {
  const items = [];
  if (opens || !before || dayKey(before.date) !== dayKey(message.date)) {
    items.push(h("li", { class: "day" }, h("span", {}, day(message.date))));
  }
  const place = { first: !together(before, message), last: !together(message, after) };
  items.push(setStops(bubble(message, place), "-1"));
  return items;
}

function together(one, other) {
  if (!one || !other) return false;
  if (noteOf(one) !== null || noteOf(other) !== null) return false;
  const near = other.date - one.date < TOGETHER && dayKey(one.date) === dayKey(other.date);
  return near && senderOf(one).id === senderOf(other).id && one.rehearsal.author_id === other.rehearsal.author_id;
}

function onMessage(message) {
  if (!inView(message)) return;
  if (!isMine(message)) tellOf(message);
  const messages = inViewAll();
  if (messages.length === 1 || !$("welcome").hidden) {
    redraw();
    return;
  }
  drawn += 1;
  const before = messages.at(-2);
  const wasActive = $("list").querySelector("[tabindex='0']")?.contains(document.activeElement);
  const follow = stick || isMine(message);
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

function tellOf(message) {
  const note = noteOf(message);
  const words = wordsOf(message).slice(0, 300);
  if (note) announce(note);
  else announce(`${says(nameOf(senderOf(message)))}${words}`, { lang: langOf(words) });
}

function onEdited(message) {
  if (inView(message)) refresh(message);
}

function refresh(message) {
  const old = item(message.message_id);
  if (!old) return;
  const messages = inViewAll();
  const at = messages.findIndex((each) => each.message_id === message.message_id);
  const place = { first: !together(messages[at - 1], message), last: !together(message, messages[at + 1]) };
  const fresh = bubble(messages[at], place);
  const focused = old.contains(document.activeElement);
  const keys = [...old.querySelectorAll(".key")];
  const key = keys.indexOf(document.activeElement);
  const active = old.tabIndex === 0;
  old.replaceWith(fresh);
  setStops(fresh, active ? "0" : "-1");
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
  return element;
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
  if (!find(here(), Number(id))) return;
  const fromEnd = inViewAll().toReversed().findIndex((each) => each.message_id === Number(id));
  const far = fromEnd >= drawn;
  if (far) drawEarlier(fromEnd + PAGE);
  const target = item(id);
  if (!target) return;
  stick = false;
  target.scrollIntoView({ block: "center", behavior: far || calm() ? "instant" : "smooth" });
  target.focus({ preventScroll: true });
  target.classList.add("flash");
  setTimeout(() => target.classList.remove("flash"), 1500);
}
