from pathlib import Path

import pytest

from bot.answering.engine import Engine
from bot.pack.load import load_pack
from tests.answering.saying import lead, slugs
from tests.answering.tea import SNIPPETS, write_tea


@pytest.mark.parametrize(
    ("asked", "slug", "said"),
    [
        ("凍頂烏龍多少錢", "dongding", "文章沒有提到「凍頂烏龍」的價格。"),
        ("陳阿水幾歲", "chen-ashui", "文章沒有提到「陳阿水」的年齡。"),
        ("陳師傅的生日是什麼時候", "chen-ashui", "文章沒有提到「陳阿水」的生日。"),
    ],
)
def test_what_the_pack_declares_as_absent_is_said_to_be_missing(
    tea: Engine, asked: str, slug: str, said: str
) -> None:
    answer = tea.answer(asked)
    assert (answer.tier, slugs(answer), lead(answer)) == ("absent", [slug], said)


def test_in_english_it_is_a_sentence_too(tea: Engine) -> None:
    answer = tea.answer("How old is Chen Ashui?")
    assert answer.tier == "absent"
    assert lead(answer, "en").startswith("The reading does not say")


@pytest.mark.parametrize(
    ("declared", "asked", "said"),
    [
        ("萎凋要幾小時", "萎凋要幾小時？", "文章沒有提到萎凋要幾小時。"),
        ("曬場的名字", "萎凋的曬場的名字是什麼", "文章沒有提到「萎凋」的曬場的名字。"),
        ("the name of the yard", "what is the name of the withering yard?", "文章沒有提到"),
    ],
)
def test_phrases_may_be_declared_in_either_language(
    tmp_path: Path, declared: str, asked: str, said: str
) -> None:
    text = SNIPPETS.replace("出處：P7\n", f"出處：P7\n沒提到：{declared}\n").replace(
        "English: With", "English: Withering | With"
    )
    answer = Engine(load_pack(write_tea(tmp_path, snippets=text))).answer(asked)
    assert answer.tier == "absent"
    assert lead(answer).startswith(said)


def test_what_the_snippet_itself_says_is_not_denied(tmp_path: Path) -> None:
    text = SNIPPETS.replace("出處：P7\n", "出處：P7\n沒提到：日光\n")
    assert Engine(load_pack(write_tea(tmp_path, snippets=text))).answer("萎凋的日光").tier != "absent"


def test_another_question_about_the_same_thing_is_answered(tea: Engine) -> None:
    assert not lead(tea.answer("凍頂烏龍產在哪裡"))
