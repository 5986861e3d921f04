import { nameOf } from "./dom.js";
import { here, messagesOf, speakAs, state, tell } from "./state.js";
import { noteOf } from "./service.js";
import { says, t } from "./texts.js";

const ADMINS = ["creator", "administrator"];
const seats = new Map();

export function role(group, id = state.me) {
  return group?.roles[id] ?? "left";
}

export function isAdmin(group, id = state.me) {
  return ADMINS.includes(role(group, id));
}

export function isHidden(group, id = state.me) {
  return Boolean(group?.hidden.includes(id));
}

export function isMine(message) {
  return message.rehearsal.author_id === state.me;
}

export function senderOf(message) {
  return message.sender_chat ?? message.from ?? {};
}

export function topicOf(message) {
  return message.is_topic_message ? message.message_thread_id : 0;
}

export function topicHere() {
  return state.place === "group" && state.group.is_forum ? state.topic : 0;
}

export function inView(message) {
  if (message.chat.id !== here()) return false;
  return state.place !== "group" || !state.group.is_forum || topicOf(message) === state.topic;
}

export function inViewAll() {
  return messagesOf(here()).filter(inView);
}

function forum(chat) {
  return state.groups.find((each) => each.id === chat)?.is_forum ?? false;
}

function seen(chat, topic) {
  return state.read.get(`${chat}/${topic}`) ?? 0;
}

export function unread(chat, only = null) {
  const topics = forum(chat);
  const reader = chat > 0 ? chat : state.me;
  const fresh = (each) => {
    const topic = topics ? topicOf(each) : 0;
    return (only === null || topic === only) && each.message_id > seen(chat, topic) && each.rehearsal.author_id !== reader;
  };
  return messagesOf(chat).filter(fresh).length;
}

export function markRead() {
  const last = inViewAll().at(-1)?.message_id ?? 0;
  const key = `${here()}/${topicHere()}`;
  if ((state.read.get(key) ?? 0) >= last) return;
  state.read.set(key, last);
  tell("unread");
}

export function go(place, group = state.group?.id, topic = null) {
  state.place = place;
  state.group = state.groups.find((each) => each.id === group) ?? state.groups[0];
  const wanted = topic ?? seats.get(state.group.id) ?? 0;
  state.topic = state.group.topics.some((each) => each.id === wanted) ? wanted : 0;
  seats.set(state.group.id, state.topic);
  tell("place");
}

export function visit(person) {
  state.place = "private";
  if (state.me === person) tell("place");
  else speakAs(person);
}

export function currentTopic() {
  return topicHere() ? state.group.topics.find((each) => each.id === state.topic) : null;
}

export function wordsOf(message) {
  const kind = ["photo", "voice", "sticker"].find((each) => each in message);
  return message.text ?? message.caption ?? message.poll?.question ?? message.document?.file_name ?? (kind ? t(kind) : "");
}

export function preview(chat) {
  const last = messagesOf(chat).at(-1);
  if (!last) return "";
  const note = noteOf(last);
  const who = !note && last.chat.type !== "private" ? says(nameOf(senderOf(last))) : "";
  return `${who}${note ?? wordsOf(last)}`.replace(/\s+/g, " ").slice(0, 80);
}
