import { nameOf } from "./dom.js";
import { t } from "./texts.js";

const NOTES = {
  new_chat_members: (message) => {
    const names = message.new_chat_members.map(nameOf).join("、");
    const alone = message.new_chat_members.some((each) => each.id === message.from?.id);
    return alone ? t("joined", { name: names }) : t("was_added", { by: by(message), name: names });
  },
  left_chat_member: (message) => {
    const name = nameOf(message.left_chat_member);
    const alone = message.left_chat_member.id === message.from?.id;
    return alone ? t("left", { name }) : t("was_removed", { by: by(message), name });
  },
  pinned_message: (message) => t("pinned", { name: by(message) }),
  group_chat_created: (message) => t("founded", { name: by(message) }),
  supergroup_chat_created: (message) => t("founded", { name: by(message) }),
  migrate_to_chat_id: () => t("migrated"),
  migrate_from_chat_id: () => t("migrated"),
  forum_topic_created: (message) => t("topic_opened", { by: by(message), name: message.forum_topic_created.name }),
  forum_topic_closed: (message) => t("topic_closed", { by: by(message) }),
  forum_topic_reopened: (message) => t("topic_reopened", { by: by(message) }),
};

function by(message) {
  return nameOf(message.sender_chat ?? message.from ?? {});
}

export function noteOf(message) {
  const kind = Object.keys(NOTES).find((each) => message[each]);
  return kind ? NOTES[kind](message) : null;
}
