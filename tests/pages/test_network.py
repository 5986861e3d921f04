import math
import re

from bot.pages.charts.network import Reply, ReplyNetwork
from tests.pages.drawings import SVG, hints, parsed, texts
from tests.pages.samples import LOOKS, PEOPLE, REPLIES

PAGE, PHONE = LOOKS["page-light-zh-Hant"], LOOKS["phone-light-zh-Hant"]
Circle = tuple[float, float, float]


def circles(svg: str) -> list[Circle]:
    return [
        (float(one.attrib["cx"]), float(one.attrib["cy"]), float(one.attrib["r"]))
        for one in parsed(svg).iter(f"{SVG}circle")
    ]


def crowd(count: int) -> tuple[tuple[str, int], ...]:
    return tuple((f"化名{n}", 70 - n) for n in range(count))


def test_everybody_has_a_name_and_the_number_of_remarks() -> None:
    shown = texts(ReplyNetwork("誰回應了誰", "", PEOPLE, REPLIES).svg(PAGE))
    for name, remarks in PEOPLE:
        assert name in shown
        assert str(remarks) in shown


def test_arrows_tell_who_replied_to_whom_and_how_often() -> None:
    svg = ReplyNetwork("誰回應了誰", "", PEOPLE[:3], (Reply(0, 1, 7), Reply(1, 0, 5), Reply(2, 2, 3))).svg(
        PAGE
    )
    assert {"青鳥 → 山羊 7 次回應", "山羊 → 青鳥 5 次回應", "石虎 → 石虎 3 次回應"} <= set(hints(svg))
    assert {"7", "5", "3"} <= set(texts(svg))


def test_who_spoke_more_has_a_larger_circle() -> None:
    radii = [circle[2] for circle in circles(ReplyNetwork("", "", PEOPLE, REPLIES).svg(PAGE))]
    assert radii == sorted(radii, reverse=True)
    assert radii[0] > radii[-1]


def test_people_do_not_overlap() -> None:
    for count in (2, 3, 12, 13, 16, 30, 60):
        for look in (PAGE, PHONE):
            found = circles(ReplyNetwork("", "", crowd(count), (Reply(0, 1, 1),)).svg(look))
            for place, (x, y, radius) in enumerate(found):
                for other in found[:place]:
                    assert math.dist((x, y), other[:2]) >= radius + other[2]


def test_arrows_end_at_the_circles() -> None:
    svg = ReplyNetwork("", "", PEOPLE, (Reply(0, 4, 2),)).svg(PAGE)
    (path,) = [one.attrib["d"] for one in parsed(svg).iter(f"{SVG}path")]
    (head,) = [one.attrib["points"] for one in parsed(svg).iter(f"{SVG}polygon")]
    numbers = [float(number) for number in re.findall(r"[\d.]+", path)]
    tip = [float(number) for number in head.split()[:2]]
    source, target = circles(svg)[0], circles(svg)[4]
    assert abs(math.dist(numbers[:2], source[:2]) - source[2]) < 3
    assert abs(math.dist(tip, target[:2]) - target[2]) < 3


def test_a_phone_shows_the_most_active_and_says_so() -> None:
    svg = ReplyNetwork("", "", crowd(60), (Reply(0, 1, 2), Reply(0, 59, 9))).svg(PHONE)
    assert len(circles(svg)) == 16
    assert "只畫出 60 個中的 16 個；全部見數據表" in texts(svg)
    assert not [hint for hint in hints(svg) if "化名59" in hint]


def test_of_many_arrows_the_heavy_ones_are_numbered_and_the_rest_explained() -> None:
    replies = tuple(Reply(i, j, 1 + (i * j) % 5) for i in range(12) for j in range(12) if i != j)
    shown = texts(ReplyNetwork("", "", PEOPLE, replies).svg(PAGE))
    assert "沒有數字的線：4 次以內" in shown


def test_the_table_has_every_pair_most_replies_first() -> None:
    rows = (
        ReplyNetwork("", "", PEOPLE, (Reply(0, 1, 2), Reply(2, 0, 5), Reply(3, 4, 0))).table(PAGE.labels).rows
    )
    assert rows == (("石虎", "青鳥", 5), ("青鳥", "山羊", 2))
