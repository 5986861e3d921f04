from collections import Counter
from datetime import UTC, datetime

from bot.seminar.records import Remark, Stance
from bot.seminar.summary import bars, summarise

NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)
LABELS = {1: "強烈反對", 2: "反對", 3: "中立", 4: "贊成", 5: "強烈贊成"}


def remark(person: int, message: int) -> Remark:
    return Remark(-100, message, 1, 1, person, f"青鳥{person}", NOON, "話")


def test_people_are_counted_once_and_remarks_all() -> None:
    summary = summarise([remark(1, 1), remark(1, 2), remark(2, 3)], [], {})
    assert (summary.people, summary.remarks) == (2, 3)


def test_an_empty_round_has_an_empty_summary() -> None:
    summary = summarise([], [], {})
    assert (summary.people, summary.remarks, summary.words, summary.moved.pairs) == (0, 0, (), 0)


def test_words_said_once_are_left_out_and_the_most_said_come_first() -> None:
    words = Counter({"溫度": 5, "代碼": 2, "偶然": 1, "時間": 2})
    assert summarise([remark(1, 1)], [], words).words == (("溫度", 5), ("代碼", 2), ("時間", 2))


def test_at_most_eight_words_are_shown() -> None:
    assert len(summarise([], [], {f"詞{n}": 2 for n in range(20)}).words) == 8


def test_before_and_after_are_kept_apart() -> None:
    stances = [Stance(1, 1, "青鳥", "before", 2, NOON), Stance(1, 1, "青鳥", "after", 4, NOON)]
    summary = summarise([], stances, {})
    assert (summary.before[2], summary.after[4], summary.moved.up) == (1, 1, 1)


def test_bars_begin_under_each_other_and_end_with_their_number() -> None:
    drawn = bars({1: 0, 2: 1, 3: 0, 4: 2, 5: 4}, LABELS, most=4).splitlines()
    assert drawn == [
        "強烈贊成 ▇▇▇▇ 4",
        "贊成\u3000\u3000 ▇▇ 2",
        "中立\u3000\u3000 0",
        "反對\u3000\u3000 ▇ 1",
        "強烈反對 0",
    ]


def test_a_single_voice_among_many_still_has_a_bar() -> None:
    drawn = bars({1: 1, 2: 0, 3: 45, 4: 0, 5: 90}, LABELS, most=90).splitlines()
    assert drawn[0] == "強烈贊成 ▇▇▇▇▇▇▇▇▇▇ 90"
    assert drawn[2] == "中立\u3000\u3000 ▇▇▇▇▇ 45"
    assert drawn[4] == "強烈反對 ▇ 1"


def test_before_and_after_are_drawn_to_one_scale() -> None:
    stances = [Stance(1, person, "鳥", "before", 2, NOON) for person in range(3)]
    assert summarise([], [*stances, Stance(1, 1, "鳥", "after", 4, NOON)], {}).most == 3


def test_english_labels_are_padded_with_plain_spaces() -> None:
    drawn = bars(dict.fromkeys(range(1, 6), 1), {1: "No", 2: "no", 3: "so", 4: "yes", 5: "Yes!"}, most=1)
    assert drawn.splitlines()[1] == "yes  ▇ 1"
