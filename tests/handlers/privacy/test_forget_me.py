"""/forgetme: asked once more, in private; then nothing is left, however often it is handled."""

from datetime import timedelta

from telegram import Update

from tests.dialogue import Seminar
from tests.handlers.test_replaying import again, heard, snapshot

OWN = "/discuss AI 能承載人文溫度嗎？"


async def asked(seminar: Seminar) -> None:
    await seminar.says("陳老師", OWN)
    await seminar.says("小安", "我說過的話")
    await seminar.says("小敏", "我同意小安")
    await seminar.starts("小安")
    await seminar.says("小安", "/forgetme", privately=True)


async def test_it_asks_first_and_can_be_left(seminar: Seminar) -> None:
    await asked(seminar)
    seminar.expects("不能復原")
    assert seminar.keyboard == [["先不要", "確定刪除"]]
    await seminar.presses("小安", "先不要")
    seminar.expects("什麼都沒有刪除")
    assert len(seminar.store.remarks.of(1)) == 2


async def test_who_changes_their_mind_again_can_still_delete(seminar: Seminar) -> None:
    await asked(seminar)
    await seminar.presses("小安", "先不要")
    await seminar.presses("小安", "刪除我的資料")
    await seminar.presses("小安", "確定刪除")
    seminar.expects("已經刪除了")
    (left,) = seminar.store.remarks.of(1)
    assert "小安" not in left.text
    assert left.text.startswith("我同意")


async def test_in_a_group_it_leads_to_the_private_chat(seminar: Seminar) -> None:
    await seminar.says("陳老師", OWN)
    await seminar.says("小安", "我說過的話")
    await seminar.says("小安", "/forgetme")
    seminar.expects("請到私訊裡確認")
    await seminar.presses("小安", "刪除我的資料")
    seminar.expects("不能復原", privately="小安")
    await seminar.presses("小安", "確定刪除")
    assert seminar.store.remarks.of(1) == []


async def test_pressed_twice_and_handled_twice_it_stays_done(seminar: Seminar) -> None:
    await asked(seminar)
    question = seminar.last
    seminar.world.presses("小安", question, "確定刪除")
    raws = heard(seminar)
    await seminar.settle()
    before = snapshot(seminar)
    await again(seminar, raws)
    await seminar.presses("小安", "forget:yes", on=question, forged=True)
    assert snapshot(seminar) == before
    assert [row[0] for row in seminar.store.all("SELECT name FROM people ORDER BY id")] == ["陳老師", "小敏"]


async def test_a_crash_between_forgetting_and_answering_does_no_harm(seminar: Seminar) -> None:
    await asked(seminar)
    seminar.world.presses("小安", seminar.last, "確定刪除")
    (raw,) = heard(seminar)
    known = seminar.store.people.known(seminar.world.person("小安").id)
    assert known
    seminar.store.erasure.forget(known.id)
    await seminar.house.process_update(Update.de_json(raw, seminar.house.bot))
    seminar.expects("已經刪除了")


async def test_who_is_unknown_is_told_the_same(seminar: Seminar) -> None:
    await seminar.starts("小安", "forgetme")
    await seminar.presses("小安", "確定刪除")
    seminar.expects("已經刪除了")
    assert seminar.store.all("SELECT * FROM people") == []


async def test_after_it_one_can_still_say_no_for_good(seminar: Seminar) -> None:
    await asked(seminar)
    await seminar.presses("小安", "確定刪除")
    await seminar.presses("小安", "🙈 不要記錄我")
    await seminar.says("小安", "這句不留", chat=seminar.world.group)
    assert len(seminar.store.remarks.of(1)) == 1


async def test_by_night_what_is_too_old_goes_once(seminar: Seminar) -> None:
    await asked(seminar)
    await seminar.says("陳老師", "/close", chat=seminar.world.group)
    seminar.store.seminars.configure(1, retention_days=30)
    for _ in range(29):
        await seminar.ticks(days=1)
    assert len(seminar.store.remarks.of(1)) == 2
    await seminar.ticks(days=2)
    assert seminar.store.remarks.of(1) == []
    (since,) = seminar.store.one("SELECT since FROM chores WHERE name = 'purge'")
    await seminar.ticks(hours=1)
    assert seminar.store.one("SELECT since FROM chores WHERE name = 'purge'")[0] == since


async def test_a_clock_set_years_ahead_and_right_again_costs_nobody_a_word(seminar: Seminar) -> None:
    await asked(seminar)
    await seminar.says("陳老師", "/close", chat=seminar.world.group)
    await seminar.ticks(days=1)
    await seminar.ticks(days=4 * 365)
    seminar.clock.forward(-timedelta(days=4 * 365))
    await seminar.ticks(days=1)
    assert len(seminar.store.remarks.of(1)) == 2


async def test_a_wording_of_theirs_that_was_added_to_a_pack_is_not_known_any_more(seminar: Seminar) -> None:
    wording = "那台會飛的空拍機叫啥"
    await seminar.says("小安", f"/ask {wording}")
    await seminar.says("陳老師", "/unanswered", privately=True)
    await seminar.presses("陳老師", wording, privately=True)
    await seminar.presses("陳老師", seminar.last.buttons[0][0].text)
    assert seminar.house.bot_data.library.engine("ai-film").answer(wording).answered
    await seminar.starts("小安")
    await seminar.says("小安", "/forgetme", privately=True)
    await seminar.presses("小安", "確定刪除")
    assert not seminar.house.bot_data.library.engine("ai-film").answer(wording).answered
