import { $, avatar, h, icon, nameOf } from "./dom.js";
import { act } from "./live.js";
import { showFailure } from "./notices.js";
import { closeSuggestions, prepareSuggestions, suggest, suggestionKey } from "./suggest.js";
import { here, me, messagesOf, on, state, tint } from "./state.js";
import { t } from "./texts.js";

let context = null;
let payload = "";

export function prepareComposer() {
  const box = $("box");
  $("composer").addEventListener("submit", (event) => {
    event.preventDefault();
    send();
  });
  box.addEventListener("keydown", onKey);
  box.addEventListener("input", () => {
    grow();
    suggest(box.value);
  });
  box.addEventListener("blur", () => {
    setTimeout(() => document.activeElement !== box && closeSuggestions(), 150);
  });
  $("slash").addEventListener("click", () => write(box.value.startsWith("/") ? box.value : "/"));
  $("drop-context").addEventListener("click", () => setContext(null));
  $("start").addEventListener("click", start);
  prepareSuggestions(write);
  for (const topic of ["snapshot", "me", "place", "started", "language"]) on(topic, draw);
  on("me", () => setContext(null));
  on("place", () => setContext(null));
  on("reply", (message) => setContext({ kind: "reply", message }));
  on("edit", (message) => setContext({ kind: "edit", message }));
  on("deeplink", deepLink);
  on("suggest", write);
}

export function write(text) {
  const box = $("box");
  box.value = text;
  grow();
  suggest(text);
  box.focus();
  box.setSelectionRange(text.length, text.length);
}

function draw() {
  if (!state.group) return;
  const speaker = me();
  const silent = state.place === "private" && (!state.started.has(state.me) || payload !== "");
  $("composer").hidden = silent;
  $("starter").hidden = !silent;
  $("starter-hint").textContent = t("start_hint", { name: nameOf(speaker) });
  $("speaker").replaceChildren(avatar(speaker, tint(speaker)));
  const label = t("write", { name: nameOf(speaker) });
  $("box").placeholder = label;
  $("box").setAttribute("aria-label", label);
}

function setContext(chosen) {
  const wasEditing = context?.kind === "edit";
  context = chosen;
  $("context").hidden = !chosen;
  const editing = chosen?.kind === "edit";
  $("send").setAttribute("aria-label", t(editing ? "save" : "send"));
  if (!chosen) {
    if (wasEditing) clear();
    return;
  }
  const { message } = chosen;
  const title = editing ? t("editing") : t("replying_to", { name: nameOf(message.from ?? {}) });
  const text = message.text ?? message.caption ?? message.document?.file_name ?? "";
  $("context-text").replaceChildren(
    icon(editing ? "edit" : "reply"),
    h("span", {}, h("strong", {}, title), h("span", { class: "said" }, text.slice(0, 120))),
  );
  if (editing) write(message.text);
  else $("box").focus();
}

function clear() {
  $("box").value = "";
  grow();
  closeSuggestions();
}

function grow() {
  const box = $("box");
  box.style.height = "auto";
  box.style.height = `${Math.min(box.scrollHeight, 180)}px`;
}

function onKey(event) {
  if (event.isComposing) return;
  if (suggestionKey(event)) return;
  if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    send();
  } else if (event.key === "Escape" && context) {
    setContext(null);
  } else if (event.key === "ArrowUp" && !$("box").value) {
    editLast(event);
  }
}

function editLast(event) {
  const last = messagesOf(here()).findLast((each) => each.from?.id === state.me && each.text !== undefined);
  if (!last) return;
  event.preventDefault();
  setContext({ kind: "edit", message: last });
}

async function send() {
  const text = $("box").value.trim();
  if (!text) return;
  const at = { person: state.me, chat: here(), text };
  const before = context;
  const { kind, message } = before ?? {};
  setContext(null);
  clear();
  try {
    if (kind === "edit") await act("edit", { ...at, message_id: message.message_id });
    else await act("say", { ...at, reply_to: message?.message_id ?? null });
  } catch (error) {
    showFailure(error);
    setContext(before);
    write(text);
  }
}

function deepLink(start) {
  payload = start;
  draw();
  if (!$("starter").hidden) $("start").focus();
}

async function start() {
  try {
    await act("start", { person: state.me, payload });
    payload = "";
    state.started.add(state.me);
    draw();
    $("box").focus();
  } catch (error) {
    showFailure(error);
  }
}
