"""Values of key lines, checked: slugs, numbers, sources."""

import re
from collections.abc import Iterable, Mapping

from bot.pack.key_lines import KeyLine, known
from bot.pack.markdown import Part
from bot.pack.problems import Problems

SLUG = re.compile(
    r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?"
)  # 40 at most: it travels in 64 bytes of callback data
_SOURCE = re.compile(r"[PpＰ]\s*(\d{1,4})(?:\s*[-–—~～至]\s*[PpＰ]?\s*(\d{1,4}))?")
_JOINTS = re.compile(r"[\s,，、;；和與及]*")


def take_keys(part: Part, table: Mapping[str, tuple[str, ...]], problems: Problems) -> dict[str, KeyLine]:
    """Return the part's key lines by their name in code; unknown and repeated ones are noted."""
    found: dict[str, KeyLine] = {}
    for line in part.keys:
        name = known(line.key, dict(table))
        if not name:
            shown = "、".join(spellings[0] for spellings in table.values())
            problems.add("unknown-key", line.line, key=line.key, known=shown)
        elif name in found:
            problems.add("repeated-key", line.line, key=line.key)
        else:
            found[name] = line
    return found


def number(line: KeyLine | None, low: int, high: int, default: int, problems: Problems) -> int:
    """Return a whole number between low and high, or the default after noting what is wrong."""
    if line is None:
        return default
    match = re.match(r"\d{1,6}", line.value)
    if match and low <= int(match[0]) <= high:
        return int(match[0])
    problems.add("bad-number", line.line, value=line.value, low=low, high=high)
    return default


def source(line: KeyLine | None, count: int, problems: Problems) -> tuple[tuple[int, ...], str]:
    """Return the paragraphs and the speaker of a line such as `P5、P8-P9 劉姝銘`."""
    if line is None:
        return (), ""
    paragraphs: list[int] = []
    at = 0
    while match := _SOURCE.match(line.value, at):
        first, last = int(match[1]), int(match[2] or match[1])
        wrong = next((n for n in (first, last) if not 1 <= n <= count), None)
        if wrong is not None:
            problems.add("outside", line.line, number=wrong, count=count)
        elif last < first:
            problems.add("bad-source", line.line, value=line.value)
        else:
            paragraphs += range(first, last + 1)
        at = match.end()
        at += len(joint[0]) if (joint := _JOINTS.match(line.value, at)) else 0
    if at == 0:
        problems.add("bad-source", line.line, value=line.value)
    return tuple(dict.fromkeys(paragraphs)), line.value[at:].strip(" ・·")


def slugs(
    line: KeyLine | None, values: Iterable[str], known_slugs: frozenset[str], problems: Problems
) -> None:
    """Note every slug of that line that no snippet has."""
    for value in values:
        if line is not None and value not in known_slugs:
            problems.add("dangling", line.line, slug=value, near=nearest(value, known_slugs))


def nearest(slug: str, known_slugs: Iterable[str]) -> str:
    """Return advice that names the slug that looks most like this one."""
    from rapidfuzz import process  # noqa: PLC0415  only needed when something is wrong

    best = process.extractOne(slug, sorted(known_slugs), score_cutoff=60)
    return f"是不是「{best[0]}」？" if best else "寫 snippets.md 裡有的代號"


def derive_slug(title: str) -> str:
    """Return a slug from a title: its pinyin, its Latin letters and digits."""
    from bot.text.pinyin import syllables  # noqa: PLC0415  only for headings without a slug

    text = "-".join(syllables(title))
    return re.sub(r"-+", "-", re.sub(r"[^a-z0-9]+", "-", text))[:40].strip("-")
