from dataclasses import replace
from pathlib import Path

import pytest

from bot.answering.engine import Engine
from bot.pack.load import load_pack
from tests.answering.saying import slugs
from tests.answering.tea import SNIPPETS, write_tea

WHOLE = [
    "這篇文章主要在講什麼",
    "到底在講什麼",
    "文章大意",
    "主旨是什麼",
    "給我懶人包",
    "幫我整理文章重點",
    "這篇在講啥啦 XD",
    "这篇文章讲了什么",
    "What is this article about?",
    "summary please",
    "tl;dr",
    "what's the main idea",
]


@pytest.mark.parametrize("asked", WHOLE)
def test_a_pack_without_an_overview_puts_one_together(tea: Engine, asked: str) -> None:
    answer = tea.answer(asked)
    assert (answer.tier, len(answer.snippets)) == ("whole-text", 1)
    told = answer.snippets[0]
    assert told.title == "一杯茶的路"
    assert "產地、製茶" in told.text
    assert "焙火的好處" in told.text


@pytest.mark.parametrize("asked", WHOLE)
def test_a_pack_with_an_overview_answers_with_it(ai_film: Engine, asked: str) -> None:
    assert slugs(ai_film.answer(asked)) == ["about-article"]


def test_an_overview_is_known_by_how_it_may_be_asked_for(tmp_path: Path) -> None:
    more = "\n## 茶怎麼來 {#tale}\n關鍵詞：茶的路\n別名：這篇文章在講什麼\n出處：P1-P12\n\n從葉子到杯子的十二段路。\n"
    engine = Engine(load_pack(write_tea(tmp_path, snippets=SNIPPETS + more)))
    assert slugs(engine.answer("主旨是什麼")) == ["tale"]


@pytest.mark.parametrize("asked", ["焙火在講什麼", "陳阿水的主要觀點", "summary of roasting"])
def test_what_names_a_subject_is_not_about_the_whole(tea: Engine, asked: str) -> None:
    assert tea.answer(asked).tier != "whole-text"


def test_a_section_is_told_by_what_rests_on_it(tea: Engine) -> None:
    told = tea.answer("第一節在講什麼").snippets[0]
    assert (told.title, told.paragraphs) == ("產地", (1, 2, 3, 4))
    assert "凍頂烏龍茶" in told.text


def test_an_introduction_is_not_counted_as_the_first_section(ai_film: Engine) -> None:
    assert slugs(ai_film.answer("第一節在講什麼")) == ["section-screen"]


def test_an_empty_pack_has_no_overview_to_break_on(tea: Engine) -> None:
    assert not Engine(replace(tea.pack, snippets=(), by_slug={})).answer("那第二個呢").answered
