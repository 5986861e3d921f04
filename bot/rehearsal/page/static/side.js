import { $ } from "./dom.js";
import { badge, drawChats } from "./chats.js";
import { drawPeople, preparePeople } from "./people.js";
import { go, role, unread } from "./places.js";
import { drawHeader, prepareHeader } from "./header.js";
import { on, state } from "./state.js";

export function prepareSide() {
  for (const topic of ["snapshot", "me", "people", "place", "unread", "started", "language"]) on(topic, draw);
  prepareHeader();
  preparePeople();
  on("me", keepWithin);
  for (const tab of document.querySelectorAll("#tabs button")) {
    tab.addEventListener("click", () => show(tab.dataset.view));
  }
}

export function show(view) {
  document.body.dataset.view = view;
  if (view === "group" || view === "private") go(view);
  else drawTabs();
}

function keepWithin() {
  if (document.body.dataset.view === "people") show(state.place);
}

function draw() {
  if (!state.group) return;
  if (["group", "private"].includes(document.body.dataset.view)) document.body.dataset.view = state.place;
  drawChats();
  drawPeople();
  drawHeader();
  drawTabs();
}

function drawTabs() {
  const view = document.body.dataset.view;
  for (const tab of document.querySelectorAll("#tabs button")) {
    if (tab.dataset.view === view) tab.setAttribute("aria-current", "page");
    else tab.removeAttribute("aria-current");
    tab.querySelector(".badge")?.remove();
    const mark = badge(waiting(tab.dataset.view));
    if (mark) tab.append(mark);
  }
}

function waiting(view) {
  if (view === "group") return unread(state.group.id);
  if (view === "private") return unread(state.me);
  if (view !== "chats") return 0;
  const others = state.groups.filter((each) => each.id !== state.group.id && role(each) !== "left");
  return others.reduce((sum, each) => sum + unread(each.id), 0);
}
