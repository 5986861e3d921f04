"""Editing what was written in private for a round: the answer follows while it may, or it is said why not."""

from bot.rehearsal.fake_telegram.chats import Post
from tests.dialogue import Seminar
from tests.handlers.rounds.test_post_first import card_of, writes
from tests.handlers.rounds.test_relay import whispers
from tests.handlers.rounds.test_time import timed

SHOW = "📬 公布大家的想法"


def written(seminar: Seminar, who: str) -> list[Post]:
    """Return what somebody wrote in private, commands aside."""
    person = seminar.world.person(who)
    posts = seminar.world.posts(seminar.world.private(who))
    return [post for post in posts if post.sender.id == person.id and not post.text.startswith("/")]


async def test_an_edit_changes_the_answer_that_will_be_shown(seminar: Seminar) -> None:
    await timed(seminar, "先寫再看")
    card = card_of(seminar)
    await writes(seminar, "小安", "有溫渡")
    (post,) = written(seminar, "小安")
    await seminar.edits("小安", post, "有溫度")
    seminar.expects("改好了", privately="小安")
    await seminar.presses("陳老師", SHOW, on=card)
    seminar.expects("共 1 則", "小安\n有溫度")
    assert [(said.text, said.via) for said in seminar.store.remarks.of(1)] == [("有溫度", "answer")]


async def test_an_edit_counts_after_writing_was_finished_too(seminar: Seminar) -> None:
    await timed(seminar, "先寫再看")
    await writes(seminar, "小安", "有溫渡")
    await seminar.presses("小安", "寫完了", privately=True)
    (post,) = written(seminar, "小安")
    await seminar.edits("小安", post, "有溫度")
    seminar.expects("改好了", privately="小安")
    assert [row["text"] for row in seminar.store.all("SELECT text FROM answers")] == ["有溫度"]


async def test_an_edit_of_a_message_that_was_replaced_changes_nothing_and_says_so(seminar: Seminar) -> None:
    await timed(seminar, "先寫再看")
    card = card_of(seminar)
    await writes(seminar, "小安", "先寫的", "後寫的")
    first, last = written(seminar, "小安")
    await seminar.edits("小安", first, "先寫的改了")
    seminar.expects("以那一則為準", privately="小安")
    await seminar.edits("小安", last, "後寫的改了")
    await seminar.presses("陳老師", SHOW, on=card)
    seminar.expects("小安\n後寫的改了")


async def test_after_all_is_shown_an_edit_changes_nothing_and_says_so(seminar: Seminar) -> None:
    await timed(seminar, "先寫再看")
    card = card_of(seminar)
    await writes(seminar, "小安", "有溫度")
    await seminar.presses("陳老師", SHOW, on=card)
    await seminar.edits("小安", written(seminar, "小安")[0], "沒有溫度")
    seminar.expects("公布的還是原來的字", privately="小安")
    assert [said.text for said in seminar.store.remarks.of(1)] == ["有溫度"]


async def test_under_a_mask_who_edits_is_told_how_to_change_it(seminar: Seminar) -> None:
    await timed(seminar, "匿名")
    await whispers(seminar, "小安", "沒感覺")
    await seminar.edits("小安", written(seminar, "小安")[0], "有感覺")
    seminar.expects("收回這一則", privately="小安")
    assert [said.text for said in seminar.store.remarks.of(1)] == ["沒感覺"]


async def test_who_has_said_no_meanwhile_is_not_collected_from_by_an_edit(seminar: Seminar) -> None:
    await timed(seminar, "先寫再看")
    await writes(seminar, "小安", "有溫渡")
    (post,) = written(seminar, "小安")
    await seminar.says("小安", "/optout", privately=True)
    await seminar.edits("小安", post, "有溫度")
    seminar.expects("不被記錄", privately="小安")
    assert seminar.store.private_answers.count(1) == 0


async def test_edits_of_questions_and_of_the_same_words_are_let_be(seminar: Seminar) -> None:
    await timed(seminar, "先寫再看")
    asked = await seminar.says("小敏", "塔可夫司基是誰？", privately=True)
    await seminar.edits("小敏", asked, "塔可夫斯基是誰？")
    seminar.expects_silence()
    await writes(seminar, "小安", "有溫度")
    await seminar.edits("小安", written(seminar, "小安")[0], "有溫度")
    seminar.expects_silence()


async def test_of_somebody_unknown_an_edit_leaves_nothing(seminar: Seminar) -> None:
    post = seminar.world.says("小敏", "嗨", chat=seminar.world.private("小敏"))
    seminar.world.updates.take()
    await seminar.edits("小敏", post, "嗨嗨")
    seminar.expects_silence()
    assert seminar.store.all("SELECT * FROM people") == []
