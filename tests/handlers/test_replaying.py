"""An update that comes twice, by the journal or past it, changes nothing the second time."""

from typing import Any

from telegram import Update

from bot.intake.triage import sort_update
from tests.dialogue import Seminar

OWN = "/discuss AI 能承載人文溫度嗎？"


def snapshot(seminar: Seminar) -> dict[str, list[tuple[Any, ...]]]:
    tables = ("seminars", "people", "rounds", "remarks", "versions", "stances", "questions", "consents")
    return {table: [_lasting(row) for row in seminar.store.all(f"SELECT * FROM {table}")] for table in tables}


def _lasting(row: Any) -> tuple[Any, ...]:
    """Return a row without what every message that we hear moves on."""
    return tuple(row[column] for column in row.keys() if column != "heard_at")  # noqa: SIM118  not a dict


async def again(seminar: Seminar, raws: list[dict[str, Any]]) -> None:
    """Handle updates a second time, as after a crash between handling and marking."""
    for raw in raws:
        update = Update.de_json(raw, seminar.house.bot)
        await seminar.house.process_update(update)


def heard(seminar: Seminar) -> list[dict[str, Any]]:
    raws = seminar.world.updates.fetch()
    return list(raws)


async def test_an_update_that_telegram_sends_twice_is_answered_once(seminar: Seminar) -> None:
    seminar.world.says("小安", "/ask 塔可夫斯基是誰？")
    raws = heard(seminar)
    await seminar.settle()
    said = len(seminar.said())
    await seminar.intake.receive(raws)
    await seminar.intake.settle()
    assert len(seminar.said()) == said


async def test_a_question_handled_twice_is_logged_once(seminar: Seminar) -> None:
    seminar.world.says("小安", "/ask 塔可夫斯基是誰？")
    raws = heard(seminar)
    await seminar.settle()
    before = snapshot(seminar)
    await again(seminar, raws)
    assert snapshot(seminar) == before


async def test_opening_twice_opens_once_and_says_so(seminar: Seminar) -> None:
    seminar.world.says("陳老師", OWN)
    raws = heard(seminar)
    await seminar.settle()
    before = snapshot(seminar)
    await again(seminar, raws)
    assert snapshot(seminar) == before
    seminar.expects("還在進行", chat=seminar.world.group)


async def test_a_stance_pressed_twice_counts_once(seminar: Seminar) -> None:
    await seminar.says("陳老師", OWN)
    seminar.world.presses("小安", seminar.last, "贊成")
    raws = heard(seminar)
    await seminar.settle()
    before = snapshot(seminar)
    await again(seminar, raws)
    assert snapshot(seminar) == before


async def test_closing_twice_closes_once(seminar: Seminar) -> None:
    await seminar.says("陳老師", OWN)
    seminar.world.says("陳老師", "/close")
    raws = heard(seminar)
    await seminar.settle()
    before = snapshot(seminar)
    seminar.later(minutes=1)
    await again(seminar, raws)
    assert snapshot(seminar) == before
    seminar.expects("第 1 輪已經結束了", chat=seminar.world.group)


async def test_an_edited_command_changes_nothing(seminar: Seminar) -> None:
    await seminar.says("陳老師", OWN)
    post = await seminar.says("陳老師", "/close")
    before = snapshot(seminar)
    await seminar.edits("陳老師", post, "/discuss 又一題")
    assert snapshot(seminar) == before
    seminar.expects_silence()


async def test_a_close_that_we_died_over_still_posts_its_summary(seminar: Seminar) -> None:
    await seminar.says("陳老師", OWN)
    await seminar.says("小安", "我認為有溫度")
    (running,) = seminar.store.rounds.of(seminar.store.seminars.all()[0].id)
    teacher = seminar.store.people.meet(seminar.world.person("陳老師").id, "陳老師")
    seminar.world.says("陳老師", "/close")
    (raw,) = heard(seminar)
    pending = seminar.store.journal.receive([sort_update(raw, seminar.world.bot.id, "wendubot")])
    seminar.store.rounds.close(running.id, by=teacher.id, at=seminar.clock())  # and then the power failed
    assert len(pending) == 1
    seminar.world.updates.take()
    assert seminar.intake.replay() == 1
    await seminar.settle()
    seminar.expects("發言", chat=seminar.world.group)
    assert sum("第 1 輪" in text for text in seminar.said()) >= 1
