"""Findings as people, GitHub and programs read them."""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from bot.pack.checks.subject import Finding, Level

Format = Callable[[Mapping[Path, Sequence[Finding]]], Iterator[str]]
LABELS = {Level.ERROR: "錯誤", Level.ADVICE: "建議"}


def as_text(found: Mapping[Path, Sequence[Finding]], most: int = 5) -> Iterator[str]:
    """Yield a line for each finding with its mend below it, errors first, and a summary for each pack.

    All errors are shown; of each kind of advice, the first few and how many more there are.
    """
    for folder, findings in found.items():
        told: Counter[str] = Counter()
        for item in sorted(findings, key=lambda item: item.level is not Level.ERROR):
            told[item.check] += 1
            if item.level is Level.ERROR or told[item.check] <= most:
                place = f"{folder / item.file}:{_place(item)}"
                yield f"{place} {LABELS[item.level]}（{item.check}）{item.message}"
                yield f"    → {item.mend}"
        yield from (f"… 還有 {n - most} 個 {check}（--all） / more" for check, n in told.items() if n > most)
        errors, rest = _counts(findings)
        verdict = "✘ 有錯誤要改" if errors else "✔ 可以用"
        yield f"{folder.name}：{verdict}；{errors} 個錯誤、{rest} 個建議 / {errors} errors, {rest} advice"


def _place(item: Finding) -> str:
    return f"{item.line}:{item.column}:" if item.column else f"{item.line}:"


def _counts(findings: Sequence[Finding]) -> tuple[int, int]:
    errors = sum(item.level is Level.ERROR for item in findings)
    return errors, len(findings) - errors


def as_github(found: Mapping[Path, Sequence[Finding]]) -> Iterator[str]:
    """Yield workflow commands that GitHub shows as annotations beside the lines."""
    for folder, findings in found.items():
        for item in findings:
            kind = "error" if item.level is Level.ERROR else "notice"
            place = {"file": (folder / item.file).as_posix(), "line": max(item.line, 1), "col": item.column}
            given = ",".join(f"{key}={_property(str(value))}" for key, value in place.items() if value)
            yield f"::{kind} {given},title={_property(item.check)}::{_data(f'{item.message} → {item.mend}')}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def as_json(found: Mapping[Path, Sequence[Finding]]) -> Iterator[str]:
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
