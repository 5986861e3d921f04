import pytest

from tests.dialogue import Seminar


async def test_an_answer_has_title_text_and_source_and_quotes_the_question(seminar: Seminar) -> None:
    question = await seminar.says("小安", "/ask 塔可夫斯基是誰？")
    answer = seminar.expects("塔可夫斯基", "出處：第")
    assert answer.reply_to is question
    assert seminar.keyboard[-1] == ["👍 有幫助", "👎 沒答到"]


async def test_an_empty_ask_says_how(seminar: Seminar) -> None:
    await seminar.says("小安", "/ask")
    seminar.expects("/ask 影展有哪些短片", "/topics")


async def test_a_question_may_stand_on_the_next_line(seminar: Seminar) -> None:
    await seminar.says("小安", "/ask\n塔可夫斯基是誰？")
    seminar.expects("塔可夫斯基", "出處")


async def test_a_mention_asks(seminar: Seminar) -> None:
    await seminar.says("小安", "@WenduBot 塔可夫斯基是誰？")
    seminar.expects("塔可夫斯基", "出處")


async def test_a_mention_may_stand_at_the_end_and_in_any_case(seminar: Seminar) -> None:
    await seminar.says("小安", "塔可夫斯基是誰？ @wendubot")
    seminar.expects("塔可夫斯基", "出處")


async def test_a_bare_mention_says_how_to_ask(seminar: Seminar) -> None:
    await seminar.says("小安", "@WenduBot")
    seminar.expects("請把問題接在後面")


async def test_somebody_elses_mention_is_none_of_our_business(seminar: Seminar) -> None:
    await seminar.says("小安", "@teacher_chen 塔可夫斯基是誰？")
    seminar.expects_silence()


async def test_a_reply_to_the_bot_asks(seminar: Seminar) -> None:
    await seminar.says("小安", "/help")
    await seminar.replies("小安", "塔可夫斯基是誰？")
    seminar.expects("塔可夫斯基", "出處")


async def test_a_reply_to_a_classmate_does_not_ask(seminar: Seminar) -> None:
    said = await seminar.says("小敏", "塔可夫斯基很難懂")
    await seminar.replies("小安", "塔可夫斯基是誰？", to=said)
    seminar.expects_silence()


async def test_a_reply_to_the_card_is_a_remark_and_gets_no_answer(seminar: Seminar) -> None:
    await seminar.says("陳老師", "/discuss AI 能有溫度嗎？")
    card = seminar.last
    await seminar.replies("小安", "塔可夫斯基說電影是雕刻時光", to=card)
    seminar.expects_silence()


async def test_plain_words_in_private_ask_about_the_reading_of_ones_class(seminar: Seminar) -> None:
    await seminar.says("小安", "/ask 影展有哪些短片？")
    await seminar.starts("小安")
    await seminar.says("小安", "塔可夫斯基是誰？", privately=True)
    seminar.expects("塔可夫斯基", "出處")


async def test_plain_words_in_the_group_do_not_ask(seminar: Seminar) -> None:
    await seminar.says("小安", "塔可夫斯基是誰？")
    seminar.expects_silence()


async def test_a_picture_in_private_is_met_with_a_hint(seminar: Seminar) -> None:
    await seminar.starts("小安")
    seminar.room = seminar.world.private("小安")
    seminar.world.sends_photo("小安", b"\x89PNG", chat=seminar.room)
    await seminar.settle()
    seminar.expects("我只看得懂文字")


async def test_what_the_reading_does_not_cover_is_said_so(seminar: Seminar) -> None:
    await seminar.says("小安", "/ask 台北明天會下雨嗎？")
    seminar.expects("沒有談到")
    assert seminar.keyboard


async def test_a_nearest_topic_opens_its_snippet(seminar: Seminar) -> None:
    await seminar.says("小安", "/ask 台北明天會下雨嗎？")
    label = seminar.keyboard[0][0]
    await seminar.presses("小安", label)
    assert seminar.last.text


async def test_small_talk_gets_a_friendly_line(seminar: Seminar) -> None:
    await seminar.says("小安", "/ask 你好")
    seminar.expects("我是來陪你讀文章的")


async def test_a_made_up_snippet_is_refused(seminar: Seminar) -> None:
    await seminar.says("小安", "/ask 塔可夫斯基是誰？")
    await seminar.presses("小安", "snippet:0123456789ab", on=seminar.last, forged=True)
    assert seminar.toast == "這個按鈕已經失效了。"


async def test_only_who_asked_may_rate(seminar: Seminar) -> None:
    await seminar.says("小安", "/ask 塔可夫斯基是誰？")
    await seminar.presses("小敏", "👍 有幫助")
    assert "只有提問的人" in seminar.toast
    (question,) = seminar.store.questions.of(1)
    assert question.helped is None


@pytest.mark.parametrize("data", ["helped:1", "helped:1:1:1", "helped:-1:1", "helped:²:1", "helped:9" * 5])
async def test_a_made_up_rating_is_answered(seminar: Seminar, data: str) -> None:
    await seminar.says("小安", "/ask 塔可夫斯基是誰？")
    await seminar.presses("小安", data, on=seminar.last, forged=True)
    assert seminar.toast == "這個按鈕已經失效了。"


async def test_questions_are_logged_under_an_alias(seminar: Seminar) -> None:
    await seminar.says("小安", "/ask 塔可夫斯基是誰？")
    (question,) = seminar.store.questions.of(1)
    assert question.answered
    assert question.text == "塔可夫斯基是誰？"
    assert question.alias
    assert question.alias != "小安"


async def test_who_said_no_is_answered_but_not_logged(seminar: Seminar) -> None:
    await seminar.says("小安", "/privacy")
    await seminar.presses("小安", "🙈 不要記錄我")
    await seminar.says("小安", "/ask 塔可夫斯基是誰？")
    seminar.expects("塔可夫斯基", "出處")
    assert ["👍 有幫助", "👎 沒答到"] not in seminar.keyboard
    assert seminar.store.questions.of(1) == []


async def test_a_follow_up_is_understood_for_ten_minutes(seminar: Seminar) -> None:
    await seminar.says("小安", "/ask 塔可夫斯基是誰？")
    await seminar.says("小安", "/ask 那他的創作方法呢？")
    understood = seminar.expects("塔可夫斯基").text
    seminar.later(minutes=11)
    await seminar.says("小安", "/ask 那他的創作方法呢？")
    assert seminar.last.text != understood


async def test_a_follow_up_belongs_to_who_asked_first(seminar: Seminar) -> None:
    await seminar.says("小安", "/ask 塔可夫斯基是誰？")
    await seminar.says("小敏", "/ask 那他的創作方法呢？")
    others = seminar.last.text
    await seminar.says("小安", "/ask 那他的創作方法呢？")
    assert seminar.last.text != others


async def test_what_people_write_is_shown_as_they_wrote_it(seminar: Seminar) -> None:
    await seminar.says("陳老師", "/discuss <b>AI</b> & <i>溫度</i>？")
    seminar.expects("<b>AI</b> & <i>溫度</i>？")


async def test_a_question_in_english_is_answered_with_the_gloss(seminar: Seminar) -> None:
    await seminar.says("小安", "/ask Who is Tarkovsky?")
    seminar.expects("Tarkovsky", "Source: paragraph")


async def in_rich(seminar: Seminar, who: str, *blocks: dict[str, object]) -> None:
    """Let somebody send a rich message in private, which the rehearsal's Telegram cannot write."""
    await seminar.says(who, "/ask 作者是誰？")  # in their class, whose reading it is
    await seminar.starts(who)
    seminar.world.says(who, "…", chat=seminar.world.private(who))
    (raw,) = seminar.world.updates.take()
    del raw["message"]["text"]
    raw["message"]["rich_message"] = {"blocks": list(blocks)}
    await seminar.intake.receive([raw])
    await seminar.settle()


async def test_a_rich_message_in_private_is_read_by_its_words(seminar: Seminar) -> None:
    dressed = [{"type": "bold", "text": "塔可夫斯基"}, "是誰？"]
    await in_rich(seminar, "小安", {"type": "paragraph", "text": dressed})
    seminar.expects("出處", "俄羅斯", privately="小安")
    assert seminar.store.all("SELECT text FROM questions")[-1]["text"] == "塔可夫斯基是誰？"


async def test_a_rich_message_without_words_is_told_that_text_is_wanted(seminar: Seminar) -> None:
    await in_rich(seminar, "小安", {"type": "divider"})
    seminar.expects("只看得懂文字", privately="小安")
