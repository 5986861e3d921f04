import { setAhead } from "./texts.js";

const TINTS = 8;
const HUES = 4;
const CALLS = 300;
const listeners = new Map();

export const state = {
  bot: null,
  people: [],
  groups: [],
  group: null,
  language: "zh-Hant",
  commands: [],
  messages: new Map(),
  read: new Map(),
  started: new Set(),
  demo: { state: "idle", step: 0, steps: 0 },
  coming: [],
  weather: {},
  calls: [],
  packs: [],
  blocked: new Set(),
  pinned: {},
  me: null,
  place: "group",
  topic: 0,
};

export function on(topic, listener) {
  listeners.set(topic, [...(listeners.get(topic) ?? []), listener]);
}

export function tell(topic, detail) {
  for (const listener of listeners.get(topic) ?? []) listener(detail);
}

export function here() {
  return state.place === "group" ? state.group.id : state.me;
}

export function person(id) {
  return state.people.find((each) => each.id === id) ?? (state.bot?.id === id ? state.bot : null);
}

export function me() {
  return person(state.me);
}

export function teacher() {
  return state.people.find((each) => each.admin) ?? state.people[0];
}

export function student() {
  return state.people.find((each) => !each.admin) ?? state.people[0];
}

export function langOf(text) {
  const [han, latin] = [/\p{Script=Han}/gu, /[a-z]+/gi].map((kind) => text.match(kind)?.length ?? 0);
  if (!han && !latin) return state.language;
  if (latin > han) return "en";
  return state.language.startsWith("zh") ? state.language : "zh-Hant";
}

export function tint(user) {
  if (user.id === state.bot?.id) return "tint-bot";
  if (user.title !== undefined) return `tint-group hue-${Math.max(0, state.groups.findIndex((each) => each.id === user.id)) % HUES}`;
  const index = state.people.findIndex((each) => each.id === user.id);
  return `tint-${(index < 0 ? Math.abs(user.id) : index) % TINTS}`;
}

export function messagesOf(chat) {
  return state.messages.get(chat) ?? [];
}

export function find(chat, id) {
  return messagesOf(chat).find((message) => message.message_id === id) ?? null;
}

export function speakAs(id) {
  if (state.me === id) return;
  state.me = id;
  tell("me");
}

export function apply(change) {
  const appliers = { snapshot, places, message, edited, deleted, demo, answer, typing, time, weather, call, pack };
  appliers[change.kind]?.(change);
}

function snapshot(change) {
  Object.assign(state, {
    bot: change.bot,
    people: change.people,
    ...settled(change),
    language: change.language,
    commands: change.commands,
    demo: change.demo,
    coming: change.time?.coming ?? [],
    weather: change.weather ?? {},
    calls: change.calls ?? [],
    packs: change.packs ?? [],
    started: new Set(change.started),
    messages: new Map(),
  });
  setAhead(change.time?.ahead ?? 0);
  for (const each of change.messages) append(each);
  stayInGroup({});
  if (!person(state.me)) state.me = teacher().id;
  tell("snapshot");
}

function settled(change) {
  return { groups: change.groups, blocked: new Set(change.blocked), pinned: change.pinned };
}

function places(change) {
  Object.assign(state, settled(change), { people: change.people });
  const moved = stayInGroup(change.moved);
  tell(moved ? "place" : "people");
}

function stayInGroup(moved) {
  const before = state.group?.id;
  const wanted = moved[before] ?? before;
  state.group = state.groups.find((each) => each.id === wanted) ?? state.groups[0];
  const gone = state.topic && !(state.group.is_forum && state.group.topics.some((each) => each.id === state.topic));
  if (gone) state.topic = 0;
  return gone || (before !== undefined && state.group.id !== before);
}

function append(each) {
  const chat = each.chat.id;
  if (!state.messages.has(chat)) state.messages.set(chat, []);
  state.messages.get(chat).push(each);
}

function message(change) {
  append(change.message);
  const { chat } = change.message;
  if (chat.type === "private" && !state.started.has(chat.id)) {
    state.started.add(chat.id);
    tell("started");
  }
  tell("message", change.message);
  tell("unread");
}

function edited(change) {
  const list = messagesOf(change.message.chat.id);
  const index = list.findIndex((each) => each.message_id === change.message.message_id);
  if (index < 0) return;
  list[index] = change.message;
  tell("edited", change.message);
}

function deleted(change) {
  const list = messagesOf(change.chat).filter((each) => each.message_id !== change.message_id);
  state.messages.set(change.chat, list);
  tell("deleted", change);
  tell("unread");
}

function demo(change) {
  const begins = change.state === "playing" && state.demo.state !== "playing" && change.step === 0;
  state.demo = change;
  if (begins) {
    Object.assign(state, { place: "group", topic: 0 });
    state.group = state.groups.find((each) => each.id === change.chat) ?? state.groups[0];
    tell("place");
  }
  tell("demo", change);
}

function time(change) {
  setAhead(change.ahead);
  state.coming = change.coming;
  tell("time", change);
}

function weather(change) {
  state.weather = change;
  tell("weather", change);
}

function call(change) {
  state.calls.push(change);
  if (state.calls.length > CALLS) state.calls.splice(0, state.calls.length - CALLS);
  tell("call", change);
}

function pack(change) {
  state.packs = state.packs.filter((each) => each.pack !== change.pack);
  if (change.state !== "loaded") state.packs.push(change);
  tell("pack", change);
}

function answer(change) {
  tell("answer", change);
}

function typing(change) {
  tell("typing", change);
}
