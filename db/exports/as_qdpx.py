"""qdpx: a REFI-QDA project for NVivo, ATLAS.ti, MAXQDA and QualCoder.

A source a round; a case a participant, with stances as variables; each remark is a selection, coded with who
said it, with the moves that it triggered and with the evidence that it touches. As NVivo does
it, a participant's case and the code of what they said share a GUID: QualCoder then has the case's text.
"""

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import IO, Any
from uuid import UUID
from xml.sax.saxutils import escape, quoteattr

from db.core.timestamps import read
from db.exports.column_descriptions import data_dictionary
from db.exports.job import Job
from db.exports.tables import AS_SAID, LATEST, REMARKS, REMARKS_FROM, STANCES
from db.exports.xml_text import RULE, xml_text
from db.exports.zip_stream import entry, packed

NAMESPACE = "urn:QDA-XML:project:1.0"
# Groups of codes, named as they are in GUIDs; what they are called is in the seminar's language.
SPEAKERS, MOVES, EVIDENCE = "發言者 / speakers", "引導 / moves", "文本依據 / evidence"
_SHOWN = "o.number, m.alias, coalesce(a.alias, ''), coalesce(p.name, '')"
_SPEAKERS = f"SELECT DISTINCT {_SHOWN}{REMARKS_FROM.format(latest=' AND v.version = 1')} ORDER BY 1, 3"
_REMARKS = (
    f"SELECT r.id, {_SHOWN}, r.sent_at, r.kind, v.text{REMARKS_FROM.format(latest=LATEST)}"
    f" AND o.id = :of{AS_SAID}"
)
_ROUNDS = (
    "SELECT id, number, prompt_slug, prompt_text, opened_at FROM rounds o"
    " WHERE seminar_id = :seminar AND (:round IS NULL OR id = :round) ORDER BY number"
)
_KINDS = (
    "SELECT DISTINCT g.kind FROM moves g JOIN rounds o ON o.id = g.round_id WHERE o.seminar_id = :seminar"
    " AND (:round IS NULL OR o.id = :round) AND g.remark_id IS NOT NULL ORDER BY 1"
)


@dataclass(frozen=True)
class Who:
    """A participant: a case, and a code."""

    key: tuple[object, ...]
    name: str
    alias: str  # empty under a mask: nothing else must be told of them


def write(job: Job, file: IO[bytes]) -> None:
    """Write the sources, then the project that speaks of them."""
    making = _Making(job)
    with packed(file) as archive, tempfile.TemporaryFile("w+", encoding="utf-8", newline="") as spool:
        for row in job.store.all(_ROUNDS, {"seminar": job.seminar_id, "round": job.filters.round_id}):
            with entry(archive, f"sources/{making.guid('source', row['id'])}.txt") as out:
                making.source(row, out, spool)
        spool.seek(0)
        with entry(archive, "project.qde") as out:
            out.writelines(making.project(spool))
        with entry(archive, "data-dictionary.md") as out:
            out.write(making.dictionary())


class _Making:
    """Makes the parts of one project."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.user = self.guid("user")
        self.people = self._people()
        self.kinds = [row[0] for row in job.store.all(_KINDS, self._place())]
        self.sources = 0

    def guid(self, *key: object) -> str:
        """Return the GUID of something: the same in every export of this house, telling nothing."""
        return str(UUID(bytes=self.job.store.mark("qdpx", self.job.seminar_id, *key), version=5))

    def dictionary(self) -> str:
        """Return the data dictionary."""
        sections = [("sources, selections", REMARKS), ("cases, variables", STANCES)]
        return data_dictionary(self.job, sections, notes=[RULE, " ".join((__doc__ or "").split())])

    def source(self, row: Any, out: IO[str], spool: IO[str]) -> None:
        """Write a round's text to `out`, and the source with its selections to `spool`."""
        guid = self.guid("source", row["id"])
        question = xml_text(self.job.mask(row["prompt_text"]))
        title = self.job.prompts.get(row["prompt_slug"]) or " ".join(question.split())
        name = self.job.say("transcript.round", number=row["number"], prompt=title[:80])
        spool.write(
            f'<TextSource guid="{guid}" name={quoteattr(name)} plainTextPath="internal://{guid}.txt"'
            f' creatingUser="{self.user}" creationDateTime="{_zulu(row["opened_at"])}">\n'
        )
        moves = self._moves(row["id"])
        place = out.write(f"{question}\n\n")
        for remark_id, number, mask, alias, shown, sent_at, kind, words in self.job.select(
            _REMARKS, of=row["id"]
        ):
            who = self._who(number, mask, alias, shown)
            clock = read(sent_at).astimezone(self.job.timezone).strftime("%Y-%m-%d %H:%M")
            text = words if self.job.names else self.job.mask(words)
            text = xml_text(text) or f"[{kind}]"
            start = place + out.write(f"{who.name} {clock}\n")
            place = start + out.write(text)
            codes = [self.guid(*who.key), *(self.guid("move", one) for one in moves.get(remark_id, ()))]
            codes += [self.guid("evidence", slug) for slug in self._evidence(words)]
            spool.write(self._selection(remark_id, start, place, codes, sent_at))
            place += out.write("\n\n")
        spool.write("</TextSource>\n")
        self.sources += 1

    def project(self, spool: IO[str]) -> Iterator[str]:
        """Yield the project's XML, with the sources from `spool`."""
        about = self.job.about()
        made = _zulu(about["made_at"])
        yield '<?xml version="1.0" encoding="utf-8"?>\n'
        yield (
            f'<Project xmlns="{NAMESPACE}" name={quoteattr(xml_text(about["seminar"]) or "Wendu")}'
            f' origin="Wendu {about["version"]}" creatingUserGUID="{self.user}" creationDateTime="{made}">\n'
            f'<Users><User guid="{self.user}" name="Wendu"/></Users>\n'
        )
        yield from self._codebook()
        yield from self._cases()
        if self.sources:
            yield "<Sources>\n"
            yield from iter(lambda: spool.read(1 << 16), "")
            yield "</Sources>\n"
        yield f"<Description>{escape(xml_text(self.dictionary()))}</Description>\n</Project>\n"

    def _codebook(self) -> Iterator[str]:
        titles = self.job.evidence.titles if self.job.evidence else {}
        groups = (
            (
                SPEAKERS,
                [(self.guid(*who.key), who.name) for who in self.people.values() if who.key[0] != "holder"],
            ),
            (MOVES, [(self.guid("move", kind), kind) for kind in self.kinds]),
            (EVIDENCE, [(self.guid("evidence", slug), title) for slug, title in titles.items()]),
        )
        filled = [(name, codes) for name, codes in groups if codes]
        if not filled:
            return
        yield "<CodeBook><Codes>\n"
        for name, codes in filled:
            called = quoteattr(self.job.told(name))
            yield f'<Code guid="{self.guid("group", name)}" name={called} isCodable="false">\n'
            for guid, title in codes:
                yield f'<Code guid="{guid}" name={quoteattr(xml_text(title))} isCodable="true"/>\n'
            yield "</Code>\n"
        yield "</Codes></CodeBook>\n"

    def _cases(self) -> Iterator[str]:
        """Yield variables (stances and reasons of each round) and cases with their values."""
        values: dict[str, list[tuple[str, str]]] = {}
        variables: dict[str, tuple[str, str]] = {}
        for row in self.job.dicts(STANCES):
            for what, kind, value in (
                ("step", "Integer", str(row["step"])),
                ("reason", "Text", row["reason"]),
            ):
                guid = self.guid("variable", row["round"], row["moment"], what)
                variables[guid] = (f"R{row['round']} {row['moment']} {what}", kind)
                if value:
                    values.setdefault(row["alias"], []).append((guid, _value(guid, kind, value)))
        if variables:
            yield "<Variables>\n"
            for guid, (name, kind) in variables.items():
                yield f'<Variable guid="{guid}" name={quoteattr(name)} typeOfVariable="{kind}"/>\n'
            yield "</Variables>\n"
        if self.people:
            yield "<Cases>\n"
            for who in self.people.values():
                yield from self._case(who, values.get(who.alias, ()) if who.alias else ())
            yield "</Cases>\n"

    def _case(self, who: Who, values: Sequence[tuple[str, str]]) -> Iterator[str]:
        guid = self.guid(*who.key)
        yield f'<Case guid="{guid}" name={quoteattr(xml_text(who.name))}>'
        if who.key[0] != "holder":
            yield f'<CodeRef targetGUID="{guid}"/>'
        yield from (value for _, value in values)
        yield "</Case>\n"

    def _selection(self, remark_id: int, start: int, end: int, codes: Sequence[str], at: str) -> str:
        codings = "".join(
            f'<Coding guid="{self.guid("coding", remark_id, code)}" creatingUser="{self.user}"'
            f' creationDateTime="{_zulu(at)}"><CodeRef targetGUID="{code}"/></Coding>'
            for code in dict.fromkeys(codes)
        )
        return (
            f'<PlainTextSelection guid="{self.guid("remark", remark_id)}" name="remark {remark_id}"'
            f' startPosition="{start}" endPosition="{end}" creatingUser="{self.user}"'
            f' creationDateTime="{_zulu(at)}">{codings}</PlainTextSelection>\n'
        )

    def _people(self) -> dict[tuple[object, ...], Who]:
        """Return who spoke or took a stance, in the order of rounds."""
        found = (self._who(*row) for row in self.job.select(_SPEAKERS))
        people = {who.key: who for who in found}
        spoke = {who.alias for who in people.values()}
        for row in self.job.dicts(STANCES):
            if row["alias"] not in spoke:
                name = self._named(row["alias"], row.get("name", ""))
                people["holder", row["alias"]] = Who(("holder", row["alias"]), name, row["alias"])
        return people

    def _who(self, number: int, mask: str | None, alias: str, name: str) -> Who:
        """Return a speaker; a mask stands for somebody else in every round."""
        if mask is not None:
            return Who(
                ("mask", number, mask),
                xml_text(self.job.say("transcript.mask", mask=mask, number=number)),
                "",
            )
        return Who(("speaker", alias), self._named(alias, name), alias)

    def _named(self, alias: str, name: str) -> str:
        shown = f"{name}（{alias}）" if self.job.names and name else alias
        return xml_text(" ".join(shown.split())) or "–"

    def _moves(self, round_id: int) -> dict[int, list[str]]:
        found: dict[int, list[str]] = {}
        sql = "SELECT remark_id, kind FROM moves WHERE round_id = ? AND remark_id IS NOT NULL ORDER BY id"
        for remark_id, kind in self.job.store.all(sql, (round_id,)):
            found.setdefault(remark_id, []).append(kind)
        return found

    def _evidence(self, words: str) -> Sequence[str]:
        evidence = self.job.evidence
        if evidence is None:
            return ()
        return [slug for slug in evidence.touched(words) if slug in evidence.titles]

    def _place(self) -> dict[str, Any]:
        return {"seminar": self.job.seminar_id, "round": self.job.filters.round_id}


def _value(guid: str, kind: str, value: str) -> str:
    inside = f"<{kind}Value>{escape(xml_text(value))}</{kind}Value>"
    return f'<VariableValue><VariableRef targetGUID="{guid}"/>{inside}</VariableValue>'


def _zulu(moment: str) -> str:
    return moment.replace("+00:00", "Z")
