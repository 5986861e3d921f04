"""/discuss: how a prompt is chosen, and on which terms its round is held."""

import pytest

from bot.seminar.records import Round
from tests.dialogue import Seminar

OWN = "/discuss AI 能承載人文溫度嗎？"


async def choosing(seminar: Seminar, phase: str = "立場", prompt: str = "AI電影能承載人文溫度嗎") -> None:
    """Bring the teacher to the options of a prompt."""
    await seminar.says("陳老師", "/discuss")
    label = next(row[0] for row in seminar.keyboard if row[0].startswith(phase))
    await seminar.presses("陳老師", label)
    await seminar.presses("陳老師", prompt)


def opened(seminar: Seminar) -> Round:
    (found,) = seminar.store.rounds.of(1)
    return found


async def test_the_options_of_own_words_leave_no_gap_below_them(seminar: Seminar) -> None:
    await seminar.says("陳老師", "/discuss")
    await seminar.presses("陳老師", "✏️ 自己出題")
    await seminar.replies("陳老師", "AI 有靈魂嗎？")
    seminar.expects("AI 有靈魂嗎？\n\n公開：")


async def test_the_options_show_what_is_chosen_and_start_the_round(seminar: Seminar) -> None:
    await choosing(seminar)
    assert seminar.keyboard == [
        ["✓ 不限時", "10 分", "20 分"],
        ["45 分", "1 天", "3 天"],
        ["表態：要", "人數：選了才看得到"],
        ["✓ 公開", "先寫再看", "匿名"],
        ["不引導", "✓ 私下建議", "主動引導"],
        ["‹ 回到列表", "▶ 開始"],
    ]
    await seminar.presses("陳老師", "▶ 開始")
    found = opened(seminar)
    assert (found.stance_on, found.visibility, found.facilitation, found.ends_at) == (
        True,
        "open",
        "quiet",
        None,
    )


@pytest.mark.parametrize(
    ("press", "field", "value"),
    [
        ("表態：要", "stance_on", False),
        ("人數：選了才看得到", "counts", "shown"),
        ("先寫再看", "visibility", "post_first"),
        ("匿名", "visibility", "relay"),
        ("不引導", "facilitation", "off"),
        ("主動引導", "facilitation", "lively"),
    ],
)
async def test_each_option_becomes_a_term_of_the_round(
    seminar: Seminar, press: str, field: str, value: object
) -> None:
    await choosing(seminar)
    await seminar.presses("陳老師", press)
    await seminar.presses("陳老師", "▶ 開始")
    assert getattr(opened(seminar), field) == value


@pytest.mark.parametrize(("label", "minutes"), [("10 分", 10), ("20 分", 20), ("45 分", 45), ("3 天", 4320)])
async def test_a_length_gives_the_round_an_end(seminar: Seminar, label: str, minutes: int) -> None:
    await choosing(seminar)
    await seminar.presses("陳老師", label)
    assert f"✓ {label}" in [each for row in seminar.keyboard for each in row]
    await seminar.presses("陳老師", "▶ 開始")
    found = opened(seminar)
    assert found.ends_at is not None
    assert (found.ends_at - found.opened_at).total_seconds() == minutes * 60


@pytest.mark.parametrize(
    ("phase", "asks"), [("暖身", False), ("細讀", False), ("交鋒", True), ("綜合", False)]
)
async def test_stances_are_asked_for_where_there_is_something_to_be_for(
    seminar: Seminar, phase: str, *, asks: bool
) -> None:
    await seminar.says("陳老師", "/discuss")
    await seminar.presses("陳老師", next(row[0] for row in seminar.keyboard if row[0].startswith(phase)))
    await seminar.presses("陳老師", seminar.keyboard[0][0])
    await seminar.presses("陳老師", "▶ 開始")
    assert opened(seminar).stance_on is asks
    assert ("贊成" in [each for row in seminar.keyboard for each in row]) is asks


async def test_where_no_stance_is_asked_for_none_is_taken(seminar: Seminar) -> None:
    await choosing(seminar, "暖身", "一個詞形容AI電影")
    await seminar.presses("陳老師", "▶ 開始")
    card = seminar.last
    assert "立場" not in card.text
    await seminar.says("小安", "/stance 4")
    seminar.expects("這一題不問立場")
    await seminar.presses("小安", "stance:1:4", on=card, forged=True)
    assert seminar.toast == "這個按鈕已經失效了。"
    await seminar.presses("陳老師", "again:1", on=card, forged=True)
    assert seminar.toast == "這個按鈕已經失效了。"
    assert seminar.store.stances.of(1) == []


async def test_chance_proposes_a_prompt_that_was_not_had_and_another_at_each_press(seminar: Seminar) -> None:
    titles = set()
    for _ in range(5):
        await seminar.says("陳老師", "/discuss")
        await seminar.presses("陳老師", "🎲 隨機")
        titles.add(seminar.last.text.splitlines()[0])
    assert len(titles) > 1
    await seminar.presses("陳老師", "▶ 開始")
    assert opened(seminar).prompt_slug


async def test_own_words_may_be_written_as_a_reply_and_get_options_too(seminar: Seminar) -> None:
    await seminar.says("陳老師", "/discuss")
    await seminar.presses("陳老師", "✏️ 自己出題")
    asked = seminar.expects("回覆這則訊息")
    await seminar.replies("小安", "我也想出一題", to=asked)
    seminar.expects("只有群組管理員")
    await seminar.replies("陳老師", "AI 可以當導演嗎？", to=asked)
    seminar.expects("AI 可以當導演嗎？", "公開：")
    await seminar.presses("陳老師", "20 分")
    await seminar.presses("陳老師", "▶ 開始")
    seminar.expects("第 1 輪討論", "AI 可以當導演嗎？", "還有 20 分鐘")


async def test_own_words_that_are_too_long_are_declined_and_may_be_written_again(seminar: Seminar) -> None:
    await seminar.says("陳老師", "/discuss")
    await seminar.presses("陳老師", "✏️ 自己出題")
    asked = seminar.last
    await seminar.replies("陳老師", "長" * 501, to=asked)
    seminar.expects("500 個字以內")
    await seminar.replies("陳老師", "短一點", to=asked)
    seminar.expects("短一點", "公開：")


async def test_a_student_may_not_touch_the_options(seminar: Seminar) -> None:
    await choosing(seminar)
    for label in ("20 分", "▶ 開始", "‹ 回到列表"):
        await seminar.presses("小安", label)
        assert "只有群組管理員" in seminar.toast
    assert seminar.store.rounds.of(1) == []


async def test_options_whose_round_was_started_are_over(seminar: Seminar) -> None:
    await choosing(seminar)
    options = seminar.last
    await seminar.presses("陳老師", "▶ 開始")
    assert options.text == "已經開始：AI電影能承載人文溫度嗎"
    await seminar.presses("陳老師", "begin:1", on=options, forged=True)
    assert seminar.toast == "這個按鈕已經失效了。"
    assert len(seminar.store.rounds.of(1)) == 1


@pytest.mark.parametrize(
    "data", ["option:1:m:7", "option:1:x:1", "option:99:m:10", "option:x:m:10", "begin:x"]
)
async def test_made_up_options_are_refused(seminar: Seminar, data: str) -> None:
    await choosing(seminar)
    await seminar.presses("陳老師", data, on=seminar.last, forged=True)
    assert seminar.toast == "這個按鈕已經失效了。"


async def test_a_draft_without_words_cannot_be_started(seminar: Seminar) -> None:
    await seminar.says("陳老師", "/discuss")
    await seminar.presses("陳老師", "✏️ 自己出題")
    await seminar.presses("陳老師", "begin:1", on=seminar.last, forged=True)
    assert seminar.toast == "這個按鈕已經失效了。"


async def test_two_admins_start_their_own_drafts_and_one_round_opens(seminar: Seminar) -> None:
    seminar.world.add_person("林助教", admin=True)
    await choosing(seminar)
    hers = seminar.last
    await seminar.says("林助教", "/discuss")
    await seminar.presses("林助教", "🎲 隨機")
    his = seminar.last
    seminar.world.presses("陳老師", hers, "▶ 開始")
    seminar.world.presses("林助教", his, "▶ 開始")
    await seminar.settle()
    answers = [call.parameters.get("text") for call in seminar.calls("answerCallbackQuery")]
    assert answers[-2:] == ["開始了。", "已經有一輪在進行了。"]
    assert len(seminar.store.rounds.of(1)) == 1
