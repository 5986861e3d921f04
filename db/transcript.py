"""The discussion as Markdown to be read: rounds, stances, and who said what when, in order."""

import re
from collections.abc import Callable, Iterator
from datetime import tzinfo
from typing import Any

from db.ground import Ground
from db.times import read

Mask = Callable[[str], str]
_MARKUP = re.compile(r"^(\s*)([#>*+=|~`-]|\d+[.)])")
_ROUNDS = (
    "SELECT id, number, prompt_text, opened_at, closed_at,"
    " (SELECT count(*) FROM remarks r WHERE r.round_id = o.id) AS remarks,"
    " (SELECT count(DISTINCT person_id) FROM remarks r WHERE r.round_id = o.id) AS people"
    " FROM rounds o WHERE seminar_id = :seminar AND (:round IS NULL OR id = :round) ORDER BY number"
)
_REMARKS = (
    "SELECT coalesce(m.alias, a.alias, '') AS alias, coalesce(m.alias, p.name) AS name,"
    " r.sent_at, r.kind, v.text, v.version,"
    " coalesce(n.alias, b.alias) AS reply_alias, coalesce(n.alias, q.name) AS reply_name,"
    " t.sent_at AS reply_sent_at"
    " FROM remarks r JOIN people p ON p.id = r.person_id JOIN versions v ON v.remark_id = r.id"
    " AND v.version = (SELECT max(version) FROM versions w WHERE w.remark_id = r.id)"
    " LEFT JOIN aliases a ON a.seminar_id = :seminar AND a.person_id = r.person_id"
    " LEFT JOIN masks m ON r.via = 'relay' AND m.round_id = r.round_id AND m.person_id = r.person_id"
    " LEFT JOIN remarks t ON t.chat_id = r.chat_id AND t.message_id = r.reply_to_message_id"
    " LEFT JOIN people q ON q.id = t.person_id"
    " LEFT JOIN aliases b ON b.seminar_id = :seminar AND b.person_id = t.person_id"
    " LEFT JOIN masks n ON t.via = 'relay' AND n.round_id = t.round_id AND n.person_id = t.person_id"
    " WHERE r.round_id = :round ORDER BY r.id"
)
_STANCES = (
    "SELECT step, sum(moment = 'before') AS before, sum(moment = 'after') AS after"
    " FROM stances WHERE round_id = ? GROUP BY step ORDER BY step"
)


def transcript(  # noqa: PLR0913  what, how much of it, and how it is shown
    ground: Ground, seminar_id: int, round_id: int | None, mask: Mask, *, names: bool, timezone: tzinfo
) -> Iterator[str]:
    """Yield the lines of the discussion; with `names`, people's own stand where aliases would."""
    (title,) = ground.one("SELECT title FROM seminars WHERE id = ?", (seminar_id,))
    yield f"# {_plain(title) or '研討'}"
    for row in ground.all(_ROUNDS, {"seminar": seminar_id, "round": round_id}):
        yield from _head(ground, row, mask, timezone)
        for remark in ground.rows(_REMARKS, {"seminar": seminar_id, "round": row["id"]}):
            yield from _remark(remark, mask, names=names, timezone=timezone)


def _head(ground: Ground, row: Any, mask: Mask, timezone: tzinfo) -> Iterator[str]:
    yield ""
    yield f"## 第 {row['number']} 輪：{_plain(mask(row['prompt_text']))}"
    yield ""
    closed = _clock(row["closed_at"], timezone, "%Y-%m-%d %H:%M %Z") if row["closed_at"] else "進行中"
    opened = _clock(row["opened_at"], timezone, "%Y-%m-%d %H:%M %Z")
    yield f"{opened} – {closed}，{row['people']} 人，{row['remarks']} 則發言"
    counts = ground.all(_STANCES, (row["id"],))
    if counts:
        yield ""
        yield "| 立場 | 討論前 | 討論後 |"
        yield "|---|---|---|"
        for count in counts:
            yield f"| {count['step']} | {count['before']} | {count['after']} |"


def _remark(row: Any, mask: Mask, *, names: bool, timezone: tzinfo) -> Iterator[str]:
    who = row["name"] if names else row["alias"]
    answered = row["reply_name"] if names else row["reply_alias"]
    notes = [_clock(row["sent_at"], timezone, "%H:%M")]
    if answered:
        notes.append(f"回覆 {_plain(answered)} {_clock(row['reply_sent_at'], timezone, '%H:%M')}")
    if row["kind"] != "text":
        notes.append(row["kind"])
    if row["version"] > 1:
        notes.append(f"編輯 {row['version'] - 1} 次")
    yield ""
    yield f"**{_plain(who)}** {'，'.join(notes)}"
    yield ""
    for line in mask(row["text"]).splitlines() or [""]:
        yield f"> {_tame(line)}".rstrip()


def _clock(text: str, timezone: tzinfo, shape: str) -> str:
    return read(text).astimezone(timezone).strftime(shape)


def _plain(text: str) -> str:
    return _tame(" ".join(text.split()))


def _tame(line: str) -> str:
    """Return a line that Markdown shows as it was written: no heading, list or HTML of its own."""
    return _MARKUP.sub(r"\1\\\2", line).replace("&", "&amp;").replace("<", "&lt;")
