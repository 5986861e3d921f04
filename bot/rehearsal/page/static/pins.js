import { $ } from "./dom.js";
import { topicHere, topicOf, wordsOf } from "./places.js";
import { find, here, langOf, on, state, tell } from "./state.js";
import { t } from "./texts.js";

export function preparePins() {
  for (const topic of ["snapshot", "me", "people", "place", "edited", "deleted", "language"]) on(topic, draw);
  $("pin").addEventListener("click", () => tell("jump", pinnedHere()?.message_id));
}

function pinnedHere() {
  const message = find(here(), state.pinned[here()]);
  return message && (topicOf(message) === topicHere() || !topicHere()) ? message : null;
}

function draw() {
  if (!state.group) return;
  const message = pinnedHere();
  $("pin").hidden = !message;
  if (!message) return;
  $("pin-text").textContent = wordsOf(message).slice(0, 160) || t("photo");
  $("pin-text").lang = langOf($("pin-text").textContent);
}
