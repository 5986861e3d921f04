"""What a pack has in Chinese and English, as one of them reads it."""

from pathlib import Path

import pytest

from bot.answering.library import Library
from bot.cli.shared import all_packs
from bot.pack.load import load_pack
from bot.pack.model import Pack, Section, Snippet
from bot.pack.topics import question_in, title_in, topic_lines
from tests.dialogue import our_packs

TEA = Snippet("tea", "茶的來歷", "茶來自山上。", gloss="Where tea is from | Tea comes from hills.")
BARE = Snippet("tea", "茶的來歷", "茶來自山上。", gloss="Tea comes from hills.")
LIMIT = 28  # letters of a button beside another one


def packs() -> list[Pack]:
    library: Library = our_packs()
    return list(library.packs.values())


def test_the_english_line_is_a_title_and_a_sentence_or_the_sentence_alone() -> None:
    assert (TEA.label, TEA.sentence) == ("Where tea is from", "Tea comes from hills.")
    assert (BARE.label, BARE.sentence) == ("", "Tea comes from hills.")
    assert Snippet("a", "題", "文").sentence == ""


def test_a_snippet_is_called_as_its_reader_speaks_where_the_pack_says_how() -> None:
    assert [title_in(TEA, language) for language in ("zh-Hant", "zh-Hans", "en")] == [
        "茶的來歷",
        "茶的来历",
        "Where tea is from",
    ]
    assert title_in(BARE, "en") == "茶的來歷"


def test_a_follow_up_is_put_in_its_readers_language() -> None:
    assert question_in("為什麼？ | Why?", "zh-Hant") == "為什麼？"
    assert question_in("為什麼？ | Why?", "zh-Hans") == "为什么？"
    assert question_in("為什麼？ | Why?", "en") == "Why?"
    assert question_in("Why?", "en") == "Why?"
    assert question_in("為什麼？", "en") == "", "rather a question of ours than one that is not understood"


@pytest.mark.parametrize("pack", packs(), ids=lambda pack: pack.slug)
def test_our_packs_have_all_titles_and_follow_ups_in_english_too(pack: Pack) -> None:
    titles = [title_in(snippet, "en") for snippet in pack.snippets]
    assert all(title.isascii() and len(title) <= LIMIT for title in titles)
    assert len(set(titles)) == len(titles)
    assert all(
        question_in(question, "en").endswith("?") for one in pack.prompts for question in one.follow_ups
    )


PROMPTS = Path(__file__).resolve().parents[2] / "prompts"


def test_topics_stand_under_the_section_of_their_first_paragraph() -> None:
    pack = Pack(
        *("x", "題", "", "", "", 3),
        sections=(Section("開頭", 1, 1), Section("後來", 2, 3)),
        snippets=(
            Snippet("b", "乙", "文", paragraphs=(2, 1)),
            Snippet("a", "甲", "文", paragraphs=(1, 3)),
            Snippet("c", "丙", "", draft=True),
        ),
    )
    assert list(topic_lines(pack)) == [
        "P1 開頭（1）",
        "  甲　{#a}　P1、P3",
        "P2-P3 後來（1）",
        "  乙　{#b}　P2、P1",
        "其他 / others（1）",
        "  丙　{#c}　－　草稿 / draft",
    ]


def test_every_snippet_of_our_packs_is_listed_once() -> None:
    for folder in all_packs(PROMPTS):
        pack = load_pack(folder)
        lines = list(topic_lines(pack))
        assert [sum(f"{{#{item.slug}}}" in line for line in lines) for item in pack.snippets] == [1] * len(
            pack.snippets
        )
