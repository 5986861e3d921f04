import { $, avatar, h, nameOf } from "./dom.js";
import { go, preview, role, unread, visit } from "./places.js";
import { noteOf } from "./service.js";
import { here, langOf, messagesOf, state, tint } from "./state.js";
import { clock, t } from "./texts.js";

export function drawChats() {
  const list = $("chats");
  const focused = list.contains(document.activeElement) ? document.activeElement.dataset.chat : null;
  const others = state.people.filter((each) => each.id !== state.me && state.started.has(each.id));
  list.replaceChildren(...state.groups.map(groupRow), privateRow(state.people.find((each) => each.id === state.me)), ...others.map(privateRow));
  if (focused) list.querySelector(`[data-chat="${Number(focused)}"]`)?.focus();
}

function groupRow(group) {
  const open = () => {
    document.body.dataset.view = "group";
    go("group", group.id);
  };
  const absent = role(group) === "left";
  const title = h("bdi", { lang: langOf(group.title) }, group.title);
  const about = absent ? t("not_here") : preview(group.id) || t("empty_private");
  return row("group", group.id, { face: avatar(group, tint(group)), title, about, open, absent });
}

function privateRow(person) {
  const open = () => {
    document.body.dataset.view = "private";
    visit(person.id);
  };
  const face = h("span", { class: "pair" }, avatar(state.bot, "tint-bot"), avatar(person, tint(person)));
  const title = h("bdi", { lang: langOf(nameOf(state.bot)) }, nameOf(state.bot), h("small", { lang: langOf(nameOf(person)) }, ` ${nameOf(person)}`));
  return row("private", person.id, { face, title, about: preview(person.id) || t("private_chat"), open });
}

function row(place, id, { face, title, about, open, absent = false }) {
  const last = messagesOf(id).at(-1);
  const told = last && !absent && noteOf(last) === null;
  const attributes = {
    type: "button",
    class: absent ? "chat absent" : "chat",
    "data-place": place,
    "data-chat": id,
    "aria-current": here() === id ? "true" : null,
    onclick: open,
  };
  return h(
    "li",
    {},
    h(
      "button",
      attributes,
      face,
      h(
        "span",
        { class: "about" },
        h("span", { class: "line" }, title, last ? h("time", {}, clock(last.date)) : null),
        h("span", { class: "line" }, h("small", { lang: told ? langOf(about) : null }, about), absent ? null : badge(unread(id))),
      ),
    ),
  );
}

export function badge(count) {
  if (!count) return null;
  const label = t("unread", { count });
  return h("span", { class: "badge" }, h("span", { "aria-hidden": "true" }, count > 999 ? "999+" : String(count)), h("span", { class: "hidden" }, label));
}
