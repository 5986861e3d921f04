"""Telegram Desktop's result.json, read into messages: it is surveyed first, then read again one by one."""

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any

from db.core.timestamps import read as read_time
from db.exports.chat_shifts import shifted, unshifted
from db.imports.export_file import BROKEN, ExportFile
from db.imports.found import (
    WHOLE,
    Bad,
    Discussion,
    Message,
    NoRemark,
    Part,
    Problem,
    Record,
    Unreadable,
    short,
)
from db.imports.json_stream import members
from db.imports.telegram_survey import Survey, chosen, survey, whose
from db.imports.telegram_text import command_of, kind_of, mentions_in, words_of
from db.updates.records import RemarkDraft

ALBUM = 10  # pictures, as Telegram allows
ALBUM_SECONDS = 1  # between the first and the last of them: the export does not say what is an album
_IN_ALBUMS = frozenset({"photo", "video", "document", "audio"})
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LARGEST = 2**63
_PEERS = ("user", "chat", "channel")


@dataclass(frozen=True)
class Choices:
    """What the person who imports has said about the file."""

    chat: str | None = None  # which group of a whole account, by id or name
    bots: frozenset[str] = frozenset()  # who is a bot, by id or name
    people: frozenset[str] = frozenset()  # who is none
    one_round: bool = False  # topics become one round


@dataclass(frozen=True)
class Known:
    """What the store knows that the file does not say."""

    number: Callable[[str], int]  # gives a number to somebody who has no id of Telegram's
    author: Callable[[str, frozenset[int]], int | None]  # who is called so, one of those or anybody we know
    posted: Callable[[int], frozenset[int]]  # ids of our own messages in a chat


def read(file: ExportFile, known: Known, choices: Choices) -> Discussion:
    """Return what is in the file.

    Raises:
        Unreadable: it is no export of a group, nested too deeply, or several groups, none of them chosen.
    """

    def stream() -> Iterator[tuple[int, str, Any]]:
        try:
            yield from members(file.pieces())
        except BROKEN as error:
            raise Unreadable(f"{file.path} 讀不懂 / cannot be read: {error}") from error

    chats, broken = survey(
        stream(), lambda head: known.posted(_chat_of(head)) if "id" in head else frozenset()
    )
    number = chosen(chats, choices.chat)
    found = chats[number]
    found.judge(choices.bots, choices.people)

    def records(zone: tzinfo) -> Iterator[Record]:
        reading = _Reading(found, known, zone, by_topic=not choices.one_round)
        for chat, key, value in stream():
            if chat == number and key == "messages":
                yield from reading.take(value)
        yield from reading.rest()
        if broken:
            yield Problem(f"第 {reading.count} 則之後 / after message {reading.count}", broken)

    ours = found.head.get("wendu")
    return Discussion(
        chat_id=_chat_of(found.head),
        title=short(found.head.get("name")),
        parts=_parts(found, one_round=choices.one_round),
        records=records,
        notes=tuple(_notes(found)),
        local=found.undated,
        aliased=isinstance(ours, dict) and ours.get("names") is False,
    )


def _parts(found: Survey, *, one_round: bool) -> dict[str, Part]:
    """Return what becomes a round: the topics, what our own export says, or all of it."""
    whole = {WHOLE: Part(short(found.head.get("name")))}
    ours = found.head.get("wendu")
    if isinstance(ours, dict):
        rounds = [one for one in ours.get("rounds") or () if isinstance(one, dict)]
        try:
            return whole | {str(one["round"]): _round(one) for one in rounds}
        except (KeyError, ValueError, TypeError):
            return whole  # somebody edited it: the messages are worth more than what frames them
    return whole if one_round else whole | {str(root): topic for root, topic in found.topics.items()}


def _round(one: dict[str, Any]) -> Part:
    closed = read_time(one["closed_at"]) if one.get("closed_at") else None
    return Part(short(one["prompt_text"]), read_time(one["opened_at"]), closed, int(one["round"]))


def _notes(found: Survey) -> Iterator[str]:
    """Yield who was taken for a bot, or may be one: only the person who imports can tell what is right."""
    said = {key: f"{one.name or key}（{one.posts}）" for key, one in found.senders.items()}
    bots = [said[key] for key, one in found.senders.items() if one.is_bot]
    suspects = [said[key] for key, one in found.senders.items() if one.is_suspect and not one.is_bot]
    if bots:
        shown = "、".join(bots[:10])
        yield f"當作機器人：{shown}；若是人，請加 --person / taken for bots: {shown}; if not, use --person"
    if suspects:
        shown = "、".join(suspects[:10])
        yield f"或許也是機器人：{shown}；若是，請加 --bot / bots, too, perhaps: {shown}; if so, use --bot"


@dataclass
class _Reading:
    """Reads message after message, each in the light of those before it."""

    found: Survey
    known: Known
    zone: tzinfo
    by_topic: bool
    count: int = 0
    _topic_of: dict[int, str] = field(default_factory=dict)
    _answers: set[int] = field(default_factory=set)  # ours, to questions: a reply to one is another question
    _first_of: dict[int, int] = field(default_factory=dict)  # of an album, for each further picture
    _waiting: deque[tuple[Message, int]] = field(default_factory=deque)  # one that more pictures may follow

    def __post_init__(self) -> None:
        """Gather what holds for all messages."""
        self.ours = isinstance(self.found.head.get("wendu"), dict)
        self.chat_id = _chat_of(self.found.head)
        self.is_forum = self.by_topic and bool(self.found.topics)
        self.by_name: dict[str, set[int]] = {}
        self._numbers = {key: self._number_of(key) for key in self.found.senders}
        for key, sender in self.found.senders.items():
            self.by_name.setdefault(sender.name, set()).add(self._numbers[key])

    def take(self, value: Any) -> Iterator[Record]:
        """Yield what becomes of a record, and of the one before it that was waiting for its like."""
        self.count += 1
        try:
            made = self._record(value)
        except Bad as bad:
            yield from self.rest()
            yield Problem(self._where(value), str(bad))
            return
        if isinstance(made, NoRemark):
            yield made
        elif self._waiting and self._goes_with(made):
            self._join(made)
            yield NoRemark.ALBUM
        else:
            yield from self.rest()
            self._waiting.append((made, 1))

    def rest(self) -> Iterator[Record]:
        """Yield the message that was waiting."""
        while self._waiting:
            yield self._waiting.popleft()[0]

    def _where(self, value: Any) -> str:
        number = value.get("id") if isinstance(value, dict) else None
        if _is_number(number):
            return f"第 {self.count} 則（id {number}） / message {self.count}"
        return f"第 {self.count} 則"

    def _record(self, value: Any) -> Message | NoRemark:
        """Return the message, or why it is none.

        Raises:
            Bad: it is not a message.
        """
        if not isinstance(value, dict):
            raise Bad("不是物件 / not an object")
        if value.get("type") in {"service", "unsupported"}:
            return NoRemark.NOTICE
        if value.get("type") != "message":
            raise Bad("type 不是 message / its type is not message")
        aside = None if self.ours else self._aside(value)
        return aside or self._message(value)

    def _aside(self, value: dict[str, Any]) -> NoRemark | None:
        """Return why live it would not be drafted either: the same rules as in bot/intake/triage.py."""
        key = whose(value)
        sender = self.found.senders[key]
        if sender.is_bot:
            if sender.ours and "reply_to_message_id" in value and _is_number(value.get("id")):
                self._answers.add(value["id"])
            return NoRemark.BOT
        if command_of(value):
            return NoRemark.COMMAND
        author = value.get("from")
        if key.startswith("channel") and author and value.get("forwarded_from") == author:
            return NoRemark.CHANNEL
        if any(self._is_us(name) for name in mentions_in(value)):
            return NoRemark.QUESTION
        return None

    def _is_us(self, username: str) -> bool:
        """Return whether that is our name; all bots' names end alike, and in a class there is one."""
        known = self.found.our_names
        return username in known if known else username.endswith("bot")

    def _message(self, value: dict[str, Any]) -> Message:
        kind = kind_of(value)
        sent_at = self._moment(value, "date")
        is_edited = "edited" in value or "edited_unixtime" in value
        edited = self._moment(value, "edited") if is_edited else sent_at  # 1970: by no more than a reaction
        name = short(value.get("from")) or "已刪除的帳號"
        number, moved = unshifted(_number(value.get("id"), "id"))
        moved = moved or int(self.count <= self.found.moved)
        part, answered, to_us = self._place(value)
        draft = RemarkDraft(
            chat_id=self.chat_id,
            message_id=number,
            thread_id=0,
            telegram_id=self._numbers[whose(value)],
            name=name,
            username="",
            sent_at=sent_at,
            text=words_of(value, kind, may_be_empty=self.ours),
            kind=kind,
            reply_to_message_id=answered,
            edited_at=edited if edited > sent_at else None,
            words_of=self._author(value),
            reply_to_us=to_us and kind == "text",  # a sticker or a picture asks nothing
        )
        return Message(part, draft, moved)

    def _place(self, value: dict[str, Any]) -> tuple[str, int | None, bool]:
        """Return which round it belongs to, what it answers there, and whether that is an answer of ours."""
        raw = value.get("reply_to_message_id")
        if raw is None or self._chat_elsewhere(value.get("reply_to_peer_id")):
            answered = None
        else:
            answered = _number(raw, "reply_to_message_id")
        if self.ours:
            part, opens = str(value.get("wendu_round", WHOLE)), False
        else:
            part, opens = self._topic(value["id"], answered), answered in self.found.topics
        if answered is None or opens:
            return part, None, False
        return part, unshifted(self._first_of.get(answered, answered))[0], answered in self._answers

    def _topic(self, number: int, answered: int | None) -> str:
        """Return the topic in which a message stands: that of what it answers, or which it answers."""
        if not self.is_forum or answered is None:
            return WHOLE
        part = str(answered) if answered in self.found.topics else self._topic_of.get(answered, WHOLE)
        if part != WHOLE:
            self._topic_of[number] = part
        return part

    def _chat_elsewhere(self, peer: Any) -> bool:
        """Return whether the message answered stands in another chat."""
        return isinstance(peer, str) and _peer_number(peer) != self.chat_id

    def _author(self, value: dict[str, Any]) -> int | None:
        """Return whose words it passes on, if that can be told."""
        name = short(value.get("forwarded_from"))
        said = value.get("forwarded_from_id")
        if isinstance(said, str) and said.startswith("user"):
            return self._number_of(said)
        return self.known.author(name, frozenset(self.by_name.get(name, ()))) if name else None

    def _number_of(self, key: str) -> int:
        """Return the number of who spoke; ids that a researcher has made up, and names, get one of ours."""
        found = _peer_number(key)
        if found is not None:
            return found
        if key.startswith("name "):
            return self.known.number(key.removeprefix("name "))
        return self.known.number(f"id {key}")

    def _moment(self, value: dict[str, Any], key: str) -> datetime:
        """Return a time: from seconds since 1970, else from the local time, which names no place."""
        raw = value.get(f"{key}_unixtime")
        try:
            if raw is not None:
                return _EPOCH + timedelta(seconds=int(str(raw)[:20]))
            return datetime.fromisoformat(str(value.get(key))).replace(tzinfo=self.zone).astimezone(UTC)
        except (ValueError, OverflowError) as error:
            raise Bad(f"{key} 不是時間 / {key} is not a time") from error

    def _goes_with(self, made: Message) -> bool:
        """Return whether the message is a further picture of the album that waits."""
        (waiting, pictures), new = self._waiting[0], made.draft
        held = waiting.draft
        return (
            not self.ours
            and pictures < ALBUM
            and held.kind in _IN_ALBUMS
            and new.kind in _IN_ALBUMS
            and new.telegram_id == held.telegram_id
            and new.message_id == held.message_id + pictures
            and abs((new.sent_at - held.sent_at).total_seconds()) <= ALBUM_SECONDS
            and new.reply_to_message_id == held.reply_to_message_id
            and new.words_of == held.words_of
        )

    def _join(self, made: Message) -> None:
        """Let the album that waits have the words of a further picture."""
        waiting, pictures = self._waiting.popleft()
        text = "\n".join(filter(None, (waiting.draft.text, made.draft.text)))
        self._first_of[_shifted(made)] = _shifted(waiting)
        self._waiting.append((waiting._replace(draft=waiting.draft._replace(text=text)), pictures + 1))


def _shifted(message: Message) -> int:
    return shifted(message.draft.message_id, message.moved)


def _peer_number(key: str) -> int | None:
    """Return the number of a person above zero, of a chat below, as the Bot API has it; None: no id."""
    for word in _PEERS:
        digits = key.removeprefix(word)
        if digits != key and digits.isascii() and digits.isdigit() and len(digits) < 19:  # noqa: PLR2004  SQLite's integers
            return int(digits) if word == "user" else _chat(int(digits), word)
    return None


def _chat_of(head: dict[str, Any]) -> int:
    number = head.get("id")
    return _chat(number, str(head.get("type"))) if _is_number(number) and isinstance(number, int) else 0


def _chat(bare: int, kind: str) -> int:
    """Return the Bot API's id of a chat; groups without topics have none in front, all others -100."""
    if bare <= 0:
        return int(bare)
    return -bare if kind in {"private_group", "chat"} else -1_000_000_000_000 - bare


def _number(value: Any, what: str) -> int:
    if not _is_number(value):
        raise Bad(f"{what} 不是整數 / {what} is not a whole number")
    return int(value)


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and -_LARGEST <= value < _LARGEST
