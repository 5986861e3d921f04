import { $ } from "./dom.js";
import { drawCalls, prepareCalls } from "./calls.js";
import { prepareWeather } from "./weather.js";

const OPEN = "wendu-backstage";
const BEHIND = ["side", "chat", "tabs"];
const covering = matchMedia("(max-width: 46rem)");

export function prepareBackstage() {
  prepareWeather();
  prepareCalls();
  $("backstage-button").addEventListener("click", () => toggle($("backstage").hidden));
  $("backstage-close").addEventListener("click", () => close());
  $("backstage").addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.target.value) close();
  });
  covering.addEventListener("change", settleFocus);
  if (sessionStorage.getItem(OPEN)) toggle(true, { focus: false });
}

function toggle(open, { focus = true } = {}) {
  $("backstage").hidden = !open;
  $("backstage-button").setAttribute("aria-expanded", String(open));
  document.body.classList.toggle("with-backstage", open);
  if (open) sessionStorage.setItem(OPEN, "open");
  else sessionStorage.removeItem(OPEN);
  settleFocus();
  if (!open) return;
  drawCalls();
  if (focus) $("backstage-close").focus();
}

function settleFocus() {
  for (const id of BEHIND) $(id).inert = covering.matches && !$("backstage").hidden;
}

function close() {
  toggle(false);
  $("backstage-button").focus();
}
