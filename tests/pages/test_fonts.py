import base64
import re
from io import BytesIO

from fontTools.ttLib import TTFont  # type: ignore[import-untyped] # it ships no types
from hypothesis import given
from hypothesis import strategies as st

from bot.pages.fonts import (
    ELLIPSIS,
    FAMILY,
    FILES,
    FOLDER,
    balanced,
    coverage,
    drawable,
    fit,
    font_faces,
    width,
    wrap,
)


def decoded(codec: str, first: int, last: int) -> set[str]:
    letters: set[str] = set()
    for lead in range(first, last + 1):
        for trail in range(0x40, 0xFF):
            letters.update(bytes((lead, trail)).decode(codec, "ignore"))
    return {letter for letter in letters if ord(letter) > 0x2E7F}


def test_every_ideograph_that_a_class_may_write_is_covered() -> None:
    assert {chr(point) for point in range(0x4E00, 0x9FA6)} <= coverage()
    for codec in ("big5", "gb2312"):
        assert not {letter for letter in decoded(codec, 0xA1, 0xF9) if letter not in coverage()}
    missing = {letter for letter in decoded("big5hkscs", 0x87, 0xFE) if letter not in coverage()}
    assert not {letter for letter in missing if letter.isalpha()}


def test_letters_punctuation_kana_arrows_and_marks_are_covered() -> None:
    wanted = (
        "AZaz09 ÀéñüŌǚ，。、；：？！「」『』（）《》〈〉…—・～＋－ぁんァヶㄅㄩ→←↑↓①⑳ⅠⅩ○●△■□★☆✓%€$£¥×÷±αωЯ"
    )
    assert not set(wanted) - coverage()


def test_the_metrics_are_those_of_the_fonts() -> None:
    for style, path in FILES.items():
        with TTFont(path, lazy=True) as font:
            glyphs = font.getBestCmap()
            advances = font["hmtx"].metrics
            assert {chr(point) for point in glyphs} >= coverage()
            for letter in "A1i，溫度㗎𨋢→":
                measured = width(letter, 1000, bold=style == "bold")
                assert measured == advances[glyphs[ord(letter)]][0]


def test_the_fonts_have_their_own_name_and_carry_their_licence() -> None:
    with TTFont(FILES["regular"], lazy=True) as font:
        assert font["name"].getDebugName(1) == FAMILY
        assert "SIL Open Font License" in font["name"].getDebugName(13)
    licence = (FOLDER / "OFL.txt").read_text("utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert "Adobe" in licence


def test_the_fonts_stay_small() -> None:
    assert sum(path.stat().st_size for path in FILES.values()) < 12_000_000


def test_what_cannot_be_drawn_is_dropped() -> None:
    assert drawable("好\u202e的\u2066👩🏽\u200d🎓！") == "好的！"
    assert drawable("a\x00\x1b\ud800\ufffe\ue000b") == "ab"
    assert drawable("z̷a̴l̵g̶o̷") == "zalgo"
    assert drawable("e\u0301") == "é"
    assert drawable(" 一\n\t二\u3000三 😀 四") == "一 二 三 四"
    assert drawable("한국어 עברית") == ""


@given(st.text(max_size=60), st.floats(20, 400), st.integers(8, 60))
def test_what_is_cut_fits(text: str, room: float, size: int) -> None:
    shown = fit(drawable(text), room, size)
    assert width(shown, size) <= max(room, width(ELLIPSIS, size))


@given(st.text(alphabet="漢字ab ，。「」x-", max_size=60), st.integers(60, 400))
def test_wrapped_lines_fit_and_lose_nothing_when_there_are_enough(text: str, room: float) -> None:
    lines = wrap(text, room, 20, most=99)
    assert all(width(line, 20) <= room for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_a_long_text_is_wrapped_into_no_more_lines_than_allowed() -> None:
    lines = wrap("漢" * 4096, 300, 20, most=3)
    assert len(lines) == 3
    assert lines[-1].endswith(ELLIPSIS)


def test_lines_break_where_readers_expect() -> None:
    assert wrap("能否承載「人文的溫度」？", 20 * 10, 20, most=3) == ["能否承載「人文的溫", "度」？"]
    assert wrap("能否承載「溫度」", 20 * 5, 20, most=3) == ["能否承載", "「溫度」"]
    assert wrap("Strongly disagree", 100, 20) == ["Strongly", "disagree"]
    assert balanced("強烈反對", 20 * 3.5, 20) == ["強烈", "反對"]


def test_an_embedded_font_has_the_characters_asked_for_and_few_others() -> None:
    css = font_faces("人文溫度😀", "粗")
    found = []
    for data in re.findall(r"base64,([^\"]+)\"", css):
        with TTFont(BytesIO(base64.b64decode(data))) as font:
            assert font.flavor == "woff2"
            found.append(set(map(chr, font.getBestCmap())))
    assert found == [set("人文溫度"), {"粗"}]
    assert len(css) < 8_000
    assert css == font_faces("度溫文人", "粗")


def test_no_text_needs_no_font() -> None:
    assert font_faces("", "") == ""
