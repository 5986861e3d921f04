import { h, nameOf } from "./dom.js";
import { act } from "./live.js";
import { showFailure } from "./notices.js";
import { person, state } from "./state.js";
import { t } from "./texts.js";

export const QUICK = ["👍", "❤", "🔥", "😁", "🤔", "🎉", "👎"];

function myReaction(message) {
  return message.rehearsal.reactions[state.me]?.[0] ?? null;
}

export function chips(message) {
  const voices = new Map();
  for (const [id, emoji] of Object.entries(message.rehearsal.reactions)) {
    for (const each of emoji) voices.set(each, [...(voices.get(each) ?? []), Number(id)]);
  }
  if (!voices.size) return null;
  const most = [...voices].sort(([, a], [, b]) => b.length - a.length);
  return h("div", { class: "reactions", role: "group", "aria-label": t("reactions") }, most.map(([emoji, ids]) => chip(message, emoji, ids)));
}

function chip(message, emoji, ids) {
  const names = ids.map((id) => nameOf(person(id) ?? {})).join("、");
  const attributes = {
    type: "button",
    class: "reaction",
    "aria-pressed": String(ids.includes(state.me)),
    "aria-label": t("reacted", { emoji, names }),
    title: names,
    onclick: () => react(message, emoji),
  };
  return h("button", attributes, h("span", { class: "emoji" }, emoji), h("span", { class: "count" }, String(ids.length)));
}

export async function react(message, emoji) {
  const taken = myReaction(message) === emoji;
  const at = { person: state.me, chat: message.chat.id, message_id: message.message_id };
  try {
    await act("react", { ...at, emoji: taken ? null : emoji });
  } catch (error) {
    showFailure(error);
  }
}

export function picker(message, close) {
  const mine = myReaction(message);
  const pick = (emoji) => () => {
    close();
    react(message, emoji);
  };
  return h(
    "div",
    { class: "picker", role: "group", "aria-label": t("react") },
    QUICK.map((emoji) =>
      h("button", { type: "button", role: "menuitemcheckbox", "aria-checked": String(mine === emoji), "aria-label": t("react_with", { emoji }), tabindex: "-1", onclick: pick(emoji) }, emoji),
    ),
  );
}
