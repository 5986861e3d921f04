"""The journal 收件匣: an update is on disk here before Telegram is told that it arrived.

In the same transaction the remarks of open rounds are logged. What follows a command or a pressed button of
the same chat that has not been handled yet must wait its turn (the command may open or close the round), so
it is kept in `waiting` and logged when it is its turn.

What was handled leaves nothing but a mark, from which neither words nor people can be read.
"""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from db.admitting import Fate, admit
from db.errors import of_the_disk
from db.ground import Ground
from db.incoming import Incoming, Pending, RemarkDraft, people_in
from db.people import refused_somewhere
from db.seminars import migrate_chat
from db.times import written

__all__ = ["Incoming", "Pending", "RemarkDraft"]  # they pass through here; their home is incoming.py
_OLD_MARK = 16  # bytes of a mark without the time, until 0011
REMEMBERED = timedelta(hours=48)  # Telegram keeps updates for 24 hours
PRUNE_EVERY = timedelta(hours=1)


@dataclass(frozen=True)
class _Page:
    """What holds for all that arrives together."""

    now: str
    old_marks: bool  # some are left of a version whose marks were shorter
    steered: set[bytes]  # chats in which something waits that may open or close the round


def receive(ground: Ground, updates: Sequence[Incoming]) -> list[Pending]:
    """Keep a batch in one transaction and return, in order, what must wait for its turn."""
    try:
        with ground.writing(durably=True):
            _prune(ground)
            page = _page(ground)
            return [waiting for update in updates if (waiting := _take(ground, update, page))]
    except sqlite3.OperationalError:
        raise  # disk full, locked: none of the batch is on disk, so Telegram must send it again
    except Exception as error:
        if of_the_disk(error):
            raise  # damaged: likewise
        return _receive_singly(ground, updates)  # whatever one update is made of, its neighbours must get in


def _receive_singly(ground: Ground, updates: Sequence[Incoming]) -> list[Pending]:
    """Keep a batch in which something cannot be stored; that one is put into quarantine."""
    kept = []
    with ground.writing(durably=True):
        page = _page(ground)
        for update in updates:
            try:
                with ground.attempt():
                    waiting = _take(ground, update, page)
            except sqlite3.OperationalError:
                raise
            except Exception as error:
                if of_the_disk(error):
                    raise
                fault = f"{type(error).__name__}: {error}"
                waiting = _take(ground, replace(update, fault=fault), page)
            if waiting:
                kept.append(waiting)
    return kept


def _page(ground: Ground) -> _Page:
    lanes = ground.all("SELECT DISTINCT lane FROM waiting WHERE steers OR plain")
    oldest = ground.one("SELECT length(mark) FROM journal ORDER BY id LIMIT 1")
    old_marks = oldest is not None and oldest[0] == _OLD_MARK
    return _Page(written(ground.clock()), old_marks, {lane for (lane,) in lanes})


def _take(ground: Ground, update: Incoming, page: _Page) -> Pending | None:
    """Keep one update; return it when it must wait."""
    journal_id = _enter(ground, update, page)
    if journal_id is None:
        return None
    if update.fault:
        quarantine(ground, journal_id, update.fault, raw=update.raw)
        return None
    if update.migration:
        migrate_chat(ground, *update.migration)
    if update.remark and page.steered and ground.mark("lane", update.lane) in page.steered:
        return _wait(ground, journal_id, update, page, plain=not update.needs_handler)
    if update.remark and admit(ground, update.remark) is not Fate.ELSEWHERE:
        return None
    return _wait(ground, journal_id, update, page, plain=False) if update.needs_handler else None


def _enter(ground: Ground, update: Incoming, page: _Page) -> int | None:
    """Write the update's mark; None when it came before."""
    mark = _mark(ground, update)
    if page.old_marks and ground.one("SELECT 1 FROM journal WHERE mark = ?", (mark[-_OLD_MARK:],)):
        return None
    made = ground.run(
        "INSERT INTO journal (mark, kind, received_at, done_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (mark, update.kind, page.now, page.now),
    )
    return int(made.lastrowid or 0) if made.rowcount else None


def _mark(ground: Ground, update: Incoming) -> bytes:
    """Return what tells the update from all others: when it was sent, and a keyed digest.

    Digests alone would be strewn all over the index, each dirtying a page of its own.
    """
    sent = min(max(update.sent, 0), 2**32 - 1)
    return sent.to_bytes(4) + ground.mark("update", *update.identity)


def _wait(ground: Ground, journal_id: int, update: Incoming, page: _Page, *, plain: bool) -> Pending:
    lane = ground.mark("lane", update.lane)
    if update.steers or plain:
        page.steered.add(lane)
    ground.run("UPDATE journal SET done_at = NULL WHERE id = ?", (journal_id,))
    ground.run(
        "INSERT INTO waiting (journal_id, lane, steers, plain, private, raw) VALUES (?, ?, ?, ?, ?, ?)",
        (
            journal_id,
            lane,
            update.steers,
            plain,
            _withheld(ground, update),
            json.dumps(update.raw),  # ASCII: lone surrogates survive
        ),
    )
    return Pending(journal_id, update.raw, plain, update.lane, update.remark)


def _withheld(ground: Ground, update: Incoming) -> bool:
    """Return whether words in it may have to be kept nowhere: somebody said no, or has yet to say yes.

    What is typed in inline mode is half a thought, in a chat that is none of our business.
    """
    if update.kind == "inline_query":
        return True
    where, place = ("AND ? IN (chat_id, moved_from)", (update.lane,)) if update.lane <= 0 else ("", ())
    explicit = ground.one(f"SELECT 1 FROM seminars WHERE consent_rule = 'explicit' {where}", place)  # noqa: S608  our own words
    return explicit is not None or refused_somewhere(ground, people_in(update.raw))


def pending(ground: Ground) -> list[Pending]:
    """Return all that waits, in the order it came and yet to be sorted; for the start after a crash."""
    rows = ground.all("SELECT journal_id, raw, plain FROM waiting ORDER BY journal_id")
    return [Pending(row["journal_id"], json.loads(row["raw"]), bool(row["plain"])) for row in rows]


def take_turn(ground: Ground, waiting: Pending, draft: RemarkDraft | None) -> bool:
    """Log a message whose turn has come; return whether that was all, so that no handler is needed."""
    if draft is None and not waiting.plain:
        return False
    with ground.writing():
        fate = Fate.ELSEWHERE if draft is None else admit(ground, draft)
        finished = waiting.plain or fate is not Fate.ELSEWHERE
        if finished:
            _remove(ground, waiting.id)
            ground.unclean = ground.unclean or fate is not Fate.KEPT  # it was never to be stored
    _tidy(ground)
    return finished


def done(ground: Ground, journal_id: int) -> None:
    """Mark the update as handled and remove its words."""
    with ground.writing():
        _remove(ground, journal_id)
    _tidy(ground)


def quarantine(ground: Ground, journal_id: int, reason: str, *, raw: Any = None) -> None:
    """Put aside an update that cannot be handled: its reason and its shape are kept, its words are not."""
    with ground.writing():
        if raw is None:
            row = ground.one("SELECT raw FROM waiting WHERE journal_id = ?", (journal_id,))
            raw = None if row is None else json.loads(row["raw"])
        _remove(ground, journal_id)
        ground.run(
            "UPDATE journal SET reason = ?, shape = ? WHERE id = ?",
            (without_words(reason, raw), json.dumps(shape(raw)), journal_id),
        )
    _tidy(ground)


def _remove(ground: Ground, journal_id: int) -> None:
    gone = ground.one("DELETE FROM waiting WHERE journal_id = ? RETURNING private", (journal_id,))
    if gone is not None and gone["private"]:
        ground.unclean = True
    ground.run("DELETE FROM outbox WHERE journal_id = ?", (journal_id,))
    ground.run("UPDATE journal SET done_at = ? WHERE id = ?", (written(ground.clock()), journal_id))


def _tidy(ground: Ground) -> None:
    """Wash once no transaction runs, where somebody who said no has left words in the write-ahead log.

    A disk that is full puts it off till after the next update: this one is done, and must not be done again.
    """
    if not ground.unclean or ground.db.conn.in_transaction:
        return
    try:
        ground.wash()
    except sqlite3.Error as error:
        if not of_the_disk(error):
            raise


def _prune(ground: Ground) -> None:
    """Remove marks too old to come again; at most once an hour."""
    now = ground.clock()
    if ground.pruned_at is not None and abs(now - ground.pruned_at) < PRUNE_EVERY:
        return
    ground.pruned_at = now
    ground.run(  # looks at all of two days: an index would cost every update more than this costs an hour
        "DELETE FROM journal WHERE received_at < ? AND done_at IS NOT NULL", (written(now - REMEMBERED),)
    )


def shape(value: Any, depth: int = 0) -> Any:
    """Return what a value is made of: keys and types, no words and no ids."""
    if isinstance(value, dict) and depth < _DEEP:
        return {_key(key): shape(inner, depth + 1) for key, inner in value.items()}
    if isinstance(value, list) and depth < _DEEP:
        return [shape(inner, depth + 1) for inner in value[:_MANY]]
    return type(value).__name__


_DEEP = 12
_MANY = 20
_LONG = 300


def _key(key: object) -> str:
    text = str(key)
    return text if text.isascii() and text.isidentifier() and len(text) <= 40 else "?"  # noqa: PLR2004  no field's name is longer


def without_words(reason: str, raw: Any) -> str:
    """Return the reason with everything taken out that the update itself said."""
    for said in sorted(_strings(raw), key=len, reverse=True):
        reason = reason.replace(said, "…")
    return reason[:_LONG]


def _strings(value: Any, depth: int = 0) -> set[str]:
    if isinstance(value, str):
        return {value, *value.split()} - {""}
    if depth > _DEEP:
        return set()
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return set().union(*(_strings(part, depth + 1) for part in inner))
