"""A discussion from elsewhere becomes part of a round: merged by message, repeatable, nothing twice."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.seminar.records import Seminar
from db.core.timestamps import read, written
from db.discussion.remarks import NewRemark
from db.imports.found import Discussion, Message, Problem
from db.privacy.aliases import spelled
from db.store import Store

NAMELESS = {"zh-Hant": "匯入的討論", "zh-Hans": "导入的讨论", "en": "Imported discussion"}
OTHERWISE = "同一編號已有另一則發言，未匯入 / another remark has this number already: not imported"


@dataclass(frozen=True)
class Merged:
    """What became of a discussion."""

    round_number: int | None  # the round it is in; None: nothing was new
    added: int
    known: int  # were there already
    withheld: int  # of people whose words may not be kept
    expiring: int  # added, but older than this seminar keeps things: the next purge takes them
    problems: tuple[Problem, ...]


def merge(store: Store, seminar_id: int, found: Discussion, *, round_id: int | None = None) -> Merged:
    """Log the messages that are not logged yet, in one transaction, and return what became of them.

    `round_id` None: into the round that holds others of the same file; if there is none, into a new, closed
    one with the discussion's title as its question.
    """
    seminar = store.seminars.by_id(seminar_id)
    if seminar is None:
        raise LookupError(f"there is no seminar {seminar_id}")
    with store.writing():
        fresh, known, problems = _sorted_out(store, found)
        welcome = [one for one in fresh if _welcome(store, seminar, one)]
        number = None
        if welcome:
            into = round_id or _round_of(store, seminar_id, found) or _new_round(store, seminar, found)
            (number,) = store.one("SELECT number FROM rounds WHERE id = ?", (into,))
            for message in welcome:
                _log(store, seminar, into, found, message)
    oldest = store.clock() - timedelta(days=seminar.retention_days)
    return Merged(
        round_number=number,
        added=len(welcome),
        known=known,
        withheld=len(fresh) - len(welcome),
        expiring=sum(message.sent_at < oldest for message in welcome),
        problems=(*found.problems, *problems),
    )


def _sorted_out(store: Store, found: Discussion) -> tuple[list[Message], int, list[Problem]]:
    """Return what is new, in the order it was sent; how many are known; and numbers that are taken."""
    fresh: dict[int, Message] = {}
    known = 0
    problems = []
    for message in sorted(found.messages, key=lambda each: (each.sent_at, each.message_id)):
        row = store.one(
            "SELECT sent_at FROM remarks WHERE chat_id = ? AND message_id = ?",
            (found.chat_id, message.message_id),
        )
        earlier = fresh.get(message.message_id)
        if row is None and earlier is None:
            fresh[message.message_id] = message
        elif (earlier.sent_at if earlier else read(row["sent_at"])) == message.sent_at:
            known += 1
        else:
            problems.append(Problem(f"id {message.message_id}", OTHERWISE))
    return list(fresh.values()), known, problems


def _welcome(store: Store, seminar: Seminar, message: Message) -> bool:
    return store.people.willing(seminar.id, seminar.consent_rule, message.telegram_id)


def _round_of(store: Store, seminar_id: int, found: Discussion) -> int | None:
    """Return the round that an earlier import of this discussion made: nobody opened it."""
    row = store.one(
        "SELECT o.id FROM rounds o WHERE o.seminar_id = ? AND o.opened_by IS NULL"
        " AND o.prompt_text IN (SELECT value FROM json_each(?))"
        " AND EXISTS (SELECT 1 FROM remarks r WHERE r.round_id = o.id AND r.chat_id = ?) ORDER BY o.id",
        (seminar_id, json.dumps([found.title] if found.title else list(NAMELESS.values())), found.chat_id),
    )
    return None if row is None else int(row[0])


def _new_round(store: Store, seminar: Seminar, found: Discussion) -> int:
    """Make a closed round around the messages; it owes the class no card and no summary."""
    times = [message.sent_at for message in found.messages]
    title = found.title or NAMELESS[seminar.language]
    made = store.run(
        "INSERT INTO rounds (seminar_id, number, prompt_text, opened_at, closed_at, stance_on, facilitation)"
        " VALUES (:seminar, (SELECT coalesce(max(number), 0) + 1 FROM rounds WHERE seminar_id = :seminar),"
        " :text, :opened, :closed, 0, 'off')",
        {
            "seminar": seminar.id,
            "text": title,
            "opened": written(min(times)),
            "closed": written(max(times)),
        },
    )
    return int(made.lastrowid or 0)


def _log(store: Store, seminar: Seminar, round_id: int, found: Discussion, message: Message) -> None:
    """Log a message; somebody whom we know keeps the name that Telegram last told us."""
    who = store.people.known(message.telegram_id) or store.people.meet(message.telegram_id, message.name)
    if found.aliased:
        store.aliases.keep(seminar.id, who.id, spelled(message.name, seminar.language))
    store.remarks.log(
        NewRemark(
            round_id,
            who.id,
            found.chat_id,
            message.message_id,
            message.sent_at,
            message.text,
            message.kind,
            message.reply_to,
            written_at=message.written_at,
        )
    )


def problems_shown(problems: Sequence[Problem], most: int = 20) -> list[str]:
    """Return the problems as lines, no more than `most`, and how many more there are."""
    lines = [f"{problem.where}：{problem.why}" for problem in problems[:most]]
    more = len(problems) - most
    return [*lines, f"… 另有 {more} 則 / and {more} more"] if more > 0 else lines
