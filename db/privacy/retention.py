"""What is older than its seminar keeps it goes, down to the bytes; and people of whom nothing is left.

By night, age is judged by what db/core/trusted_clock.py is sure of: a clock that is ahead must cost nobody
a word.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from db.core.database import Ground
from db.core.recurring_tasks import claim_chore, owe
from db.core.timestamps import written
from db.core.trusted_clock import reckon
from db.privacy.data_inventory import HOLDINGS
from db.privacy.erasure import SCOUR, scour

IDENTITY_DAYS = 180  # how long somebody is known who has left nothing, and said neither yes nor no


def purge(ground: Ground, now: datetime) -> int:
    """Remove what has been kept long enough at that time; return how many rows went."""
    with ground.writing():
        gone = _purge(ground, now)
    scour(ground)
    return gone


def purge_daily(ground: Ground, now: datetime, *, night: datetime) -> int:
    """Purge unless that was done since `night`, over restarts too; return how many rows went."""
    gone = 0
    with ground.writing():
        if claim_chore(ground, "purge", now=now, before=night):
            gone = _purge(ground, reckon(ground, now))
    if gone:
        scour(ground)
    return gone


def _purge(ground: Ground, now: datetime) -> int:
    gone = sum(_each(ground, now))
    if gone:
        owe(ground, SCOUR)
    return gone


def _each(ground: Ground, now: datetime) -> Iterator[int]:
    """Yield how many rows went, table by table."""
    for row in ground.all("SELECT id, retention_days FROM seminars"):
        age = timedelta(days=row["retention_days"])
        for table, holding in HOLDINGS.items():
            if holding.aged:
                yield _delete(ground, table, holding.aged, now - age, row["id"])
    for table, holding in HOLDINGS.items():
        for condition, age in holding.spent.items():
            yield _delete(ground, table, condition, now - age)
    yield _delete(ground, "people", _unneeded(), now - timedelta(days=IDENTITY_DAYS))


def _delete(
    ground: Ground, table: str, condition: str, before: datetime, seminar_id: int | None = None
) -> int:
    return ground.run(
        f"DELETE FROM {table} WHERE {condition}",  # noqa: S608  our own words
        {"seminar": seminar_id, "before": written(before)},
    ).rowcount


def _unneeded() -> str:
    """Return the condition for people whom no other row refers to, and who never answered."""
    elsewhere = (
        f"id NOT IN (SELECT {column} FROM {table} WHERE {column} IS NOT NULL)"  # noqa: S608  our own words
        for table, holding in HOLDINGS.items()
        for column in (holding.owner, *holding.unset)
        if column and table != "people"
    )
    return " AND ".join(["consent IS NULL", "met_at < :before", *elsewhere])
