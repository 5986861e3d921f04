const SVG = "http://www.w3.org/2000/svg";

const ICONS = {
  send: "M4 12 20 4l-4 16-4-6zM12 14l8-10",
  menu: "M12 5.5v.01M12 12v.01M12 18.5v.01",
  down: "m6 10 6 6 6-6",
  cross: "M6 6l12 12M18 6 6 18",
  slash: "M14.5 5l-5 14M4 4h16v16H4z",
  file: "M7 3h7l4 4v14H7zM14 3v4h4",
  play: "M8 5.5v13l10.5-6.5z",
  pause: "M8.5 5.5v13M15.5 5.5v13",
  reply: "M10 6 4 12l6 6M4.5 12H14c4 0 6 2.5 6 6",
  edit: "M5 19l1-4L16 5l3 3L9 18z",
  copy: "M9 9h10v11H9zM5 15V4h10",
  clock: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5.500l3.500 2",
  backstage: "M3 5h18v14H3zM7 9.500l2.500 2.500L7 14.500M12.500 15h4.500",
  incoming: "M19 5 6 18M6 9v9h9",
  outgoing: "M5 19 18 6M9 6h9v9",
  plus: "M12 5v14M5 12h14",
  lock: "M6 11h12v9H6zM9 11V8a3 3 0 0 1 6 0v3",
  unlock: "M6 11h12v9H6zM9 11V7a3 3 0 0 1 5.800-1",
  bin: "M5 7h14M10 7V4.500h4V7M7 7l1 13h8l1-13",
  pin: "M9 4h6l-.7 6 3.200 3.500h-11L9.700 10zM12 13.500V20",
  forward: "m14 6 6 6-6 6M19.500 12H10c-4 0-6 2.500-6 6",
  voice: "M12 4a2.500 2.500 0 0 1 2.500 2.500v5a2.500 2.500 0 0 1-5 0v-5A2.500 2.500 0 0 1 12 4M7 11.500a5 5 0 0 0 10 0M12 16.500V20",
  clip: "m8 12.500 6-6a2.800 2.800 0 0 1 4 4l-8 8a4.500 4.500 0 0 1-6.400-6.400L11 5",
  list: "M4 6h16M4 12h16M4 18h10",
  help: "M9 9.5a3 3 0 1 1 4.5 2.6c-1 .6-1.5 1.2-1.5 2.4M12 18v.01",
  group: "M8.5 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM3 19c0-3 2.5-5 5.5-5s5.500 2 5.500 5M16 11a2.500 2.500 0 1 0-1-4.800M17 14.500c2.300.3 4 2 4 4.500",
  chat: "M4 5h16v11H10l-5 4v-4H4z",
  person: "M12 11.500a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7zM5 20c0-3.500 3-6 7-6s7 2.500 7 6",
  options: "M4 7h9M17 7h3M15 5v4M4 17h3M11 17h9M9 15v4",
};

export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else element.setAttribute(name, value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.classList.add("icon");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

export function avatar(person, tint) {
  const letters = [...(person.first_name || person.title || "?")];
  const letter = letters.find((each) => /[\p{L}\p{N}]/u.test(each)) ?? letters[0];
  return h("span", { class: `avatar ${tint}`, "aria-hidden": "true" }, letter);
}

export function name(user, lang) {
  return h("bdi", { lang }, nameOf(user));
}

export function nameOf(user) {
  return [user.first_name, user.last_name].filter(Boolean).join(" ") || user.title || "";
}

export const $ = (id) => document.getElementById(id);

export function calm() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

export function rove(container, selector, event, { vertical = true } = {}) {
  const steps = vertical ? { ArrowDown: 1, ArrowUp: -1 } : { ArrowRight: 1, ArrowLeft: -1 };
  const items = [...container.querySelectorAll(selector)];
  const at = items.indexOf(document.activeElement);
  let next = null;
  if (event.key in steps) next = items[(at + steps[event.key] + items.length) % items.length];
  if (event.key === "Home") next = items[0];
  if (event.key === "End") next = items[items.length - 1];
  if (!next) return null;
  event.preventDefault();
  next.focus();
  return next;
}
