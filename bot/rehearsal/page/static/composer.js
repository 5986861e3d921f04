import { prepareAttaching } from "./attach.js";
import { $, avatar, h, icon, nameOf } from "./dom.js";
import { act } from "./live.js";
import { showFailure } from "./notices.js";
import { closeSuggestions, prepareSuggestions, suggest, suggestionKey } from "./suggest.js";
import { currentTopic, inViewAll, isAdmin, isHidden, isMine, role, senderOf, topicHere, wordsOf } from "./places.js";
import { here, me, on, state, tint } from "./state.js";
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
  $("start").addEventListener("click", () => obstacle()?.run());
  prepareSuggestions(write);
  prepareAttaching(send);
  for (const topic of ["snapshot", "me", "people", "place", "started", "language"]) on(topic, draw);
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
  const barred = obstacle();
  $("composer").hidden = barred !== null;
  $("starter").hidden = barred === null;
  $("starter-hint").textContent = barred ? t(barred.hint, { name: nameOf(me()) }) : "";
  $("start").textContent = barred?.label ? t(barred.label) : "";
  $("start").hidden = !barred?.label;
  const hidden = state.place === "group" && isHidden(state.group);
  const speaker = hidden ? state.group : me();
  $("speaker").replaceChildren(avatar(speaker, tint(speaker)));
  const label = t(hidden ? "write_hidden" : "write", { name: nameOf(speaker) });
  $("box").placeholder = label;
  $("box").setAttribute("aria-label", label);
}

function obstacle() {
  if (state.place === "private") {
    if (state.blocked.has(state.me)) return { hint: "blocked_hint", label: "unblock", run: () => attempt("block", { person: state.me, blocked: false }) };
    return state.started.has(state.me) && payload === "" ? null : { hint: "start_hint", label: "start", run: start };
  }
  if (role(state.group) === "left") return { hint: "absent_hint", label: "join", run: () => attempt("join", { person: state.me, chat: here() }) };
  const topic = currentTopic();
  const shut = topic?.closed && !isAdmin(state.group) && topic.by !== state.me;
  return shut ? { hint: "closed_hint", label: null, run: () => {} } : null;
}

async function attempt(name, details) {
  try {
    await act(name, details);
    $("box").focus();
  } catch (error) {
    showFailure(error);
  }
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
  const title = editing ? t("editing") : t("replying_to", { name: nameOf(senderOf(message)) });
  const text = wordsOf(message);
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
  const last = inViewAll().findLast((each) => isMine(each) && each.text !== undefined && !each.forward_origin);
  if (!last) return;
  event.preventDefault();
  setContext({ kind: "edit", message: last });
}

async function send(file = null) {
  const text = $("box").value.trim();
  if (!text && !file) return;
  const at = { person: state.me, chat: here(), topic: topicHere(), text };
  const before = context;
  const { kind, message } = before ?? {};
  setContext(null);
  clear();
  try {
    if (file) await act("attach", { ...at, ...file, reply_to: kind === "reply" ? message.message_id : null });
    else if (kind === "edit") await act("edit", { ...at, message_id: message.message_id });
    else await act("say", { ...at, reply_to: message?.message_id ?? null });
  } catch (error) {
    showFailure(error);
    setContext(before);
    write(text);
  }
}

function deepLink(start) {
  payload = start;
  state.blocked.delete(state.me);
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
