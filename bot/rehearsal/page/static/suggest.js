import { $, h } from "./dom.js";
import { announce } from "./notices.js";
import { isAdmin } from "./places.js";
import { here, langOf, state } from "./state.js";
import { t } from "./texts.js";

let chosen = -1;
let take = null;

export function prepareSuggestions(onTake) {
  take = onTake;
  $("suggestions").addEventListener("pointerdown", (event) => {
    const option = event.target.closest("[role=option]");
    if (!option) return;
    event.preventDefault();
    choose(option);
  });
}

export function suggest(text) {
  const found = matching(text);
  if (!found.length) {
    closeSuggestions();
    return;
  }
  const list = $("suggestions");
  list.replaceChildren(...found.map(option));
  list.hidden = false;
  announce(t("offered", { count: found.length }));
  mark(0);
}

function matching(text) {
  if (!/^\/\w*$/.test(text)) return [];
  const typed = text.slice(1).toLowerCase();
  return offered().filter((each) => each.command.startsWith(typed));
}

function offered() {
  const inGroup = state.place === "group";
  const scopes = inGroup ? ["all_group_chats", "default"] : ["all_private_chats", "default"];
  if (inGroup && isAdmin(state.group)) scopes.unshift("all_chat_administrators");
  scopes.unshift(`chat:${here()}`);
  const scope = scopes.find((each) => state.commands.some((command) => command.scope === each));
  return state.commands.filter((command) => command.scope === scope);
}

function option(command, index) {
  return h(
    "li",
    { role: "option", id: `suggestion-${index}`, "data-command": command.command },
    h("strong", {}, `/${command.command}`),
    h("span", { lang: langOf(command.description) }, command.description),
  );
}

function mark(index) {
  const options = [...$("suggestions").children];
  chosen = (index + options.length) % options.length;
  options.forEach((each, at) => each.setAttribute("aria-selected", String(at === chosen)));
  options[chosen].scrollIntoView({ block: "nearest" });
  $("box").setAttribute("aria-activedescendant", options[chosen].id);
}

function choose(option) {
  take(`/${option.dataset.command} `);
}

export function suggestionKey(event) {
  const list = $("suggestions");
  if (list.hidden) return false;
  const exact = $("box").value.slice(1) === list.children[chosen]?.dataset.command;
  if (event.key === "ArrowDown") mark(chosen + 1);
  else if (event.key === "ArrowUp") mark(chosen - 1);
  else if (event.key === "Escape") closeSuggestions();
  else if (event.key === "Tab" && !event.shiftKey) choose(list.children[chosen]);
  else if (event.key === "Enter" && !exact) choose(list.children[chosen]);
  else return false;
  event.preventDefault();
  return true;
}

export function closeSuggestions() {
  chosen = -1;
  $("suggestions").hidden = true;
  $("box").removeAttribute("aria-activedescendant");
}
