import pytest

from bot.answering import calibration
from bot.answering.engine import Engine
from bot.pack.model import Pack
from bot.text import lists

LINES = tuple(f"{line}是什麼" for line in "東南西北春夏秋冬梅蘭竹菊金木水火土日月星")


def line_of(tea: Pack, monkeypatch: pytest.MonkeyPatch, *more: str) -> float:
    real = lists.lines
    monkeypatch.setattr(lists, "lines", lambda name: (*LINES, *more) if name == "offtopic" else real(name))
    line = calibration._measure(tea, {}).line
    assert line is not None
    return line[0]


def test_what_a_rule_declines_does_not_raise_the_line(tea: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = line_of(tea.pack, monkeypatch)
    assert line_of(tea.pack, monkeypatch, "幫我把凍頂烏龍茶的報告翻譯成英文") == usual
    more = [f"{tea}的焙火" for tea in ("凍頂烏龍茶", "文山包種茶", "陳阿水")]
    assert line_of(tea.pack, monkeypatch, *more) > usual


def test_the_line_lies_among_several_values_and_on_none_by_accident() -> None:
    values = [float(n) for n in range(100)]
    assert list(calibration._between(values, 0.97, 0.99)) == [97.0, 98.0]
    assert list(calibration._between([1.0], 0.97, 0.99)) == [1.0]
