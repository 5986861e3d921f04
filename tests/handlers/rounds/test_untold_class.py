"""No card, no logging: a class that was not told that its words are kept has none of them kept."""

from tests.dialogue import Seminar

OWN = "/discuss AI 能承載人文溫度嗎？"


def said(seminar: Seminar) -> list[str]:
    return [remark.text for remark in seminar.store.remarks.of(1)]


async def in_vain(seminar: Seminar) -> None:
    """Let a prompt be due in a group that has shut the bot out without its being told so."""
    await seminar.starts("陳老師")
    await seminar.says("陳老師", "/schedule 2026-03-02 09:30 3天 main-question")
    seminar.world.group.change(seminar.world.bot, status="kicked")
    await seminar.ticks(minutes=31)


async def test_a_round_whose_card_is_refused_logs_nothing_and_its_teacher_is_told(seminar: Seminar) -> None:
    await in_vain(seminar)
    seminar.world.group.change(seminar.world.bot, status="member")
    await seminar.says("小安", "我的成績是 F")
    assert said(seminar) == []
    assert "還沒有記錄任何人的話" in seminar.last_in(seminar.world.private("陳老師")).text


async def test_discuss_posts_the_card_that_was_refused_and_logging_begins(seminar: Seminar) -> None:
    await in_vain(seminar)
    seminar.world.group.change(seminar.world.bot, status="administrator")
    await seminar.says("陳老師", "/setup")
    seminar.expects("有一輪討論在等")
    await seminar.says("陳老師", "/discuss")
    assert any(text.startswith("💬") for text in seminar.said())
    await seminar.says("小安", "可以")
    assert said(seminar) == ["可以"]


async def test_after_the_bot_was_removed_and_added_again_the_card_comes_before_any_logging(
    seminar: Seminar,
) -> None:
    await seminar.says("陳老師", OWN)
    await seminar.says("小安", "可以")
    seminar.world.removes_bot("陳老師")
    await seminar.settle()
    assert seminar.store.rounds.all_open()[0].card_message_id is None
    seminar.later(minutes=1)
    seminar.world.adds_bot("陳老師", admin=True)
    await seminar.settle()
    assert seminar.last_in(seminar.world.group).text.startswith("💬")
    await seminar.says("小敏", "不行")
    assert said(seminar) == ["可以", "不行"]


async def test_what_was_said_while_the_card_was_on_its_way_goes_when_it_is_refused(seminar: Seminar) -> None:
    await seminar.says("陳老師", OWN)
    await seminar.says("小安", "可以")
    (opened,) = seminar.store.rounds.all_open()
    seminar.store.rounds.lose_card(opened.id, untold_since=opened.opened_at)
    assert said(seminar) == []


async def test_what_stands_above_the_card_was_said_before_the_class_was_told(seminar: Seminar) -> None:
    await seminar.says("陳老師", OWN)
    await seminar.says("小安", "可以")
    (opened,) = seminar.store.rounds.all_open()
    last = seminar.store.remarks.of(1)[-1].message_id
    seminar.store.rounds.set_card(opened.id, last - 1, untold_since=opened.opened_at)
    assert said(seminar) == ["可以"]
    seminar.store.rounds.set_card(opened.id, last + 1, untold_since=opened.opened_at)
    assert said(seminar) == []
