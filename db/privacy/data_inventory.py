"""What every table holds of people: whose rows they are, where words stand, and how long they are kept.

One entry a table. Forgetting, /mydata and the daily purge do what is written here, and a test walks the
schema: a table, or a column with words or a person, that is not accounted for here fails it.
"""

# ruff: noqa: S608  SQL put together out of our own words only

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

PRIVATE_DAYS = 180  # how long questions asked in private are kept
_OF_ROUND = "round_id IN (SELECT id FROM rounds WHERE seminar_id = :seminar)"
_CLOSED = f"{_OF_ROUND[:-1]} AND coalesce(closed_at, :before) < :before)"
_OF_NO_USE = "made_at < :before AND id NOT IN (SELECT import_id FROM remarks WHERE import_id IS NOT NULL)"
_WHERE = "s.title AS seminar, o.number AS round"
_AND_ROUND = "JOIN rounds o ON o.id = t.round_id JOIN seminars s ON s.id = o.seminar_id"


@dataclass(frozen=True)
class TableData:
    """A table's part in privacy."""

    owner: str = ""  # the column that says whose the rows are: they go with the person
    unset: tuple[str, ...] = ()  # columns that name a person in passing: NULL once they are forgotten
    words: Mapping[str, str] = field(default_factory=dict)  # column -> which rows are a seminar's (:seminar)
    codes: tuple[str, ...] = ()  # text that is no words: times, slugs, words out of a list, our own ids
    mine: str = ""  # SELECT for /mydata, taking :who
    aged: str = ""  # which rows of :seminar are older than :before, to be purged
    spent: Mapping[str, timedelta] = field(
        default_factory=dict
    )  # condition (:before) -> age at which it holds


INVENTORY: Mapping[str, TableData] = {
    "people": TableData(
        owner="id",
        codes=("name", "username", "consent", "met_at"),  # identity: they go with the row
        mine="SELECT name, username, telegram_id, consent, met_at FROM people WHERE id = :who",
    ),
    "refusals": TableData(codes=("mark",)),  # keyed, and of who was forgotten only
    "seminars": TableData(
        words={"title": "id = :seminar"},
        codes=(
            "pack",
            "language",
            "consent_rule",
            "created_at",
            "timezone",
            "alias_mode",
            "visibility",
            "facilitation",
            "heard_at",
        ),
    ),
    "consents": TableData(
        owner="person_id",
        codes=("answer", "answered_at"),
        mine="SELECT s.title AS seminar, t.answer, t.answered_at FROM consents t"
        " JOIN seminars s ON s.id = t.seminar_id WHERE t.person_id = :who ORDER BY s.id",
    ),
    "rounds": TableData(  # the question stays when its author goes: what the class said answers it
        unset=("opened_by", "closed_by"),
        words={"prompt_text": "seminar_id = :seminar"},
        codes=(
            "prompt_slug",
            "opened_at",
            "asked_again_at",
            "closed_at",
            "ends_at",
            "reveal_at",
            "revealed_at",
            "counts",
            "visibility",
            "facilitation",
        ),
        mine="SELECT s.title AS seminar, t.number AS round, t.prompt_text, t.opened_at, t.closed_at,"
        " t.opened_by = :who AS opened_by_me, t.closed_by = :who AS closed_by_me FROM rounds t"
        " JOIN seminars s ON s.id = t.seminar_id WHERE :who IN (t.opened_by, t.closed_by) ORDER BY t.id",
    ),
    "forgotten": TableData(),  # counts
    "imports": TableData(codes=("made_at",), spent={_OF_NO_USE: timedelta(days=1)}),
    "remarks": TableData(
        owner="person_id",
        codes=("sent_at", "kind", "via"),
        mine=f"SELECT {_WHERE}, t.message_id, v.version, t.sent_at, v.written_at, t.kind, t.via, v.text"
        f" FROM remarks t JOIN versions v ON v.remark_id = t.id {_AND_ROUND}"
        " WHERE t.person_id = :who ORDER BY t.id, v.version",
        aged=f"{_OF_ROUND} AND sent_at < :before",
    ),
    "versions": TableData(  # they go with their remark
        words={"text": f"remark_id IN (SELECT id FROM remarks WHERE {_OF_ROUND})"},
        codes=("written_at",),
    ),
    "stances": TableData(
        owner="person_id",
        words={"reason": _OF_ROUND},
        codes=("moment", "chosen_at"),
        mine=f"SELECT {_WHERE}, t.moment, t.step, t.chosen_at, t.reason FROM stances t {_AND_ROUND}"
        " WHERE t.person_id = :who ORDER BY t.chosen_at",
        aged=f"{_OF_ROUND} AND chosen_at < :before",
    ),
    "questions": TableData(
        owner="person_id",
        words={"text": "seminar_id = :seminar"},
        codes=("asked_at", "snippets", "tier", "pack", "near", "set_aside_at"),
        mine="SELECT s.title AS seminar, t.asked_at, t.text, t.pack, t.answered, t.snippets, t.helped"
        " FROM questions t LEFT JOIN seminars s ON s.id = t.seminar_id WHERE t.person_id = :who"
        " ORDER BY t.id",
        aged="seminar_id = :seminar AND asked_at < :before",
        spent={"seminar_id IS NULL AND asked_at < :before": timedelta(days=PRIVATE_DAYS)},
    ),
    "lines": TableData(codes=("kind", "made_at", "tried_at", "sent_at")),
    "drafts": TableData(
        words={"prompt_text": "seminar_id = :seminar"},
        codes=("prompt_slug", "counts", "visibility", "facilitation", "made_at"),
        spent={"made_at < :before": timedelta(days=2)},
    ),
    "plans": TableData(codes=("prompt_slug",)),
    "schedules": TableData(  # goes when it is posted
        unset=("made_by",),
        words={"prompt_text": "seminar_id = :seminar"},
        codes=("prompt_slug", "clock", "due_at"),
        mine="SELECT s.title AS seminar, t.prompt_slug, t.prompt_text, t.clock, t.due_at FROM schedules t"
        " JOIN seminars s ON s.id = t.seminar_id WHERE t.made_by = :who ORDER BY t.id",
    ),
    "masks": TableData(
        owner="person_id",
        codes=("alias",),
        mine=f"SELECT {_WHERE}, t.alias, (SELECT group_concat(asked_at, ' ') FROM unmaskings u"
        f" WHERE u.round_id = t.round_id AND u.alias = t.alias) AS lifted_at FROM masks t {_AND_ROUND}"
        " WHERE t.person_id = :who ORDER BY o.id",
        aged=_CLOSED,
    ),
    "unmaskings": TableData(
        unset=("asked_by",),
        codes=("alias", "asked_at"),
        mine=f"SELECT {_WHERE}, t.alias, t.asked_at FROM unmaskings t {_AND_ROUND}"
        " WHERE t.asked_by = :who ORDER BY t.id",
        aged=f"{_CLOSED} AND asked_at < :before",
    ),
    "answers": TableData(
        owner="person_id",
        words={"text": _OF_ROUND},
        codes=("given_at",),
        mine=f"SELECT {_WHERE}, t.given_at, t.text FROM answers t {_AND_ROUND}"
        " WHERE t.person_id = :who ORDER BY t.id",
        aged=f"{_OF_ROUND} AND given_at < :before",
    ),
    "aliases": TableData(  # after those that they stand for: an alias of nobody who said anything goes too
        owner="person_id",
        codes=("alias",),
        mine="SELECT s.title AS seminar, t.alias FROM aliases t JOIN seminars s ON s.id = t.seminar_id"
        " WHERE t.person_id = :who ORDER BY s.id",
        aged="seminar_id = :seminar AND person_id NOT IN ("
        + " UNION ".join(
            f"SELECT person_id FROM {table} WHERE {_OF_ROUND}"
            for table in ("remarks", "stances", "answers", "masks")
        )
        + " UNION SELECT person_id FROM questions WHERE seminar_id = :seminar) AND person_id IN"
        " (SELECT id FROM people WHERE met_at < :before)",
    ),
    "notes": TableData(
        owner="person_id",
        mine=f"SELECT {_WHERE}, t.message_id FROM notes t {_AND_ROUND} WHERE t.person_id = :who"
        " ORDER BY t.message_id",
        aged=_CLOSED,
    ),
    "errands": TableData(
        owner="person_id",
        codes=("until",),
        mine=f"SELECT {_WHERE}, t.until FROM errands t {_AND_ROUND} WHERE t.person_id = :who",
        spent={"until < :before": timedelta()},
    ),
    "moves": TableData(
        unset=("offered_to", "settled_by"),
        words={"text": _OF_ROUND},
        codes=("kind", "about", "state", "why", "since", "due_at", "offered_at", "settled_at"),
        mine=f"SELECT {_WHERE}, t.kind, t.text, t.state, t.offered_at, t.settled_at FROM moves t {_AND_ROUND}"
        " WHERE :who IN (t.offered_to, t.settled_by) ORDER BY t.id",
        aged=f"{_CLOSED} AND since < :before",
    ),
    "invitations": TableData(
        owner="person_id",
        codes=("sent_at",),
        mine=f"SELECT {_WHERE}, t.text, i.sent_at, i.delivered FROM invitations i"
        f" JOIN moves t ON t.id = i.move_id {_AND_ROUND} WHERE i.person_id = :who ORDER BY i.sent_at",
        aged=f"move_id IN (SELECT id FROM moves WHERE {_OF_ROUND}) AND sent_at < :before",
    ),
    "learned_aliases": TableData(  # bound to a reading, not to a seminar; part of it until taken back
        unset=("learned_by",),
        words={"wording": ":seminar IS NOT NULL"},
        codes=("pack", "slug", "learned_at"),
        mine="SELECT pack, slug, wording, learned_at FROM learned_aliases WHERE learned_by = :who"
        " ORDER BY id",
    ),
    "glances": TableData(
        owner="person_id",
        codes=("title", "read_at"),
        mine="SELECT title, read_at FROM glances WHERE person_id = :who ORDER BY id",
        spent={"read_at < :before": timedelta(hours=1)},
    ),
    "readings": TableData(
        owner="person_id",
        codes=("pack",),
        mine="SELECT pack FROM readings WHERE person_id = :who",
    ),
    # What passes through: its rows go when the update has been handled, or the message sent.
    "journal": TableData(codes=("mark", "kind", "received_at", "done_at", "reason", "shape")),
    "waiting": TableData(codes=("lane", "raw")),  # gone from the file once it is handled, see journal.py
    "outbox": TableData(codes=("step", "method", "parameters", "result")),  # erasure.py looks through it
    "posted": TableData(),
    "unshown": TableData(codes=("mark", "hidden_at")),  # keyed marks of remarks; they go with their round
    "steering": TableData(codes=("frozen_at", "frozen_stances")),  # numbers of people; goes with its round
    "chores": TableData(codes=("name", "since")),
}
