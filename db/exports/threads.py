"""The order in which a discussion is read: as it came, or thread by thread, each reply below its cause."""

from collections.abc import Iterator
from typing import Any

from db.exports.job import Job
from db.exports.tables import AS_SAID, LATEST, REMARKS_CHOSEN, REMARKS_FROM, REMARKS_JOINED

_COLUMNS = (
    "SELECT r.id, r.message_id, coalesce(m.alias, a.alias, ''), coalesce(m.alias, p.name, ''),"
    " r.sent_at, r.kind, v.text, v.version, coalesce(n.alias, b.alias), coalesce(n.alias, q.name), u.sent_at"
)
_ANSWERED = (
    " LEFT JOIN remarks u ON u.chat_id = r.chat_id AND u.message_id = r.reply_to_message_id"
    " LEFT JOIN people q ON q.id = u.person_id"
    " LEFT JOIN aliases b ON b.seminar_id = :seminar AND b.person_id = u.person_id"
    " LEFT JOIN masks n ON u.via = 'relay' AND n.round_id = u.round_id AND n.person_id = u.person_id"
)
_FROM = REMARKS_JOINED.format(latest=LATEST) + _ANSWERED + REMARKS_CHOSEN + " AND o.id = :of"
# An answer hangs below what came before it; whatever else it claims to answer, it begins a thread.
_FILL = (
    "INSERT INTO temp.threads (id, parent) SELECT r.id, (SELECT u.id FROM remarks u"  # noqa: S608  our own words
    " WHERE u.chat_id = r.chat_id AND u.message_id = r.reply_to_message_id AND u.round_id = r.round_id"
    " AND (u.sent_at, abs(u.message_id), u.id) < (r.sent_at, abs(r.message_id), r.id))"
    f"{REMARKS_FROM.format(latest=' AND v.version = 1')} AND o.id = :of{AS_SAID}"
)
_ORPHANS = "UPDATE temp.threads SET parent = NULL WHERE parent NOT IN (SELECT id FROM temp.threads)"
_WALK = (
    "INSERT INTO temp.walk (id, depth) WITH RECURSIVE walking (place, depth, id) AS ("
    "SELECT place, 0, id FROM temp.threads WHERE parent IS NULL UNION ALL"
    " SELECT t.place, walking.depth + 1, t.id FROM walking JOIN temp.threads t ON t.parent = walking.id"
    " ORDER BY 2 DESC, 1) SELECT id, depth FROM walking"  # deepest first: a thread is told to its end
)
_TABLES = {
    "threads": "(place INTEGER PRIMARY KEY, id INTEGER UNIQUE, parent INTEGER)",
    "walk": "(place INTEGER PRIMARY KEY, id INTEGER, depth INTEGER)",
}


def as_it_came(job: Job, round_id: int) -> Iterator[Any]:
    """Yield the round's remarks in order, each with depth 0 in front."""
    sql = _COLUMNS.replace("SELECT ", "SELECT 0 AS depth, ", 1) + _FROM + AS_SAID
    return job.select(sql, of=round_id)


def by_thread(job: Job, round_id: int) -> Iterator[Any]:
    """Yield the round's remarks thread by thread, each with its depth in front; 0 begins a thread."""
    store = job.store
    for name, columns in _TABLES.items():
        store.run(f"DROP TABLE IF EXISTS temp.{name}")
        store.run(f"CREATE TEMP TABLE {name} {columns}")
    store.run(_FILL, job.parameters | {"of": round_id})
    store.run(_ORPHANS)
    store.run("CREATE INDEX temp.threads_parent ON threads (parent)")
    store.run(_WALK)
    shown = _COLUMNS.replace("SELECT ", "SELECT walk.depth, ", 1)
    joined = _FROM.replace(" FROM remarks r CROSS JOIN", " FROM walk CROSS JOIN remarks r CROSS JOIN", 1)
    return job.select(f"{shown}{joined} AND r.id = walk.id ORDER BY walk.place", of=round_id)
