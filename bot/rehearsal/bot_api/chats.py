"""Methods about chats (who is in them, what is pinned, topics, leaving) and about the bot's own profile."""

import re
from typing import Any

from telegram import AcceptedGiftTypes, ChatFullInfo, ChatMember, File, ForumTopic, User

from bot.rehearsal.bot_api.parameters import Method, Parameters, chat_of, open_chat, post_of
from bot.rehearsal.fake_telegram import rules
from bot.rehearsal.fake_telegram.chats import Room
from bot.rehearsal.fake_telegram.groups import GENERAL
from bot.rehearsal.fake_telegram.world import World

_ACTIONS = frozenset({
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice",
    "upload_document",
    "choose_sticker", "find_location", "record_video_note", "upload_video_note",
})  # fmt: skip
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")


def get_chat(world: World, given: Parameters) -> ChatFullInfo:
    """Describe a chat."""
    room = chat_of(world, given)
    chat = room.chat()
    latest = room.post(room.pinned[-1]) if room.pinned else None
    return ChatFullInfo(
        room.id,
        room.type,
        accent_color_id=0,
        max_reaction_count=11,
        accepted_gift_types=AcceptedGiftTypes(
            unlimited_gifts=False,
            limited_gifts=False,
            unique_gifts=False,
            premium_subscription=False,
            gifts_from_channels=False,
        ),
        title=chat.title,
        first_name=chat.first_name,
        username=chat.username,
        is_forum=chat.is_forum,
        pinned_message=latest.message(nested=True) if latest else None,
    )


def get_chat_member(world: World, given: Parameters) -> ChatMember:
    """Say what somebody is in a chat."""
    room, user_id = _inside(world, given), given.integer("user_id")
    if user_id in room.members:
        return room.members[user_id].as_member()
    person = world.people.get(user_id)
    if person is None:
        raise rules.bad_request(rules.USER_NOT_FOUND)
    return room.membership(person.user).as_member()


def get_chat_administrators(world: World, given: Parameters) -> list[ChatMember]:
    """List the admins of a group."""
    room = _inside(world, given)
    if room.is_private:
        raise rules.bad_request("there are no administrators in the private chat")
    return [member.as_member() for member in room.members.values() if member.is_admin]


def get_chat_member_count(world: World, given: Parameters) -> int:
    """Count who is in a chat."""
    room = _inside(world, given)
    return 2 if room.is_private else sum(member.present for member in room.members.values())


def send_chat_action(world: World, given: Parameters) -> bool:
    """Show that the bot is busy; of all methods this one takes 1 for the General topic."""
    room, action, thread = open_chat(world, given), given.text("action"), given.integer("message_thread_id")
    if action not in _ACTIONS:
        raise rules.bad_request(rules.ACTION)
    if thread and room.is_forum and thread not in {GENERAL, *room.topics}:
        raise rules.bad_request(rules.NO_THREAD)
    world.tell("action", room.id, action=action, thread=thread if thread in room.topics else None)
    return True


def pin_chat_message(world: World, given: Parameters) -> bool:
    """Pin a message, which leaves a note in the chat."""
    room = _pinning(world, given)
    post = post_of(room, given, rules.NO_PIN_TARGET)
    world.pin(post)
    place: dict[str, Any] = {"thread_id": post.thread_id, "in_topic": True} if post.in_topic else {}
    world.place(room, world.bot, extra={"pinned_message": post.message(nested=True)}, **place)
    return True


def unpin_chat_message(world: World, given: Parameters) -> bool:
    """Unpin a message, or the one that was pinned last."""
    room = _pinning(world, given)
    number = given.integer("message_id") or (room.pinned[-1] if room.pinned else 0)
    if number not in room.pinned:
        raise rules.bad_request(rules.NO_UNPIN_TARGET)
    if post := room.post(number):
        world.pin(post, pinned=False)
    return True


def unpin_all_chat_messages(world: World, given: Parameters) -> bool:
    """Unpin everything."""
    room = _pinning(world, given)
    room.pinned.clear()
    world.tell("pinned", room.id, message_ids=[])
    return True


def set_message_reaction(world: World, given: Parameters) -> bool:
    """React to a message as the bot, with one emoji or none."""
    room = open_chat(world, given)
    post = post_of(room, given, rules.NO_REACTION_TARGET)
    emoji = tuple(str(each.get("emoji", "")) for each in given.json("reaction") or [])
    if len(emoji) > 1 or not rules.REACTIONS.issuperset(emoji):
        raise rules.bad_request(rules.BAD_REACTION)
    post.reactions[world.bot.id] = emoji
    world.tell_of("reaction", post)
    return True


def create_forum_topic(world: World, given: Parameters) -> ForumTopic:
    """Open a topic as the bot."""
    room = open_chat(world, given)
    if not room.is_forum:
        raise rules.bad_request(rules.NOT_A_FORUM)
    bot = room.membership(world.bot)
    if not (bot.is_admin and bot.can_manage_topics):
        raise rules.bad_request(rules.NO_TOPIC_RIGHT)
    topic = world.new_topic(room, world.bot, given.text("name"))
    return ForumTopic(topic.id, topic.name, icon_color=0x6FB9F0)


def leave_chat(world: World, given: Parameters) -> bool:
    """Leave a group."""
    room = _inside(world, given)
    if room.is_private:
        raise rules.bad_request(rules.LEAVE_PRIVATE)
    room.change(world.bot, status="left")
    world.tell("member", room.id, user_id=world.bot.id, name=world.bot.full_name, status="left")
    world.place(room, world.bot, extra={"left_chat_member": world.bot})
    return True


def get_file(world: World, given: Parameters) -> File:
    """Say where a file can be fetched."""
    stored = world.files.by_id(given.text("file_id"))
    if stored is None:
        raise rules.bad_request("invalid file_id")
    if len(stored.data) > rules.DOWNLOAD:
        raise rules.bad_request(rules.FILE_TOO_BIG)
    return stored.as_file()


def _inside(world: World, given: Parameters) -> Room:
    return chat_of(world, given) if given.integer("chat_id") > 0 else open_chat(world, given)


def _pinning(world: World, given: Parameters) -> Room:
    room = open_chat(world, given)
    bot = room.membership(world.bot)
    if not room.is_private and not (bot.is_admin and bot.can_pin):
        raise rules.bad_request(rules.NO_PIN_RIGHT)
    return room


def get_me(world: World, _given: Parameters) -> User:
    """Describe the bot."""
    return world.me


def set_my_commands(world: World, given: Parameters) -> bool:
    """Set the list of commands for a scope and a language."""
    commands = given.json("commands") or []
    if len(commands) > rules.COMMANDS:
        raise rules.bad_request(rules.COMMANDS_TOO_MUCH)
    for command in commands:
        if not _COMMAND.fullmatch(str(command.get("command", "")).removeprefix("/")):
            raise rules.bad_request(rules.COMMAND_INVALID)
        if not 1 <= len(str(command.get("description", ""))) <= rules.COMMAND_DESCRIPTION:
            raise rules.bad_request(rules.COMMAND_DESCRIPTION_INVALID)
    world.settings[_commands_key(given)] = commands
    world.tell("commands", None, commands=commands, language=given.text("language_code"))
    return True


def get_my_commands(world: World, given: Parameters) -> list[Any]:
    """Return the list of commands of a scope and a language."""
    return list(world.settings.get(_commands_key(given), []))


def delete_my_commands(world: World, given: Parameters) -> bool:
    """Forget the list of commands of a scope and a language."""
    world.settings.pop(_commands_key(given), None)
    return True


def _commands_key(given: Parameters) -> str:
    scope = given.json("scope") or {"type": "default"}
    place = ":".join(str(scope.get(part, "")) for part in ("type", "chat_id", "user_id"))
    return f"commands {place} {given.text('language_code')}"


def _setting(name: str) -> tuple[Method, Method]:
    """Return the pair of methods that set and get one text, by language."""

    def write(world: World, given: Parameters) -> bool:
        world.settings[f"{name} {given.text('language_code')}"] = given.text(name)
        return True

    def read(world: World, given: Parameters) -> dict[str, str]:
        return {name: world.settings.get(f"{name} {given.text('language_code')}", "")}

    return write, read


_NAME, _DESCRIPTION, _SHORT = (_setting(name) for name in ("name", "description", "short_description"))


METHODS: dict[str, Method] = {
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "getChatAdministrators": get_chat_administrators,
    "getChatMemberCount": get_chat_member_count,
    "sendChatAction": send_chat_action,
    "pinChatMessage": pin_chat_message,
    "unpinChatMessage": unpin_chat_message,
    "unpinAllChatMessages": unpin_all_chat_messages,
    "setMessageReaction": set_message_reaction,
    "createForumTopic": create_forum_topic,
    "leaveChat": leave_chat,
    "getFile": get_file,
    "getMe": get_me,
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
    "setMyName": _NAME[0],
    "getMyName": _NAME[1],
    "setMyDescription": _DESCRIPTION[0],
    "getMyDescription": _DESCRIPTION[1],
    "setMyShortDescription": _SHORT[0],
    "getMyShortDescription": _SHORT[1],
}
