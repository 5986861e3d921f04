import pytest

from tests.dialogue import Seminar

OWN = "/discuss AI 能承載人文溫度嗎？"


def kept(seminar: Seminar) -> list[tuple[str, int]]:
    (opened,) = seminar.store.rounds.of(1)
    return [(stance.moment, stance.step) for stance in seminar.store.stances.of(opened.id)]


async def test_a_stance_is_told_to_the_presser_and_counted_on_the_card(seminar: Seminar) -> None:
    await seminar.says("陳老師", OWN)
    card = seminar.last
    await seminar.presses("小安", "贊成")
    assert seminar.toast.startswith("記下了：贊成")
    assert "已表態 1 人" in card.text
    assert "贊成" not in card.text  # nobody is led by what others chose


async def test_a_stance_may_be_changed_and_counts_once(seminar: Seminar) -> None:
    await seminar.says("陳老師", OWN)
    card = seminar.last
    await seminar.presses("小安", "贊成")
    await seminar.presses("小安", "強烈反對")
    await seminar.presses("小敏", "中立")
    assert kept(seminar) == [("before", 1), ("before", 3)]
    assert "已表態 2 人" in card.text


async def test_the_same_press_twice_is_answered_twice(seminar: Seminar) -> None:
    await seminar.says("陳老師", OWN)
    for _ in range(2):
        await seminar.presses("小安", "贊成")
        assert seminar.toast.startswith("記下了")
    assert kept(seminar) == [("before", 4)]


async def test_stance_shows_the_five_steps(seminar: Seminar) -> None:
    await seminar.says("陳老師", OWN)
    await seminar.says("小安", "/stance")
    seminar.expects("AI 能承載人文溫度嗎？", "已表態 0 人")
    assert sum(map(len, seminar.keyboard)) == 5
    await seminar.presses("小安", "強烈贊成", on=seminar.last)
    assert kept(seminar) == [("before", 5)]


@pytest.mark.parametrize("text", ["/stance 4", "/stance ４", "/stance 4 因為作品有人的選擇"])
async def test_a_stance_may_be_written(seminar: Seminar, text: str) -> None:
    await seminar.says("陳老師", OWN)
    await seminar.says("小安", text)
    seminar.expects("記下了：贊成")
    assert kept(seminar) == [("before", 4)]


async def test_the_reason_is_kept_with_the_stance(seminar: Seminar) -> None:
    await seminar.says("陳老師", OWN)
    await seminar.says("小安", "/stance 4 因為作品有人的選擇")
    (stance,) = seminar.store.stances.of(1)
    assert stance.reason == "因為作品有人的選擇"


async def test_a_connective_with_nothing_behind_it_is_no_reason(seminar: Seminar) -> None:
    await seminar.says("陳老師", OWN)
    await seminar.says("小安", "/stance 5 因為")
    assert [(one.step, one.reason) for one in seminar.store.stances.of(1)] == [(5, "")]
    assert seminar.store.remarks.of(1) == [], "nothing was said to the class"
    await seminar.says("小安", "/stance 因為")
    seminar.expects("1 到 5")


async def test_a_written_stance_that_is_none_says_how(seminar: Seminar) -> None:
    await seminar.says("陳老師", OWN)
    await seminar.says("小安", "/stance 很多")
    seminar.expects("1 到 5")


async def test_without_a_round_there_is_nothing_to_stand_on(seminar: Seminar) -> None:
    await seminar.says("小安", "/stance")
    seminar.expects("沒有進行中的討論")


async def test_in_private_there_is_no_round(seminar: Seminar) -> None:
    await seminar.starts("小安")
    await seminar.says("小安", "/stance", privately=True)
    seminar.expects("要在班級群組裡用")


async def test_a_closed_round_takes_no_stances(seminar: Seminar) -> None:
    await seminar.says("陳老師", OWN)
    card = seminar.last
    await seminar.says("陳老師", "/close")
    await seminar.presses("小安", "stance:1:4", on=card, forged=True)
    assert seminar.toast == "這一輪已經結束了，這裡不能再表態。"
    assert kept(seminar) == []


@pytest.mark.parametrize("data", ["stance:1:6", "stance:1:0", "stance:1", "stance:x:4", "stance:99:4"])
async def test_made_up_stances_are_refused(seminar: Seminar, data: str) -> None:
    await seminar.says("陳老師", OWN)
    await seminar.presses("小安", data, on=seminar.last, forged=True)
    assert seminar.toast == "這個按鈕已經失效了。"
    assert kept(seminar) == []


async def test_who_said_no_takes_no_stance(seminar: Seminar) -> None:
    await seminar.says("陳老師", OWN)
    card = seminar.last
    await seminar.presses("小安", "🙈 不要記錄我")
    await seminar.presses("小安", "贊成", on=card)
    assert "你選擇了不被記錄" in seminar.toast
    await seminar.says("小安", "/stance 4")
    seminar.expects("你選擇了不被記錄")
    assert kept(seminar) == []
    assert "已表態 0 人" in card.text


async def test_where_consent_is_explicit_one_agrees_first(seminar: Seminar) -> None:
    await seminar.says("陳老師", "/help")
    seminar.store.seminars.bind(seminar.world.group.id, title="", pack="ai-film", language="zh-Hant")
    seminar.store.seminars.configure(1, consent_rule="explicit")
    await seminar.says("陳老師", OWN)
    card = seminar.expects("只有按了「同意記錄」的人")
    await seminar.presses("小安", "贊成", on=card)
    assert "要先同意記錄" in seminar.toast
    await seminar.presses("小安", "✅ 同意記錄", on=card)
    await seminar.presses("小安", "贊成", on=card)
    assert kept(seminar) == [("before", 4)]


async def test_a_rush_of_presses_edits_the_card_seldom_and_ends_right(seminar: Seminar) -> None:
    await seminar.says("陳老師", OWN)
    card = seminar.last
    students = [seminar.world.add_person(f"學生{number}") for number in range(24)]
    before = len(seminar.world.calls)
    seminar.world.updates.take()
    for student in students:
        seminar.world.presses(student, card, "贊成")
    await seminar.settle()
    edits = [call for call in seminar.world.calls[before:] if call.method == "editmessagetext"]
    answers = [call for call in seminar.world.calls[before:] if call.method == "answercallbackquery"]
    assert len(answers) == 24
    assert len(edits) <= 4
    assert "已表態 24 人" in card.text


async def test_the_reason_that_is_edited_is_logged_without_the_command(seminar: Seminar) -> None:
    await seminar.says("陳老師", OWN)
    post = await seminar.says("小安", "/stance 4 因為感人")
    await seminar.edits("小安", post, "/stance 5 因為很感人")
    assert [(said.text, said.version) for said in seminar.store.remarks.of(1)] == [("因為很感人", 2)]
    assert [(one.step, one.reason) for one in seminar.store.stances.of(1)] == [(4, "因為感人")], (
        "chosen is chosen"
    )


@pytest.mark.parametrize(
    "text", ["/stance 4因為光線很暖", "/stance 贊成，因為光線很暖", "/stance 4，因為光線很暖"]
)
async def test_a_step_without_a_space_behind_it_is_read(seminar: Seminar, text: str) -> None:
    await seminar.says("陳老師", OWN)
    await seminar.presses("小安", "強烈反對")
    await seminar.says("小安", text)
    assert kept(seminar) == [("before", 4)]


@pytest.mark.parametrize("text", ["/stance 4個理由都成立", "/stance 同意樓上"])
async def test_what_only_begins_like_a_step_is_asked_about_and_changes_nothing(
    seminar: Seminar, text: str
) -> None:
    await seminar.says("陳老師", OWN)
    await seminar.presses("小安", "強烈反對")
    await seminar.says("小安", text)
    seminar.expects("請寫 1 到 5")
    assert kept(seminar) == [("before", 1)]
