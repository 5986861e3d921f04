import { $, h, icon, nameOf } from "./dom.js";
import { langOf, on, person, state } from "./state.js";
import { language, t } from "./texts.js";

const SHOWN = 200;

export function prepareCalls() {
  for (const topic of ["snapshot", "language"]) on(topic, drawCalls);
  on("call", onCall);
  $("calls-find").addEventListener("input", drawCalls);
  $("calls-kind").addEventListener("change", drawCalls);
  const list = $("calls-list");
  list.addEventListener("keydown", onKey);
  list.addEventListener("focusin", (event) => {
    if (event.target.matches("summary")) activate(event.target);
  });
}

export function drawCalls() {
  $("calls-find").placeholder = t("calls_find");
  if ($("backstage").hidden) return;
  const found = state.calls.filter(wanted).slice(-SHOWN).reverse();
  $("calls-list").replaceChildren(...found.map(row));
  $("no-calls").hidden = found.length > 0;
  activate($("calls-list").querySelector("summary"));
}

function onCall(call) {
  if ($("backstage").hidden || !wanted(call)) return;
  const list = $("calls-list");
  list.prepend(row(call));
  while (list.children.length > SHOWN) list.lastElementChild.remove();
  $("no-calls").hidden = true;
  if (!list.contains(document.activeElement)) activate(list.querySelector("summary"));
}

function wanted(call) {
  const kind = $("calls-kind").value;
  if (kind === "errors" && call.ok) return false;
  if (kind === "in" && call.asked !== null) return false;
  if (kind === "out" && call.asked === null) return false;
  const words = $("calls-find").value.trim().toLowerCase();
  if (!words) return true;
  const text = [call.method, chatName(call.chat), call.asked ?? "", call.answered].join("\n");
  return text.toLowerCase().includes(words);
}

function row(call) {
  const incoming = call.asked === null;
  const status = call.ok ? null : h("span", { class: "error" }, call.error);
  return h(
    "li",
    { class: call.ok ? "" : "bad" },
    h(
      "details",
      { ontoggle: (event) => unfold(event.currentTarget, call) },
      h(
        "summary",
        { tabindex: "-1" },
        icon(incoming ? "incoming" : "outgoing"),
        h("span", { class: "hidden" }, t(incoming ? "call_in" : "call_out")),
        h("span", { class: "method", lang: "en" }, call.method),
        h("span", { class: "ms" }, call.ms === null ? "" : `${call.ms} ms`),
        h("bdi", { class: "chat-name", lang: langOf(chatName(call.chat)) }, chatName(call.chat)),
        h("time", { datetime: new Date(call.at * 1000).toISOString() }, seconds(call.at)),
        status,
      ),
    ),
  );
}

function unfold(details, call) {
  if (!details.open || details.children.length > 1) return;
  if (call.asked !== null) details.append(h("h4", {}, t("call_asked")), h("pre", {}, call.asked));
  details.append(h("h4", {}, t("call_answered")), h("pre", {}, call.answered));
}

function chatName(id) {
  if (!id) return "";
  const group = state.groups.find((each) => each.id === id);
  return group ? group.title : nameOf(person(id) ?? { title: String(id) });
}

function seconds(at) {
  return new Date(at * 1000).toLocaleTimeString(language(), { hour12: false });
}

function activate(summary) {
  if (!summary) return;
  for (const old of $("calls-list").querySelectorAll("summary[tabindex='0']")) old.tabIndex = -1;
  summary.tabIndex = 0;
}

function onKey(event) {
  const steps = { ArrowDown: 1, ArrowUp: -1 };
  if (!event.target.matches("summary") || !(event.key in steps || event.key === "Home" || event.key === "End")) return;
  const all = [...$("calls-list").querySelectorAll("summary")];
  const at = all.indexOf(event.target);
  const to = event.key in steps ? at + steps[event.key] : event.key === "Home" ? 0 : all.length - 1;
  event.preventDefault();
  all[Math.max(0, Math.min(to, all.length - 1))].focus();
}
