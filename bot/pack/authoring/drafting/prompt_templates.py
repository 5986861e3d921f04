"""Discussion questions from templates: a first set that a teacher bends to the reading."""

import re
import string
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from bot.pack.authoring.drafting.phrases import Wording
from bot.pack.authoring.drafting.proposals import Proposal
from bot.pack.model import Prompt
from bot.pack.reading_file import Reading
from bot.text.folding import to_simplified

MOST_PEOPLE, MOST_NUMBERS = 4, 3
MOST_QUOTED = 11  # Han characters of a question; more would be copying
_FIGURE = re.compile(r"\d.*(?<![年月日歲岁])$")
_ASKED = re.compile(r"([^。！？!?…“”「」『』\n]{4,60})[？?]")
_CLAIMED = re.compile(r"应该|应当|不应|必须|主张|不能再|should|must|ought to", re.IGNORECASE)
_TURNED = re.compile(r"(?:^|[。！？.!?]\s*)(?:然而|不过|但是|可是|但|相反|另一方面|However|But )")


def draft_prompts(reading: Reading, proposals: Iterable[Proposal], said: Wording) -> tuple[Prompt, ...]:
    """Return ten questions over the five phases, in the reading's own words; the teacher adds evidence."""
    found = _words(reading, tuple(proposals), said)
    chosen = [
        next(each for each in choices if all(found.get(name) for name in _needed(each.text)))
        for choices in said.prompts
    ]
    return tuple(replace(each, text=each.text.format(**found)) for each in chosen)


def _needed(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def _words(reading: Reading, found: Sequence[Proposal], said: Wording) -> Mapping[str, str]:
    """Return what the reading has to fill the templates with; empty where it has nothing."""
    people = [item.text for item in found if item.kind == "person"]
    figures = [item.text for item in found if item.kind == "number" and _FIGURE.search(item.text)]
    asked, question = _question(reading.paragraphs)
    return {
        "title": " ".join(reading.title.split()) or said.untitled,
        "term": _widest(found, "term", reading.title),
        "quote": _widest(found, "quote", reading.title),
        "people": said.joint.join(people[:MOST_PEOPLE]) if len(people) > 1 else "",
        "numbers": said.joint.join(figures[:MOST_NUMBERS]) if len(figures) > 1 else "",
        "asked": str(asked) if asked else "",
        "question": question,
        "claimed": _first_with(_CLAIMED, reading.paragraphs),
        "turned": _first_with(_TURNED, reading.paragraphs[1:], 2),
    }


def _question(paragraphs: Sequence[str]) -> tuple[int, str]:
    """Return the paragraph of the last question that the reading asks, and its last clause if it is short."""
    for number in range(len(paragraphs), 0, -1):
        if asked := _ASKED.findall(paragraphs[number - 1]):
            clause = re.split(r"[，,：:；;]", asked[-1])[-1].strip()
            return number, f"{clause}？" if len(clause) <= MOST_QUOTED else ""
    return 0, ""


def _first_with(pattern: re.Pattern[str], paragraphs: Sequence[str], start: int = 1) -> str:
    numbered = enumerate(paragraphs, start)
    return next((str(number) for number, text in numbered if pattern.search(to_simplified(text))), "")


def _widest(proposals: Sequence[Proposal], kind: str, title: str) -> str:
    """Return the proposal of that kind that the title names, or that stands in the most paragraphs."""
    of_kind = [item for item in proposals if item.kind == kind]
    return max(of_kind, key=lambda item: (item.text in title, len(item.paragraphs))).text if of_kind else ""
