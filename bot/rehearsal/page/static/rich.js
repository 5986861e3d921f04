import { h } from "./dom.js";
import { langOf } from "./state.js";

const TAGS = {
  bold: "strong",
  italic: "em",
  underline: "u",
  strikethrough: "s",
  code: "code",
  pre: "pre",
  blockquote: "blockquote",
  expandable_blockquote: "blockquote",
};
const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]);
const WORDS = /\p{Script=Han}|[a-z]+\s+[a-z]+/iu;
const SAFE = /^(https?|tg|mailto):/i;

export function rich(text, entities = [], actions = {}) {
  const sorted = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  const root = document.createDocumentFragment();
  fill(root, { text, actions, lang: langOf(text) }, [0, text.length], sorted);
  return root;
}

function fill(parent, message, [from, to], entities) {
  const { text, actions, lang } = message;
  let at = from;
  let rest = entities;
  while (rest.length) {
    const [entity, ...others] = rest;
    const end = Math.min(entity.offset + entity.length, to);
    if (entity.offset < at || end <= entity.offset) {
      rest = others;
      continue;
    }
    const block = BLOCKS.has(entity.type);
    parent.append(...spoken(text.slice(at, entity.offset).replace(block ? /\n$/ : /(?!)/, ""), lang));
    const inner = others.filter((each) => each.offset < end);
    const element = wrap(entity, text.slice(entity.offset, end), actions);
    fill(element, message, [entity.offset, end], inner);
    parent.append(element);
    at = block && text[end] === "\n" ? end + 1 : end;
    rest = others.filter((each) => each.offset >= at);
  }
  parent.append(...spoken(text.slice(at, to), lang));
}

// A line in another language than the rest of the message says so.
function spoken(text, lang) {
  return text.split(/(?<=\n)/).map((line) => {
    const other = langOf(line);
    return other === lang || !WORDS.test(line) ? line : h("span", { lang: other }, line);
  });
}

function wrap(entity, text, actions) {
  if (entity.type in TAGS) return h(TAGS[entity.type]);
  if (entity.type === "text_link") return link(entity.url, actions);
  if (entity.type === "url") return link(/^\w+:/.test(text) ? text : `https://${text}`, actions);
  if (entity.type === "spoiler") return spoiler();
  if (entity.type === "bot_command") return command(text, actions);
  if (entity.type === "mention" || entity.type === "text_mention") return h("span", { class: "mention" });
  return h("span");
}

function link(url, actions) {
  if (!SAFE.test(url)) return h("span");
  const open = (event) => {
    if (actions.open?.(url)) event.preventDefault();
  };
  return h("a", { href: url, target: "_blank", rel: "noopener noreferrer", onclick: open });
}

function spoiler() {
  const show = (event) => event.currentTarget.setAttribute("aria-expanded", "true");
  return h("button", { type: "button", class: "spoiler", "aria-expanded": "false", onclick: show });
}

function command(text, actions) {
  return h("button", { type: "button", class: "command", onclick: () => actions.command?.(text) });
}

export function botLink(url, username) {
  const found = /^https?:\/\/(?:t|telegram)\.me\/(\w+)(?:\?(start|startgroup)(?:=([\w-]*))?(?:&.*)?)?$/i.exec(url);
  if (!found || found[1].toLowerCase() !== username.toLowerCase()) return null;
  return { payload: found[3] ?? "", group: found[2] === "startgroup" };
}
