"""A library that was taught more aliases, questions put together, and why an answer is as it is."""

import shutil
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from bot.answering.engine import Engine
from bot.answering.explain import explain
from bot.answering.library import Library
from bot.pack.topics import main_topics
from bot.text.similarity_groups import group
from tests.answering.tea import write_tea

WORDING = "我阿嬤那種黑黑的茶"


def _two_packs(folder: Path) -> None:
    written = write_tea(folder)
    shutil.copytree(written, folder / "more-tea")


def test_a_taught_wording_is_answered_and_the_first_library_stays_as_it_was(tmp_path: Path) -> None:
    write_tea(tmp_path)
    plain = Library.open(tmp_path)
    taught = plain.taught({"tea": {"roasting": (WORDING,)}, "gone": {"x": ("y",)}})
    answer = taught.engine("tea").answer(WORDING)
    assert (answer.tier, [snippet.slug for snippet in answer.snippets]) == ("alias", ["roasting"])
    assert plain.engine("tea").answer(WORDING).tier != "alias"


def test_engines_that_nothing_was_taught_are_taken_over(tmp_path: Path) -> None:
    _two_packs(tmp_path)
    plain = Library.open(tmp_path)
    kept = plain.engine("more-tea")
    plain.engine("tea")
    taught = plain.taught({"tea": {"roasting": (WORDING,)}})
    assert taught.is_ready("more-tea")
    assert not taught.is_ready("tea")
    assert taught.engine("more-tea") is kept
    assert taught.taught({}).engine("more-tea") is kept
    assert taught.taught({}).engine("tea").answer(WORDING).tier != "alias"


def test_what_the_pack_says_itself_or_has_no_snippet_for_changes_nothing(tmp_path: Path) -> None:
    write_tea(tmp_path)
    plain = Library.open(tmp_path)
    known = plain.packs["tea"].by_slug["roasting"].aliases[0]
    assert plain.taught({"tea": {"roasting": (known,), "no-such-snippet": ("什麼",)}}) is plain


def test_like_questions_are_put_together_under_the_wording_used_most() -> None:
    texts = [
        "焙火會不會致癌？",
        "請問焙火會不會致癌",
        "茶可以減肥嗎",
        "焙火會致癌嗎",
        "请问焙火会不会致癌",
        "茶可以減肥嗎",
        "焙火會不會致癌？",
    ]
    first, second = group(texts)
    assert (first.wording, first.members) == ("焙火會不會致癌？", (0, 1, 3, 4, 6))
    assert (second.wording, second.members) == ("茶可以減肥嗎", (2, 5))


def test_short_questions_that_differ_in_a_character_stay_apart() -> None:
    assert len(group(["茶是誰", "人是誰", "茶是誰"])) == 2


@given(st.lists(st.text(max_size=12), max_size=30))
def test_every_text_is_in_exactly_one_group(texts: list[str]) -> None:
    assert sorted(place for found in group(texts) for place in found.members) == list(range(len(texts)))


def test_the_main_topics_are_those_that_others_name(tea: Engine) -> None:
    shown = main_topics(tea.pack.snippets, 2)
    assert "roasting" in [snippet.slug for snippet in shown]
    assert len(shown) == 2


def test_an_explanation_has_the_answer_and_what_decided_it(tea: Engine) -> None:
    told = explain(tea, "陳阿水認為焙火有什麼缺點")
    assert told.answer == tea.answer("陳阿水認為焙火有什麼缺點")
    assert told.answer.why
    assert told.rivals[0].snippet == told.answer.snippets[0]
    assert 0.0 < told.rivals[0].coverage <= 1.0


def test_what_is_no_question_is_explained_all_the_same(tea: Engine) -> None:
    assert explain(tea, "你好").answer.tier == "smalltalk"
    empty = explain(tea, "")
    assert (empty.answer.tier, empty.rivals) == ("smalltalk", ())
