"""English seminars say nothing in Chinese but the reading's own words; Simplified ones are so throughout.

A whole lesson is held, and everything looked through that anybody got to read: see lines_heard.py.
"""

import html
import re
from pathlib import Path

import pytest

from bot.pack.model import Pack
from bot.text.folding import to_simplified
from tests.dialogue import holding, our_packs
from tests.simulation.lines_heard import lines_heard
from tests.simulation.whole_lesson import COLLAGE, DIRECTED, Lesson, a_class

HAN = re.compile(r"[\u3400-\u9fff]")
CUT = "…"
IN_THEIR_OWN_LANGUAGE = ("繁體中文", "简体中文")  # in /settings, for who reads nothing else


def texts_of(pack: Pack) -> set[str]:
    """The reading's own words: whole lines, as its pack has them."""
    own = {pack.title, pack.author, pack.source}
    for snippet in pack.snippets:
        own |= {snippet.title, snippet.speaker, *snippet.text.splitlines(), snippet.sentence}
        own.add(f"{snippet.sentence} {' '.join(snippet.text.split())}")  # as inline mode describes it
    for prompt in pack.prompts:
        own |= {prompt.title, *prompt.text.splitlines(), prompt.gloss}
    return {text for text in own if HAN.search(text)}


def own_words() -> set[str]:
    found = set[str]().union(*map(texts_of, our_packs().packs.values()))
    return {*found, *IN_THEIR_OWN_LANGUAGE, DIRECTED, COLLAGE, "大夢"}  # the title asked for, in /why


def is_ours(line: str, own: set[str], pattern: re.Pattern[str]) -> bool:
    """Return whether a line has Chinese that is neither the reading's nor a student's."""
    if not HAN.search(line):
        return False
    rest = html.unescape(line)
    if rest.endswith(CUT) and any(text.startswith(rest.removesuffix(CUT)) for text in own):
        return False
    return bool(HAN.search(pattern.sub("", rest)))


async def test_an_english_seminar_says_nothing_in_chinese_but_the_readings_own_words(tmp_path: Path) -> None:
    async with holding(tmp_path, world=a_class("en")) as seminar:
        lesson = Lesson(seminar, "en")
        await lesson.play()
        lines = [*await lines_heard(lesson)]
    own = own_words()
    pattern = re.compile("|".join(map(re.escape, sorted(own, key=len, reverse=True))))
    assert len(lines) > 10_000, "the lesson was heard"
    assert dict.fromkeys(found for found in lines if is_ours(found[1], own, pattern)) == {}


async def test_a_simplified_seminar_is_simplified_throughout(tmp_path: Path) -> None:
    async with holding(tmp_path, world=a_class("zh-Hans")) as seminar:
        lesson = Lesson(seminar, "zh-Hans")
        await lesson.play()
        lines = [*await lines_heard(lesson)]
    assert len(lines) > 10_000, "the lesson was heard"
    assert dict.fromkeys(found for found in lines if to_simplified(found[1]) != found[1]) == {}


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_what_is_left_out_of_account_is_only_the_readings(language: str) -> None:
    own, pattern = own_words(), re.compile("|".join(map(re.escape, own_words())))
    assert is_ours("第 3 輪", own, pattern)
    assert is_ours("Otter 說", own, pattern), language
    assert not is_ours("<b>塔可夫斯基是誰</b>", own, pattern)
