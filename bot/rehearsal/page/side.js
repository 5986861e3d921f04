import { $, avatar, h, nameOf, rove } from "./dom.js";
import { act } from "./live.js";
import { announce, showFailure } from "./notices.js";
import { go, here, me, messagesOf, on, preview, speakAs, state, tint, unread } from "./state.js";
import { clock, t } from "./texts.js";

const TYPING = 4000;

export function prepareSide() {
  for (const topic of ["snapshot", "me", "people", "place", "unread", "language"]) on(topic, draw);
  on("me", () => announce(t("now_speaking", { name: nameOf(me()) })));
  on("typing", showTyping);
  $("people").addEventListener("keydown", (event) => {
    const next = rove($("people"), "[role=radio]", event);
    if (next) speakAs(Number(next.dataset.id));
  });
  $("add-person").addEventListener("click", () => $("newcomer").showModal());
  $("newcomer").addEventListener("close", addPerson);
  for (const tab of document.querySelectorAll("#tabs button")) {
    tab.addEventListener("click", () => show(tab.dataset.view));
  }
}

export function show(view) {
  document.body.dataset.view = view;
  if (view === "group" || view === "private") go(view);
  else drawTabs();
}

function draw() {
  if (!state.group) return;
  drawChats();
  drawPeople();
  drawHeader();
  drawTabs();
}

function drawChats() {
  $("chats").replaceChildren(
    ...state.groups.map((group) => chat("group", group, "tint-group", group.id)),
    chat("private", state.bot, "tint-bot", state.me),
  );
}

function chat(place, subject, colour, id) {
  const last = messagesOf(id).at(-1);
  const open = () => {
    document.body.dataset.view = place;
    go(place, place === "group" ? id : undefined);
  };
  return h(
    "li",
    {},
    h(
      "button",
      { type: "button", class: "chat", "data-place": place, "aria-current": here() === id ? "true" : null, onclick: open },
      avatar(subject, colour),
      h(
        "span",
        { class: "about" },
        h("span", { class: "line" }, h("bdi", { lang: state.language }, nameOf(subject)), last ? h("time", {}, clock(last.date)) : null),
        h("span", { class: "line" }, h("small", { lang: state.language }, preview(id) || t(place === "private" ? "private_chat" : "empty_private")), badge(id)),
      ),
    ),
  );
}

function badge(id) {
  const count = unread(id);
  if (!count) return null;
  const label = t("unread", { count });
  return h("span", { class: "badge" }, h("span", { "aria-hidden": "true" }, String(count)), h("span", { class: "hidden" }, label));
}

function drawPeople() {
  const list = $("people");
  const focused = list.contains(document.activeElement);
  list.replaceChildren(...state.people.map(persona));
  if (focused) list.querySelector("[aria-checked=true]")?.focus();
}

function persona(person) {
  const chosen = person.id === state.me;
  return h(
    "button",
    {
      type: "button",
      role: "radio",
      class: "persona",
      "data-id": person.id,
      "aria-checked": String(chosen),
      tabindex: chosen ? "0" : "-1",
      onclick: () => choose(person),
    },
    avatar(person, tint(person)),
    h("span", { class: "about" }, h("bdi", { lang: state.language }, nameOf(person)), h("small", {}, t(person.admin ? "teacher" : "student"))),
    person.id === state.me && state.place === "private" ? null : badge(person.id),
  );
}

function choose(person) {
  speakAs(person.id);
  if (document.body.dataset.view === "people") show(state.place);
}

function drawHeader() {
  const title = state.place === "group" ? state.group.title : nameOf(state.bot);
  const about = state.place === "group" ? t("members", { count: state.group.members }) : t("private_of", { name: nameOf(me()) });
  $("title").textContent = title;
  $("title").lang = state.language;
  $("subtitle").textContent = about;
}

let typing = 0;

function showTyping(chat) {
  if (chat !== here()) return;
  $("subtitle").textContent = t("typing");
  clearTimeout(typing);
  typing = setTimeout(drawHeader, TYPING);
}

function drawTabs() {
  const view = document.body.dataset.view;
  for (const tab of document.querySelectorAll("#tabs button")) {
    if (tab.dataset.view === view) tab.setAttribute("aria-current", "page");
    else tab.removeAttribute("aria-current");
    const id = { group: state.group?.id, private: state.me }[tab.dataset.view];
    tab.querySelector(".badge")?.remove();
    const mark = id !== undefined && id !== here() ? badge(id) : null;
    if (mark) tab.append(mark);
  }
}

async function addPerson() {
  const dialog = $("newcomer");
  const name = $("new-name").value.trim();
  if (dialog.returnValue !== "add" || !name) return;
  try {
    const { person } = await act("add_person", { name, chat: state.group.id, admin: $("new-admin").checked });
    $("newcomer-form").reset();
    speakAs(person);
  } catch (error) {
    showFailure(error);
  }
}
