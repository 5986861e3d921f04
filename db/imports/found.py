"""What a file from elsewhere holds, before anything of it is kept; and what cannot be read in it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from enum import Enum
from typing import NamedTuple

from db.updates.records import RemarkDraft

LARGEST = 4_000_000_000  # bytes of a file: a whole account without its pictures is a tenth of it
LONGEST = 65_536  # characters of one message: sixteen times Telegram's own limit
DEEPEST = 32  # brackets inside brackets: Telegram Desktop needs eight
NAME_LIMIT = 256
WHOLE = ""  # the part of a discussion that has no parts


class Unreadable(Exception):  # noqa: N818  said to a person, in two languages
    """The file is not what it should be; the message says why, in Chinese and English."""


class Bad(Exception):  # noqa: N818  caught where records are read
    """One record cannot be imported; the message says why."""


class NoRemark(Enum):
    """Why a record is no remark: live, it would not have been one either."""

    NOTICE = "notice"  # joining, pinning, a deleted post: nothing that anybody said
    BOT = "bot"
    COMMAND = "command"
    QUESTION = "question"  # put to us
    CHANNEL = "channel"  # posted by itself from a linked channel
    ALBUM = "album"  # a further picture: an album is one contribution


class Message(NamedTuple):
    """One message as it will be logged, unless its sender or the round forbids it."""

    part: str  # which of the discussion's rounds
    draft: RemarkDraft  # `edited_at`: its words are from then
    moved: int = 0  # 1: of the group that became this one; more: of what our export set aside


@dataclass(frozen=True)
class Problem:
    """A record that cannot be imported, and why, in Chinese and English."""

    where: str
    why: str


@dataclass(frozen=True)
class Part:
    """What becomes a round: all of it, a topic, or a discussion of a forum."""

    title: str
    opened_at: datetime | None = None  # None: when the first of its messages was sent
    closed_at: datetime | None = None
    number: int | None = None  # which it would like to have, if no round has it


Record = Message | Problem | NoRemark


@dataclass(frozen=True)
class Discussion:
    """What was found in a file; its records are read when they are asked for, one by one."""

    chat_id: int
    title: str
    parts: Mapping[str, Part]
    records: Callable[[tzinfo], Iterator[Record]]  # times without a zone are of that one
    notes: tuple[str, ...] = ()  # what the person who imports should know, in Chinese and English
    local: bool = False  # its times name no zone
    aliased: bool = False  # names in it are aliases that an export of ours gave
    is_elsewhere: bool = False  # its chat is none of Telegram's: which seminar it belongs to must be said


def cleaned(text: str) -> str:
    """Return the text as the log keeps it: lone surrogates and NUL become U+FFFD, split pairs are joined.

    Raises:
        Bad: it is too long to be a message.
    """
    if len(text) > LONGEST:
        raise Bad(f"太長 / longer than {LONGEST} characters")
    if text.isascii():
        return text.replace("\0", "\ufffd")
    joined = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return joined.replace("\0", "\ufffd")


def short(text: object) -> str:
    """Return a name on one line; empty where there is none."""
    return cleaned(" ".join(text.split())[:NAME_LIMIT]) if isinstance(text, str) else ""
