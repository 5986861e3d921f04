"""What teaches, rates, chooses and points, handled a second time as after a crash, changes nothing more."""

from typing import Any

from telegram import Update

from tests.dialogue import TEACHER, Seminar

NEW = "那台會飛的空拍機叫啥"
TABLES = ("questions", "learned_aliases", "readings", "seminars")


def snapshot(seminar: Seminar) -> dict[str, list[tuple[Any, ...]]]:
    return {table: [tuple(row) for row in seminar.store.all(f"SELECT * FROM {table}")] for table in TABLES}


async def handled_twice(seminar: Seminar) -> None:
    """Hand on what waits, then handle the same once more past the journal."""
    raws = list(seminar.world.updates.fetch())
    assert raws
    await seminar.settle()
    before = snapshot(seminar)
    for raw in raws:
        await seminar.house.process_update(Update.de_json(raw, seminar.house.bot))
    assert seminar.errors == []
    assert snapshot(seminar) == before


async def test_teaching_twice_teaches_once(seminar: Seminar) -> None:
    await seminar.says("小安", f"/ask {NEW}")
    await seminar.says(TEACHER, "/unanswered", privately=True)
    await seminar.presses(TEACHER, NEW, privately=True)
    page = seminar.last
    seminar.world.presses(TEACHER, page, page.buttons[0][0].text)
    await handled_twice(seminar)
    assert len(seminar.store.all("SELECT * FROM learned_aliases")) == 1
    seminar.world.presses(TEACHER, seminar.last, "↩︎ 復原")
    await handled_twice(seminar)
    assert seminar.store.learned.all() == {}


async def test_letting_lie_twice_lets_lie_once(seminar: Seminar) -> None:
    await seminar.says("小安", f"/ask {NEW}")
    await seminar.says(TEACHER, "/unanswered", privately=True)
    await seminar.presses(TEACHER, NEW, privately=True)
    seminar.world.presses(TEACHER, seminar.last, "🗑 不是問文章，不用管")
    await handled_twice(seminar)
    assert seminar.store.unanswered.of(1) == []


async def test_a_thumb_down_twice_counts_once(seminar: Seminar) -> None:
    await seminar.says("小安", "/ask 塔可夫斯基是誰？")
    seminar.world.presses("小安", seminar.last, "👎 沒答到")
    await handled_twice(seminar)


async def test_choosing_a_reading_twice_chooses_once_and_keeps_its_question_once(seminar: Seminar) -> None:
    await seminar.says("小安", "塔可夫斯基是誰？", privately=True)
    seminar.world.presses("小安", seminar.last, "代碼編織")
    await handled_twice(seminar)
    assert seminar.store.one("SELECT count(*) FROM questions")[0] == 1
    await seminar.says(TEACHER, "/pack")
    seminar.world.presses(TEACHER, seminar.last, seminar.keyboard[-1][0])
    await handled_twice(seminar)


async def test_why_and_para_twice_keep_nothing(seminar: Seminar) -> None:
    await seminar.says("小安", "/ask 塔可夫斯基是誰？")
    seminar.world.says("小安", "/why")
    seminar.world.says("小安", "/para 3")
    await handled_twice(seminar)
