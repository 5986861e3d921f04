import { avatar, h, icon, name, nameOf } from "./dom.js";
import { act } from "./live.js";
import { showFailure, toast } from "./notices.js";
import { go, isHidden, isMine, senderOf, wordsOf } from "./places.js";
import { pollOf } from "./poll.js";
import { chips } from "./reactions.js";
import { botLink, rich } from "./rich.js";
import { noteOf } from "./service.js";
import { find, langOf, state, tell, tint } from "./state.js";
import { clock, size, t } from "./texts.js";

export function bubble(message, { first, last }) {
  const note = noteOf(message);
  if (note !== null) return h("li", { class: "service", ...identity(message) }, h("span", {}, h("bdi", {}, note)));
  const own = isMine(message);
  const sender = senderOf(message);
  const classes = ["message", own ? "own" : "other", first ? "first" : "", last ? "last" : ""].join(" ");
  return h(
    "li",
    { class: classes, ...identity(message), "aria-label": `${nameOf(sender)}，${clock(message.date)}` },
    own ? null : h("span", { class: "side" }, last ? avatar(sender, tint(sender)) : null),
    h(
      "div",
      { class: "stack" },
      h("div", { class: "bubble" }, heading(message, sender, { first, own }), forwarded(message), quote(message), body(message), foot(message), chips(message)),
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

function heading(message, sender, { first, own }) {
  if (!first || (own && !message.sender_chat)) return null;
  const tag = tagOf(message, sender);
  return h("div", { class: `name ${tint(sender)}` }, name(sender, langOf(nameOf(sender))), tag ? h("span", { class: "tag" }, tag) : null);
}

function tagOf(message, sender) {
  if (sender.id === message.chat.id && message.sender_chat) return t("hidden_admin");
  if (sender.is_bot) return t("bot_tag");
  const person = state.people.find((each) => each.id === sender.id);
  const known = person?.admin_of.includes(message.chat.id) && !isHidden(groupOf(message), sender.id);
  return known ? t("admin_tag") : "";
}

function groupOf(message) {
  return state.groups.find((each) => each.id === message.chat.id);
}

function forwarded(message) {
  const origin = message.forward_origin;
  if (!origin || message.is_automatic_forward) return null;
  const source = origin.sender_user ?? origin.sender_chat ?? origin.chat ?? { first_name: origin.sender_user_name };
  return h("div", { class: "forwarded" }, icon("forward"), h("span", {}, t("forwarded_from"), " ", h("bdi", { class: "origin", lang: langOf(nameOf(source)) }, nameOf(source))));
}

function quote(message) {
  const id = message.rehearsal.reply_to;
  if (id === null || message.reply_to_message?.forum_topic_created) return null;
  const target = find(message.chat.id, id);
  if (!target) return h("div", { class: "quote gone" }, h("span", { class: "said" }, t("deleted_reply")));
  const sender = senderOf(target);
  const text = message.quote?.text ?? noteOf(target) ?? wordsOf(target);
  return h(
    "button",
    { type: "button", class: `quote ${tint(sender)}`, onclick: () => tell("jump", id) },
    h("bdi", { class: "who", lang: langOf(nameOf(sender)) }, nameOf(sender)),
    text ? h("span", { class: "said", lang: noteOf(target) ? null : langOf(text) }, text.slice(0, 160)) : h("span", { class: "said" }, t("photo")),
  );
}

function body(message) {
  const parts = [];
  if (message.photo) parts.push(photo(message));
  if (message.document) parts.push(file(message));
  if (message.voice) parts.push(h("div", { class: "carried" }, icon("voice"), h("span", {}, t("voice"))));
  if (message.sticker) parts.push(sticker(message));
  if (message.poll) parts.push(pollOf(message));
  const text = message.text ?? message.caption;
  const entities = message.entities ?? message.caption_entities;
  if (text !== undefined) parts.push(h("div", { class: "text", dir: "auto", lang: langOf(text) }, rich(text, entities, actions)));
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

function sticker(message) {
  return h("img", { class: "sticker", src: `files/${encodeURIComponent(message.sticker.file_id)}`, width: 160, height: 160, alt: t("sticker") });
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
    h("span", { class: "about" }, h("bdi", { lang: langOf(label) }, label), h("small", {}, size(document.file_size ?? 0))),
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
  const lang = langOf(button.text);
  if (button.url) {
    const open = (event) => {
      if (actions.open(button.url)) event.preventDefault();
    };
    const away = { href: button.url, target: "_blank", rel: "noopener noreferrer" };
    return h("a", { class: "key", lang, ...away, onclick: open }, button.text);
  }
  const send = (event) => press(event.currentTarget, message, button);
  return h("button", { type: "button", class: "key", lang, onclick: send }, button.text);
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
