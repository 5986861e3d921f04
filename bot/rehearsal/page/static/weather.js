import { $, h } from "./dom.js";
import { act } from "./live.js";
import { announce, showFailure } from "./notices.js";
import { on, state } from "./state.js";
import { t } from "./texts.js";

const ONCE = { refuse: { refuse: 3, retry_after: 5 }, lose: { lose: 1 } };
const FINE = { clear: true };

export function prepareWeather() {
  for (const topic of ["snapshot", "weather", "language"]) on(topic, draw);
  for (const id of ["outage", "counting"]) {
    $(id).addEventListener("change", () => turn({ [id]: $(id).checked }));
  }
  $("slow").addEventListener("change", () => turn({ seconds: Number($("slow").value) }));
  for (const [id, switches] of Object.entries(ONCE)) $(id).addEventListener("click", () => turn(switches));
  $("clear-up").addEventListener("click", () => turn(FINE));
}

async function turn(switches) {
  try {
    await act("weather", switches);
  } catch (error) {
    showFailure(error);
    draw();
  }
}

function draw() {
  const { weather } = state;
  $("outage").checked = Boolean(weather.outage);
  $("counting").checked = Boolean(weather.counting);
  $("slow").value = String(weather.seconds ?? 0);
  const bad = troubles(weather);
  const words = [...(bad.length ? bad : [t("weather_fine")]), ...effects(weather)].join("");
  if ($("weather-now").textContent !== words) $("weather-now").textContent = words;
  $("clear-up").disabled = !bad.length;
  drawStorm([...bad, ...effects(weather)], bad.length > 0);
}

function troubles(weather) {
  return [
    weather.outage ? t("weather_outage") : "",
    weather.counting ? t("weather_counting") : "",
    weather.seconds ? t("weather_slow", { count: weather.seconds }) : "",
    weather.refuse ? t("weather_refuse", { count: weather.refuse }) : "",
    weather.lose ? t("weather_lose", { count: weather.lose }) : "",
  ].filter(Boolean);
}

function effects(weather) {
  return [
    weather.held ? t("weather_held", { count: weather.held }) : "",
    weather.unsent ? t("weather_unsent", { count: weather.unsent }) : "",
  ].filter(Boolean);
}

let shown = "";

function drawStorm(sentences, bad) {
  const words = bad ? sentences.join(" ") : "";
  const key = words + t("clear_up");
  if (key === shown) return;
  shown = key;
  const before = $("storm").hasChildNodes();
  const focused = $("storm").contains(document.activeElement);
  $("storm").replaceChildren();
  if (!words) {
    if (before) announce(t("weather_fine"));
    if (focused) $("box").focus();
    return;
  }
  const button = h("button", { type: "button", onclick: () => turn(FINE) }, t("clear_up"));
  $("storm").append(h("span", {}, words), button);
  if (focused) button.focus();
}
