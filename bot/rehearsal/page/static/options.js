import { $, h } from "./dom.js";
import { tell } from "./state.js";
import { LANGUAGES, loadTexts } from "./texts.js";

const LOOKS = ["system", "light", "dark"];

export async function prepareOptions() {
  const served = document.documentElement.lang;
  const language = recall("language", Object.keys(LANGUAGES)) ?? served;
  $("language").append(...Object.entries(LANGUAGES).map(([value, label]) => h("option", { value, lang: value }, label)));
  $("language").value = language;
  $("language").addEventListener("change", changeLanguage);
  const look = recall("look", LOOKS) ?? "system";
  $("look").value = look;
  $("look").addEventListener("change", () => wear(keep("look", $("look").value)));
  wear(look);
  await loadTexts(language);
}

async function changeLanguage() {
  await loadTexts(keep("language", $("language").value));
  tell("language");
}

function wear(look) {
  if (look === "system") delete document.documentElement.dataset.look;
  else document.documentElement.dataset.look = look;
}

function recall(key, allowed) {
  const value = localStorage.getItem(`wendu-${key}`);
  return allowed.includes(value) ? value : null;
}

function keep(key, value) {
  localStorage.setItem(`wendu-${key}`, value);
  return value;
}
