from bot.pages.charts.stances import MovementChart
from tests.pages.drawings import texts
from tests.pages.samples import LOOKS, ORDINARY

PAGE = LOOKS["page-light-zh-Hant"]
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
