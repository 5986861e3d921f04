import unicodedata

from bot.pages.fonts import coverage
from tools.build_fonts import spans, wanted


def test_the_fonts_have_what_the_script_asks_for_and_no_more() -> None:
    asked = set(map(chr, wanted()))
    assert coverage() <= asked
    assert {letter for letter in asked if "\u4e00" <= letter <= "\u9fa5"} <= coverage()


def test_nothing_invisible_is_asked_for() -> None:
    kinds = {unicodedata.category(chr(point)) for point in wanted()}
    assert not kinds & {"Cc", "Cf", "Co", "Cs", "Mn", "Me", "Zl", "Zp"}


def test_neighbours_are_written_as_spans() -> None:
    assert spans([5, 1, 2, 3, 9]) == [[1, 3], [5, 5], [9, 9]]
    assert spans([]) == []
