"""Whole dialogues with the packs that come with the bot; the texts are in `talks/`."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.answering.engine import Engine
from bot.pack.load import load_pack
from bot.pack.model import Kind
from tests.answering.saying import lead
from tests.answering.talks import Talk, talks

PACKS = Path(__file__).parents[2] / "prompts"


@pytest.fixture(scope="module")
def engines(ai_film: Engine) -> Mapping[str, Engine]:
    return {"ai-film": ai_film, "lights-out": Engine(load_pack(PACKS / "lights-out"))}


@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("follow_ups", 0.86),  # a follow-up is answered from the topic that it means
        ("chatter", 0.85),  # a plain question is heard through chatter
    ],
)
def test_dialogues_are_mostly_understood(engines: Mapping[str, Engine], name: str, least: float) -> None:
    """The dialogues were written for more rules than are worth their lines: a share of them is held."""
    wrong = [talk for talk in talks(name) if not _is_right(engines, talk)]
    assert len(wrong) <= (1 - least) * len(talks(name)), wrong


def _is_right(engines: Mapping[str, Engine], talk: Talk) -> bool:
    answer = engines[talk.pack].answer(talk.asked, history=talk.before)
    return answer.snippets[0].slug in talk.slugs if answer.snippets else not talk.slugs


@pytest.mark.parametrize("asked", ["誰拍的", "導演是誰", "他幾歲"])
def test_a_bare_attribute_that_is_not_told_is_said_to_be_missing(
    engines: Mapping[str, Engine], asked: str
) -> None:
    before = "車傳鋒是誰" if asked == "他幾歲" else "觀看天空是哪一國的片"
    answer = engines["ai-film"].answer(asked, history=[before])
    assert "沒有提到" in lead(answer)


def test_a_suggested_topic_may_be_leaned_on(tea: Engine) -> None:
    doubtful = tea.answer("方紙的大小")
    assert doubtful.kind is Kind.CHOICE
    answer = tea.answer("那是誰說的", history=["方紙的大小"])
    assert answer.snippets == doubtful.suggestions[:1]
