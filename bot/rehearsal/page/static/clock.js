import { $, h } from "./dom.js";
import { act } from "./live.js";
import { announce, showFailure } from "./notices.js";
import { langOf, on, state } from "./state.js";
import { clock, language, now, span, t } from "./texts.js";

const WHAT = {
  reveal: "coming_reveal",
  again: "coming_again",
  end: "coming_end",
  prompt: "coming_prompt",
  move: "coming_move",
};

export function prepareClock() {
  for (const topic of ["snapshot", "time", "language", "people"]) on(topic, draw);
  setInterval(draw, 1000);
  for (const button of document.querySelectorAll("[data-minutes]")) {
    button.addEventListener("click", () => forward({ minutes: Number(button.dataset.minutes) }));
  }
  $("to-next").addEventListener("click", () => forward({ to: "next" }));
}

async function forward(by) {
  const times = $("times");
  times.setAttribute("aria-busy", "true");
  try {
    await act("forward", by);
    announce(`${clock(now())} ${summary()}`);
  } catch (error) {
    showFailure(error);
  }
  times.removeAttribute("aria-busy");
}

function ahead() {
  return Math.round(now() - Date.now() / 1000);
}

function summary() {
  const [next] = state.coming;
  return next ? t("due_in", { time: span(next.at - now()), what: t(WHAT[next.kind]) }) : "";
}

function draw() {
  if (!state.group) return;
  put("clock-time", clock(now()));
  put("clock-next", summary());
  $("clock").setAttribute("aria-label", t("clock_menu", { time: `${clock(now())} ${summary()}`.trim() }));
  put("times-now", moment(now()));
  $("times-now").dateTime = new Date(now() * 1000).toISOString();
  put("times-ahead", ahead() >= 60 ? t("clock_ahead", { time: span(ahead()) }) : "");
  $("clock").classList.toggle("moved", ahead() >= 60);
  $("to-next").disabled = !state.coming.length;
  $("nothing-coming").hidden = state.coming.length > 0;
  drawComing();
}

function put(id, text) {
  if ($(id).textContent !== text) $(id).textContent = text;
}

function moment(seconds) {
  return new Date(seconds * 1000).toLocaleString(language(), {
    month: "long",
    day: "numeric",
    weekday: "short",
    hour: "2-digit",
    minute: "2-digit",
    hour12: false,
  });
}

let drawn = "";

function drawComing() {
  const key = JSON.stringify([state.coming, language(), Math.floor(now() / 60)]);
  if (key === drawn) return;
  drawn = key;
  $("coming").replaceChildren(...state.coming.map(item));
}

function item(due) {
  const group = state.groups.find((each) => each.id === due.chat);
  const where = [state.groups.length > 1 ? group?.title : null, due.what].filter(Boolean).join("・");
  return h(
    "li",
    {},
    h("time", { datetime: new Date(due.at * 1000).toISOString() }, moment(due.at)),
    h("strong", {}, t("due_in", { time: span(due.at - now()), what: t(WHAT[due.kind]) })),
    where ? h("small", { lang: langOf(where) }, where) : null,
  );
}
