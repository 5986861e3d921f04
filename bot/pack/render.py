"""From records back to a pack's Markdown, by way of rows: what a spreadsheet shows is what the file says."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.pack.key_lines import derive_slug, key_line
from bot.pack.markdown import COMMENT, MarkdownPart, parts
from bot.pack.model import Golden, Pack, Prompt, Section, Snippet

Row = Mapping[str, str]

# The columns of each kind of entry; the keys are those that stand as lines below the heading, in this order.
HEAD_KEYS = ("作者", "來源", "授權", "段落", "語言", "全文")
SNIPPET_KEYS = ("關鍵詞", "別名", "出處", "相關", "沒提到", "English", "狀態")
PROMPT_KEYS = ("階段", "時間", "正方", "反方", "追問", "English")
SNIPPET_COLUMNS = ("代號", "標題", *SNIPPET_KEYS, "內文", "群組", "註解")
PROMPT_COLUMNS = ("代號", "標題", *PROMPT_KEYS, "內文", "群組", "註解")
GOLDEN_COLUMNS = ("分類", "問題", "代號")
JOINTS = {"別名": "；", "追問": "；", "English": " ", "狀態": " ", "階段": " ", "時間": " ", "出處": "、"}

_MARKS = re.compile(r"([\\`*_\[\]<>&#~!])")
_PAIRS = re.compile(r"[\\`*_\[\]<]")
_BLOCK = re.compile(r"^(\s*)([-+=]|\d{1,9}(?=[.)]))", re.MULTILINE)


@dataclass(frozen=True)
class EntryContext:
    """What stands around the entries, by slug: comments to write from, and headings of groups."""

    comments: Mapping[str, str] = field(default_factory=dict)
    groups: Mapping[str, str] = field(default_factory=dict)  # the `# heading` above the first of a group


def read_aside(text: str) -> EntryContext:
    """Return the comments and group headings of a snippets.md or discussion.md, by their entry's slug."""
    comments: dict[str, str] = {}
    groups: dict[str, str] = {}
    group, starts = "", []
    for part in parts(text):
        if part.level == 1:
            group = part.title
        elif part.level > 1 and part.title:
            slug = part.slug if part.slug is not None else derive_slug(part.title)
            starts.append((part.line, slug))
            if group:
                groups[slug], group = group, ""
    for match in COMMENT.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        owner = next((slug for at, slug in reversed(starts) if at < line), "")
        said = match[0][4:-3].strip()
        if owner and said:
            comments[owner] = "\n\n".join(filter(None, [comments.get(owner, ""), said]))
    return EntryContext(comments, groups)


def snippet_row(snippet: Snippet, aside: EntryContext) -> Row:
    """Return a snippet by column."""
    return {
        "代號": snippet.slug,
        "標題": snippet.title,
        "關鍵詞": "、".join(snippet.keywords),
        "別名": "；".join(snippet.aliases),
        "出處": source(snippet.paragraphs, snippet.speaker),
        "相關": "、".join(snippet.related),
        "沒提到": "、".join(snippet.absent),
        "English": snippet.gloss,
        "狀態": "草稿" if snippet.draft else "",
        "內文": snippet.text,
        "群組": aside.groups.get(snippet.slug, ""),
        "註解": aside.comments.get(snippet.slug, ""),
    }


def prompt_row(prompt: Prompt, aside: EntryContext) -> Row:
    """Return a discussion question by column."""
    return {
        "代號": prompt.slug,
        "標題": prompt.title,
        "階段": prompt.phase,
        "時間": str(prompt.minutes),
        "正方": "、".join(prompt.evidence_for),
        "反方": "、".join(prompt.evidence_against),
        "追問": "；".join(prompt.follow_ups),
        "English": prompt.gloss,
        "內文": prompt.text,
        "群組": aside.groups.get(prompt.slug, ""),
        "註解": aside.comments.get(prompt.slug, ""),
    }


def golden_row(item: Golden) -> Row:
    """Return a golden question by column."""
    ways = " | ".join(" + ".join(way) for way in item.ways) or " | ".join(item.slugs) or "無"
    return {"分類": item.kind, "問題": item.question, "代號": ways}


def head_row(pack: Pack) -> Row:
    """Return what pack.md says, by key."""
    return {
        "標題": pack.title,
        "作者": pack.author,
        "來源": pack.source,
        "授權": pack.licence,
        "段落": str(pack.paragraph_count),
        "語言": pack.language,
        "全文": "收錄" if pack.paragraphs else "不收錄",
    }


def source(numbers: Sequence[int], speaker: str) -> str:
    """Return paragraphs and speaker as they are written: P5、P8-P10 劉姝銘."""
    spans: list[list[int]] = []
    for number in numbers:
        if spans and number == spans[-1][1] + 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    written = [f"P{a}" if a == b else f"P{a}{'、' if b == a + 1 else '-'}P{b}" for a, b in spans]
    return f"{'、'.join(written)} {speaker}".strip()


def render_head(row: Row, sections: Iterable[Section]) -> str:
    """Return pack.md."""
    lines = [
        f"# {render_heading(row['標題'], '')}",
        *filter(None, (render_line(key, row.get(key, "")) for key in HEAD_KEYS)),
    ]
    text = "\n".join(lines) + "\n"
    listed = "\n".join(map(render_section, sections))
    return f"{text}\n## 章節\n{listed}\n" if listed else text


def render_section(part: Section) -> str:
    """Return the line of a section."""
    return f"- P{part.first}{'' if part.first == part.last else f'-P{part.last}'} {_inline(part.title)}"


def render_entries(rows: Iterable[Row], keys: Sequence[str]) -> str:
    """Return snippets.md (with SNIPPET_KEYS) or discussion.md (with PROMPT_KEYS)."""
    out = []
    for row in rows:
        if row.get("群組"):
            out.append(f"# {render_heading(row['群組'], '')}")
        out.append(render_entry(row, keys))
    return "\n\n".join(out) + "\n"


def render_entry(row: Row, keys: Sequence[str]) -> str:
    """Return one entry, from its heading to the end of its text."""
    lines = [*filter(None, (render_line(key, row.get(key, "")) for key in keys))]
    if not lines and key_line(row["內文"].split("\n")[0], 1):
        lines = ["狀態："]  # a first line such as 比較：… would be taken for a key
    blocks = ["\n".join([f"## {render_heading(row['標題'], row['代號'])}", *lines]), render_body(row)]
    return "\n\n".join(filter(None, blocks))


def render_body(row: Row) -> str:
    """Return what stands below the key lines of an entry: its comment and its text."""
    comment = row.get("註解", "").replace("-->", "-- >")
    return "\n\n".join(filter(None, [f"<!--\n{comment}\n-->" if comment else "", escape(row["內文"])]))


def render_golden(rows: Iterable[Row]) -> str:
    """Return golden.md, the questions under their headings as they came."""
    out: list[str] = []
    kind = ""
    for row in rows:
        if row["分類"] != kind:
            kind = row["分類"]
            out += ["", f"## {render_heading(kind, '')}"]
        out.append(render_golden_line(row))
    return "\n".join(out).lstrip("\n") + "\n"


def render_golden_line(row: Row) -> str:
    """Return one golden question."""
    return f"- {render_item(row['問題'])} -> {' '.join(row['代號'].split())}"


def escape(text: str) -> str:
    """Return a text such that Markdown shows it as it is; unchanged where nothing in it means anything."""
    listed = re.sub(r"(^|\n)• ", r"\1- ", text)
    for written in dict.fromkeys((listed, text)):
        if _reads_as(written, text):
            return written
    marked = _MARKS.sub(r"\\\1", text)
    return _BLOCK.sub(lambda match: match[1] + _escaped(match[2]), marked)


def _escaped(start: str) -> str:
    return f"{start}\\" if start.isdigit() else f"\\{start}"


def _reads_as(written: str, meant: str) -> bool:
    part = _below(f"## x\n狀態：\n\n{written}")
    return part is not None and part.text == meant


def _below(written: str, *, lists: bool = False) -> MarkdownPart | None:
    """Return what a heading and the lines below it are read as; None if they are read as more than one."""
    _, *found = parts(written, lists=lists)
    return found[0] if len(found) == 1 and "<!--" not in written else None


def render_line(key: str, value: str) -> str:
    """Return a key line, or an empty text where there is nothing to say."""
    joined = JOINTS.get(key, "、").join(filter(None, (part.strip() for part in value.split("\n"))))
    colon = ": " if key.isascii() else "："
    return f"{key}{colon}{_inline(joined)}" if joined else ""


def _inline(value: str) -> str:
    """Return a key line's value, escaped where Markdown would swallow a mark in it.

    The lines below a heading are one paragraph to Markdown: a star in one pairs with a star in another, so
    what can pair is always escaped.
    """
    value = " ".join(value.split("\n"))
    part = _below(f"## x\n來源：{value}\n狀態：")
    same = part is not None and [line.value for line in part.keys] == [value, ""]
    return value if same and not _PAIRS.search(value) else _MARKS.sub(r"\\\1", value)


def render_item(value: str) -> str:
    """Return a value that begins a list item, escaped where Markdown would take it for something else."""
    value = " ".join(value.split("\n"))
    part = _below(f"## x\n- {value} -> x", lists=True)
    if part is not None and [item.text for item in part.items] == [f"{value} -> x"]:
        return value
    return _BLOCK.sub(lambda match: match[1] + _escaped(match[2]), _MARKS.sub(r"\\\1", value))


def render_heading(title: str, slug: str) -> str:
    """Return what stands after the # marks of a heading."""
    mark = f" {{#{slug}}}" if slug else ""
    title = " ".join(title.split("\n"))
    part = _below(f"## {title}{mark}")
    same = part is not None and (part.title, part.slug) == (title, slug or None)
    return (title if same else _MARKS.sub(r"\\\1", title)) + mark
