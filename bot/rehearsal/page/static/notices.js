import { $, h } from "./dom.js";
import { language, t } from "./texts.js";

const STAY = 4500;

export function toast(text, { lang = null } = {}) {
  const note = h("div", { class: "toast" }, h("bdi", { lang }, text));
  $("toasts").replaceChildren(note);
  setTimeout(() => note.remove(), Math.max(STAY, text.length * 90));
}

export function alertBox(text, { lang = "" } = {}) {
  const dialog = $("alert");
  $("alert-text").lang = lang;
  $("alert-text").textContent = text;
  if (!dialog.open) dialog.showModal();
}

export function showFailure(error) {
  const words = error.message ? t("refused", { reason: told(error.message) }) : t("connecting");
  const inDialog = document.querySelector("dialog[open] .problem");
  if (inDialog) inDialog.textContent = words;
  else toast(words);
}

function told(reason) {
  const [chinese, english] = reason.split(" · "); // many are said in both
  return language() === "en" ? (english ?? chinese) : chinese;
}

export function announce(text, { lang = null } = {}) {
  $("announcer").replaceChildren(h("p", { lang }, text));
}

export function strip(text) {
  $("strip").hidden = !text;
  $("strip").textContent = text ?? "";
}
