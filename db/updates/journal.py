"""The journal 收件匣: an update is on disk here before Telegram is told that it arrived.

In the same transaction the remarks of open rounds are logged. What follows a command or a pressed button of
the same chat that has not been handled yet must wait its turn (the command may open or close the round), so
it is kept in `waiting` and logged when it is its turn. What was handled leaves nothing but a mark, from which
neither words nor people can be read.

A batch is written together, as it nearly always can be; where an update came before, or cannot be stored,
all of it is undone and each taken by itself.
"""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from db.core.database import OpenDatabase
from db.core.errors import of_the_disk
from db.core.timestamps import written
from db.discussion.remarks import RemarkBatch
from db.discussion.seminars import Seminars
from db.privacy.people import People
from db.updates.admission import Admission, Fate
from db.updates.records import Incoming, Pending, RemarkDraft, people_in
from db.updates.redaction import shape, without_words

_OLD_MARK = 16  # bytes of a mark without the time, until 0011
REMEMBERED = timedelta(hours=48)  # Telegram keeps updates for 24 hours
PRUNE_EVERY = timedelta(hours=1)
_ENTER = "INSERT INTO journal (mark, kind, received_at, done_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING"


class _CameBefore(Exception):  # noqa: N818  named by what is the case
    """Telegram sends again what we had no time to confirm."""


@dataclass(frozen=True)
class _Page:
    """What holds for all that arrives together."""

    now: str
    old_marks: bool  # some are left of a version whose marks were shorter
    steered: set[bytes]  # chats in which something waits that may open or close the round
    batch: RemarkBatch = field(compare=False)


class Journal:
    """The updates that came in: kept, waiting for their turn, done."""

    def __init__(self, db: OpenDatabase, admission: Admission, seminars: Seminars, people: People) -> None:
        """Read and write in that database."""
        self._db = db
        self._admission = admission
        self._seminars = seminars
        self._people = people

    def receive(self, updates: Sequence[Incoming]) -> list[Pending]:
        """Keep a batch in one transaction and return, in order, what must wait for its turn."""
        try:
            with self._db.writing(durably=True):
                self._prune()
                page = self._page()
                return self._singly(updates, page) if page.old_marks else self._together(updates, page)
        except _CameBefore:
            pass
        except sqlite3.OperationalError:
            raise  # disk full, locked: none of the batch is on disk, so Telegram must send it again
        except Exception as error:
            if of_the_disk(error):
                raise  # damaged: likewise
        with self._db.writing(durably=True):
            return self._singly(updates, self._page())

    def pending(self) -> list[Pending]:
        """Return all that waits, in the order it came and yet to be sorted; for the start after a crash."""
        rows = self._db.all("SELECT journal_id, raw, plain FROM waiting ORDER BY journal_id")
        return [Pending(row["journal_id"], json.loads(row["raw"]), bool(row["plain"])) for row in rows]

    def take_turn(self, waiting: Pending, draft: RemarkDraft | None) -> bool:
        """Log a message whose turn has come; return whether that was all, so that no handler is needed."""
        if draft is None and not waiting.plain:
            return False
        with self._db.writing():
            self._db.speakers.look_up()
            batch = self._admission.batch()
            fate = Fate.ELSEWHERE if draft is None else self._admission.admit(draft, batch)
            batch.write()
            finished = waiting.plain or fate is not Fate.ELSEWHERE
            if finished:
                self._remove(waiting.id)
                self._db.needs_checkpoint = (
                    self._db.needs_checkpoint or fate is not Fate.KEPT
                )  # it was never to be stored
        self._tidy()
        return finished

    def done(self, journal_id: int) -> None:
        """Mark the update as handled and remove its words."""
        with self._db.writing():
            self._remove(journal_id)
        self._tidy()

    def quarantine(self, journal_id: int, reason: str, *, raw: Any = None) -> None:
        """Put aside an update that cannot be handled: its reason and shape are kept, its words not."""
        with self._db.writing():
            if raw is None:
                row = self._db.one("SELECT raw FROM waiting WHERE journal_id = ?", (journal_id,))
                raw = None if row is None else json.loads(row["raw"])
            self._remove(journal_id)
            self._db.run(
                "UPDATE journal SET reason = ?, shape = ? WHERE id = ?",
                (without_words(reason, raw), json.dumps(shape(raw)), journal_id),
            )
        self._tidy()

    def _together(self, updates: Sequence[Incoming], page: _Page) -> list[Pending]:
        marks = [self._mark(update) for update in updates]
        entries = [
            (mark, update.kind, page.now, page.now) for mark, update in zip(marks, updates, strict=True)
        ]
        with self._db.speakers.untouched():
            if self._db.run_each(_ENTER, entries) < len(entries):
                raise _CameBefore
        taken = (self._take(update, mark, page) for update, mark in zip(updates, marks, strict=True))
        pending = [waiting for waiting in taken if waiting]
        page.batch.write()
        return pending

    def _singly(self, updates: Sequence[Incoming], page: _Page) -> list[Pending]:
        """Keep each by itself: what cannot be stored is put into quarantine, its neighbours get in."""
        pending = []
        for update in updates:
            try:
                waiting = self._take_alone(update, page)
            except sqlite3.OperationalError:
                raise
            except Exception as error:
                if of_the_disk(error):
                    raise
                waiting = self._take_alone(update._replace(fault=f"{type(error).__name__}: {error}"), page)
            if waiting:
                pending.append(waiting)
        return pending

    def _take_alone(self, update: Incoming, page: _Page) -> Pending | None:
        """Keep one update, wholly or not at all; None when it came before, too."""
        with self._db.attempt():
            mark, batch = self._mark(update), self._admission.batch()
            if page.old_marks and self._db.one("SELECT 1 FROM journal WHERE mark = ?", (mark[-_OLD_MARK:],)):
                return None
            if not self._db.run(_ENTER, (mark, update.kind, page.now, page.now)).rowcount:
                return None
            waiting = self._take(update, mark, replace(page, batch=batch))
            batch.write()
            return waiting

    def _page(self) -> _Page:
        self._db.speakers.look_up()
        lanes = self._db.all("SELECT DISTINCT lane FROM waiting WHERE steers OR plain")
        oldest = self._db.one("SELECT length(mark) FROM journal ORDER BY id LIMIT 1")
        old_marks = oldest is not None and oldest[0] == _OLD_MARK
        return _Page(
            written(self._db.clock()), old_marks, {lane for (lane,) in lanes}, self._admission.batch()
        )

    def _take(self, update: Incoming, mark: bytes, page: _Page) -> Pending | None:
        """Keep one update whose mark is written; return it when it must wait."""
        if update.fault:
            (journal_id,) = self._db.one("SELECT id FROM journal WHERE mark = ?", (mark,))
            self.quarantine(journal_id, update.fault, raw=update.raw)
            return None
        if update.migration:
            page.batch.write()
            self._seminars.migrate_chat(*update.migration)
        if update.remark and page.steered and self._db.mark("lane", update.lane) in page.steered:
            return self._wait(update, mark, page, plain=not update.needs_handler)
        if update.remark and self._admission.admit(update.remark, page.batch) is not Fate.ELSEWHERE:
            return None
        return self._wait(update, mark, page, plain=False) if update.needs_handler else None

    def _mark(self, update: Incoming) -> bytes:
        """Return what tells the update from all others: when it was sent, and a keyed digest.

        Digests alone would be strewn all over the index, each dirtying a page of its own.
        """
        sent = min(max(update.sent, 0), 2**32 - 1)
        return sent.to_bytes(4) + self._db.mark("update", *update.identity)

    def _wait(self, update: Incoming, mark: bytes, page: _Page, *, plain: bool) -> Pending:
        lane = self._db.mark("lane", update.lane)
        if update.steers or plain:
            page.steered.add(lane)
        (journal_id,) = self._db.one("UPDATE journal SET done_at = NULL WHERE mark = ? RETURNING id", (mark,))
        self._db.run(
            "INSERT INTO waiting (journal_id, lane, steers, plain, private, raw) VALUES (?, ?, ?, ?, ?, ?)",
            (
                journal_id,
                lane,
                update.steers,
                plain,
                self._withheld(update),
                json.dumps(update.raw),  # ASCII: lone surrogates survive
            ),
        )
        return Pending(journal_id, update.raw, plain, update.lane, update.remark)

    def _withheld(self, update: Incoming) -> bool:
        """Return whether words in it may have to be kept nowhere: somebody said no, or has yet to say yes.

        What is typed in inline mode is half a thought, in a chat that is none of our business.
        """
        if update.kind == "inline_query":
            return True
        where, place = ("AND ? IN (chat_id, moved_from)", (update.lane,)) if update.lane <= 0 else ("", ())
        explicit = self._db.one(f"SELECT 1 FROM seminars WHERE consent_rule = 'explicit' {where}", place)  # noqa: S608  our own words
        return explicit is not None or self._people.refused_somewhere(people_in(update.raw))

    def _prune(self) -> None:
        """Remove marks too old to come again; at most once an hour."""
        now = self._db.clock()
        if self._db.pruned_at is not None and abs(now - self._db.pruned_at) < PRUNE_EVERY:
            return
        self._db.pruned_at = now
        # looks at all of two days: an index would cost every update more than this costs an hour
        self._db.run(
            "DELETE FROM journal WHERE received_at < ? AND done_at IS NOT NULL", (written(now - REMEMBERED),)
        )

    def _remove(self, journal_id: int) -> None:
        gone = self._db.one("DELETE FROM waiting WHERE journal_id = ? RETURNING private", (journal_id,))
        if gone is not None and gone["private"]:
            self._db.needs_checkpoint = True
        self._db.run("DELETE FROM outbox WHERE journal_id = ?", (journal_id,))
        self._db.run("UPDATE journal SET done_at = ? WHERE id = ?", (written(self._db.clock()), journal_id))

    def _tidy(self) -> None:
        """Cut the write-ahead log of words of somebody who said no, once no transaction runs.

        A disk that is full puts it off till after the next update: this one is done, and must not be done
        again.
        """
        if not self._db.needs_checkpoint or self._db.conn.in_transaction:
            return
        try:
            self._db.checkpoint()
        except sqlite3.Error as error:
            if not of_the_disk(error):
                raise
