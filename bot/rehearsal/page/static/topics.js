import { badge } from "./chats.js";
import { $, h, icon } from "./dom.js";
import { act } from "./live.js";
import { openEntries } from "./menu.js";
import { showFailure } from "./notices.js";
import { currentTopic, go, isAdmin, role, unread } from "./places.js";
import { langOf, on, state } from "./state.js";
import { t } from "./texts.js";

export function prepareTopics() {
  for (const topic of ["snapshot", "me", "people", "place", "unread", "language"]) on(topic, draw);
  $("topic-dialog-form").addEventListener("submit", open);
}

function draw() {
  const strip = $("topics");
  strip.hidden = state.place !== "group" || !state.group?.is_forum;
  if (strip.hidden) return;
  const focused = strip.contains(document.activeElement) ? document.activeElement.dataset.topic : null;
  const general = { id: 0, name: t("general"), closed: false };
  strip.replaceChildren(...[general, ...state.group.topics].map(tab), tools());
  if (focused) strip.querySelector(`[data-topic="${focused}"]`)?.focus();
  strip.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function tab(topic) {
  const current = topic.id === state.topic;
  const attributes = {
    type: "button",
    class: "topic",
    "data-topic": topic.id,
    "aria-current": current ? "true" : null,
    onclick: () => go("group", state.group.id, topic.id),
  };
  const lock = topic.closed ? [icon("lock"), h("span", { class: "hidden" }, t("closed"))] : [];
  return h("button", attributes, ...lock, h("bdi", { lang: langOf(topic.name) }, topic.name), badge(unread(state.group.id, topic.id)));
}

function tools() {
  const steers = isAdmin(state.group) || currentTopic()?.by === state.me;
  const more = h(
    "button",
    { type: "button", class: "round", "data-topic": "menu", "aria-label": t("topic_menu"), title: t("topic_menu"), "aria-haspopup": "menu", onclick: openTopicMenu },
    icon("menu"),
  );
  const add = h(
    "button",
    { type: "button", class: "topic new", "data-topic": "new", onclick: () => $("topic-dialog").showModal() },
    icon("plus"),
    t("new_topic"),
  );
  const here = currentTopic() && steers ? more : null;
  return h("span", { class: "topic-tools" }, role(state.group) === "left" ? null : add, here);
}

function openTopicMenu(event) {
  const topic = currentTopic();
  const at = { person: state.me, chat: state.group.id, topic: topic.id };
  openEntries(event.currentTarget, t("topic_menu"), [
    [topic.closed ? "reopen_topic" : "close_topic", topic.closed ? "unlock" : "lock", () => attempt("close_topic", { ...at, closed: !topic.closed })],
    ["delete_topic", "bin", () => attempt("delete_topic", at)],
  ]);
}

async function open(event) {
  const name = $("topic-name").value.trim();
  if (event.submitter?.value !== "add" || !name) return;
  const done = await attempt("open_topic", { person: state.me, chat: state.group.id, name });
  if (!done) return;
  $("topic-dialog-form").reset();
  go("group", state.group.id, done.topic);
}

async function attempt(name, details) {
  try {
    return await act(name, details);
  } catch (error) {
    showFailure(error);
    return null;
  }
}
