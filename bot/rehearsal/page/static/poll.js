import { h } from "./dom.js";
import { act } from "./live.js";
import { showFailure } from "./notices.js";
import { langOf, state } from "./state.js";
import { t } from "./texts.js";

export function pollOf(message) {
  const { poll } = message;
  const kind = poll.is_closed ? "poll_closed" : poll.is_anonymous ? "anonymous_poll" : "poll";
  return h(
    "div",
    { class: "poll", role: "group", "aria-label": poll.question },
    h("strong", { lang: langOf(poll.question) }, poll.question),
    h("small", {}, t(kind)),
    poll.options.map((option, index) => choice(message, option, index)),
    h("small", {}, t("voters", { count: poll.total_voter_count })),
  );
}

function choice(message, option, index) {
  const { poll } = message;
  const share = poll.total_voter_count ? Math.round((100 * option.voter_count) / poll.total_voter_count) : 0;
  const bar = h("span", { class: "bar" });
  bar.style.setProperty("inline-size", `${share}%`);
  return h(
    "button",
    { type: "button", class: "option", disabled: poll.is_closed, onclick: () => vote(message, index) },
    h("span", { class: "share" }, `${share}%`),
    h("span", { class: "said", lang: langOf(option.text) }, option.text, bar),
  );
}

async function vote(message, index) {
  const { chat, message_id } = message;
  try {
    await act("vote", { person: state.me, chat: chat.id, message_id, options: [index] });
  } catch (error) {
    showFailure(error);
  }
}
