// The board follows its class: each message of the server is the whole view, shown as text and nothing else.

const byId = (id) => document.getElementById(id);
const teacher = document.documentElement.dataset.view === "teacher";
let socket;
let left = null; // seconds
let patience = 500; // milliseconds

function make(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

function fill(id, children, words = "empty") {
  const body = byId(id).querySelector(".body");
  const nothing = body.tagName === "UL" ? make("li", { class: "soft" }, body.dataset[words]) : make("p", { class: "soft" }, body.dataset[words]);
  body.replaceChildren(...(children.length ? children : [nothing]));
}

function stances(rows) {
  const drawn = (rows ?? []).map((row) => {
    const total = row.counts.reduce((sum, count) => sum + count, 0);
    const parts = row.counts.map((count, step) => {
      const part = make("li", { class: `step s${step + 1}` }, make("b", {}, String(count)), ` ${row.steps[step]}`);
      part.style.flexGrow = String(Math.max(count, total / 6));
      return part;
    });
    return make("div", { class: "row" }, make("h3", {}, row.name), make("ul", { class: "steps" }, ...parts));
  });
  fill("stances", drawn, rows ? "none" : "empty");
}

function words(found) {
  const most = Math.max(1, ...found.map(([, times]) => times));
  fill("words", found.map(([word, times]) => {
    const shown = make("li", {}, make("span", {}, word), make("small", {}, ` ${times}`));
    shown.firstChild.style.fontSize = `${1 + times / most}em`;
    return shown;
  }));
}

function evidence(pieces) {
  const { dataset } = byId("evidence").querySelector(".body");
  fill("evidence", pieces.map((piece) => make(
    "li", { class: piece.times ? "touched" : "missed" },
    make("small", {}, dataset[piece.side]), make("span", { class: "title" }, piece.title), make("b", {}, String(piece.times)),
  )));
}

function voices({ bars, gini }) {
  const most = Math.max(1, ...bars.map(([, times]) => times));
  const drawn = bars.map(([alias, times]) => {
    const bar = make("span", { class: "bar" });
    bar.style.inlineSize = `${(times / most) * 60}%`;
    return make("li", {}, ...(alias ? [make("bdi", {}, alias)] : []), bar, make("b", {}, String(times)));
  });
  fill("voices", gini ? [...drawn, make("li", { class: "soft" }, `Gini ${gini}`)] : drawn);
}

const remark = (one) => [make("bdi", { class: "alias" }, one.alias), " ", make("bdi", { lang: one.lang }, one.text)];

function overseen(found) {
  const { dataset } = byId("overseen").querySelector(".body");
  const focused = document.activeElement?.dataset?.mark;
  fill("overseen", found.map((one) => {
    const press = make("button", { type: "button", "data-mark": one.mark, "aria-pressed": String(one.hidden) }, one.hidden ? dataset.show : dataset.hide);
    press.addEventListener("click", () => tell({ act: "hide", mark: one.mark, on: !one.hidden }));
    return make("li", one.hidden ? { class: "hidden" } : {}, make("p", {}, ...remark(one)), press);
  }));
  if (focused) document.querySelector(`[data-mark="${CSS.escape(focused)}"]`)?.focus();
}

function show(view) {
  byId("round").textContent = view.round ?? "";
  byId("prompt").textContent = view.prompt;
  byId("counts").textContent = view.counts ?? "";
  byId("notice").textContent = view.steering.frozen ? byId("frozen").textContent : "";
  left = view.left ?? null;
  tick(0);
  stances(view.stances);
  words(view.words ?? []);
  evidence(view.evidence ?? []);
  voices(view.voices ?? { bars: [], gini: "" });
  fill("latest", (view.latest ?? []).map((one) => make("li", {}, ...remark(one))));
  if (teacher) {
    overseen(view.overseen ?? []);
    const pressed = { reveal: view.steering.revealed, freeze: view.steering.frozen, name: view.steering.named };
    for (const button of document.querySelectorAll("[data-act]")) button.setAttribute("aria-pressed", String(pressed[button.dataset.act]));
  }
  document.body.classList.add("ready");
}

function tick(by) {
  byId("left").hidden = left === null;
  if (left === null) return;
  left = Math.max(0, left - by);
  const [minutes, seconds] = [Math.floor(left / 60), String(left % 60).padStart(2, "0")];
  byId("left").querySelector("strong").textContent = `${minutes}:${seconds}`;
}

function tell(act) {
  if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(act));
}

function connect() {
  socket = new WebSocket(new URL("live", location.href.replace(/^http/, "ws")));
  socket.addEventListener("message", (event) => {
    patience = 500;
    show(JSON.parse(event.data));
  });
  socket.addEventListener("close", () => {
    byId("notice").textContent = byId("lost").textContent;
    setTimeout(connect, patience);
    patience = Math.min(patience * 2, 10_000);
  });
}

for (const button of document.querySelectorAll("[data-act]")) {
  button.addEventListener("click", () => tell({ act: button.dataset.act, on: button.getAttribute("aria-pressed") !== "true" }));
}
setInterval(() => tick(1), 1000);
connect();
