import { badge } from "./chats.js";
import { $, avatar, h, nameOf, rove } from "./dom.js";
import { act } from "./live.js";
import { announce, showFailure } from "./notices.js";
import { isHidden, role, unread } from "./places.js";
import { langOf, me, on, speakAs, state, tell, tint } from "./state.js";
import { t } from "./texts.js";

export function preparePeople() {
  on("me", () => announce(t("now_speaking", { name: nameOf(me()) })));
  $("people").addEventListener("keydown", (event) => {
    const next = rove($("people"), "[role=radio]", event);
    if (next) speakAs(Number(next.dataset.id));
  });
  $("add-person").addEventListener("click", () => $("newcomer").showModal());
  $("newcomer").addEventListener("close", addPerson);
}

export function drawPeople() {
  const list = $("people");
  const focused = list.contains(document.activeElement);
  list.replaceChildren(...state.people.map(persona));
  if (focused) list.querySelector("[aria-checked=true]")?.focus();
}

export function standing(person) {
  if (role(state.group, person.id) === "left") return "not_here";
  if (isHidden(state.group, person.id)) return "hidden_admin";
  const standings = { creator: "teacher", administrator: "admin_tag" };
  return standings[role(state.group, person.id)] ?? "student";
}

function persona(person) {
  const chosen = person.id === state.me;
  const attributes = {
    type: "button",
    role: "radio",
    class: "persona",
    "data-id": person.id,
    "aria-checked": String(chosen),
    tabindex: chosen ? "0" : "-1",
    onclick: () => choose(person),
  };
  const about = h("span", { class: "about" }, h("bdi", { lang: langOf(nameOf(person)) }, nameOf(person)), h("small", {}, t(standing(person))));
  const mark = chosen && state.place === "private" ? null : badge(unread(person.id));
  return h("button", attributes, avatar(person, tint(person)), about, mark);
}

function choose(person) {
  if (person.id === state.me) tell("me");
  else speakAs(person.id);
}

async function addPerson() {
  const dialog = $("newcomer");
  const name = $("new-name").value.trim();
  if (dialog.returnValue !== "add" || !name) return;
  dialog.returnValue = "";
  try {
    const { person } = await act("add_person", { name, chat: state.group.id, admin: $("new-admin").checked });
    $("newcomer-form").reset();
    speakAs(person);
  } catch (error) {
    showFailure(error);
  }
}
