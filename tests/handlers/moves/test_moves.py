"""Moves as a class meets them: suggestions in the teacher's private chat, lines in the group, invitations."""

from pathlib import Path

import pytest

from bot.handlers.common.places import there
from bot.handlers.rounds import cards
from bot.seminar.moves.records import Kind, Move
from tests.dialogue import Seminar, a_class, holding
from tests.handlers.rounds.test_post_first import WRITE, card_of
from tests.handlers.rounds.test_relay import whispers
from tests.handlers.rounds.test_time import timed

CLAIM = "我認為機器拍的電影根本不可能感動任何人"
PROMPT = "/discuss AI電影能承載人文的溫度嗎？"


@pytest.fixture
async def held(seminar: Seminar) -> Seminar:
    """A round that has begun to talk; the teacher has opened the private chat."""
    await seminar.starts("陳老師")
    await begins(seminar)
    return seminar


async def begins(seminar: Seminar, how: str = "quiet") -> None:
    await seminar.says("陳老師", PROMPT, chat=seminar.world.group)
    (opened,) = seminar.store.rounds.all_open()
    if how != "quiet":
        seminar.store.rounds.set_facilitation(opened.id, "lively" if how == "lively" else "off")
    seminar.later(minutes=2)


async def passes(seminar: Seminar, seconds: int) -> None:
    """Let time pass with the house's clock ticking all the while."""
    for _ in range(seconds // 5):
        await seminar.ticks(seconds=5)


def moves(seminar: Seminar, *kinds: Kind) -> list[Move]:
    number = len(seminar.store.rounds.of(1))
    kept = seminar.store.moves.of(seminar.store.rounds.of(1)[number - 1].id)
    return [move for move in kept if not kinds or move.kind in kinds]


async def suggested(seminar: Seminar) -> Move:
    """Let a student claim something, and the teacher be shown a suggestion for it."""
    await seminar.says("小安", CLAIM, chat=seminar.world.group)
    await passes(seminar, 50)
    (move,) = moves(seminar, "press")
    assert move.state == "offered"
    return move


async def test_the_teacher_gets_a_suggestion_in_private_and_posts_it(held: Seminar) -> None:
    move = await suggested(held)
    offer = held.expects("請他說理由", CLAIM, move.text, privately="陳老師")
    assert not any(move.text in text for text in held.said(chat=held.world.group))
    await held.presses("陳老師", "✅ 貼出", on=offer)
    assert held.toast == "貼出了。"
    held.expects("✅ 已貼出", move.text, privately="陳老師")
    posted = held.expects(move.text, chat=held.world.group)
    assert posted.reply_to is not None
    assert posted.reply_to.text == CLAIM
    (kept,) = moves(held, "press")
    assert (kept.state, kept.message_id) == ("posted", posted.id)


async def test_the_suggestion_names_nobody(held: Seminar) -> None:
    await suggested(held)
    assert "小安" not in held.last_in(held.world.private("陳老師")).text


async def test_a_suggestion_that_is_skipped_is_never_posted(held: Seminar) -> None:
    move = await suggested(held)
    offer = held.last_in(held.world.private("陳老師"))
    await held.presses("陳老師", "略過", on=offer)
    held.expects("已略過", privately="陳老師")
    await passes(held, 60)
    assert not any(move.text in text for text in held.said(chat=held.world.group))
    assert moves(held, "press")[0].state == "skipped"


async def test_no_suggestion_when_a_student_gave_the_reason_first(held: Seminar) -> None:
    await held.says("小安", CLAIM, chat=held.world.group)
    await passes(held, 20)
    await held.says("小安", "因為我看了三部，每一部都看到睡著", chat=held.world.group)
    await passes(held, 60)
    assert [(move.state, move.why) for move in moves(held, "press")] == [("cancelled", "did_it")]
    assert len(held.said(privately="陳老師")) == 1, "the welcome alone"


async def test_a_suggestion_that_a_student_overtakes_loses_its_buttons(held: Seminar) -> None:
    await suggested(held)
    offer = held.last_in(held.world.private("陳老師"))
    await held.says("小敏", "為什麼這樣說？", chat=held.world.group)
    await passes(held, 5)
    assert "他們自己做到了（請他說理由）：「" in offer.text, "which suggestion it was, and whose words"
    assert not offer.buttons


async def test_a_suggestion_that_nobody_decides_lapses(held: Seminar) -> None:
    await suggested(held)
    offer = held.last_in(held.world.private("陳老師"))
    await passes(held, 185)
    assert "時機過了" in offer.text
    assert moves(held, "press")[0].why == "undecided"


async def test_two_teachers_press_the_same_suggestion_and_it_is_posted_once(held: Seminar) -> None:
    held.world.add_person("林助教", admin=True)
    move = await suggested(held)
    offer = held.last_in(held.world.private("陳老師"))
    data = f"move:{move.id}:1"
    await held.presses("陳老師", data, on=offer)
    await held.says("林助教", "我也來看看", chat=held.world.group)
    card = held.last_in(held.world.group)
    await held.presses("林助教", data, on=card, forged=True)
    assert held.toast == "這個建議已經處理過了。"
    assert sum(move.text in text for text in held.said(chat=held.world.group)) == 1


async def test_a_student_may_not_press_a_forged_button(held: Seminar) -> None:
    move = await suggested(held)
    card = held.last_in(held.world.group)
    for choice in (0, 1, 2):
        await held.presses("小敏", f"move:{move.id}:{choice}", on=card, forged=True)
        assert "只有群組管理員" in held.toast
        assert held.alert
    assert moves(held, "press")[0].state == "offered"


@pytest.mark.parametrize("data", ["move:999:1", "move:1:9", "move:1", "move:x:1", "move:1:1:1"])
async def test_a_button_that_was_made_up_is_stale(held: Seminar, data: str) -> None:
    await suggested(held)
    await held.presses("陳老師", data, on=held.last_in(held.world.group), forged=True)
    assert held.toast == "這個按鈕已經失效了。"


async def test_a_suggestion_of_a_closed_round_is_not_posted(held: Seminar) -> None:
    move = await suggested(held)
    offer = held.last_in(held.world.private("陳老師"))
    await held.says("陳老師", "/close", chat=held.world.group)
    await held.presses("陳老師", f"move:{move.id}:1", on=offer)
    assert held.toast == "這一輪已經結束了，所以沒有貼出。"
    assert "時機過了" in offer.text
    assert not any(move.text in text for text in held.said(chat=held.world.group))


async def test_what_waits_when_a_round_is_closed_is_let_go(held: Seminar) -> None:
    await held.says("小安", CLAIM, chat=held.world.group)
    await passes(held, 5)
    assert [move.state for move in moves(held)] == ["waiting"]
    await held.says("陳老師", "/close", chat=held.world.group)
    await passes(held, 5)
    assert [(move.state, move.why) for move in moves(held)] == [("expired", "closed")]


async def test_quiet_stops_at_once_what_waits_and_what_is_offered(held: Seminar) -> None:
    await suggested(held)
    offer = held.last_in(held.world.private("陳老師"))
    await held.says("陳老師", "/quiet", chat=held.world.group)
    held.expects("我不再插話")
    assert "🔇 已停止" in offer.text
    await held.says("小敏", CLAIM + "，永遠不可能", chat=held.world.group)
    await passes(held, 120)
    assert [(move.state, move.why) for move in moves(held)] == [("cancelled", "stopped")]
    await held.says("陳老師", "/quiet", chat=held.world.group)
    held.expects("本來就不插話")


async def test_the_button_under_a_suggestion_stops_them_too(held: Seminar) -> None:
    await suggested(held)
    await held.presses("陳老師", "🔇 這一輪都不用", on=held.last_in(held.world.private("陳老師")))
    assert held.toast == "好，這一輪不再打擾。"
    (running,) = held.store.rounds.all_open()
    assert running.facilitation == "off"


async def test_a_student_may_not_say_quiet(held: Seminar) -> None:
    await held.says("小安", "/quiet", chat=held.world.group)
    held.expects("只有群組管理員")
    assert held.store.rounds.all_open()[0].facilitation == "quiet"


async def test_quiet_without_a_round_says_so(seminar: Seminar) -> None:
    await seminar.says("陳老師", "/quiet")
    seminar.expects("沒有進行中的討論")


async def test_lively_posts_by_itself_and_off_never(seminar: Seminar) -> None:
    await seminar.starts("陳老師")
    await begins(seminar, "lively")
    await seminar.says("小安", CLAIM, chat=seminar.world.group)
    await passes(seminar, 50)
    (move,) = moves(seminar, "press")
    assert move.state == "posted"
    assert seminar.expects(move.text, chat=seminar.world.group).reply_to is not None
    assert len(seminar.said(privately="陳老師")) == 1
    await seminar.says("陳老師", "/close", chat=seminar.world.group)
    await begins(seminar, "off")
    await seminar.says("小敏", CLAIM, chat=seminar.world.group)
    await passes(seminar, 60)
    assert moves(seminar) == []


async def test_a_reply_to_a_posted_move_is_a_remark_and_no_question(seminar: Seminar) -> None:
    await begins(seminar, "lively")
    await seminar.says("小安", CLAIM, chat=seminar.world.group)
    await passes(seminar, 50)
    posted = seminar.last_in(seminar.world.group)
    await seminar.replies("小安", "因為我看過一部，看完沒有感覺", to=posted)
    seminar.expects_silence()
    assert [remark.text for remark in seminar.store.remarks.of(1)][-1].startswith("因為我看過")
    log = seminar.store.one("SELECT state, replies, remarks_after FROM move_log WHERE kind = 'press'")
    assert tuple(log) == ("posted", 1, 1)


async def test_a_teacher_who_never_opened_the_private_chat_is_asked_to_once(seminar: Seminar) -> None:
    await begins(seminar)
    await seminar.says("小安", CLAIM, chat=seminar.world.group)
    await passes(seminar, 50)
    assert [(move.state, move.why) for move in moves(seminar)] == [("undelivered", "no_chat")]
    seminar.expects("請先打開和我的私訊", chat=seminar.world.group)
    before = len(seminar.said(chat=seminar.world.group))
    await passes(seminar, 120)
    await seminar.says("小敏", "我覺得手工動畫永遠比電腦好看太多了", chat=seminar.world.group)
    await passes(seminar, 50)
    assert [move.state for move in moves(seminar)] == ["undelivered", "undelivered"]
    assert len(seminar.said(chat=seminar.world.group)) == before


async def test_evidence_comes_with_a_button_that_opens_it(seminar: Seminar) -> None:
    await seminar.says("陳老師", "/discuss")
    await open_prompt(seminar, "立場", "AI電影能承載人文溫度嗎")
    for number in range(8):
        await seminar.says(
            "小安" if number % 2 else "小敏", f"嗯這個好難決定喔第{number}次想", chat=seminar.world.group
        )
        await passes(seminar, 30)
    await passes(seminar, 60)
    (move,) = moves(seminar, "evidence")
    posted = seminar.expects(move.text, chat=seminar.world.group)
    await seminar.presses("小安", "📖 看這一段", on=posted)
    seminar.expects("出處", chat=seminar.world.group)


async def open_prompt(seminar: Seminar, phase: str, title: str) -> None:
    """Open a prompt of the pack, with lively moves."""
    prompt = next(
        one for one in seminar.house.bot_data.library.packs["ai-film"].prompts if one.title == title
    )
    teacher = seminar.store.people.meet(seminar.world.person("陳老師").id, "陳老師")
    opened = seminar.store.rounds.open(
        1, prompt_slug=prompt.slug, prompt_text=prompt.text, opened_by=teacher.id, at=seminar.clock()
    )
    seminar.store.rounds.set_facilitation(opened.id, "lively")
    found = seminar.store.seminars.by_id(1)
    assert found is not None
    await cards.post_anew(there(seminar.house, found), opened)  # nothing is logged of who was not told
    assert prompt.phase == phase


async def test_the_quiet_are_invited_in_private_and_named_nowhere(held: Seminar) -> None:
    """阿哲 has started the bot, 小敏 has not: one is written to, the other is counted as not reached."""
    await held.starts("阿哲")
    for student in ("小敏", "阿哲"):
        await held.presses(student, "贊成", on=card_of(held))
    for number in range(7):
        await held.says("小安", f"因為這裡還有第{number}個例子，等等再說", chat=held.world.group)
        await passes(held, 30)
    (move,) = moves(held, "invite")
    assert move.state == "offered"
    offer = held.expects("私下邀請", "2 位同學", privately="陳老師")
    assert "阿哲" not in offer.text
    await held.presses("陳老師", "✅ 貼出", on=offer)
    assert "已私訊 1 位同學" in offer.text
    held.expects("你還沒說話" if "你還沒說話" in move.text else "很好奇你怎麼想", privately="阿哲")
    assert not any(move.text in text for text in held.said(chat=held.world.group))
    rows = held.store.all("SELECT delivered FROM invitations ORDER BY delivered")
    assert [row[0] for row in rows] == [0, 1]


async def test_who_said_no_is_not_called_quiet(held: Seminar) -> None:
    await held.presses("小敏", "贊成", on=card_of(held))
    await held.presses("小敏", "🙈 不要記錄我", on=card_of(held))
    for number in range(7):
        await held.says("小安", f"因為這裡還有第{number}個例子，等等再說", chat=held.world.group)
        await passes(held, 30)
    assert moves(held, "invite") == []


async def test_only_the_teacher_learns_who_carries_the_talk(seminar: Seminar) -> None:
    seminar.world.add_person("思穎")
    await seminar.starts("陳老師")
    await begins(seminar, "lively")
    for student in ("小敏", "阿哲", "思穎"):
        await seminar.says(student, "因為我看過，所以我懂", chat=seminar.world.group)
    for number in range(7):
        await seminar.says(
            "小安", f"因為還有第{number}個例子，我再說一個給你們聽聽看", chat=seminar.world.group
        )
    await passes(seminar, 10)
    (move,) = moves(seminar, "slow")
    told = seminar.expects("有人說得特別多", move.text, privately="陳老師")
    assert "小安" not in told.text
    assert not any(move.text in text for text in seminar.said(chat=seminar.world.group))


async def test_moves_go_on_after_a_restart_without_being_said_twice(tmp_path: Path) -> None:
    world = a_class()
    async with holding(tmp_path, world=world) as seminar:
        await seminar.starts("陳老師")
        await begins(seminar)
        await seminar.says("小安", CLAIM, chat=world.group)
        await passes(seminar, 10)
        assert [move.state for move in moves(seminar)] == ["waiting"]
    async with holding(tmp_path, world=world) as seminar:
        await passes(seminar, 60)
        assert [move.state for move in moves(seminar)] == ["offered"]
    async with holding(tmp_path, world=world) as seminar:
        await passes(seminar, 60)
        assert len(seminar.said(privately="陳老師")) == 2
        await seminar.presses("陳老師", "✅ 貼出", on=seminar.last_in(world.private("陳老師")))
        assert moves(seminar)[0].state == "posted"


async def test_a_move_is_said_in_the_seminars_language(tmp_path: Path) -> None:
    async with holding(tmp_path, language="zh-Hans") as seminar:
        await begins(seminar, "lively")
        await seminar.says("小安", "我认为机器拍的电影根本不可能感动任何人", chat=seminar.world.group)
        await passes(seminar, 50)
        (move,) = moves(seminar, "press")
        assert move.state == "posted"
        assert any(word in move.text for word in ("这样", "让你", "说服", "背后"))


async def test_forgetting_a_student_leaves_the_move_without_its_trigger(seminar: Seminar) -> None:
    await begins(seminar, "lively")
    await seminar.says("小安", CLAIM, chat=seminar.world.group)
    await passes(seminar, 50)
    person = seminar.store.people.meet(seminar.world.person("小安").id, "小安")
    seminar.store.erasure.forget(person.id)
    (move,) = moves(seminar, "press")
    assert move.state == "posted"
    assert move.spotted.trigger is None
    await passes(seminar, 60)


async def test_a_suggestion_about_masked_words_does_not_lift_the_mask(seminar: Seminar) -> None:
    await seminar.starts("陳老師")
    await timed(seminar, "匿名")
    seminar.later(minutes=2)
    await whispers(seminar, "小安", CLAIM)
    relayed = seminar.last_in(seminar.world.group)
    await passes(seminar, 50)
    offer = seminar.expects(CLAIM, privately="陳老師")
    assert "小安" not in offer.text
    await seminar.presses("陳老師", "✅ 貼出", on=offer)
    assert seminar.last_in(seminar.world.group).reply_to is relayed


async def test_while_answers_are_collected_and_when_they_are_shown_nobody_is_questioned(
    seminar: Seminar,
) -> None:
    await seminar.starts("陳老師")
    await timed(seminar, "先寫再看")
    seminar.later(minutes=2)
    await seminar.presses("小安", WRITE, on=card_of(seminar))
    await seminar.says("小安", CLAIM, privately=True)
    await passes(seminar, 90)
    await seminar.presses("陳老師", "📬 公布大家的想法", on=card_of(seminar))
    await passes(seminar, 150)
    assert moves(seminar, "press", "say_more", "challenge", "revoice", "link") == []


async def test_in_a_topic_moves_stay_in_their_topic(tmp_path: Path) -> None:
    world = a_class()
    forum = world.add_group("論壇", forum=True)
    world.add_person("王老師", admin=True, joins=forum)
    world.add_person("小宇", joins=forum)
    topic = world.opens_topic("王老師", "第三週", chat=forum).id
    async with holding(tmp_path, world=world) as seminar:
        await seminar.says("王老師", PROMPT, chat=forum, thread=topic)
        (opened,) = seminar.store.rounds.all_open()
        seminar.store.rounds.set_facilitation(opened.id, "lively")
        seminar.later(minutes=2)
        await seminar.says("小宇", CLAIM, chat=forum, thread=topic)
        await passes(seminar, 50)
        posted = seminar.last_in(forum)
        assert posted.text == seminar.store.moves.of(opened.id)[0].text
        assert posted.thread_id == topic
