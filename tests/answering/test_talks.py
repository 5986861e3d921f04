"""Whole dialogues with the packs that come with the bot; the texts are in `talks/`."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.answering.engine import Engine
from bot.pack.load import load_pack
from tests.answering.talks import Talk, talks

PACKS = Path(__file__).parents[2] / "prompts"


@pytest.fixture(scope="module")
def engines(ai_film: Engine) -> Mapping[str, Engine]:
    return {"ai-film": ai_film, "lights-out": Engine(load_pack(PACKS / "lights-out"))}


@pytest.mark.parametrize("talk", talks("follow_ups"), ids=lambda talk: f"{talk.before[-1]}-{talk.asked}")
def test_a_follow_up_is_answered_from_the_topic_it_means(engines: Mapping[str, Engine], talk: Talk) -> None:
    _check(engines, talk)


@pytest.mark.parametrize("talk", talks("chatter"), ids=lambda talk: talk.asked)
def test_a_plain_question_is_heard_through_chatter(engines: Mapping[str, Engine], talk: Talk) -> None:
    _check(engines, talk)


def _check(engines: Mapping[str, Engine], talk: Talk) -> None:
    answer = engines[talk.pack].answer(talk.asked, history=talk.before)
    assert answer.answered == bool(talk.slugs)
    assert not talk.slugs or answer.snippets[0].slug in talk.slugs


@pytest.mark.parametrize("asked", ["誰拍的", "導演是誰", "他幾歲"])
def test_a_bare_attribute_that_is_not_told_is_said_to_be_missing(
    engines: Mapping[str, Engine], asked: str
) -> None:
    before = "車傳鋒是誰" if asked == "他幾歲" else "觀看天空是哪一國的片"
    answer = engines["ai-film"].answer(asked, history=[before])
    assert "沒有提到" in answer.lead


def test_a_suggested_topic_that_was_named_may_be_leaned_on(ai_film: Engine) -> None:
    doubtful = "雕刻時光算不算名言"
    assert ai_film.answer(doubtful).tier == "did-you-mean"
    answer = ai_film.answer("他是誰", history=[doubtful])
    assert [snippet.slug for snippet in answer.snippets] == ["tarkovsky"]
