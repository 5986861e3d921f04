"""The discussion as Markdown to be read: rounds, stances, and who said what when."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any

from db.exports.called import KINDS, step_called
from db.exports.job import Job
from db.exports.threads import as_it_came
from db.times import read

Order = Callable[[Job, int], Iterator[Any]]
DEEPEST = 6  # replies further down are not indented further: a phone is narrow
_MARKUP = re.compile(r"^(\s*)([#>*+=|~`-]|\d+[.)])")
_ROUNDS = (
    "SELECT id, number, prompt_text, opened_at, closed_at,"
    " (SELECT count(*) FROM remarks r WHERE r.round_id = o.id) AS remarks,"
    " (SELECT count(DISTINCT person_id) FROM remarks r WHERE r.round_id = o.id) AS people"
    " FROM rounds o WHERE seminar_id = :seminar AND (:round IS NULL OR id = :round) ORDER BY number"
)
_STANCES = (
    "SELECT step, sum(moment = 'before') AS before, sum(moment = 'after') AS after"
    " FROM stances WHERE round_id = ? GROUP BY step ORDER BY step"
)


@dataclass(frozen=True)
class Said:
    """One remark as the transcript needs it."""

    depth: int
    id: int
    message_id: int
    alias: str
    name: str
    sent_at: str
    kind: str
    text: str
    version: int
    answered_alias: str | None
    answered_name: str | None
    answered_at: str | None


def transcript(job: Job, order: Order = as_it_came) -> Iterator[str]:
    """Yield the lines of the discussion, remarks in that order; where names were asked for, they stand."""
    yield f"# {_plain(job.title) or '研討'}"
    for row in job.ground.all(_ROUNDS, {"seminar": job.seminar_id, "round": job.filters.round_id}):
        yield from _head(job, row)
        for found in order(job, row["id"]):
            yield from _remark(job, Said(*found))


def _head(job: Job, row: Any) -> Iterator[str]:
    yield ""
    yield f"## 第 {row['number']} 輪：{_plain(job.mask(row['prompt_text']))}"
    yield ""
    shape = "%Y-%m-%d %H:%M %Z"
    closed = _clock(row["closed_at"], job.timezone, shape) if row["closed_at"] else "進行中"
    opened = _clock(row["opened_at"], job.timezone, shape)
    yield f"{opened} – {closed}，{row['people']} 人，{row['remarks']} 則發言"
    counts = job.ground.all(_STANCES, (row["id"],))
    if counts:
        yield ""
        yield "| 立場 | 討論前 | 討論後 |"
        yield "|---|---|---|"
        for count in counts:
            yield f"| {step_called(count['step'])} | {count['before']} | {count['after']} |"


def _remark(job: Job, said: Said) -> Iterator[str]:
    indent = "> " * min(said.depth, DEEPEST)
    yield ""
    if indent:
        yield "<!-- -->"  # else two threads that begin alike would run into one quotation
        yield ""
    yield f"{indent}**{_plain(said.name if job.names else said.alias)}** {'，'.join(_notes(job, said))}"
    yield indent.rstrip()
    for line in job.mask(said.text).splitlines() or [""]:
        yield f"{indent}> {_tame(line)}".rstrip()


def _notes(job: Job, said: Said) -> list[str]:
    answered = said.answered_name if job.names else said.answered_alias
    notes = [_clock(said.sent_at, job.timezone, "%H:%M")]
    if answered and said.answered_at:
        notes.append(f"回覆 {_plain(answered)} {_clock(said.answered_at, job.timezone, '%H:%M')}")
    if said.kind != "text":
        notes.append(KINDS.get(said.kind, said.kind))
    if said.version > 1:
        notes.append(f"編輯 {said.version - 1} 次")
    return notes


def _clock(text: str, timezone: tzinfo, shape: str) -> str:
    return read(text).astimezone(timezone).strftime(shape)


def _plain(text: str) -> str:
    return _tame(" ".join(text.split()))


def _tame(line: str) -> str:
    """Return a line that Markdown shows as it was written: no heading, list or HTML of its own."""
    return _MARKUP.sub(r"\1\\\2", line).replace("&", "&amp;").replace("<", "&lt;")
