import re
import tomllib
from typing import Any

import pytest

from bot.pages.charts.chart import chart_labels, counted
from bot.pages.fonts import drawable
from bot.pages.texts import FOLDER, LANGUAGES, phrases


def written(language: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{language}.toml").read_text("utf-8"))


def fields(phrase: Any) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", str(phrase)))


def test_both_written_languages_have_the_same_phrases_with_the_same_fields() -> None:
    chinese, english = written("zh-Hant"), written("en")
    assert {section: list(found) for section, found in chinese.items()} == {
        section: list(found) for section, found in english.items()
    }
    for section, found in chinese.items():
        for key, phrase in found.items():
            assert fields(phrase) == fields(english[section][key]), f"{section}.{key}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_label_is_there_and_drawable(language: str) -> None:
    for section in phrases(language).values():
        for phrase in section.values():
            for text in phrase if isinstance(phrase, list) else [phrase]:
                assert text == drawable(text)
    assert len(chart_labels(language).steps) == 5


def test_simplified_chinese_is_derived() -> None:
    assert chart_labels("zh-Hans").steps[4] == "强烈赞成"


def test_a_language_that_we_do_not_speak_is_refused() -> None:
    with pytest.raises(KeyError, match="fr"):
        phrases("fr")


def test_numbers_take_the_singular_where_there_is_one() -> None:
    assert counted("{n} person|{n} people", 1) == "1 person"
    assert counted("{n} person|{n} people", 1234) == "1,234 people"
    assert counted("{n} 人", 1) == "1 人"
