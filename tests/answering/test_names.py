import pytest

from bot.answering.engine import Engine
from bot.answering.names import AliasBook, Name, collect
from bot.pack.model import Snippet
from bot.text.folding import fold


def named(engine: Engine, text: str) -> list[str]:
    return [hit.name.shown for hit in engine.matcher.book.hits(fold(text))]


def test_names_are_found_inside_a_question(tea: Engine) -> None:
    assert named(tea, "請問陳師傅怎麼做凍頂烏龍") == ["陳師傅", "凍頂烏龍"]


def test_the_longest_name_wins(tea: Engine) -> None:
    assert named(tea, "凍頂烏龍茶") == ["凍頂烏龍茶"]


@pytest.mark.parametrize("typed", ["東頂烏龍", "凍頂屋龍", "凍鼎烏龍"])
def test_a_homophone_is_the_name(tea: Engine, typed: str) -> None:
    hits = tea.matcher.book.hits(fold(typed))
    assert hits[0].name.shown == "凍頂烏龍"
    assert 0.75 < hits[0].likeness < 1.0


def test_an_everyday_word_that_sounds_alike_is_no_slip(tea: Engine) -> None:
    assert named(tea, "培育和胃口") == []


def test_a_slip_is_none_where_its_character_begins_another_word(ai_film: Engine) -> None:
    """第一部電影 is the first film and no first part mistyped."""
    assert "第一部分" in named(ai_film, "第一部粉")
    assert "第一部分" not in named(ai_film, "第一部電影")


def test_a_mere_way_of_asking_is_only_mistyped_by_sound(ai_film: Engine) -> None:
    """賣得好不好 is a way to ask for what sells; 剪得好不好 asks something else."""
    assert named(ai_film, "賣的好不好") == ["賣得好不好"]
    assert named(ai_film, "剪得好不好") == []


@pytest.mark.parametrize("typed", ["Chen Ashiu", "Chen Ashu"])
def test_a_slip_in_a_latin_name_is_found(tea: Engine, typed: str) -> None:
    assert named(tea, typed) == ["Chen Ashui"]


def test_a_name_that_is_an_english_word_for_something_else_is_none_in_english(ai_film: Engine) -> None:
    """Premiere is a program in a Chinese question; in an English one the premiere is a first showing."""
    assert named(ai_film, "Premiere是什麼") == ["Premiere"]
    assert named(ai_film, "when did the premiere take place") == []
    assert named(ai_film, "what is the metaverse") == ["metaverse"]  # which means what the snippet is about


def test_a_latin_name_is_not_found_inside_a_word() -> None:
    book = AliasBook([Name("tea", "tea", ((0, "keyword"),))])
    assert book.hits("teacher") == []
    assert [hit.name.shown for hit in book.hits("green tea")] == ["tea"]
    assert [hit.name.shown for hit in book.hits("tea2")] == ["tea"]


def test_a_bare_date_is_no_name() -> None:

    names = collect([Snippet("a", "2025年11月", "t", keywords=("5000",))], {})
    assert names == []


def test_two_letters_are_a_name_when_they_are_a_keyword() -> None:
    xr = Snippet("xr", "擴展現實", "…", keywords=("XR",), aliases=("AR",))
    names = {name.folded for name in collect([xr], {})}
    assert "xr" in names
    assert "ar" not in names
