"""What arrives, as it passes from the sorting desk into the journal and on to its turn.

Drafts and updates are tuples: thousands a second are made, in a quarter of the time of a frozen dataclass.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple


class RemarkDraft(NamedTuple):
    """A message as it would be logged, should its chat have an open round and its sender not mind."""

    chat_id: int
    message_id: int
    thread_id: int
    telegram_id: int  # of the person, or of the chat that speaks (an anonymous admin, a channel)
    name: str
    username: str
    sent_at: datetime
    text: str
    kind: str = "text"
    reply_to_message_id: int | None = None
    edited_at: datetime | None = None  # set: a further version of a remark
    words_of: int | None = None  # the Telegram id of the person whose words it passes on
    flat: bool = False  # said in a group that has no topics (any more)
    reply_to_us: bool = False  # it answers a message of ours: a question, unless that one is the round's own
    album: str = ""  # Telegram's media_group_id: pictures sent together are one contribution


class Incoming(NamedTuple):
    """A raw update with what was found out about it, without parsing more than needed."""

    raw: Any
    needs_handler: bool
    remark: RemarkDraft | None = None
    identity: tuple[object, ...] = ()  # equal for the same update delivered twice
    kind: str = "unknown"
    lane: int = 0  # the chat (or person) in whose order it is handled
    sent: int = 0  # by Telegram's clock, seconds since 1970; 0: it does not say
    steers: bool = False  # handling it may open or close a round
    migration: tuple[int, int] | None = None  # old and new chat id
    fault: str = ""  # why it cannot be understood at all


@dataclass(frozen=True)
class Pending:
    """An update that waits for its turn: for a handler, or (`plain`) only to be logged."""

    id: int
    raw: dict[str, Any]
    plain: bool = False
    lane: int = field(default=0, compare=False)  # found by sorting, and not kept
    remark: RemarkDraft | None = field(default=None, compare=False)  # likewise
    again: bool = False  # it waited when an earlier run ended, which may have handled it in part


_PEOPLE = frozenset(
    {
        "from",
        "user",
        "sender_chat",
        "sender_user",
        "chat",
        "new_chat_members",
        "left_chat_member",
        "voter_chat",
    }
)
_DEEP = 8


def people_in(value: Any, depth: int = 0) -> set[int]:
    """Return the Telegram ids of all whose words or name a raw update may carry: sender, quoted, who came."""
    if depth > _DEEP or not isinstance(value, dict):
        return set()
    found: set[int] = set()
    for key, inner in value.items():
        for each in inner if isinstance(inner, list) else (inner,):
            if isinstance(each, dict):
                if key in _PEOPLE and isinstance(each.get("id"), int):
                    found.add(each["id"])
                found |= people_in(each, depth + 1)
    return found
