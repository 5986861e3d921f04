import { avatar, h, icon, name, nameOf } from "./dom.js";
import { act } from "./live.js";
import { showFailure, toast } from "./notices.js";
import { pollOf } from "./poll.js";
import { botLink, rich } from "./rich.js";
import { find, go, state, tell, tint } from "./state.js";
import { clock, size, t } from "./texts.js";

const SERVICE = {
  new_chat_members: (message) => t("joined", { name: message.new_chat_members.map(nameOf).join("、") }),
  left_chat_member: (message) => t("left", { name: nameOf(message.left_chat_member) }),
  pinned_message: (message) => t("pinned", { name: nameOf(message.from) }),
};

export function bubble(message, { first, last }) {
  const service = Object.keys(SERVICE).find((kind) => message[kind]);
  if (service) return h("li", { class: "service", ...identity(message) }, h("span", {}, SERVICE[service](message)));
  const own = message.from?.id === state.me;
  const sender = message.from ?? message.sender_chat;
  const classes = ["message", own ? "own" : "other", first ? "first" : "", last ? "last" : ""].join(" ");
  return h(
    "li",
    { class: classes, ...identity(message), "aria-label": `${nameOf(sender)}，${clock(message.date)}` },
    own ? null : h("span", { class: "side" }, last ? avatar(sender, tint(sender)) : null),
    h(
      "div",
      { class: "stack" },
      h("div", { class: "bubble" }, first && !own ? heading(message, sender) : null, quote(message), body(message), foot(message)),
      keyboard(message),
    ),
    h(
      "button",
      { type: "button", class: "more", "aria-label": t("message_menu"), "aria-haspopup": "menu", tabindex: "-1" },
      icon("menu"),
    ),
  );
}

function identity(message) {
  return { "data-id": message.message_id, tabindex: "-1" };
}

function heading(message, sender) {
  const person = state.people.find((each) => each.id === sender.id);
  const tag = sender.is_bot ? t("bot_tag") : person?.admin_of.includes(message.chat.id) ? t("admin_tag") : "";
  return h("div", { class: `name ${tint(sender)}` }, name(sender), tag ? h("span", { class: "tag" }, tag) : null);
}

function quote(message) {
  if (!message.reply_to_message) return null;
  const id = message.reply_to_message.message_id;
  const target = find(message.chat.id, id) ?? message.reply_to_message;
  const sender = target.from ?? target.sender_chat ?? {};
  const text = message.quote?.text ?? target.text ?? target.caption ?? target.document?.file_name ?? "";
  return h(
    "button",
    { type: "button", class: `quote ${tint(sender)}`, onclick: () => tell("jump", id) },
    h("bdi", { class: "who" }, nameOf(sender)),
    h("span", { class: "said" }, text.slice(0, 160) || t("deleted_reply")),
  );
}

function body(message) {
  const parts = [];
  if (message.photo) parts.push(photo(message));
  if (message.document) parts.push(file(message));
  if (message.poll) parts.push(pollOf(message));
  const text = message.text ?? message.caption;
  const entities = message.entities ?? message.caption_entities;
  if (text !== undefined) parts.push(h("div", { class: "text", dir: "auto" }, rich(text, entities, actions)));
  return parts.length ? parts : h("div", { class: "text faint" }, t("unsupported"));
}

const actions = {
  open: (url) => {
    const link = botLink(url, state.bot.username);
    if (!link) return false;
    if (link.group) {
      toast(t("startgroup"));
      return true;
    }
    go("private");
    tell("deeplink", link.payload);
    return true;
  },
  command: (text) => tell("suggest", text),
};

function photo(message) {
  const best = message.photo.at(-1);
  return h("img", {
    class: "photo",
    src: `files/${encodeURIComponent(best.file_id)}`,
    width: best.width,
    height: best.height,
    alt: message.caption ?? t("photo"),
  });
}

function file(message) {
  const { document } = message;
  const label = document.file_name ?? t("file");
  return h(
    "a",
    {
      class: "file",
      href: `files/${encodeURIComponent(document.file_id)}`,
      download: label,
      "aria-label": t("download", { name: label }),
    },
    h("span", { class: "disc" }, icon("file")),
    h("span", { class: "about" }, h("bdi", {}, label), h("small", {}, size(document.file_size ?? 0))),
  );
}

function foot(message) {
  const time = h("time", { datetime: new Date(message.date * 1000).toISOString() }, clock(message.date));
  return h("span", { class: "foot" }, message.edit_date ? `${t("edited")} ` : null, time);
}

function keyboard(message) {
  const rows = message.reply_markup?.inline_keyboard;
  if (!rows?.length) return null;
  return h(
    "div",
    { class: "keyboard", role: "group" },
    rows.map((row) => h("div", { class: "row" }, row.map((button) => key(message, button)))),
  );
}

function key(message, button) {
  if (button.url) {
    const open = (event) => {
      if (actions.open(button.url)) event.preventDefault();
    };
    return h("a", { class: "key", href: button.url, target: "_blank", rel: "noopener noreferrer", onclick: open }, button.text);
  }
  return h("button", { type: "button", class: "key", onclick: (event) => press(event.currentTarget, message, button) }, button.text);
}

async function press(element, message, button) {
  if (element.getAttribute("aria-busy") === "true") return;
  element.setAttribute("aria-busy", "true");
  try {
    await act("press", {
      person: state.me,
      chat: message.chat.id,
      message_id: message.message_id,
      data: button.callback_data,
    });
  } catch (error) {
    showFailure(error);
  }
  element.removeAttribute("aria-busy");
}
