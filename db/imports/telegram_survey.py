"""What a first reading of Telegram Desktop's JSON tells: which chats are in it, its topics, who is a bot.

The export does not say who is a bot. A bot shows itself: by buttons below its posts, by answering commands at
once, by being called as a command addresses it, or by speaking only when commands or newcomers made it.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from db.imports.found import Part, Unreadable, short
from db.imports.telegram_text import command_of

AT_ONCE = 10  # seconds in which a bot answers a command: the limits of sending make ours wait for some
LEAST_NAME = 3  # letters of a name that must be found in a bot's username
GROUPS = frozenset({"private_group", "private_supergroup", "public_supergroup", "public_group"})
OURS = frozenset({"/ask", "/discuss", "/close", "/stance", "/topics", "/summary", "/export"})
_CALLED_BOT = re.compile(r"(?i:(\b|_)bot\d*$)|[a-z]Bot$|機器人$|机器人$")  # Talbot is somebody
_LETTERS = re.compile(r"[\W_]+")
_NEWCOMER = frozenset({"invite_members", "join_group_by_link", "join_group_by_request"})


@dataclass
class Sender:
    """What somebody did in a chat, as far as it tells a bot from a person."""

    name: str = ""
    posts: int = 0
    prompted: int = 0  # right after a command or a newcomer, or in answer to a command
    welcomes: int = 0  # of these, right after a newcomer
    commands: int = 0  # sent: a bot sends none
    replies: int = 0
    at_once: int = 0  # answers to commands within seconds
    buttons: bool = False
    posted: bool = False  # what we know that we have posted
    ours: bool = False  # it answered one of our commands
    is_bot: bool = False

    @property
    def is_suspect(self) -> bool:
        """Whether it spoke more than once, and only when commands or newcomers may have made it."""
        return self.posts > 1 and self.prompted == self.posts and not self.commands


@dataclass
class Survey:
    """One chat of an export."""

    head: dict[str, Any] = field(default_factory=dict)
    messages: int = 0
    undated: bool = False  # some message has no date_unixtime
    topics: dict[int, Part] = field(default_factory=dict)  # by the message that opened it
    senders: dict[str, Sender] = field(default_factory=dict)
    usernames: set[str] = field(default_factory=set)  # of bots that commands are addressed to
    our_names: set[str] = field(default_factory=set)  # of these, the one of our own commands
    _commands: dict[int, tuple[int, str]] = field(default_factory=dict)  # id -> when, and which
    moved: int = 0  # our own exports: how many messages are of a group that became this one, and say not so
    _seen: set[int] = field(default_factory=set)
    _last: int = 0
    _anew: int = 0  # after how many messages numbers went down
    _prompt: str = "command"  # what the message before was: command, newcomer or neither; the first has none

    def look_at(self, value: Any, posted: frozenset[int]) -> None:
        """Take a message into account; `posted` are ids of messages that we know to be ours."""
        self.messages += 1
        if not isinstance(value, dict):
            return
        number = value.get("id")
        if "wendu" in self.head and isinstance(number, int):
            self._look_for_a_move(number)
        if value.get("type") == "service":
            self._prompt = "newcomer" if value.get("action") in _NEWCOMER else ""
            if value.get("action") == "topic_created" and isinstance(number, int):
                self.topics[number] = Part(short(value.get("title")))
            return
        self.undated = self.undated or ("date_unixtime" not in value and value.get("type") == "message")
        sender = self.senders.setdefault(whose(value), Sender())
        sender.name = short(value.get("from")) or sender.name
        sender.posts += 1
        sender.buttons = sender.buttons or ("inline_bot_buttons" in value and "via_bot" not in value)
        sender.posted = sender.posted or number in posted
        self._note_command(value, sender)

    def _look_for_a_move(self, number: int) -> None:
        """See whether numbers begin anew: until 0.1 our exports left those of both groups as they were."""
        if number in self._seen and not self.moved:
            self.moved = self._anew
        if self._seen and 0 < number < self._last:
            self._anew = self.messages - 1
        self._last = number
        self._seen.add(number)

    def _note_command(self, value: dict[str, Any], sender: Sender) -> None:
        """Note whether it is a command, or comes of one."""
        answered = value.get("reply_to_message_id")
        asked = self._commands.get(answered) if isinstance(answered, int) else None
        sender.replies += answered is not None
        sender.prompted += bool(self._prompt) or asked is not None
        sender.welcomes += self._prompt == "newcomer"
        if asked is not None:
            quick = abs(_seconds(value) - asked[0]) <= AT_ONCE
            sender.at_once += quick
            sender.ours = sender.ours or (quick and asked[1] in OURS)
        command, _, username = command_of(value).partition("@")
        self._prompt = "command" if command else ""
        if command:
            sender.commands += 1
            called = {username.casefold()} - {""}
            self.usernames |= called
            self.our_names |= called if command in OURS else set()
            if isinstance(value.get("id"), int):
                self._commands[value["id"]] = (_seconds(value), command)

    def judge(self, bots: frozenset[str], people: frozenset[str]) -> None:
        """Decide who is a bot; those named (by name or id) are what they are said to be."""
        for key, sender in self.senders.items():
            named = {key, key.removeprefix("user"), sender.name}
            sender.is_bot = bool(named & bots) or (not named & people and self._is_bot(sender))

    def _is_bot(self, sender: Sender) -> bool:
        if sender.buttons or sender.posted:
            return True
        if sender.commands:
            return False
        return (
            _CALLED_BOT.search(sender.name) is not None
            or (sender.at_once > 0 and sender.at_once * 2 >= sender.replies)
            or (sender.is_suspect and sender.welcomes > 0)
            or any(_is_called(sender.name, username) for username in self.usernames)
        )


def survey(
    members: Iterable[tuple[int, str, Any]], posted: Callable[[dict[str, Any]], frozenset[int]]
) -> tuple[dict[int, Survey], str]:
    """Return the chats of an export by number, and why it breaks off, if it does."""
    chats: dict[int, Survey] = {}
    ours: dict[int, frozenset[int]] = {}
    broken = ""
    for chat, key, value in members:
        found = chats.setdefault(chat, Survey())
        if key == "messages":
            if chat not in ours:
                ours[chat] = posted(found.head)
            if not found.messages or chat == 0 or found.head.get("type") in GROUPS:
                found.look_at(value, ours[chat])
        elif key:
            found.head[key] = value if key in {"name", "type", "id", "wendu"} else None
        else:
            broken = value
    return chats, broken


def chosen(chats: dict[int, Survey], wanted: str | None) -> int:
    """Return the number of the chat to import: the one there is, or the one named by id or name.

    Raises:
        Unreadable: it is no group, there are several, or none is called so; the message lists them.
    """
    groups = {number: one for number, one in chats.items() if number and one.head.get("type") in GROUPS}
    if len(chats) == 1 and 0 in chats:
        _must_be_a_group(chats[0])
        return 0
    named = [
        number
        for number, one in groups.items()
        if wanted is None or wanted in {str(one.head.get("id")), short(one.head.get("name"))}
    ]
    if len(named) == 1:
        return named[0]
    listed = "\n".join(
        f"  {one.head.get('id')}  {short(one.head.get('name'))}（{one.messages}）" for one in groups.values()
    )
    raise Unreadable(
        "這是整個帳號的匯出，請用 --chat 選一個群組"
        f" / this is a whole account: choose one of its groups with --chat:\n{listed or '  (–)'}"
    )


def _must_be_a_group(found: Survey) -> None:
    head = found.head
    if "messages" in head or not found.messages or not isinstance(head.get("id"), int):
        raise Unreadable("找不到群組編號或訊息 / it does not say which chat it is: no id, or no messages")
    if "type" not in head and "name" not in head:
        raise Unreadable(
            "這是 tdl 的匯出，裡面沒有發言者；請用 Telegram Desktop 匯出聊天記錄（JSON）"
            " / this was made by tdl and does not say who spoke: use Telegram Desktop's “Export chat"
            " history” (JSON)"
        )
    if head.get("type") not in GROUPS:
        raise Unreadable(
            f"這不是群組（{head.get('type')}），不匯入私人對話或頻道"
            f" / this is no group ({head.get('type')}): private chats and channels are not imported"
        )


def whose(value: dict[str, Any]) -> str:
    """Return by what a sender is told from others: their id, else their name."""
    raw = value.get("from_id")
    if isinstance(raw, int) and not isinstance(raw, bool):
        return f"user{raw}"  # before 2021 it was a plain number
    return raw if isinstance(raw, str) and raw else f"name {short(value.get('from'))}"


def _is_called(name: str, username: str) -> bool:
    """Return whether somebody of that name is who the username addresses: Rose, @MissRose_bot."""
    bare = _LETTERS.sub("", name).casefold()
    called = _LETTERS.sub("", username)
    return len(bare) >= LEAST_NAME and bare in called


def _seconds(value: dict[str, Any]) -> int:
    raw = str(value.get("date_unixtime"))[:15]
    return int(raw) if raw.isascii() and raw.isdigit() else 0
