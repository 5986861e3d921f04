import { $, avatar, h, icon, nameOf } from "./dom.js";
import { act } from "./live.js";
import { showFailure } from "./notices.js";
import { isAdmin, isHidden, role } from "./places.js";
import { langOf, on, state, tint } from "./state.js";
import { t } from "./texts.js";

const RIGHTS = ["can_pin", "can_delete", "can_manage_topics"];

export function prepareInfo() {
  for (const topic of ["people", "place", "me", "language"]) on(topic, () => $("info").open && draw());
}

export function openInfo() {
  draw();
  $("info").showModal();
}

function draw() {
  const { activeElement } = document;
  const focused = $("info").contains(activeElement) ? activeElement.dataset.key : null;
  const inGroup = state.place === "group";
  $("info-title").textContent = inGroup ? state.group.title : nameOf(state.bot);
  $("info-title").lang = langOf($("info-title").textContent);
  $("info-face").replaceChildren(inGroup ? avatar(state.group, tint(state.group)) : avatar(state.bot, "tint-bot"));
  $("info-about").textContent = inGroup ? kindOf(state.group) : t("private_of", { name: nameOf(state.people.find((each) => each.id === state.me)) });
  $("info-body").replaceChildren(...(inGroup ? groupBody(state.group) : privateBody()));
  if (focused) $("info").querySelector(`[data-key="${focused}"]`)?.focus();
}

function kindOf(group) {
  const kind = t(group.is_forum ? "kind_forum" : group.type === "group" ? "kind_group" : "kind_supergroup");
  return `${kind} · ${t("members", { count: group.members })}`;
}

function privateBody() {
  const blocked = state.blocked.has(state.me);
  const known = state.started.has(state.me) || blocked;
  return known ? [button("block", blocked ? "unblock" : "block", () => send("block", { blocked: !blocked }))] : [h("p", {}, t("not_started"))];
}

function groupBody(group) {
  const inside = state.people.filter((each) => role(group, each.id) !== "left");
  const outside = state.people.filter((each) => role(group, each.id) === "left");
  const here = role(group) !== "left";
  return [
    ...switches(group),
    h("h4", {}, t("chat_members")),
    h("ul", { class: "members" }, botRow(group, here), inside.map((each) => memberRow(group, each))),
    here && outside.length ? h("h4", {}, t("others")) : null,
    here && outside.length ? h("ul", { class: "members" }, outside.map(outsider)) : null,
    h("div", { class: "buttons" }, here ? button("leave", "leave", () => send("leave")) : button("join", "join", () => send("join"))),
  ].filter(Boolean);
}

function switches(group) {
  if (!isAdmin(group)) return [];
  if (group.type === "group") return [h("p", { class: "hint" }, t("basic_hint")), button("upgrade", "upgrade", () => send("upgrade"))];
  return [
    check("forum", t("with_topics"), group.is_forum, (on) => send("forum", { forum: on })),
    check("hide", t("be_hidden"), isHidden(group), (on) => send("hide", { anonymous: on })),
  ];
}

function botRow(group, here) {
  const id = state.bot.id;
  const standing = role(group, id);
  if (standing === "left") {
    const add = here ? [button("add-bot", "add", () => send("add_member", { whom: id })), button("add-bot-admin", "add_as_admin", () => send("add_member", { whom: id, admin: true }))] : [];
    return row(state.bot, "bot_absent", add);
  }
  const admin = standing === "administrator";
  const rights = admin && isAdmin(group) ? h("div", { class: "rights" }, RIGHTS.map((right) => rightOf(group, right))) : null;
  return row(state.bot, admin ? "bot_admin" : "bot_member", isAdmin(group) ? steering(id, admin) : [], rights);
}

function rightOf(group, right) {
  return check(right, t(right), group.rights[right], (on) => send("promote", { ...group.rights, [right]: on, whom: state.bot.id }));
}

function memberRow(group, person) {
  const standing = role(group, person.id);
  const labels = { creator: "owner", administrator: "admin_tag" };
  const label = isHidden(group, person.id) ? "hidden_admin" : (labels[standing] ?? "member_tag");
  const mayTouch = isAdmin(group) && standing !== "creator" && person.id !== state.me;
  return row(person, label, mayTouch ? steering(person.id, standing === "administrator") : []);
}

function outsider(person) {
  return row(person, "not_here", [button(`add-${person.id}`, "add", () => send("add_member", { whom: person.id }))]);
}

function steering(id, admin) {
  return [
    button(`rank-${id}`, admin ? "demote" : "promote", () => send(admin ? "demote" : "promote", { whom: id })),
    button(`remove-${id}`, "remove", () => send("remove_member", { whom: id })),
  ];
}

function row(person, label, buttons, more = null) {
  const about = h("span", { class: "about" }, h("bdi", { lang: langOf(nameOf(person)) }, nameOf(person)), h("small", {}, t(label)));
  return h("li", { "data-id": person.id }, h("div", { class: "member" }, avatar(person, tint(person)), about, h("span", { class: "acts" }, buttons)), more);
}

function button(key, label, run) {
  return h("button", { type: "button", class: "small", "data-key": key, onclick: run }, t(label));
}

function check(key, label, checked, run) {
  const box = h("input", { type: "checkbox", "data-key": key, checked, onchange: (event) => run(event.currentTarget.checked) });
  return h("label", { class: "check" }, box, h("span", {}, label));
}

async function send(name, details = {}) {
  try {
    await act(name, { person: state.me, chat: state.group.id, ...details });
  } catch (error) {
    draw();
    showFailure(error);
  }
}
