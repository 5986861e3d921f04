import pytest

from bot.text.pinyin import FUZZY, HOMOPHONE, OTHER, SAME, likeness, readings, syllables


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("茶", "茶", SAME),
        ("龙", "隆", HOMOPHONE),
        ("山", "三", FUZZY),
        ("牛", "流", FUZZY),
        ("茶", "水", OTHER),
    ],
)
def test_characters_are_as_alike_as_they_sound(one: str, other: str, expected: float) -> None:
    assert likeness(one, other) == expected


def test_a_character_may_have_several_readings() -> None:
    assert {"zhong", "chong"} <= set(readings("重"))


def test_what_has_no_reading_stands_for_itself() -> None:
    assert readings("é") == ("é",)


def test_syllables_keep_latin_words_whole() -> None:
    assert syllables("AI茶2包") == ["ai", "cha", "2", "bao"]
