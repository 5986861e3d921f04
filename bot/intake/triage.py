"""The sorting desk: raw JSON in, `Incoming` out, without building Telegram objects and without ever raising.

What needs a handler: everything in a private chat; in groups commands for us, @mentions of us, replies to us,
people coming and going, moving to a new chat id; buttons, words typed in inline mode, what becomes of us.
What may become a remark: the rest of what people say in groups, and edits of it. Other bots, service
messages and posts forwarded automatically from a linked channel are neither. (Whether a draft is logged is
decided in `db.updates.admission`.)
"""

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from bot.intake.message_text import clean, kind_of, marked_words, words_of
from db.updates.records import Incoming, RemarkDraft

HANDLED = frozenset({"callback_query", "inline_query", "my_chat_member"})  # all else leaves but a mark
SERVICE = frozenset(
    {
        "new_chat_members",
        "left_chat_member",
        "group_chat_created",
        "supergroup_chat_created",
        "migrate_to_chat_id",
        "migrate_from_chat_id",
    }
)
# What neither opens nor closes a round, nor changes who is logged: what follows need not wait for it.
STEADY = frozenset({"/ask", "/help", "/start", "/topics", "/stance", "stance", "helped", "snippet", "topics"})
_LARGEST = 2**63  # SQLite's integers
_FIELD = re.compile(r"[a-z][a-z_]{0,39}")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
JSONDict = dict[str, Any]


def sort_update(raw: Any, bot_id: int, bot_username: str) -> Incoming:
    """Return what the raw update is; a `fault` says why it cannot be understood."""
    if not isinstance(raw, dict):
        return _garbage(raw, "not an object")
    try:
        return _sort(raw, bot_id, bot_username.casefold())
    except (TypeError, ValueError, KeyError, AttributeError, OverflowError, RecursionError) as error:
        return _garbage(raw, f"{type(error).__name__}: {error}")


def _garbage(raw: Any, fault: str) -> Incoming:
    try:
        identity = ("garbage", repr(raw))
    except RecursionError:  # nested as deep as JSON allows
        identity = ("garbage", str(raw.get("update_id") if isinstance(raw, dict) else ""))
    return Incoming(raw, needs_handler=False, identity=identity, fault=fault)


def _sort(raw: JSONDict, bot_id: int, bot_username: str) -> Incoming:
    kind = "message" if "message" in raw else next((key for key in raw if key != "update_id"), "empty")
    inner = raw.get(kind)
    if not isinstance(inner, dict) or not _FIELD.fullmatch(kind):
        return _garbage(raw, "no update inside")
    if kind == "message":
        return _sort_message(raw, inner, bot_id, bot_username)
    if kind == "edited_message":
        return _sort_edit(raw, inner)
    return Incoming(
        raw,
        needs_handler=kind in HANDLED,
        identity=_identity(raw, kind, inner),
        kind=kind,
        lane=_lane(inner),
        sent=_sent(inner),
        steers=kind == "callback_query" and _verb(inner) not in STEADY,
    )


def _identity(raw: JSONDict, kind: str, inner: JSONDict) -> tuple[object, ...]:
    """Return what makes the update itself, without words.

    Queries carry an id of their own. For others the update id counts too; it cannot stand alone, as update
    ids begin anew, sometimes lower, after a quiet week.
    """
    if kind in {"callback_query", "inline_query"} and "id" in inner:
        return (kind, inner["id"])
    parts = [inner.get(key) for key in ("id", "message_id", "date", "edit_date", "poll_id", "option_ids")]
    whose = [_id(inner.get(key)) for key in ("chat", "from", "user")]
    return (kind, raw.get("update_id"), *parts, *whose)


def _sent(inner: JSONDict) -> int:
    """Return when it was sent, or the message whose button was pressed; 0 where nothing says so."""
    message = inner.get("message")
    holders = (inner, message) if isinstance(message, dict) else (inner,)
    times = [holder.get(key) for holder in holders for key in ("edit_date", "date")]
    return next((at for at in times if isinstance(at, int)), 0)


def _lane(inner: JSONDict) -> int:
    """Return in whose order the update is handled: its chat's, else its person's."""
    message = inner.get("message")
    holders = (inner, message) if isinstance(message, dict) else (inner,)
    chats = [_id(holder.get("chat")) for holder in holders]
    people = [_id(inner.get("from")), _id(inner.get("user"))]
    return next((found for found in (*chats, *people) if found is not None), 0)


def _sort_message(raw: JSONDict, message: JSONDict, bot_id: int, bot_username: str) -> Incoming:
    chat = message["chat"]
    chat_id = _number(chat["id"])
    identity = ("message", chat_id, _number(message["message_id"]), _number(message["date"]))
    command = _command(message)
    needs, remark = False, None
    if chat.get("type") == "private":
        needs = True
    elif command or any(message[key] for key in SERVICE.intersection(message)):
        needs = not command or (_for_us(command, bot_username) and not _by_nobody_here(message))
    elif _speaks(message):
        mentioned, replied = _mentions(message, bot_username), _replies(message, bot_id)
        needs = mentioned or replied
        remark = None if mentioned else _draft(message, reply_to_us=replied)
    return Incoming(
        raw,
        needs_handler=needs,
        remark=remark,
        identity=identity,
        kind="message",
        lane=chat_id,
        sent=identity[-1],
        steers=bool(command) and command.partition("@")[0] not in STEADY,
        migration=_migration(chat_id, message),
    )


def _sort_edit(raw: JSONDict, message: JSONDict) -> Incoming:
    """Sort an edit: the new words of a remark, if the message is one; for a handler in private only.

    Telegram also sends one without `edit_date`, at a first reaction or a link preview: nobody changed a word.
    """
    chat = message["chat"]
    private = chat.get("type") == "private"
    reworded = message.get("edit_date") is not None
    wanted = reworded and not private and _speaks(message)
    return Incoming(
        raw,
        needs_handler=reworded and private,
        remark=_draft(message, edited_at=_moment(message["edit_date"])) if wanted else None,
        identity=_identity(raw, "edited_message", message),
        kind="edited_message",
        lane=_number(chat["id"]),
        sent=_sent(message),
    )


def _speaks(message: JSONDict) -> bool:
    """Return whether a participant says something: no other bot, no service message, no channel's post."""
    if _by_nobody_here(message) or not kind_of(message):
        return False
    return isinstance(message.get("sender_chat") or message.get("from"), dict)


def _by_nobody_here(message: JSONDict) -> bool:
    """Return whether it comes from another bot, or from a linked channel by itself."""
    return bool(message.get("is_automatic_forward")) or _by_other_bot(message)


def _by_other_bot(message: JSONDict) -> bool:
    """Return whether a bot speaks for itself; anonymous admins and channels come through a bot's hands."""
    sender = message.get("from")
    return isinstance(sender, dict) and bool(sender.get("is_bot")) and "sender_chat" not in message


def _draft(message: JSONDict, *, reply_to_us: bool = False, edited_at: datetime | None = None) -> RemarkDraft:
    sender = message.get("sender_chat") or message["from"]  # an anonymous admin speaks as the group
    reply = message.get("reply_to_message")
    answered = reply.get("message_id") if isinstance(reply, dict) and not _opens_topic(reply) else None
    return RemarkDraft(
        chat_id=_number(message["chat"]["id"]),
        message_id=_number(message["message_id"]),
        thread_id=_thread(message),
        telegram_id=_number(sender["id"]),
        name=_name(sender),
        username=clean(str(sender.get("username") or "")),
        sent_at=_moment(message["date"]),
        text=words_of(message),
        kind=kind_of(message),
        reply_to_message_id=None if answered is None else _number(answered),
        edited_at=edited_at,
        words_of=_passed_on(message),
        flat=not message["chat"].get("is_forum"),
        reply_to_us=reply_to_us,
        album=str(message.get("media_group_id") or ""),
    )


def _passed_on(message: JSONDict) -> int | None:
    """Return the person from whom the words were forwarded, if Telegram says who it was."""
    origin = message.get("forward_origin")
    author = origin.get("sender_user") if isinstance(origin, dict) else None
    return None if not isinstance(author, dict) or author.get("is_bot") else _id(author)


def _thread(message: JSONDict) -> int:
    """Return the forum topic; 0 outside topics (threads of replies have ids too, but are no topics)."""
    return _number(message.get("message_thread_id") or 0) if message.get("is_topic_message") else 0


def _name(sender: JSONDict) -> str:
    parts = (sender.get("title"), sender.get("first_name"), sender.get("last_name"))
    return clean(" ".join(map(str, filter(None, parts))))


def _command(message: JSONDict) -> str:
    """Return the command that the message begins with, such as /ask@wendu_bot; empty if there is none."""
    text, entities = marked_words(message)
    if not isinstance(text, str) or not isinstance(entities, list) or not entities:
        return ""
    first = entities[0]
    if isinstance(first, dict) and first.get("type") == "bot_command" and first.get("offset") == 0:
        return text[: _number(first["length"])]
    return ""


def _verb(query: JSONDict) -> str:
    """Return what a pressed button asks for: the part before the first colon."""
    data = query.get("data")
    return data.partition(":")[0] if isinstance(data, str) else ""


def _for_us(command: str, bot_username: str) -> bool:
    """Return whether the command names us or nobody."""
    addressed = command.partition("@")[2].casefold()
    return addressed in {"", bot_username}


def _mentions(message: JSONDict, bot_username: str) -> bool:
    """Return whether a text or a caption names us."""
    text, marks = marked_words(message)
    if not isinstance(text, str) or not isinstance(marks, list):
        return False
    return any(_is_ours(mark, text, bot_username) for mark in marks if isinstance(mark, dict))


def _is_ours(mark: JSONDict, text: str, bot_username: str) -> bool:
    if mark.get("type") != "mention":
        return False
    start, length = _number(mark["offset"]) * 2, _number(mark["length"]) * 2  # counted in UTF-16
    said = text.encode("utf-16-le", "surrogatepass")[start : start + length]
    return said.decode("utf-16-le", "replace").casefold() == f"@{bot_username}"


def _replies(message: JSONDict, bot_id: int) -> bool:
    """Return whether words answer a message of ours; a sticker or a picture asks nothing."""
    reply = message.get("reply_to_message")
    if not isinstance(reply, dict) or _opens_topic(reply) or "text" not in message:
        return False
    return _id(reply.get("from")) == bot_id and "sender_chat" not in reply


def _opens_topic(reply: JSONDict) -> bool:
    """Return whether it is the notice that opened a topic, to which everything in a topic is a reply."""
    return "forum_topic_created" in reply


def _migration(chat_id: int, message: JSONDict) -> tuple[int, int] | None:
    if "migrate_to_chat_id" in message:
        return chat_id, _number(message["migrate_to_chat_id"])
    if "migrate_from_chat_id" in message:
        return _number(message["migrate_from_chat_id"]), chat_id
    return None


def _id(holder: Any) -> int | None:
    return _number(holder["id"]) if isinstance(holder, dict) and "id" in holder else None


def _number(value: Any) -> int:
    if type(value) is not int or not -_LARGEST <= value < _LARGEST:  # a bool is an int, too
        raise TypeError(f"no whole number that fits: {type(value).__name__}")
    return value


def _moment(value: Any) -> datetime:
    return _at(_number(value))


@lru_cache(maxsize=1024)  # a class that talks says much in one second
def _at(seconds: int) -> datetime:
    return _EPOCH + timedelta(seconds=seconds)  # fromtimestamp raises whatever the system likes
