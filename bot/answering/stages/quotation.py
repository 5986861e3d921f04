"""Who asks for the reading's own words gets a sentence of it, or an honest no with the place to look in."""

import re
from dataclasses import replace

from bot.answering.stages.query import Query, Want, said
from bot.answering.stages.scene import Scene, made
from bot.pack.model import Answer, Kind, Snippet, Tier
from bot.text.dialects import heard

_ASKS = re.compile(
    r"(?:原文|原话|原句)(?:是|里|中|上)?(?:怎么|如何)?(?:说|写|讲|表达)?(?:的)?(?:什么|啥)?|金句|逐字|一字不[差漏]|(?:引用|引述|摘录|抄)(?:一?[句段])?(?:原文|文章|的话)?|(?:给|找|来|挑|举)(?:我|出)?(?:一|几|两)句(?:话)?|\b(?:quotes?|quotation|exact (?:words|wording|sentence)|verbatim|word for word|original (?:sentence|wording|words))\b",
    re.ASCII,
)
_DRESS = re.compile(
    r"给我|找|出|文章|文中|里面?|作者|可以|帮我|有没有|一句|句|话|最|好|经典|漂亮|的|来|关于|\b(?:give|me|a|an|the|from|text|article|reading|find|some|good|best|about|on|of|is|what|are|say|can|you|i|need|please)\b",
    re.ASCII,
)
_SENTENCE = re.compile(r"[^。！？!?]+[。！？!?]+[」』”’]*|[^.!?]+[.!?]+[\"”’]*(?=\s|$)|.+$")


def quotation(query: Query, scene: Scene) -> Query | Answer:
    """Note that the reading's own words are wanted, and of what; without a subject, offer the main ones."""
    if not _ASKS.search(query.asked):
        return query
    rest = heard(_ASKS.sub(" ", query.asked))
    seen = replace(query, want=Want.QUOTATION, asked=rest).noting("quotation")
    if scene.units(_DRESS.sub(" ", rest)) or (query.before and not scene.is_name(rest)):
        return seen
    key = "lead.which_quotation" if scene.pack.paragraphs else "lead.no_text"
    return scene.refuse(seen, Kind.CHOICE, Tier.QUOTATION, lead=said(key), near=scene.main_topics)


def quoted(query: Query, scene: Scene, snippet: Snippet) -> Snippet | None:
    """Return the reading's sentence that has most of what is asked and told; None where there is no text."""
    wanted = {unit.text: unit.weight for unit in query.ranking.units}
    for unit in scene.units(snippet.text):
        wanted.setdefault(unit.text, unit.weight / 4)  # what the snippet says breaks the tie
    best, most = None, 0.0
    for number in snippet.paragraphs:
        if number > len(scene.pack.paragraphs):
            continue
        for match in _SENTENCE.finditer(scene.pack.paragraphs[number - 1]):
            folded = heard(match[0])
            told = sum(weight for word, weight in wanted.items() if word in folded)
            if told > most and len(folded) > 3:  # noqa: PLR2004  a mere exclamation is no quotation
                most = told
                words = match[0].strip()
                quote = f"「{words}」" if scene.pack.language != "en" else f"“{words}”"
                best = made(f"paragraph-{number}", snippet.title, quote, (number,), snippet.label)
    return best
