import { $, avatar, h, nameOf } from "./dom.js";
import { act } from "./live.js";
import { showFailure, toast } from "./notices.js";
import { role } from "./places.js";
import { langOf, on, state, tint } from "./state.js";
import { t } from "./texts.js";

export function prepareForward() {
  on("forward", (message) => {
    $("forward-to").replaceChildren(...targets().map((target) => choice(message, target)));
    $("forward").showModal();
  });
}

function targets() {
  const groups = state.groups.filter((each) => role(each) !== "left");
  const found = groups.flatMap((group) => [
    { to: group.id, topic: 0, face: avatar(group, tint(group)), name: group.title, about: group.is_forum ? t("general") : "" },
    ...(group.is_forum ? group.topics : []).map((topic) => ({ to: group.id, topic: topic.id, face: avatar(group, tint(group)), name: group.title, about: topic.name })),
  ]);
  const mine = { to: state.me, topic: 0, face: avatar(state.bot, "tint-bot"), name: nameOf(state.bot), about: t("private_chat") };
  return state.started.has(state.me) && !state.blocked.has(state.me) ? [...found, mine] : found;
}

function choice(message, target) {
  const about = h("span", { class: "about" }, h("bdi", { lang: langOf(target.name) }, target.name), h("small", {}, target.about));
  return h("li", {}, h("button", { type: "button", class: "chat", onclick: () => send(message, target) }, target.face, about));
}

async function send(message, { to, topic, name }) {
  const details = { person: state.me, chat: message.chat.id, message_id: message.message_id, to, topic };
  try {
    await act("pass_on", details);
    $("forward").close();
    toast(t("forwarded", { name }));
  } catch (error) {
    showFailure(error);
  }
}
