"""Edited rows go back into the file they came from: what nobody edited stays there as it was written.

A table shows what a pack says, not how its file says it: headings between the questions, notes to oneself,
bold words, another order of the key lines. So a file is not written anew from its rows; only the lines of the
cells that were edited are. Where that would say anything else than the rows do, the whole entry, or at last
the whole file, is written anew.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from bot.pack.golden_file import parse_golden
from bot.pack.key_lines import PACK_KEYS, PROMPT_KEYS, SNIPPET_KEYS, known
from bot.pack.load import parse_head
from bot.pack.markdown import MarkdownPart, parts
from bot.pack.model import Golden, Section
from bot.pack.problems import PackProblems
from bot.pack.prompts_file import parse_prompts
from bot.pack.reading_file import notes_of, parse_reading
from bot.pack.render import (
    HEAD_KEYS,
    Row,
    golden_row,
    head_row,
    prompt_row,
    read_aside,
    render_body,
    render_entries,
    render_golden,
    render_golden_line,
    render_head,
    render_heading,
    render_line,
    render_section,
    snippet_row,
)
from bot.pack.snippets_file import parse_snippets

_ANY_COUNT = 9999  # paragraphs: whether a source exists is not asked here
_NO_CELL = re.compile(  # what XML cannot say, and what openpyxl takes for its own mark
    "[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|x005F_"
)
_BODY = frozenset({"內文", "註解"})
Rows = tuple[Row, ...]
Read = Callable[[str], Rows]


def tidy(text: str) -> str:
    """Return a text as a cell gives it back: line ends of one kind, nothing unprintable or blank around."""
    return _NO_CELL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _tidied(rows: Iterator[Row]) -> Rows:
    return tuple({column: tidy(value) for column, value in row.items()} for row in rows)


def snippet_rows(text: str) -> Rows:
    """Return the rows of a snippets.md."""
    aside = read_aside(text)
    return _tidied(snippet_row(item, aside) for item in parse_snippets(text, _ANY_COUNT, PackProblems()))


def prompt_rows(text: str) -> Rows:
    """Return the rows of a discussion.md."""
    aside = read_aside(text)
    return _tidied(prompt_row(item, aside) for item in parse_prompts(text, frozenset(), PackProblems()))


def golden_rows(text: str) -> Rows:
    """Return the rows of a golden.md."""
    return _tidied(golden_row(item) for item in _golden(text))


def _golden(text: str) -> tuple[Golden, ...]:
    return parse_golden(text, frozenset(), PackProblems())


def head_of(text: str) -> tuple[Row, tuple[Section, ...]]:
    """Return the row and the sections of a pack.md."""
    pack, included = parse_head(text, "x", PackProblems())
    row = {**head_row(pack), "全文": "收錄" if included else "不收錄"}
    return {key: tidy(value) for key, value in row.items()}, pack.sections


# Snippets and discussion questions


@dataclass(frozen=True)
class _Piece:
    """An entry of a file: the lines of the group's heading above it, and its own."""

    part: MarkdownPart
    lead: str
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        return self.lead + "".join(self.lines)


def keep_snippets(text: str, rows: Sequence[Row]) -> str:
    """Return a snippets.md with these rows."""
    return _keep_entries(text, rows, SNIPPET_KEYS, snippet_rows)


def keep_prompts(text: str, rows: Sequence[Row]) -> str:
    """Return a discussion.md with these rows."""
    return _keep_entries(text, rows, PROMPT_KEYS, prompt_rows)


def _keep_entries(text: str, rows: Sequence[Row], table: Mapping[str, tuple[str, ...]], read: Read) -> str:
    was = read(text)
    if was == tuple(rows):
        return text
    preamble, pieces = _pieces(text)
    columns = [column for column in (rows or was)[0] if known(column, dict(table))]
    anew = render_entries(rows, columns)
    if len(pieces) != len(was):
        return anew
    blocks = [(-1, preamble)]
    for row in rows:
        found = _before(row, was, rows)
        if found is None:
            blocks.append((len(was) + 1, render_entries([row], columns)))
        elif was[found] == row:
            blocks.append((found, pieces[found].text))
        else:
            made = render_entries([row], columns)
            edited = _edited(pieces[found], was[found], row, table)
            blocks.append((found, edited if read(edited) == read(made) else made))
    kept = _joined(blocks)
    return kept if read(kept) == read(anew) else anew


def _before(row: Row, was: Rows, rows: Sequence[Row]) -> int | None:
    """Return which entry a row was: that of its slug, or of its title if no row has that slug any more."""
    used = {each["代號"] for each in rows}
    by_slug = (at for at, old in enumerate(was) if old["代號"] == row["代號"])
    by_title = (at for at, old in enumerate(was) if old["標題"] == row["標題"] and old["代號"] not in used)
    return next(by_slug, next(by_title, None))


def _pieces(text: str) -> tuple[str, list[_Piece]]:
    """Return what stands before the first entry, and the entries."""
    lines = _lines(text)
    starts: list[tuple[int, MarkdownPart]] = []
    lead = 0
    for part in parts(text):
        if part.level == 1:
            lead = lead or part.line
        elif part.level > 1 and part.title:
            starts.append((lead or part.line, part))
            lead = 0
    ends = [start for start, _ in starts[1:]] + [len(lines) + 1]
    pieces = [
        _Piece(part, "".join(lines[start - 1 : part.line - 1]), tuple(lines[part.line - 1 : end - 1]))
        for (start, part), end in zip(starts, ends, strict=True)
    ]
    return "".join(lines[: starts[0][0] - 1] if starts else lines), pieces


def _lines(text: str) -> list[str]:
    """Return the lines as Markdown counts them, each with its end; what follows the last end comes last."""
    *ended, rest = text.split("\n")
    return [*(f"{line}\n" for line in ended), rest]


def _edited(piece: _Piece, was: Row, row: Row, table: Mapping[str, tuple[str, ...]]) -> str:
    """Return an entry with only the lines of its edited cells changed."""
    changed = {column for column in row if row[column] != was[column]}
    lines = [line if line.endswith("\n") else f"{line}\n" for line in piece.lines]
    if changed & {"標題", "代號"}:
        lines[0] = f"{'#' * piece.part.level} {render_heading(row['標題'], row['代號'])}\n"
    last = _edit_keys(lines, piece.part, {c: row[c] for c in row if c in changed}, list(row), table)
    if changed & _BODY:
        lines[last + 1 :] = [f"\n{render_body(row)}\n\n" if row["內文"] or row["註解"] else "\n"]
    lead = piece.lead
    if "群組" in changed:
        lead = f"# {render_heading(row['群組'], '')}\n\n" if row["群組"] else ""
    return lead + "".join(lines)


def _edit_keys(
    lines: list[str],
    part: MarkdownPart,
    edited: Mapping[str, str],
    columns: Sequence[str],
    table: Mapping[str, tuple[str, ...]],
) -> int:
    """Change, add and remove key lines in place; return the index of the last line of heading and keys."""
    places = {known(key.key, dict(table)): key.line - part.line for key in part.keys}
    after = 0
    for column in columns:
        name = known(column, dict(table))
        if not name:
            continue
        written = f"{render_line(column, edited[column])}\n" if edited.get(column) else ""
        if name in places:
            after = places[name]
            if column in edited:
                lines[after] = written
        elif written:
            lines[after] += written
    return max(places.values(), default=0)


def _joined(blocks: Sequence[tuple[int, str]]) -> str:
    """Return the blocks with a blank line between them, but where two follow each other as they did before.

    Each comes with its number in the file; new ones have one that follows none.
    """
    out = ""
    for (before, _), (at, block) in zip([(-2, ""), *blocks], blocks, strict=False):
        if out and not out.endswith("\n"):
            out += "\n"
        if out and not out.endswith("\n\n") and at != before + 1:
            out += "\n"
        out += block
    return out.rstrip("\n") + "\n"


# Golden questions


def keep_golden(text: str, rows: Sequence[Row]) -> str:
    """Return a golden.md with these rows."""
    items, was = _golden(text), golden_rows(text)
    if was == tuple(rows):
        return text
    lines = _lines(text)
    steps = SequenceMatcher(None, [_said(row) for row in was], [_said(row) for row in rows], autojunk=False)
    added: dict[int, str] = {}
    for kind, first, last, start, end in steps.get_opcodes():
        if kind == "equal":
            continue
        olds, news = list(range(first, last)), list(rows[start:end])
        for at in olds:
            fits = bool(news) and news[0]["分類"] == was[at]["分類"]
            lines[items[at].line - 1] = f"{render_golden_line(news.pop(0))}\n" if fits else ""
        _add(added, news, items, was, last)
    kept = "".join(added.get(at, "") + line for at, line in enumerate([*lines, ""]))
    anew = render_golden(rows)
    return kept if golden_rows(kept) == golden_rows(anew) else anew


def _said(row: Row) -> tuple[str, ...]:
    return tuple(row.values())


def _add(
    added: dict[int, str], news: Sequence[Row], items: Sequence[Golden], was: Rows, following: int
) -> None:
    """Note new questions by the index of the line that they come before; a new kind gets its heading."""
    at = items[following - 1].line if following else (items[0].line - 1 if items else 0)
    kind = was[following - 1]["分類"] if following else was[0]["分類"] if was else ""
    for row in news:
        if following < len(items) and row["分類"] == was[following]["分類"] != kind:
            added[items[following].line - 1] = (
                added.get(items[following].line - 1, "") + f"{render_golden_line(row)}\n"
            )
            continue
        if row["分類"] != kind:
            kind = row["分類"]
            added[at] = added.get(at, "") + f"\n## {render_heading(kind, '')}\n"
        added[at] = added.get(at, "") + f"{render_golden_line(row)}\n"


# The pack's own particulars, and the reading


def keep_head(text: str, row: Row, sections: Sequence[Section]) -> str:
    """Return a pack.md with this row and these sections."""
    was, before = head_of(text)
    if (was, before) == ({key: row.get(key, "") for key in was}, tuple(sections)):
        return text
    anew = render_head(row, sections)
    found = parts(text, lists=True)
    head = next(part for part in found if part.level == 1 and part.title)
    lines = _lines(text)
    above, below = lines[: head.line - 1], lines[head.line - 1 :]
    if row["標題"] != was["標題"]:
        below[0] = f"# {render_heading(row['標題'], '')}\n"
    edited = {key: row.get(key, "") for key in HEAD_KEYS if row.get(key, "") != was[key]}
    if tuple(sections) != before:
        places = [item.line - head.line for part in found for item in part.items]
        for place in places:
            below[place] = ""
        listed = "".join(f"{render_section(section)}\n" for section in sections)
        if places:
            below[places[0]] = listed
        else:
            below.append(f"\n## 章節\n{listed}")
    _edit_keys(below, head, edited, HEAD_KEYS, PACK_KEYS)
    kept = "".join([*above, *below])
    return kept if head_of(kept) == head_of(anew) else anew


def keep_reading(text: str, paragraphs: Sequence[str], notes: Sequence[str], anew: str) -> str:
    """Return a reading.md with these paragraphs and notes; `anew` is how it would be written anew."""
    if (_paragraphs(text), notes_of(text)) == (tuple(paragraphs), tuple(notes)):
        return text
    was = _paragraphs(text)
    kept = text
    for number, (old, new) in enumerate(zip(was, paragraphs, strict=False), 1):
        if old != new and kept.count(f"[P{number}] {old}\n") == 1:
            kept = kept.replace(f"[P{number}] {old}\n", f"[P{number}] {new}\n")
    same = (_paragraphs(kept), notes_of(kept)) == (_paragraphs(anew), notes_of(anew))
    return kept if same else anew


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(map(tidy, parse_reading(text, 0, PackProblems())))
