"""What a check finds in a pack, and what it looks at; findings as people, GitHub and programs read them."""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from bot.pack.model import Answer, Pack, Snippet
from bot.pack.problems import in_language


class Severity(StrEnum):
    """An error keeps a pack from being used well or lawfully; advice is a matter of judgement."""

    ERROR = "error"
    ADVICE = "advice"


@dataclass(frozen=True)
class PackFinding:
    """One thing to look at. Lines and columns count from 1; 0 means the whole file."""

    level: Severity
    check: str
    file: str
    line: int
    message: str
    mend: str
    column: int = 0


@dataclass(frozen=True)
class Subject:
    """A pack that could be read, the text of its files, and the article's paragraphs where they are known."""

    pack: Pack
    files: Mapping[str, str] = field(default_factory=dict)
    article: tuple[str, ...] = ()
    ask: Callable[[str], Answer] | None = None  # how a class would ask it; the engine is a room above

    @property
    def written(self) -> tuple[Snippet, ...]:
        """Return the snippets that are answered from: not the drafts."""
        return tuple(snippet for snippet in self.pack.snippets if not snippet.draft)

    def line_of(self, file: str, start: int, needle: str) -> int:
        """Return the first line from `start` to the next heading that has the needle; else `start`."""
        lines = self.files.get(file, "").splitlines()
        for number in range(start, len(lines) + 1):
            if number > start and lines[number - 1].startswith("#"):
                break
            if needle in lines[number - 1]:
                return number
        return start


Check = Callable[[Subject], Iterator[PackFinding]]


def advice(check: str, file: str, line: int, message: str, mend: str) -> PackFinding:
    """Return a finding that is a matter of judgement."""
    return PackFinding(Severity.ADVICE, check, file, line, message, mend)


def error(check: str, file: str, line: int, message: str, mend: str) -> PackFinding:
    """Return a finding that must be mended."""
    return PackFinding(Severity.ERROR, check, file, line, message, mend)


Format = Callable[[Mapping[Path, Sequence[PackFinding]]], Iterator[str]]
LABELS = {Severity.ERROR: "錯誤", Severity.ADVICE: "建議"}
ENGLISH_LABELS = {Severity.ERROR: "error", Severity.ADVICE: "advice"}


def as_text(found: Mapping[Path, Sequence[PackFinding]], most: int = 5, language: str = "") -> Iterator[str]:
    """Yield a line for each finding with its mend below it, errors first, and a summary for each pack.

    All errors are shown; of each kind of advice, the first few and how many more there are. Without a
    language all is said in Chinese and in English.
    """
    labels = ENGLISH_LABELS if language == "en" else LABELS
    for folder, findings in found.items():
        told: Counter[str] = Counter()
        for item in sorted(findings, key=lambda item: item.level is not Severity.ERROR):
            told[item.check] += 1
            if item.level is Severity.ERROR or told[item.check] <= most:
                place = f"{folder / item.file}:{_place(item)}"
                kind = f" ({item.check}) " if language == "en" else f"（{item.check}）"
                yield f"{place} {labels[item.level]}{kind}{in_language(item.message, language)}"
                yield f"    → {in_language(item.mend, language)}"
        for check, n in told.items():
            if n > most:
                yield in_language(
                    f"… 還有 {n - most} 個 {check}（--all） / … {n - most} more of {check} (--all)", language
                )
        yield f"{folder.name}：{in_language(_verdict(findings), language)}"


def _verdict(findings: Sequence[PackFinding]) -> str:
    """Return whether the pack can be used: without errors, and with something to answer."""
    errors, rest = _counts(findings)
    if errors:
        chinese, english = "✘ 有錯誤要改", "✘ mend the errors"
    elif any(item.check == "nothing-written" for item in findings):
        chinese, english = "✘ 還不能回答", "✘ answers nothing yet"
    else:
        chinese, english = "✔ 可以用", "✔ usable"
    return f"{chinese}；{errors} 個錯誤、{rest} 個建議 / {english}; {errors} errors, {rest} advice"


def _place(item: PackFinding) -> str:
    return f"{item.line}:{item.column}:" if item.column else f"{item.line}:"


def _counts(findings: Sequence[PackFinding]) -> tuple[int, int]:
    errors = sum(item.level is Severity.ERROR for item in findings)
    return errors, len(findings) - errors


def as_github(found: Mapping[Path, Sequence[PackFinding]]) -> Iterator[str]:
    """Yield workflow commands that GitHub shows as annotations beside the lines."""
    for folder, findings in found.items():
        for item in findings:
            kind = "error" if item.level is Severity.ERROR else "notice"
            place = {"file": (folder / item.file).as_posix(), "line": max(item.line, 1), "col": item.column}
            given = ",".join(f"{key}={_property(str(value))}" for key, value in place.items() if value)
            yield f"::{kind} {given},title={_property(item.check)}::{_data(f'{item.message} → {item.mend}')}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def as_json(found: Mapping[Path, Sequence[PackFinding]]) -> Iterator[str]:
    """Yield one JSON document: a list of packs, each with its findings."""
    packs = []
    for folder, findings in found.items():
        errors, rest = _counts(findings)
        rows = [{**vars(item), "level": str(item.level)} for item in findings]
        packs.append(
            {"pack": folder.name, "folder": str(folder), "errors": errors, "advice": rest, "findings": rows}
        )
    yield json.dumps(packs, ensure_ascii=False, indent=2)


FORMATS: dict[str, Format] = {"text": as_text, "github": as_github, "json": as_json}
