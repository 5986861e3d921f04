"""What a pack has in Chinese and English, as one of them reads it."""

import pytest

from bot.answering.library import Library
from bot.pack.bilingual import called, put
from bot.pack.model import Pack, Snippet
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
    assert [called(TEA, language) for language in ("zh-Hant", "zh-Hans", "en")] == [
        "茶的來歷",
        "茶的来历",
        "Where tea is from",
    ]
    assert called(BARE, "en") == "茶的來歷"


def test_a_follow_up_is_put_in_its_readers_language() -> None:
    assert put("為什麼？ | Why?", "zh-Hant") == "為什麼？"
    assert put("為什麼？ | Why?", "zh-Hans") == "为什么？"
    assert put("為什麼？ | Why?", "en") == "Why?"
    assert put("Why?", "en") == "Why?"
    assert put("為什麼？", "en") == "", "rather a question of ours than one that is not understood"


@pytest.mark.parametrize("pack", packs(), ids=lambda pack: pack.slug)
def test_our_packs_have_all_titles_and_follow_ups_in_english_too(pack: Pack) -> None:
    titles = [called(snippet, "en") for snippet in pack.snippets]
    assert all(title.isascii() and len(title) <= LIMIT for title in titles)
    assert len(set(titles)) == len(titles)
    assert all(put(question, "en").endswith("?") for one in pack.prompts for question in one.follow_ups)
