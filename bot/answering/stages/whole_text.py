"""The question that every reading gets: what is it about? And the same of one of its sections."""

import re

from bot.answering import tuning
from bot.answering.stages.numerals import NUMERAL, number_of
from bot.answering.stages.query import Query
from bot.answering.stages.scene import Scene, made
from bot.pack.model import Answer, Section, Snippet, Tier
from bot.pack.topics import title_in
from bot.text.dialects import heard

_THIS = (
    r"(?:(?:这|那|本|该|整|全)(?:一)?(?:篇|份|本|则|个)?(?:的)?"
    r"(?:文章|课文|文本|读物|短文|长文|文|报导|报道|新闻|散文|故事|阅读|材料|内容)?|文章|课文|作者|内容)"
)
_WHOLE = re.compile(
    rf"(?:{_THIS}.{{0,8}}?)?(?:主要|大概|大致|到底|究竟|整体|基本上|简单|核心)*(?:是)?(?:在|想|要|"
    r"想要)?(?:讲|说|谈|写|讨论|探讨|介绍|表达|传达|主张)(?:了|的)?(?:是)?(?:些)?(?:什么|啥|"
    r"哪些)(?:东西|内容|事情?|重点|主题)?"
    r"|大意|主旨|要旨|大纲|概要|梗概|摘要|总结|懒人包|中心思想|中心论点|核心(?:论点|观点|思想)|"
    r"(?:主要|核心|整篇|全文|文章|课文|这篇)(?:的)?(?:内容|主题|论点|观点|重点|意思)|重点(?:整理|"
    r"是什么|有哪些)?|主题(?:是什么)?$|一句话(?:说|讲|总结)?"
    r"|\b(?:summar(?:y|ise|ize)(?: of)?|tldr|tl dr|gist|overview|in a nutshell|main (?:idea|point|"
    r"argument|message|topic|theme)s?|key (?:point|message|takeaway)s?|thesis)\b"
    rf"|\bwhat(?:s| is| are| does| do)? .{{0,20}}?\b(?:text|article|reading|essay|piece|story|"
    rf"passage|author|writer|it)\b.{{0,12}}?\b(?:about|say|saying|argue|arguing|mean|discuss|want)\b",
    re.ASCII,
)
_DRESS = re.compile(
    r"帮我|帮忙|给我|整理|用|最|请|出来|一下|有没有|有|吗|呢|的|是|\b(?:the|this|that|of|article|"
    r"text|reading|essay|piece|passage|me|give|please|a|an|in|one|sentence|short|is|what|whats|can|"
    rf"you|it|author|writer|to|all|whole|say|try|trying)\b|{_THIS}",
    re.ASCII,
)
_SECTION = re.compile(
    rf"第\s*({NUMERAL})\s*(?:个)?\s*(?:节|部分|章|大段|小节)|\b(?:section|part) ({NUMERAL})\b", re.ASCII
)
_OPENING = ("引言", "前言", "导言", "开头", "序", "introduction", "opening")


def whole_text(query: Query, scene: Scene) -> Query | Answer:
    """Answer what the text or a section is about; a question with a subject of its own goes on."""
    if not scene.snippets:
        return query
    if match := _SECTION.search(query.asked):
        return _section(query, scene, match)
    if not is_about_all(query.asked, scene):
        return query
    return scene.answer(
        query.noting("whole"),
        [overview(scene)],
        Tier.WHOLE_TEXT,
        near=(*_sections(scene), *scene.main_topics),
    )


def is_about_all(asked: str, scene: Scene) -> bool:
    """Return whether a text asks what the reading is about, and names nothing else."""
    match = _WHOLE.search(asked)
    if match is None:
        return False
    rest = _DRESS.sub(" ", f"{asked[: match.start()]} {asked[match.end() :]}").strip()
    title = heard(scene.pack.title)
    return (
        not any(unit.text not in title or unit.weight > tuning.TELLING for unit in scene.units(rest))
        if rest
        else True
    )


def overview(scene: Scene) -> Snippet:
    """Return the snippet on the whole text; where the pack has none, one put together from its parts."""
    wide = [
        one for one in scene.snippets if len(one.paragraphs) >= tuning.OVERVIEW * scene.pack.paragraph_count
    ]
    asked = [
        one
        for one in scene.snippets
        if any(is_about_all(heard(way), scene) for way in (one.title, one.label, *one.aliases) if way)
    ]
    return next(iter([one for one in asked if one in wide] or asked[:1] or wide[:1]), None) or _put_together(
        scene
    )


def _put_together(scene: Scene) -> Snippet:
    pack = scene.pack
    chinese = pack.language != "en"
    sections = ("、" if chinese else "; ").join(part.title for part in pack.sections)
    topics = ("、" if chinese else "; ").join(one.title for one in scene.main_topics)
    lines = [sections and ("分成：" if chinese else "Its parts: ") + sections]
    lines.append(topics and ("主要談到：" if chinese else "It speaks of: ") + topics)
    return made("whole-text", pack.title, "\n".join(filter(None, lines)))


def _sections(scene: Scene) -> list[Snippet]:
    """Return for each section the snippet that rests on it, where there is one."""
    found = [_of_section(scene, part) for part in scene.pack.sections]
    return [one for one in found if one is not None]


def _of_section(scene: Scene, part: Section) -> Snippet | None:
    wanted = set(range(part.first, part.last + 1))
    for number in scene.resting_on(part.first, part.last)[:1]:
        own = set(scene.snippets[number].paragraphs)
        if len(own & wanted) >= tuning.OVERVIEW * len(own | wanted):
            return scene.snippets[number]
    return None


def _section(query: Query, scene: Scene, match: re.Match[str]) -> Query | Answer:
    """Return what a section says; an introduction is not counted as the first."""
    rest = _DRESS.sub(" ", _WHOLE.sub(" ", f"{query.asked[: match.start()]} {query.asked[match.end() :]}"))
    parts = [part for part in scene.pack.sections if not heard(part.title).startswith(_OPENING)]
    number = number_of(match[1] or match[2])
    if scene.units(rest) or not 1 <= number <= len(parts):
        return query
    part = parts[number - 1]
    found = _of_section(scene, part)
    inside = [scene.snippets[n] for n in scene.resting_on(part.first, part.last)]
    if found is None:
        titles = "、".join(title_in(one, "zh-Hant") for one in inside[: tuning.MOST_SUGGESTIONS * 2])
        found = made(f"section-{number}", part.title, titles, range(part.first, part.last + 1))
    return scene.answer(query.noting("section", number=number), [found], Tier.WHOLE_TEXT, near=inside)
