"""Questions by the number of a paragraph, and questions for that number."""

import re
from dataclasses import replace

from bot.answering import tuning
from bot.answering.stages.numerals import NUMERAL, number_of
from bot.answering.stages.query import Query, Want, said
from bot.answering.stages.scene import Scene, made, with_lead
from bot.pack.model import Answer, Kind, Snippet, Tier
from bot.pack.topics import title_in
from bot.text.dialects import heard

_NAMED = re.compile(
    rf"第\s*({NUMERAL})\s*(?:个)?(?:自然)?段|段落\s*({NUMERAL})|\b(?:para(?:graph)?s?|"
    rf"p) ?(\d{{1,3}})(?!\d)|\bparagraph ({NUMERAL})\b|\b({NUMERAL})(?:st|nd|rd|th)? paragraph\b",
    re.ASCII,
)
_LAST = re.compile(r"(?:最后|末)一?段|\b(?:last|final) paragraph\b", re.ASCII)
_WHERE = re.compile(
    r"(?:是|在|出自|写在|出现在|来自)*(?:文章|文中|原文)?(?:的)?(?:第几|哪一?|"
    r"几)(?:个)?(?:自然)?段(?:落)?(?:里|中)?|\b(?:in )?(?:which|what) paragraph\b|"
    r"\bparagraph number\b|\bwhere (?:does|in) the (?:text|article|reading|essay)\b",
    re.ASCII,
)
_DRESS = re.compile(
    r"那段|这段|重点|主要|大意|内容|意思|到底|在|是|讲|说|谈|写|提到|关于|什么|啥|哪些|了|的|看不懂|"
    r"请问|帮我|解释|一下|\b(?:what|whats|is|does|the|about|say|says|in|of|mean|tell|me|explain)\b",
    re.ASCII,
)


def named_paragraphs(folded: str) -> frozenset[int]:
    """Return the paragraphs that a folded text names: 第12段, 第十二段, paragraph 12, p12."""
    return frozenset(
        filter(None, (number_of(next(filter(None, m.groups()))) for m in _NAMED.finditer(folded)))
    )


def paragraph(query: Query, scene: Scene) -> Query | Answer:
    """Answer what a paragraph says; note when it is the paragraph's number that is asked for."""
    if match := _WHERE.search(query.asked):
        rest = heard(f"{query.asked[: match.start()]} {query.asked[match.end() :]}")
        return replace(query, asked=rest, want=Want.PLACE).noting("place")
    count = scene.pack.paragraph_count
    number = next(iter(named_paragraphs(query.asked)), 0) or (count if _LAST.search(query.asked) else 0)
    if not number or not scene.snippets:
        return query
    seen = query.noting("paragraph", number=number)
    if number > count:
        lead = said("lead.no_paragraph", number=number, count=count)
        return scene.refuse(seen, Kind.REFUSAL, Tier.PARAGRAPH, lead=lead)
    rest = _DRESS.sub(" ", _LAST.sub(" ", _NAMED.sub(" ", query.asked)))
    return _told(seen, scene, number, rest)


def _told(query: Query, scene: Scene, number: int, rest: str) -> Answer:
    """Return the paragraph itself where the text is at hand, else the snippets that rest on it."""
    resting = scene.resting_on(number, number)
    inside = [
        scene.snippets[n]
        for n in resting
        if len(scene.snippets[n].paragraphs) < scene.pack.paragraph_count / 2
    ]
    asked = scene.rank(rest, only=frozenset(resting)).candidates if scene.units(rest) else ()
    first = [scene.snippets[c.number] for c in asked[:1] if c.covered]
    ordered = list(dict.fromkeys((*first, *inside)))
    if scene.pack.paragraphs:
        text = scene.pack.paragraphs[number - 1]
        shown = [made(f"paragraph-{number}", f"第{number}段", text, (number,), f"Paragraph {number}")]
        return scene.answer(query, shown, Tier.PARAGRAPH, near=ordered)
    if not ordered:
        return scene.refuse(
            query, Kind.REFUSAL, Tier.PARAGRAPH, lead=said("lead.silent_paragraph", number=number)
        )
    told = fitting(ordered)
    language = "en" if query.english else "zh-Hant"
    titles = ("; " if query.english else "、").join(title_in(one, language) for one in ordered[:8])
    lead = said("lead.paragraph", number=number, titles=titles) if len(ordered) > 1 else None
    return scene.answer(with_lead(query, lead), told, Tier.PARAGRAPH, near=ordered[len(told) :])


def fitting(snippets: list[Snippet]) -> list[Snippet]:
    """Return two of these snippets at most, and as many as fit one answer; no text is ever cut."""
    both = sum(len(one.text) + len(one.sentence) for one in snippets[:2])
    return snippets[: 2 if both <= tuning.MOST_CHARACTERS else 1]
