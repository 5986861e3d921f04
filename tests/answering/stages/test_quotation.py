from pathlib import Path

import pytest

from bot.answering.engine import Engine
from bot.pack.load import load_pack
from bot.pack.model import Kind
from tests.answering.saying import lead


@pytest.mark.parametrize("asked", ["萎凋的原文怎麼寫", "給我一句萎凋的原話", "quote about withering"])
def test_without_the_text_it_says_so_and_where_to_look(tea: Engine, asked: str) -> None:
    answer = tea.answer(asked)
    assert [one.slug for one in answer.snippets] == ["withering"]
    assert "第7段" in lead(answer)
    assert "沒有收錄原文" in lead(answer)


@pytest.mark.parametrize("asked", ["感應燈的原文怎麼寫", "關於護理師路的金句"])
def test_with_the_text_a_sentence_of_it_is_quoted(asked: str) -> None:
    pack = load_pack(Path(__file__).parents[3] / "prompts" / "lights-out")
    answer = Engine(pack).answer(asked)
    words = answer.snippets[0].text.strip("「」")
    assert any(words in paragraph for paragraph in pack.paragraphs)


@pytest.mark.parametrize("asked", ["給我一句金句", "有沒有金句", "give me a quote"])
def test_of_nothing_in_particular_it_asks_back(tea: Engine, asked: str) -> None:
    answer = tea.answer(asked)
    assert answer.kind is Kind.CHOICE
    assert answer.suggestions
