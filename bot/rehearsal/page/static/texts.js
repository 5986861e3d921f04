let phrases = {};
let ahead = 0;
export const LANGUAGES = { "zh-Hant": "繁體中文", "zh-Hans": "简体中文", en: "English" };

export async function loadTexts(language) {
  const response = await fetch(`texts/${encodeURIComponent(language)}.json`);
  phrases = await response.json();
  document.documentElement.lang = language;
  document.title = t("page_title");
  for (const element of document.querySelectorAll("[data-text]")) {
    element.textContent = t(element.dataset.text);
  }
  for (const element of document.querySelectorAll("[data-label]")) {
    element.setAttribute("aria-label", t(element.dataset.label));
    if (element.matches("button")) element.title = t(element.dataset.label);
  }
}

export function t(key, values = {}) {
  return (phrases[key] ?? key).replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

export function says(name) {
  return language() === "en" ? `${name}: ` : `${name}：`;
}

export function setAhead(seconds) {
  ahead = seconds;
}

export function now() {
  return Date.now() / 1000 + ahead;
}

export function language() {
  return document.documentElement.lang;
}

export function clock(seconds) {
  return new Date(seconds * 1000).toLocaleTimeString(language(), {
    hour: "2-digit",
    minute: "2-digit",
    hour12: false,
  });
}

export function day(seconds) {
  const date = new Date(seconds * 1000);
  const days = Math.round((startOfDay(new Date(now() * 1000)) - startOfDay(date)) / 86400000);
  if (days === 0) return t("today");
  if (days === 1) return t("yesterday");
  return date.toLocaleDateString(language(), { month: "long", day: "numeric", weekday: "short" });
}

export function dayKey(seconds) {
  return startOfDay(new Date(seconds * 1000));
}

function startOfDay(date) {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}

export function size(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${(bytes / 1024).toFixed(1)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

export function span(seconds) {
  const minutes = Math.round(seconds / 60);
  if (seconds < 60) return t("within_minute");
  if (minutes < 120) return t("minutes", { count: minutes });
  if (minutes < 48 * 60) return t("hours", { count: Math.round(minutes / 60) });
  return t("days", { count: Math.round(minutes / 1440) });
}
