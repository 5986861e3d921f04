"""A discussion from elsewhere becomes part of the log: by the live rules, repeatable, nothing twice.

Messages are read and written a batch at a time, so that memory stays flat, and all in one transaction: what
fails, brings nothing, or was only to be looked at leaves nothing behind.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo
from itertools import islice

from db.core.timestamps import read, written
from db.discussion.remarks import NewRemark
from db.exports.chat_shifts import BEFORE, chats_aside, shifted, stand_in
from db.imports.found import Discussion, Message, NoRemark, Part, Problem, Record
from db.privacy.aliases import spelled
from db.store import Store
from db.updates.admission import Fate

NAMELESS = {"zh-Hant": "匯入的討論", "zh-Hans": "导入的讨论", "en": "Imported discussion"}
OTHERWISE = "同一編號已有另一則發言，未匯入 / another remark has this number already: not imported"
_BATCH = 500
_LISTED = 200  # problems that are kept: more are only counted


@dataclass(frozen=True)
class Target:
    """Where a discussion is to go."""

    seminar_id: int
    zone: tzinfo  # of times that name none
    round_id: int | None = None  # None: rounds of its own


@dataclass
class Merged:
    """What became of a discussion."""

    seminar_id: int  # the seminar may be gone again, where nothing came in
    round_numbers: tuple[int, ...] = ()  # the rounds that something came into
    added: int = 0
    known: int = 0  # were there already
    withheld: int = 0  # of people whose words may not be kept
    expiring: int = 0  # added, but older than this seminar keeps things: the next purge takes them
    unread: int = 0
    aside: Counter[NoRemark] = field(default_factory=Counter)  # no remarks
    problems: list[Problem] = field(default_factory=list)  # the first of those that could not be read


class _LeaveNothing(Exception):  # noqa: N818  it undoes the transaction, and is no error
    """Nothing of this is to stay."""


def merge(store: Store, found: Discussion, where: Callable[[], Target], *, dry_run: bool = False) -> Merged:
    """Log the messages that are not logged yet, in one transaction, and return what became of them.

    `where` is asked inside the transaction: a seminar that it makes goes again if nothing comes in. Without
    a round, each part goes into the round that holds others of it, else into a new, closed one of its title.
    """
    merging = None
    try:
        with store.writing():
            merging = _Merge(store, found, where)
            merging.run()
            if dry_run or not merging.merged.added:
                raise _LeaveNothing  # noqa: TRY301  to undo the transaction
    except _LeaveNothing:
        store.checkpoint()  # the words of what was undone stand in the write-ahead log
    if merging is None:
        raise AssertionError("the transaction began and ended without a merge")
    return merging.merged


class _Merge:
    """One import under way."""

    def __init__(self, store: Store, found: Discussion, where: Callable[[], Target]) -> None:
        self.store, self.found = store, found
        before = _last(store, "rounds"), _last(store, "people"), _last(store, "seminars")
        self.target = where()
        seminar = store.seminars.by_id(self.target.seminar_id)
        if seminar is None:
            raise LookupError(f"there is no seminar {self.target.seminar_id}")
        self.seminar = seminar
        self.import_id = self._begin(*before)
        self.batch = store.admission.batch()
        self.chats = self._chats()
        self.oldest = store.clock() - timedelta(days=seminar.retention_days)
        self.merged = Merged(seminar.id)
        self.rounds: dict[str, int] = {}  # by part
        self.spans: dict[int, tuple[datetime, datetime]] = {}  # from the first to the last that came in

    def run(self) -> None:
        """Take in all records."""
        self.store.speakers.look_up()
        for batch in _batches(self.found.records(self.target.zone)):
            self._take(batch)
            self.batch.write()
        self._frame()
        self.store.run(
            "UPDATE imports SET rounds_after = ?, people_after = ? WHERE id = ?",
            (_last(self.store, "rounds"), _last(self.store, "people"), self.import_id),
        )
        sql = "SELECT number FROM rounds WHERE id IN (SELECT value FROM json_each(?)) ORDER BY number"
        touched = self.store.all(sql, (json.dumps(list(self.spans)),))
        self.merged.round_numbers = tuple(row[0] for row in touched)

    def _begin(self, rounds: int, people: int, seminars: int) -> int:
        made = self.store.run(
            "INSERT INTO imports (seminar_id, made_at, seminar_made, rounds_before, rounds_after,"
            " people_before, people_after) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                self.seminar.id,
                written(self.store.clock()),
                self.seminar.id > seminars,
                rounds,
                rounds,
                people,
                people,
            ),
        )
        return int(made.lastrowid or 0)

    def _chats(self) -> dict[int, int]:
        """Return the chat of messages whose ids were lowered, by how many shifts."""
        chats = {shifts: chat for chat, shifts in chats_aside(self.store, self.seminar.id).items()}
        (moved_from,) = self.store.one("SELECT moved_from FROM seminars WHERE id = ?", (self.seminar.id,))
        return chats | ({} if moved_from is None else {BEFORE: moved_from})

    def _take(self, batch: Sequence[Record]) -> None:
        messages = [self._placed(each) for each in batch if isinstance(each, Message)]
        known = self._known(messages)
        for record in batch:
            if isinstance(record, NoRemark):
                self.merged.aside[record] += 1
            elif isinstance(record, Problem):
                self._problem(record)
        for message in messages:
            self._decide(message, known)

    def _placed(self, message: Message) -> Message:
        """Return the message in its own chat: that of before the group moved, where it was said there."""
        if not message.moved:
            return message
        chat = self.chats.setdefault(message.moved, stand_in(self.seminar.id, message.moved))
        return message._replace(draft=message.draft._replace(chat_id=chat))

    def _known(self, messages: Sequence[Message]) -> dict[tuple[int, int], str]:
        """Return when what is logged already was sent, by chat and message."""
        drafts = [message.draft for message in messages]
        chats = {draft.chat_id for draft in drafts} | {self.found.chat_id}
        numbers = {draft.message_id for draft in drafts} | {_raw(each) for each in messages if each.moved}
        rows = self.store.all(
            "SELECT chat_id, message_id, sent_at FROM remarks"
            " WHERE chat_id IN (SELECT value FROM json_each(?))"
            " AND message_id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(chats)), json.dumps(list(numbers))),
        )
        return {(row[0], row[1]): row[2] for row in rows}

    def _decide(self, message: Message, known: dict[tuple[int, int], str]) -> None:
        draft = message.draft
        key, sent = (draft.chat_id, draft.message_id), written(draft.sent_at)
        earlier = known.get(key) or (
            known.get((self.found.chat_id, _raw(message))) if message.moved else None
        )
        if earlier is not None and read(earlier) == draft.sent_at:
            self.merged.known += 1
        elif earlier is not None:
            self._problem(Problem(f"id {draft.message_id}", OTHERWISE))
        else:
            known[key] = sent
            self._log(message)

    def _log(self, message: Message) -> None:
        draft, seminar = message.draft, self.seminar
        place = self.store.speakers.find(draft.telegram_id, seminar.chat_id, seminar.thread_id)
        if place is None:
            raise LookupError(f"the seminar {seminar.id} vanished")
        into = self.target.round_id or self.rounds.get(message.part) or self._old_round(message.part)
        fate = self.store.admission.judge(place, into or 0, draft)
        if fate is Fate.ELSEWHERE:
            self.merged.aside[NoRemark.QUESTION] += 1
            return
        if fate is Fate.WITHHELD:
            self.merged.withheld += 1
            return
        into = into or self._new_round(message.part, draft.sent_at)
        person_id = place.person_id or self.store.people.meet(draft.telegram_id, draft.name).id
        if place.alias is None:
            self._alias(person_id, draft.name)
        self.batch.add(
            NewRemark(
                into,
                person_id,
                draft.chat_id,
                draft.message_id,
                draft.sent_at,
                draft.text,
                draft.kind,
                draft.reply_to_message_id,
                written_at=draft.edited_at,
                import_id=self.import_id,
            )
        )
        self.merged.added += 1
        self.merged.expiring += draft.sent_at < self.oldest
        first, last = self.spans.get(into, (draft.sent_at, draft.sent_at))
        self.spans[into] = min(first, draft.sent_at), max(last, draft.sent_at)

    def _alias(self, person_id: int, name: str) -> None:
        """See to the person's alias: they keep the one that they came with, if nobody here has it."""
        if self.found.aliased:
            self.store.aliases.keep(self.seminar.id, person_id, spelled(name, self.seminar.language))
        self.store.aliases.of(self.seminar.id, person_id)

    def _title(self, part: str) -> str:
        return self.found.parts.get(part, Part(self.found.title)).title

    def _old_round(self, part: str) -> int | None:
        """Return the round that an earlier import of this discussion made: nobody opened it."""
        title = self._title(part)
        row = self.store.one(
            "SELECT o.id FROM rounds o WHERE o.seminar_id = ? AND o.opened_by IS NULL"
            " AND o.prompt_text IN (SELECT value FROM json_each(?))"
            " AND EXISTS (SELECT 1 FROM remarks r WHERE r.round_id = o.id AND r.chat_id = ?) ORDER BY o.id",
            (self.seminar.id, json.dumps([title] if title else list(NAMELESS.values())), self.found.chat_id),
        )
        if row is not None and int(row[0]) not in self.rounds.values():
            self.rounds[part] = int(row[0])
        return self.rounds.get(part)

    def _new_round(self, part: str, at: datetime) -> int:
        """Make a closed round; it owes the class no card and no summary."""
        said = self.found.parts.get(part, Part(""))
        made = self.store.run(
            "INSERT INTO rounds (seminar_id, number, prompt_text, opened_at, closed_at, stance_on,"
            " facilitation) VALUES (:seminar, (SELECT iif(:number IS NULL OR sum(number = :number) > 0,"
            " coalesce(max(number), 0) + 1, :number) FROM rounds WHERE seminar_id = :seminar),"
            " :text, :opened, :closed, 0, 'off')",
            {
                "number": said.number,
                "seminar": self.seminar.id,
                "text": self._title(part) or NAMELESS[self.seminar.language],
                "opened": written(said.opened_at or at),
                "closed": written(said.closed_at or at),
            },
        )
        self.rounds[part] = int(made.lastrowid or 0)
        return self.rounds[part]

    def _frame(self) -> None:
        """Let rounds that nobody opened reach from their first message to their last."""
        for part, round_id in self.rounds.items():
            if round_id in self.spans and self.found.parts.get(part, Part("")).opened_at is None:
                first, last = map(written, self.spans[round_id])
                self.store.run(
                    "UPDATE rounds SET opened_at = min(opened_at, ?), closed_at = max(closed_at, ?)"
                    " WHERE id = ?",
                    (first, last, round_id),
                )

    def _problem(self, problem: Problem) -> None:
        self.merged.unread += 1
        if len(self.merged.problems) < _LISTED:
            self.merged.problems.append(problem)


def _batches(records: Iterator[Record]) -> Iterator[list[Record]]:
    while batch := list(islice(records, _BATCH)):
        yield batch


def _raw(message: Message) -> int:
    return shifted(message.draft.message_id, message.moved)


def _last(store: Store, table: str) -> int:
    """Return the highest id that the table ever gave."""
    row = store.one("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,))
    return 0 if row is None else int(row[0])


def problems_shown(merged: Merged, most: int = 20) -> list[str]:
    """Return the problems as lines, no more than `most`, and how many more there are."""
    lines = [f"{problem.where}：{problem.why}" for problem in merged.problems[:most]]
    more = merged.unread - len(lines)
    return [*lines, f"… 另有 {more} 則 / and {more} more"] if more > 0 else lines
