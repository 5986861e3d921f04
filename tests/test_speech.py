import ast
import re
import string
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.app import EVERYBODY, STEERING
from bot.speech import (
    HAN,
    LOCALES,
    TAG,
    Markup,
    answering_language,
    fitting_language,
    load_speech,
    pieces,
    shorten,
    visible_length,
)
from bot.text.folding import to_simplified

BOT = LOCALES.parent
EXPORTS = BOT.parent / "db" / "exports"
SPEAKERS = [
    BOT / "app.py",
    BOT / "context.py",
    *(BOT / "handlers").rglob("*.py"),
    *(BOT / "answering").rglob("*.py"),
    *EXPORTS.glob("*.py"),
]
SPEECH = load_speech()


def fields_of(phrase: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(phrase) if name}


def literals(path: Path) -> set[str]:
    """All strings in a file, f-strings with a star for each field."""
    nodes = list(ast.walk(ast.parse(path.read_text("utf-8"))))
    formatted = [node for node in nodes if isinstance(node, ast.JoinedStr)]
    inner = {id(part) for node in formatted for part in node.values}
    found = {
        "".join(str(part.value) if isinstance(part, ast.Constant) else "*" for part in node.values)
        for node in formatted
    }
    return found | {
        node.value
        for node in nodes
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inner
    }


@cache
def used_keys() -> frozenset[str]:
    """All strings in the code that look like the key of a phrase: a section's name, a dot, a word."""
    sections = "|".join({key.split(".")[0] for key in SPEECH.phrases["zh-Hant"]})
    shape = re.compile(rf"({sections})\.[a-z0-9_*]+")
    everything = set[str]().union(*(literals(path) for path in SPEAKERS))
    return frozenset(text for text in everything if shape.fullmatch(text))


def matches(pattern: str, key: str) -> bool:
    return fnmatchcase(key, pattern)


def test_every_language_has_the_same_keys() -> None:
    assert SPEECH.phrases["zh-Hant"].keys() == SPEECH.phrases["en"].keys() == SPEECH.phrases["zh-Hans"].keys()


@pytest.mark.parametrize("key", sorted(SPEECH.phrases["zh-Hant"]))
def test_a_phrase_has_the_same_fields_and_markup_in_every_language(key: str) -> None:
    chinese, english = SPEECH.phrases["zh-Hant"][key], SPEECH.phrases["en"][key]
    assert fields_of(chinese) == fields_of(english) or key in EACH_ITS_OWN
    assert chinese.count("<b>") == english.count("<b>")
    assert fields_of(SPEECH.phrases["zh-Hans"][key]) == fields_of(chinese)


EACH_ITS_OWN = {"lead.absent", "saw.absent"}  # what is absent has a name of its own in each language


@pytest.mark.parametrize("key", sorted(SPEECH.phrases["zh-Hant"]))
def test_every_phrase_is_used_somewhere(key: str) -> None:
    assert any(matches(used, key) for used in used_keys())


def test_english_phrases_have_no_chinese_but_the_names_of_languages() -> None:
    every = SPEECH.phrases["en"]
    names = {"settings.language_zh_hant", "settings.language_zh_hans"}
    assert [key for key, phrase in every.items() if HAN.search(phrase) and key not in names] == []


def test_simplified_phrases_are_simplified() -> None:
    every = SPEECH.phrases["zh-Hans"]
    assert [key for key, phrase in every.items() if to_simplified(phrase) != phrase] == []


def test_every_key_in_the_code_is_a_phrase() -> None:
    known = SPEECH.phrases["zh-Hant"]
    wrong = [used for used in used_keys() if not any(matches(used, key) for key in known)]
    assert wrong == []


def test_labels_and_toasts_carry_no_markup() -> None:
    for language, phrases in SPEECH.phrases.items():
        for key, phrase in phrases.items():
            if key.split(".")[0] in {"button", "toast", "command", "step", "file"}:
                assert "<" not in phrase, (language, key)


def test_commands_are_described_within_telegrams_limit() -> None:
    for phrases in SPEECH.phrases.values():
        assert all(len(text) <= 256 for key, text in phrases.items() if key.startswith("command."))


def test_toasts_fit_without_being_cut() -> None:
    for phrases in SPEECH.phrases.values():
        assert all(len(text) <= 180 for key, text in phrases.items() if key.startswith("toast."))


def test_simplified_chinese_is_derived() -> None:
    assert SPEECH.plain("zh-Hans", "step.5") == "强烈赞成"


def test_what_people_wrote_is_escaped_and_markup_is_not() -> None:
    said = SPEECH.say("zh-Hant", "round.own", text="<script>&</script>")
    assert said == "<b>&lt;script&gt;&amp;&lt;/script&gt;</b>"
    assert SPEECH.say("zh-Hant", "round.own", text=Markup("<i>x</i>")) == "<b><i>x</i></b>"


def test_braces_in_what_people_wrote_stay_as_they_are() -> None:
    assert SPEECH.say("en", "round.own", text="{title} {0} {") == "<b>{title} {0} {</b>"


def test_plain_text_has_neither_tags_nor_entities() -> None:
    assert "<code>" in SPEECH.phrases["zh-Hant"]["stance.how"]
    assert "<" not in SPEECH.plain("zh-Hant", "stance.how")


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("zh-hant", "zh-Hant"),
        ("zh-hans", "zh-Hans"),
        ("zh-CN", "zh-Hans"),
        ("zh", "zh-Hant"),
        ("en-GB", "en"),
        ("fr", "zh-Hant"),
        (None, "zh-Hant"),
    ],
)
def test_a_telegram_language_becomes_one_of_ours(code: str | None, expected: str) -> None:
    assert fitting_language(code, "zh-Hant") == expected


def test_whoever_asks_in_chinese_reads_chinese() -> None:
    assert answering_language("塔可夫斯基是誰？", "en") == "zh-Hant"
    assert answering_language("塔可夫斯基是谁？", "zh-Hans") == "zh-Hans"
    assert answering_language("Who is Tarkovsky?", "zh-Hant") == "en"
    assert answering_language("？？", "en") == "en"


def test_long_texts_are_cut_at_line_ends() -> None:
    lines = [f"第{number}行" + "字" * 50 for number in range(200)]
    parts = pieces("\n".join(lines))
    assert len(parts) > 1
    assert all(visible_length(part) <= 4096 for part in parts)
    assert "\n".join(parts).split("\n") == lines


def test_a_tag_that_is_open_at_a_cut_is_closed_and_opened_again() -> None:
    first, second = pieces("<b>" + "字" * 30 + "\n" + "詞" * 30 + "</b>", limit=40)
    assert first == "<b>" + "字" * 30 + "</b>"
    assert second == "<b>" + "詞" * 30 + "</b>"


def test_an_entity_is_never_cut() -> None:
    parts = pieces("&lt;" * 25, limit=10)
    assert parts == ["&lt;" * 10, "&lt;" * 10, "&lt;" * 5]


@given(st.lists(st.sampled_from(["字", "&amp;", "<b>粗</b>", "\n", "🎬", "a "]), max_size=120))
def test_any_text_is_cut_into_parts_that_telegram_takes(bits: list[str]) -> None:
    parts = pieces("".join(bits), limit=16)
    assert all(0 < visible_length(part) <= 16 for part in parts)
    assert all(part.count("<b>") == part.count("</b>") for part in parts)
    shown = TAG.sub("", "".join(parts))
    assert "".join(shown.split()) == "".join(TAG.sub("", "".join(bits)).split())


@given(st.text(), st.integers(min_value=2, max_value=50))
def test_a_shortened_text_keeps_within_utf16_units(text: str, limit: int) -> None:
    assert len(shorten(text, limit).encode("utf-16-le", "surrogatepass")) // 2 <= limit


@pytest.mark.parametrize("language", ["zh-Hant", "zh-Hans", "en"])
def test_help_in_a_group_names_what_teachers_and_students_can_do(language: str) -> None:
    told = SPEECH.say(language, "help.group", bot="WenduBot")
    unnamed = [name for name in (*STEERING, *EVERYBODY) if f"/{name}" not in told]
    assert unnamed == ["optout", "optin", "help"], "the first two stand in /privacy"
