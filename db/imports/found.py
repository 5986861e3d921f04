"""What a file from elsewhere holds, before anything of it is kept; and what cannot be read in it."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

LARGEST = 200_000_000  # bytes of a file: a busy group's whole year is a tenth of it
LONGEST = 65_536  # characters of one message: sixteen times Telegram's own limit
DEEPEST = 32  # brackets inside brackets: Telegram Desktop needs eight
NAME_LIMIT = 256


class Unreadable(Exception):  # noqa: N818  said to a person, in two languages
    """The file is not what it should be; the message says why, in Chinese and English."""


@dataclass(frozen=True)
class Message:
    """One message as it will be logged."""

    message_id: int
    telegram_id: int
    name: str
    sent_at: datetime
    written_at: datetime  # later than sent_at: it was edited then
    text: str
    kind: str = "text"
    reply_to: int | None = None


@dataclass(frozen=True)
class Problem:
    """A record that cannot be imported, and why, in Chinese and English."""

    where: str
    why: str


@dataclass
class Discussion:
    """What was found in a file."""

    chat_id: int
    title: str
    messages: list[Message] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    passed_over: int = 0  # service messages, deleted posts: nothing that anybody said
    aliased: bool = False  # names in it are aliases that an export of ours gave


class Bad(Exception):  # noqa: N818  caught where records are read
    """One record cannot be imported; the message says why."""


def size_checked(path: Path) -> Path:
    """Return the path.

    Raises:
        Unreadable: the file is missing, or larger than any discussion.
    """
    try:
        size = path.stat().st_size
    except OSError as error:
        raise Unreadable(f"讀不到 {path} / cannot read {path}: {error.strerror}") from error
    if size > LARGEST:
        raise Unreadable(
            f"{path} 有 {size:,} 位元組，超過上限 {LARGEST:,} / larger than {LARGEST:,} bytes is refused"
        )
    return path


def cleaned(text: str) -> str:
    """Return the text as the log keeps it: lone surrogates and NUL become U+FFFD, split pairs are joined.

    Raises:
        Bad: it is too long to be a message.
    """
    if len(text) > LONGEST:
        raise Bad(f"太長 / longer than {LONGEST} characters")
    joined = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return joined.replace("\0", "\ufffd")
