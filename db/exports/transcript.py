"""The discussion as Markdown to be read: rounds, stances, and who said what when."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any

from db.core.timestamps import read
from db.exports.job import Job
from db.exports.labels import joined, kind_called, step_called
from db.exports.threads import as_it_came

Order = Callable[[Job, int], Iterator[Any]]
DEEPEST = 6  # replies further down are not indented further: a phone is narrow
_LEADING = re.compile(r"^(\s*\d*)([#>+=.)-])")  # headings, lists, quotations, rules
_MARKUP = re.compile(r"[\\`*_~\[\]|$^]")  # links, pictures, code, emphasis, tables, formulas, footnotes
_ROUNDS = (
    "SELECT id, number, prompt_slug, prompt_text, opened_at, closed_at,"
    " (SELECT count(*) FROM remarks r WHERE r.round_id = o.id) AS remarks,"
    " (SELECT count(DISTINCT coalesce(m.alias, r.person_id)) FROM remarks r"
    "  LEFT JOIN masks m ON r.via = 'relay' AND m.round_id = r.round_id AND m.person_id = r.person_id"
    "  WHERE r.round_id = o.id) AS people"  # shown names: a person and their mask are two
    " FROM rounds o WHERE seminar_id = :seminar AND (:round IS NULL OR id = :round) ORDER BY number"
)
_STANCES = (
    "SELECT step, sum(moment = 'before') AS before, sum(moment = 'after') AS after"
    " FROM stances WHERE round_id = ? GROUP BY step ORDER BY step"
)


@dataclass(frozen=True)
class TranscriptRemark:
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
    yield f"# {_plain(job.title) or job.say('transcript.seminar')}"
    for row in job.store.all(_ROUNDS, {"seminar": job.seminar_id, "round": job.filters.round_id}):
        yield from _head(job, row)
        for found in order(job, row["id"]):
            yield from _remark(job, TranscriptRemark(*found))


def _head(job: Job, row: Any) -> Iterator[str]:
    yield ""
    text = _plain(job.mask(row["prompt_text"]))
    title = _plain(job.prompts.get(row["prompt_slug"], ""))
    yield "## " + job.say("transcript.round", number=row["number"], prompt=title or text)
    yield ""
    if title:
        yield text
        yield ""
    shape = "%Y-%m-%d %H:%M %Z"
    closed = _clock(row["closed_at"], job.timezone, shape) if row["closed_at"] else job.say("transcript.open")
    opened = _clock(row["opened_at"], job.timezone, shape)
    yield job.say(
        "transcript.held", opened=opened, closed=closed, people=row["people"], remarks=row["remarks"]
    )
    counts = job.store.all(_STANCES, (row["id"],))
    if counts:
        yield ""
        heads = (job.say(f"transcript.{head}") for head in ("stance", "before", "after"))
        yield f"| {' | '.join(heads)} |"
        yield "|---|---|---|"
        for count in counts:
            yield f"| {step_called(count['step'], job.language)} | {count['before']} | {count['after']} |"


def _remark(job: Job, said: TranscriptRemark) -> Iterator[str]:
    indent = "> " * min(said.depth, DEEPEST)
    yield ""
    if indent:
        yield "<!-- -->"  # else two threads that begin alike would run into one quotation
        yield ""
    notes = joined(_notes(job, said), job.language)
    yield f"{indent}**{_plain(said.name if job.names else said.alias)}** {notes}"
    yield indent.rstrip()
    for line in job.mask(said.text).splitlines() or [""]:
        yield f"{indent}> {_tame(line)}".rstrip()


def _notes(job: Job, said: TranscriptRemark) -> list[str]:
    answered = said.answered_name if job.names else said.answered_alias
    notes = [_clock(said.sent_at, job.timezone, "%H:%M")]
    if answered and said.answered_at:
        clock = _clock(said.answered_at, job.timezone, "%H:%M")
        notes.append(job.say("transcript.answers", who=_plain(answered), clock=clock))
    if said.kind != "text":
        notes.append(kind_called(said.kind, job.language))
    if said.version > 1:
        notes.append(job.say("transcript.edited", times=said.version - 1))
    return notes


def _clock(text: str, timezone: tzinfo, shape: str) -> str:
    return read(text).astimezone(timezone).strftime(shape)


def _plain(text: str) -> str:
    return _tame(" ".join(text.split()))


def _tame(line: str) -> str:
    """Return a line that Markdown shows as it was written: no heading, link, picture or HTML of its own."""
    tamed = _LEADING.sub(r"\1\\\2", _MARKUP.sub(r"\\\g<0>", line))
    return tamed.replace("&", "&amp;").replace("<", "&lt;")
