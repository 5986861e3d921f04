import { $, h, nameOf } from "./dom.js";
import { openInfo } from "./info.js";
import { topicHere } from "./places.js";
import { here, langOf, me, on, state } from "./state.js";
import { t } from "./texts.js";

const TYPING = 4000;
let typing = 0;

export function prepareHeader() {
  $("title").append(h("button", { type: "button", id: "title-button", onclick: openInfo }));
  on("typing", showTyping);
}

export function drawHeader() {
  clearTimeout(typing);
  const inGroup = state.place === "group";
  const button = $("title-button");
  button.textContent = inGroup ? state.group.title : nameOf(state.bot);
  button.title = t(inGroup ? "about_group" : "about_bot");
  $("title").lang = langOf(button.textContent);
  $("subtitle").textContent = inGroup ? t("members", { count: state.group.members }) : t("private_of", { name: nameOf(me()) });
}

function showTyping(change) {
  if (change.chat !== here() || (change.topic ?? 0) !== topicHere()) return;
  $("subtitle").textContent = t("typing");
  clearTimeout(typing);
  typing = setTimeout(drawHeader, TYPING);
}
