"""Inline mode: `@bot 關鍵詞` in any chat."""

import json

from bot.rehearsal.fake_telegram.world import TypedQuery
from tests.dialogue import Seminar


async def types(seminar: Seminar, who: str, query: str) -> TypedQuery:
    typing = seminar.world.types_inline(who, query)
    await seminar.settle()
    return typing


async def test_a_keyword_offers_snippets_with_title_text_and_source(seminar: Seminar) -> None:
    typing = await types(seminar, "小安", "塔可夫斯基")
    first = typing.offered[0]
    assert "塔可夫斯基" in first.title
    assert first.description
    assert first.title in first.text
    assert "出處：第" in first.text
    assert 2 <= len(typing.offered) <= 20


async def test_a_question_is_answered_first(seminar: Seminar) -> None:
    await seminar.says("小安", "/ask 塔可夫斯基是誰？")
    title = seminar.last.text.splitlines()[0]
    typing = await types(seminar, "小安", "塔可夫斯基是誰？")
    assert typing.offered[0].title == title


async def test_nothing_typed_yet_offers_the_main_topics(seminar: Seminar) -> None:
    typing = await types(seminar, "小安", "")
    assert len(typing.offered) == 20
    assert typing.cache_time > (await types(seminar, "小安", "短片")).cache_time


async def test_a_word_not_yet_typed_to_its_end_finds_its_snippets(seminar: Seminar) -> None:
    typing = await types(seminar, "小安", "塔可夫")
    assert any("塔可夫斯基" in each.title for each in typing.offered)


async def test_another_topic_offers_nothing(seminar: Seminar) -> None:
    typing = await types(seminar, "小安", "台北明天會下雨嗎")
    assert typing.answered
    assert typing.offered == ()


async def test_what_is_offered_is_for_this_person_only(seminar: Seminar) -> None:
    assert (await types(seminar, "小安", "塔可夫斯基")).is_personal
    reader = seminar.world.person("小敏")
    seminar.store.private_reading.choose(seminar.store.people.meet(reader.id, "小敏").id, "lights-out")
    theirs = await types(seminar, "小敏", "")
    assert {each.title for each in theirs.offered}.isdisjoint(
        each.title for each in (await types(seminar, "小安", "")).offered
    )


async def test_it_is_in_the_language_that_is_typed(seminar: Seminar) -> None:
    typing = await types(seminar, "小安", "Who is Tarkovsky?")
    assert "Source: paragraph" in typing.offered[0].text


async def test_nothing_of_what_is_typed_is_kept(seminar: Seminar) -> None:
    await types(seminar, "小安", "塔可夫斯基")
    for table in ("people", "questions", "waiting"):
        assert seminar.store.all(f"SELECT * FROM {table}") == []


async def test_a_query_older_than_half_a_minute_is_let_go(seminar: Seminar) -> None:
    typing = seminar.world.types_inline("小安", "塔可夫斯基")
    seminar.later(seconds=31)
    await seminar.settle()
    assert not typing.answered
    assert [call.ok for call in seminar.calls("answerInlineQuery")] == [False]
    assert seminar.store.journal.pending() == []


async def test_a_query_left_by_an_earlier_run_is_not_answered(seminar: Seminar) -> None:
    typing = seminar.world.types_inline("小安", "塔可夫斯基")
    seminar.intake._closed = True  # the house dies before it is handled
    await seminar.intake.receive(seminar.world.updates.take())
    await seminar.intake.settle()
    seminar.intake._closed = False
    assert seminar.intake.replay() == 1
    await seminar.intake.settle()
    assert not typing.answered
    assert seminar.calls("answerInlineQuery") == []
    assert seminar.store.journal.pending() == []


async def test_what_is_chosen_is_posted_and_asks_nothing(seminar: Seminar) -> None:
    typing = await types(seminar, "小安", "塔可夫斯基")
    title = typing.offered[0].title
    before = len(seminar.said())
    post = seminar.world.chooses("小安", typing, title)
    await seminar.settle()
    assert title in post.text
    assert len(seminar.said()) == before
    await seminar.starts("小安")
    before = len(seminar.said(privately="小安"))
    seminar.world.chooses("小安", typing, title, chat=seminar.world.private("小安"))
    await seminar.settle()
    assert len(seminar.said(privately="小安")) == before


async def test_results_keep_to_telegrams_limits(seminar: Seminar) -> None:
    await types(seminar, "小安", "AI")
    (call,) = seminar.calls("answerInlineQuery")
    results = json.loads(call.parameters["results"])
    assert len({each["id"] for each in results}) == len(results)
    assert all(len(each["id"].encode()) <= 64 and each["description"] for each in results)


async def test_what_is_posted_from_the_list_in_a_round_is_kept_but_are_not_the_students_words(
    seminar: Seminar,
) -> None:
    await seminar.says("陳老師", "/discuss 塔可夫斯基怎麼看時間？")
    typing = await types(seminar, "小安", "塔可夫斯基")
    seminar.world.chooses("小安", typing, typing.offered[0].title)
    await seminar.settle()
    (remark,) = seminar.store.remarks.of(1)
    assert (remark.kind, remark.own) == ("inline", False)
    await seminar.says("陳老師", "/close")
    seminar.expects("1 人發言，共 1 則")
    assert "說得最多" not in seminar.last.text
    assert typing.offered[0].title not in seminar.last.text
