"""Post first: answers are written in private and shown together, by the teacher or at half time."""

from bot.rehearsal.fake_telegram.chats import Post
from tests.dialogue import Seminar
from tests.handlers.rounds.test_time import timed

WRITE = "✍️ 寫下想法（公布前別人看不到）"


async def writes(seminar: Seminar, who: str, *words: str) -> None:
    """Go to the private chat by the card's button, and write there."""
    await seminar.presses(who, WRITE, on=card_of(seminar))
    for each in words:
        await seminar.says(who, each, privately=True)


def card_of(seminar: Seminar) -> Post:
    found = seminar.store.rounds.of(1)[-1].card_message_id
    card = seminar.world.group.post(found or 0)
    assert card is not None
    return card


async def test_answers_stay_hidden_until_the_teacher_shows_them_all(seminar: Seminar) -> None:
    await timed(seminar, "先寫再看")
    card = card_of(seminar)
    await writes(seminar, "小安", "我覺得有溫度")
    seminar.expects("收到了", privately="小安")
    await writes(seminar, "小敏", "先寫的", "改過的")
    assert "已收到 2 則" in card.text
    assert not any("有溫度" in said for said in seminar.said(chat=seminar.world.group)[1:])
    await seminar.presses("小安", "📬 公布大家的想法", on=card)
    assert "只有群組管理員" in seminar.toast
    await seminar.presses("陳老師", "📬 公布大家的想法", on=card)
    shown = seminar.expects("共 2 則", "小安\n我覺得有溫度", "小敏\n改過的")
    assert "先寫的" not in shown.text
    assert WRITE not in [each.text for row in card.buttons for each in row]
    logged = [(said.text, said.via, said.message_id < 0) for said in seminar.store.remarks.of(1)]
    assert logged == [("我覺得有溫度", "answer", True), ("改過的", "answer", True)]
    await seminar.replies("阿哲", "我想回應小敏", to=shown)
    assert seminar.store.remarks.of(1)[-1].text == "我想回應小敏"
    await seminar.presses("陳老師", "reveal:1", on=card, forged=True)
    assert seminar.toast == "已經公布過了。"


async def test_at_half_time_the_answers_show_themselves(seminar: Seminar) -> None:
    await timed(seminar, "先寫再看", "20 分")
    assert "09:10 公布" in card_of(seminar).text
    await writes(seminar, "小安", "十分鐘的想法")
    await seminar.ticks(minutes=10)
    seminar.expects("共 1 則", "十分鐘的想法", chat=seminar.world.group)


async def test_closing_shows_what_was_not_shown_and_counts_it(seminar: Seminar) -> None:
    await timed(seminar, "先寫再看")
    await writes(seminar, "小安", "還沒公布的想法")
    await seminar.says("陳老師", "/close")
    said = seminar.said()
    assert "還沒公布的想法" in said[-3] + said[-2]
    seminar.expects("第 1 輪總結", "1 人發言，共 1 則")


async def test_nobody_having_written_is_said_kindly(seminar: Seminar) -> None:
    await timed(seminar, "先寫再看")
    await seminar.presses("陳老師", "📬 公布大家的想法")
    seminar.expects("還沒有人寫")


async def test_after_the_answers_are_shown_none_is_taken(seminar: Seminar) -> None:
    await timed(seminar, "先寫再看")
    await seminar.presses("陳老師", "📬 公布大家的想法")
    await seminar.starts("小安", "say_1")
    seminar.expects("已經公布或結束")
    await seminar.says("小安", "塔可夫斯基是誰？", privately=True)
    seminar.expects("出處：")


async def test_questions_are_still_questions_by_command_and_after_finishing(seminar: Seminar) -> None:
    await timed(seminar, "先寫再看")
    await writes(seminar, "小安", "我的答案")
    await seminar.says("小安", "/ask 塔可夫斯基是誰？", privately=True)
    seminar.expects("出處：")
    await seminar.presses("小安", "寫完了", privately=True)
    await seminar.says("小安", "塔可夫斯基是誰？", privately=True)
    seminar.expects("出處：")
    assert seminar.store.private_answers.count(1) == 1


async def test_half_an_hour_later_private_words_are_questions_again(seminar: Seminar) -> None:
    await timed(seminar, "先寫再看")
    await writes(seminar, "小安", "我的答案")
    seminar.later(minutes=31)
    await seminar.says("小安", "塔可夫斯基是誰？", privately=True)
    seminar.expects("出處：")


async def test_who_said_no_is_not_collected_from(seminar: Seminar) -> None:
    await timed(seminar, "先寫再看")
    await seminar.presses("小安", "🙈 不要記錄我")
    await writes(seminar, "小安")
    seminar.expects("你選擇了不被記錄", privately="小安")
    await writes(seminar, "小敏", "寫好了")
    await seminar.presses("小敏", "🙈 不要記錄我", on=card_of(seminar))
    await seminar.says("小敏", "改一下", privately=True)
    seminar.expects("你選擇了不被記錄")
    await seminar.presses("陳老師", "📬 公布大家的想法", on=card_of(seminar))
    seminar.expects("還沒有人寫")


async def test_a_stranger_with_the_link_is_not_let_in(seminar: Seminar) -> None:
    await timed(seminar, "先寫再看")
    other = seminar.world.add_group("別班")
    stranger = seminar.world.add_person("路人", joins=other)
    for payload in ("say_1", "say_99", "say_x"):
        await seminar.starts(stranger, payload)
        seminar.expects("找不到這一輪討論")
    await seminar.says(stranger, "我也要寫", privately=True)
    assert seminar.store.private_answers.count(1) == 0


async def test_an_answer_too_long_is_declined(seminar: Seminar) -> None:
    await timed(seminar, "先寫再看")
    await writes(seminar, "小安", "長" * 3001)
    seminar.expects("3000 個字以內", privately="小安")
    assert seminar.store.private_answers.count(1) == 0
