from itertools import pairwise

from bot.pages.charts.canvas import spread
from bot.pages.charts.stances import MovementChart, RoundStances, StanceChart, mean_text
from bot.pages.palette import LIGHT
from tests.pages.drawings import SVG, hints, lines, parsed, texts
from tests.pages.samples import LOOKS, ORDINARY

PAGE, PHONE = LOOKS["page-light-zh-Hant"], LOOKS["phone-light-zh-Hant"]


def chart(before: tuple[int, int, int, int, int], after: tuple[int, int, int, int, int]) -> StanceChart:
    return StanceChart("立場變化", "", (RoundStances("第 1 輪", "", before, after),))


def test_every_part_has_its_number_however_narrow() -> None:
    for look in (PAGE, PHONE):
        shown = texts(chart((1, 2, 40, 1, 3), (1, 1, 4, 20, 21)).svg(look))
        for people in ("1", "2", "40", "3", "4", "20", "21"):
            assert people in shown
        assert shown.count("1") == 4


def test_neutral_stands_in_the_middle() -> None:
    svg = chart((2, 2, 4, 3, 3), (0, 0, 4, 6, 4)).svg(PAGE)
    greys = [
        float(part.attrib["x"]) + float(part.attrib["width"]) / 2
        for part in parsed(svg).iter(f"{SVG}rect")
        if part.attrib["fill"] == LIGHT.steps[2]
    ]
    assert abs(greys[0] - greys[1]) < 0.2


def test_parts_are_as_wide_as_people_are_many() -> None:
    svg = chart((0, 5, 0, 10, 0), (0, 0, 0, 15, 0)).svg(PAGE)
    wide = [float(part.attrib["width"]) for part in parsed(svg).iter(f"{SVG}rect")][1:4]
    gap = PAGE.size.hair * 1.5
    assert abs((wide[1] + gap) / (wide[0] + gap) - 2) < 0.01
    assert abs((wide[2] + gap) / (wide[0] + gap) - 3) < 0.01


def test_the_mean_is_told_before_and_after() -> None:
    assert mean_text((1, 0, 0, 0, 1)) == "3.0"
    assert mean_text((0, 0, 0, 0, 0)) == "–"
    assert "平均 3.7 → 4.2" in texts(ORDINARY["stances"].svg(PAGE))


def test_a_second_choice_that_nobody_made_is_neither_a_row_nor_a_change() -> None:
    for look in (PAGE, PHONE):
        shown = texts(chart((0, 0, 0, 3, 0), (0, 0, 0, 0, 0)).svg(look))
        assert not [text for text in shown if "→" in text or text.startswith("後")]
        assert any("4.0" in text for text in shown)


def test_parts_tell_their_step_under_the_pointer() -> None:
    assert "強烈贊成 7 人" in hints(ORDINARY["stances"].svg(PAGE))


def test_a_phone_shows_the_last_rounds_and_says_so() -> None:
    rounds = tuple(RoundStances(f"第 {n} 輪", "", (0, 0, 1, 0, 0), (0, 0, 1, 0, 0)) for n in range(1, 10))
    shown = texts(StanceChart("立場", "", rounds).svg(PHONE))
    assert "第 9 輪" in shown
    assert "第 1 輪" not in shown
    assert "只畫出 9 個中的 5 個；全部見數據表" in shown


def test_the_table_has_a_row_for_each_round_and_moment() -> None:
    table = chart((1, 3, 5, 9, 7), (0, 1, 3, 11, 10)).table(PAGE.labels)
    assert table.headers == ("討論題", "時刻", "強烈反對", "反對", "中立", "贊成", "強烈贊成", "平均（1–5）")
    assert table.rows == (("第 1 輪", "前", 1, 3, 5, 9, 7, "3.7"), ("第 1 輪", "後", 0, 1, 3, 11, 10, "4.2"))


def test_numbers_side_by_side_do_not_overlap() -> None:
    svg = chart((1, 1, 500, 1, 1), (0, 0, 0, 0, 0)).svg(PHONE)
    ones = sorted(line.span for line in lines(svg) if line.text == "1")
    assert len(ones) == 4
    assert all(left[1] <= right[0] for left, right in pairwise(ones))


def test_spreading_keeps_order_and_bounds() -> None:
    placed = spread([10, 10, 10], [20, 20, 20], 0, 100)
    assert placed == [10, 30, 50]
    assert spread([95, 99], [20, 20], 0, 100) == [70, 90]


COUNTS = ((0, 1, 0, 0, 0), (0, 1, 2, 0, 0), (0, 0, 1, 3, 1), (0, 0, 0, 6, 3), (0, 0, 0, 1, 6))


def test_the_summary_counts_who_went_which_way() -> None:
    assert MovementChart("", "", COUNTS).summary() == (1, 14, 10)


def test_every_cell_has_its_number() -> None:
    shown = texts(MovementChart("誰改變了", "", COUNTS).svg(PAGE))
    assert shown.count("0") == 15
    assert "25 人前後都表態，11 人改變了立場" in shown
    for number in ("1", "14", "10", "3", "6"):
        assert number in shown


def test_the_table_leaves_out_what_nobody_did() -> None:
    table = MovementChart("", "", COUNTS).table(PAGE.labels)
    assert len(table.rows) == 10
    assert ("中立", "贊成", 3) in table.rows


def test_steps_whose_names_are_too_long_for_a_column_are_numbered() -> None:
    shown = texts(ORDINARY["moves"].svg(LOOKS["phone-light-en"]))
    assert "1 Strongly" in shown
    assert shown.count("Strongly") == 0
    assert "Strongly disagree" in texts(ORDINARY["moves"].svg(LOOKS["page-light-en"]))
