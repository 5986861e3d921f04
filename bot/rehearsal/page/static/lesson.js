import { $, h } from "./dom.js";
import { act } from "./live.js";
import { announce, showFailure, toast } from "./notices.js";
import { show } from "./side.js";
import { on, state } from "./state.js";
import { t } from "./texts.js";

export function prepareLesson() {
  for (const button of document.querySelectorAll("[data-play]")) button.addEventListener("click", play);
  $("lesson-pause").addEventListener("click", () => control(state.demo.state === "paused" ? "continue" : "pause"));
  $("lesson-step").addEventListener("click", () => control("step"));
  $("lesson-stop").addEventListener("click", () => control("stop"));
  $("lesson-pace").addEventListener("change", () => control("pace", { pace: Number($("lesson-pace").value) }));
  for (const topic of ["snapshot", "demo", "language"]) on(topic, draw);
  on("demo", report);
}

async function play() {
  $("help").close();
  show("group");
  await control("play", { pace: Number($("lesson-pace").value) });
}

async function control(order, details = {}) {
  try {
    await act("demo", { order, ...details });
  } catch (error) {
    showFailure(error);
  }
}

function draw() {
  const { demo } = state;
  const running = demo.state === "playing" || demo.state === "paused";
  const paused = demo.state === "paused";
  $("lesson").hidden = !running;
  $("lesson-text").textContent = t(paused ? "paused" : "playing");
  $("lesson-progress").max = demo.steps || 1;
  $("lesson-progress").value = demo.step;
  if (running && demo.pace !== undefined) showPace(String(demo.pace));
  $("lesson-pause").textContent = t(paused ? "continue" : "pause");
  for (const button of document.querySelectorAll("[data-play]")) button.disabled = running;
}

function showPace(pace) {
  const select = $("lesson-pace");
  if (![...select.options].some((each) => each.value === pace)) {
    select.append(h("option", { value: pace }, `${pace}×`));
  }
  select.value = pace;
}

function report(demo) {
  if (demo.state === "done") {
    announce(t("played"));
    toast(t("played"));
  }
  if (demo.state === "failed") toast(t("demo_failed", { reason: demo.reason }));
}
