from bot.pages.charts.evidence import EvidenceChart, EvidenceGroup, EvidencePiece
from tests.pages.drawings import SVG, hints, lines, parsed, texts
from tests.pages.samples import LOOKS, ORDINARY

PAGE, PHONE = LOOKS["page-light-zh-Hant"], LOOKS["phone-light-zh-Hant"]
GROUPS = (
    EvidenceGroup("緣起", (EvidencePiece("1", 0), EvidencePiece("2", 3))),
    EvidenceGroup("支持", (EvidencePiece("觀眾被什麼打動", 0),)),
)


def test_the_figure_tells_how_much_was_touched() -> None:
    shown = texts(EvidenceChart("證據", "", GROUPS).svg(PAGE))
    assert "1 / 3" in shown
    assert {"緣起", "1 / 2", "支持", "0 / 1"} <= set(shown)


def test_every_piece_has_its_number() -> None:
    shown = texts(EvidenceChart("證據", "", GROUPS).svg(PAGE))
    assert shown.count("0 次") == 2
    assert shown.count("3 次") == 1
    assert "觀眾被什麼打動 0 次" in hints(EvidenceChart("證據", "", GROUPS).svg(PAGE))


def test_untouched_pieces_differ_by_more_than_colour() -> None:
    svg = EvidenceChart("證據", "", GROUPS).svg(PAGE)
    assert len([one for one in parsed(svg).iter(f"{SVG}rect") if "stroke-dasharray" in one.attrib]) == 2


def test_short_pieces_stand_in_columns() -> None:
    names = {str(n) for n in range(1, 10)}
    found = [line for line in lines(ORDINARY["evidence"].svg(PHONE)) if line.text in names]
    assert len({round(line.x) for line in found}) < len(found)


def test_a_phone_stops_after_twenty_lines_and_says_so() -> None:
    pieces = tuple(EvidencePiece(f"第 {n} 個相當長的摘解標題", n % 2) for n in range(99))
    shown = texts(EvidenceChart("證據", "", (EvidenceGroup("", pieces),)).svg(PHONE))
    assert "只畫出 99 個中的 20 個；全部見數據表" in shown


def test_the_table_has_every_piece_with_its_group() -> None:
    assert EvidenceChart("", "", GROUPS).table(PAGE.labels).rows == (
        ("1", "緣起", 0),
        ("2", "緣起", 3),
        ("觀眾被什麼打動", "支持", 0),
    )
