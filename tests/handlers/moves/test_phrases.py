import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.handlers.common.places import Place, there
from bot.handlers.moves.phrases import line_of
from bot.pack.topics import question_in
from bot.seminar.moves.records import Kind, Spotted, Trigger
from bot.seminar.moves.table import BY_KIND
from bot.seminar.records import Round
from bot.speech import load_speech
from tests.dialogue import Seminar

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
ABOUT = {"revoice": "kentridge-traces", "evidence": "tarkovsky", "counter": "symbol-collage", "slow": "45"}
JUDGING = ("你錯", "不對", "答錯", "太差", "離題", "不夠好", "應該要", "wrong", "incorrect", "bad answer")


@pytest.fixture
def place(seminar: Seminar) -> Place:
    made = seminar.store.seminars.bind(-1001, pack="ai-film", language="zh-Hant")
    return there(seminar.house, made)


def spotted(kind: Kind, number: int) -> Spotted:
    about = ABOUT.get(kind, "1")
    return Spotted(kind, NOON, Trigger(-1001, number), about)


ROUND = Round(id=3, seminar_id=1, prompt_slug="main-question", prompt_text="題目", opened_at=NOON)


@pytest.mark.parametrize("kind", list(BY_KIND))
@pytest.mark.parametrize("language", ["zh-Hant", "zh-Hans", "en"])
def test_each_kind_has_several_phrasings_and_keeps_to_one_for_a_remark(
    place: Place, kind: Kind, language: str
) -> None:
    there = Place(place.services, place.bot, replace(place.seminar, language=language))
    said = [line_of(there, ROUND, spotted(kind, number)) for number in range(1, 13)]
    assert len(set(said)) >= 2
    assert said == [line_of(there, ROUND, spotted(kind, number)) for number in range(1, 13)]
    for line in said:
        assert "\n" not in line
        assert "{" not in line
        assert len(line) <= 300


@pytest.mark.parametrize("language", ["zh-Hant", "en"])
def test_no_phrase_judges(language: str) -> None:
    for key, phrase in load_speech().phrases[language].items():
        if key.startswith("line."):
            assert not [word for word in JUDGING if word in phrase.lower()], key


def test_every_group_line_in_chinese_asks_or_invites() -> None:
    for key, phrase in load_speech().phrases["zh-Hant"].items():
        if key.startswith("line.") and key not in {"line.slow", "line.invite", "line.wake"}:
            for line in phrase.splitlines():
                assert re.search("[？嗎吧。：]", line), line


def test_a_prompt_in_the_teachers_own_words_is_quoted_in_one_short_line(place: Place) -> None:
    own = replace(ROUND, prompt_slug="", prompt_text="很長的\n題目{title}" * 30)
    line = line_of(place, own, spotted("invite", 1))
    assert "\n" not in line
    assert "很長的 題目{title}" in line
    assert len(line) < 160


def test_waking_uses_the_prompts_own_further_questions(place: Place) -> None:
    prompt = place.pack.prompt("main-question")
    assert prompt is not None
    for number, question in enumerate(prompt.follow_ups):
        said = line_of(place, ROUND, Spotted("wake", NOON, about=str(number)))
        assert said.endswith(question_in(question, "zh-Hant"))
    assert "：{" not in line_of(place, ROUND, Spotted("wake", NOON, about=""))


def test_in_english_all_that_is_said_is_english(place: Place) -> None:
    english = Place(place.services, place.bot, replace(place.seminar, language="en"))
    assert line_of(english, ROUND, Spotted("wake", NOON, about="0")).endswith(": What do you mean by warmth?")
    for number in range(3):
        assert "“Who is Tarkovsky”" in line_of(english, ROUND, spotted("evidence", number))


def test_a_further_question_in_chinese_alone_is_not_asked_of_an_english_class(place: Place) -> None:
    english = Place(place.services, place.bot, replace(place.seminar, language="en"))
    prompt = english.pack.prompt("main-question")
    assert prompt is not None
    pack = replace(english.pack, prompts=(replace(prompt, follow_ups=("你說的「溫度」是指什麼？",)),))
    english.services.library.packs[pack.slug], kept = pack, english.services.library.packs[pack.slug]
    try:
        said = line_of(english, ROUND, Spotted("wake", NOON, about="0"))
    finally:
        english.services.library.packs[pack.slug] = kept
    assert said in load_speech().plain("en", "line.wake_plain").splitlines()


def test_evidence_is_named_with_its_paragraph(place: Place) -> None:
    assert "第9段" in line_of(place, ROUND, spotted("counter", 1))
    english = Place(place.services, place.bot, replace(place.seminar, language="en"))
    assert "paragraph 9" in line_of(english, ROUND, spotted("counter", 1))
