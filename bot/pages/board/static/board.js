// The board follows its class: each message of the server is the whole view. What people wrote is shown as text
// and nothing else; charts come drawn, as large as this page says that its panels are.

const byId = (id) => document.getElementById(id);
const teacher = document.documentElement.dataset.view === "teacher";
const dark = matchMedia("(prefers-color-scheme: dark)");
const panels = [...document.querySelectorAll("section.chart .body")];
const drawings = new DOMParser();
let socket;
let left = null; // seconds
let patience = 500; // milliseconds
let told = ""; // how large we last said that we are

function make(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

const spoken = (one, attributes = {}) => make("bdi", { ...attributes, lang: one.lang }, one.text);
const remark = (one) => [spoken(one.alias, { class: "alias" }), " ", spoken(one.said)];

function list(id, children) {
  const body = byId(id).querySelector(".body");
  body.replaceChildren(...(children.length ? children : [make("li", { class: "soft" }, body.dataset.empty)]));
}

function chart(body, svg, hidden) {
  if (body.drawn === svg && svg) return;
  body.drawn = svg;
  body.parentElement.classList.toggle("drawn", Boolean(svg));
  const words = make("p", { class: "soft" }, hidden ? (body.dataset.hidden ?? body.dataset.empty) : body.dataset.empty);
  body.replaceChildren(svg ? document.adoptNode(drawings.parseFromString(svg, "image/svg+xml").documentElement) : words);
}

function overseen(found) {
  const { dataset } = byId("overseen").querySelector(".body");
  const focused = document.activeElement?.dataset?.mark;
  list("overseen", found.map((one) => {
    const press = make("button", { type: "button", "data-mark": one.mark, "aria-pressed": String(one.hidden) }, one.hidden ? dataset.show : dataset.hide);
    press.addEventListener("click", () => tell({ act: "hide", mark: one.mark, on: !one.hidden }));
    return make("li", one.hidden ? { class: "hidden" } : {}, make("p", {}, ...remark(one)), press);
  }));
  if (focused) document.querySelector(`[data-mark="${CSS.escape(focused)}"]`)?.focus();
}

function show(view) {
  byId("round").textContent = view.round ?? "";
  byId("prompt").replaceChildren(spoken(view.prompt));
  byId("counts").textContent = view.counts ?? "";
  byId("notice").textContent = view.steering.frozen ? byId("frozen").textContent : "";
  left = view.left ?? null;
  tick(0);
  for (const body of panels) chart(body, view.drawn[body.parentElement.id] ?? "", view.hidden);
  list("latest", (view.latest ?? []).map((one) => make("li", {}, ...remark(one))));
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

function tellSize() {
  const em = parseFloat(getComputedStyle(document.documentElement).fontSize);
  const inEms = (pixels) => Math.floor((pixels / em) * 4) / 4; // steps, so that a hair's breadth draws nothing anew
  const room = ({ clientWidth, clientHeight }) => [inEms(clientWidth) - 0.8, inEms(clientHeight) - 0.4]; // as in board.css
  const sizes = Object.fromEntries(panels.map(({ parentElement: panel }) => [panel.id, room(panel)]));
  const now = JSON.stringify({ act: "fit", dark: dark.matches, panels: sizes });
  if (now === told || socket?.readyState !== WebSocket.OPEN) return;
  told = now;
  socket.send(now);
}

function connect() {
  socket = new WebSocket(new URL("live", location.href.replace(/^http/, "ws")));
  socket.addEventListener("open", () => {
    told = "";
    tellSize();
  });
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
dark.addEventListener("change", tellSize);
const watcher = new ResizeObserver(tellSize);
for (const body of panels) watcher.observe(body.parentElement);
setInterval(() => tick(1), 1000);
connect();
