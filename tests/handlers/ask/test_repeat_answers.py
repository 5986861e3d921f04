"""The same snippet is not posted twice in a group within a minute: a link leads to the earlier one."""

from pathlib import Path

from bot.rehearsal.fake_telegram.state import Clock
from bot.rehearsal.fake_telegram.world import World
from tests.dialogue import MONDAY_MORNING, TEACHER, Seminar, holding

WHO = "塔可夫斯基是誰？"


async def test_the_same_question_soon_after_gets_a_link_to_the_answer(seminar: Seminar) -> None:
    await seminar.says("小安", f"/ask {WHO}")
    answer = seminar.expects("出處")
    question = await seminar.says("小敏", f"/ask {WHO}")
    pointer = seminar.expects("剛剛貼過了")
    assert "出處" not in pointer.text
    assert pointer.reply_to is question
    number = str(seminar.room.id).removeprefix("-100")
    (link,) = [entity.url for entity in pointer.entities if entity.type == "text_link"]
    assert link == f"https://t.me/c/{number}/{answer.id}"


async def test_who_is_pointed_to_an_answer_may_rate_it_too(seminar: Seminar) -> None:
    await seminar.says("小安", f"/ask {WHO}")
    await seminar.says("小敏", f"/ask {WHO}")
    await seminar.presses("小敏", "👍 有幫助", on=seminar.last)
    assert [question.helped for question in seminar.store.questions.of(1)] == [None, True]


async def test_a_minute_later_it_is_posted_again(seminar: Seminar) -> None:
    await seminar.says("小安", f"/ask {WHO}")
    seminar.later(seconds=61)
    await seminar.says("小敏", f"/ask {WHO}")
    seminar.expects("出處")


async def test_another_language_is_another_post(seminar: Seminar) -> None:
    await seminar.says("小安", f"/ask {WHO}")
    await seminar.says("小敏", "/ask Who is Tarkovsky?")
    seminar.expects("Source: paragraph")


async def test_who_asks_in_private_is_not_held_up(seminar: Seminar) -> None:
    await seminar.says("小安", f"/ask {WHO}")
    for _ in range(2):
        await seminar.says("小安", WHO, privately=True)
        seminar.expects("出處")


async def test_another_group_is_not_held_up(seminar: Seminar) -> None:
    other = seminar.world.add_group("另一班")
    seminar.world.add_person("小華", joins=other)
    await seminar.says("小安", f"/ask {WHO}")
    await seminar.says("小華", f"/ask {WHO}", chat=other)
    seminar.expects("出處")


async def test_a_button_points_once_and_then_only_tells_who_presses(seminar: Seminar) -> None:
    await seminar.says("小安", f"/ask {WHO}")
    answer = seminar.last
    label = seminar.keyboard[0][0]
    await seminar.presses("小敏", label, on=answer)
    seminar.expects("出處")
    await seminar.presses("阿哲", label, on=answer)
    seminar.expects("剛剛貼過了", label[:8])
    await seminar.presses("小安", label, on=answer)
    seminar.expects_silence()
    assert "剛剛貼過了" in seminar.toast
    seminar.later(minutes=2)
    await seminar.presses("阿哲", label, on=answer)
    seminar.expects("出處")


async def test_a_question_after_a_button_is_pointed_to_what_the_button_posted(seminar: Seminar) -> None:
    await seminar.says("小安", f"/ask {WHO}")
    label = seminar.keyboard[0][0]
    await seminar.presses("小敏", label)
    posted = seminar.expects("出處")
    await seminar.says("阿哲", f"/ask {posted.text.splitlines()[0]}")
    pointer = seminar.expects("剛剛貼過了")
    assert str(posted.id) in str([entity.url for entity in pointer.entities])


async def test_in_a_basic_group_which_has_no_links_the_pointer_replies_to_the_answer(tmp_path: Path) -> None:
    world = World(clock=Clock(MONDAY_MORNING))
    world.group = world.add_group("小班", kind="group")
    world.add_person(TEACHER, admin=True)
    world.add_person("小安")
    async with holding(tmp_path, world=world) as seminar:
        await seminar.says("小安", f"/ask {WHO}")
        answer = seminar.expects("出處")
        await seminar.says("陳老師", f"/ask {WHO}")
        pointer = seminar.expects("就是這一則")
        assert pointer.reply_to is answer


async def test_in_a_topic_the_link_leads_into_the_topic(tmp_path: Path) -> None:
    world = World(clock=Clock(MONDAY_MORNING))
    world.group = world.add_group("論壇", forum=True)
    world.add_person(TEACHER, admin=True)
    world.add_person("小安")
    topic = world.opens_topic(TEACHER, "第一週").id
    async with holding(tmp_path, world=world) as seminar:
        await seminar.says("小安", f"/ask {WHO}", thread=topic)
        answer = seminar.expects("出處")
        await seminar.says("陳老師", f"/ask {WHO}", thread=topic)
        pointer = seminar.expects("剛剛貼過了")
        assert any(str(entity.url).endswith(f"/{topic}/{answer.id}") for entity in pointer.entities)
