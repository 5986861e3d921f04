"""A group that has become a supergroup keeps one queue, under both ids and over restarts."""

from bot.intake.inbox import Intake
from db.store import Store
from tests.db.conftest import NOON
from tests.intake.messages import BOT_ID, BOT_NAME, GROUP, commands, says, update
from tests.intake.test_inbox import Handler, handler, store

__all__ = ["handler", "store"]  # fixtures
WAS = -500
SMALL, LARGE = {"id": WAS, "type": "group"}, {"id": GROUP, "type": "supergroup", "title": "大班"}


async def test_after_a_restart_a_remark_still_waits_behind_a_close(store: Store, handler: Handler) -> None:
    seminar = store.seminars.bind(WAS, title="小班", pack="ai-film", language="zh-Hant")
    teacher = store.people.meet(1, "陳老師")
    opened = store.rounds.open(seminar.id, prompt_slug="", prompt_text="題", opened_by=teacher.id, at=NOON)
    gate = handler.holds("/close")
    first = Intake(store, handler, BOT_ID, BOT_NAME)
    await first.receive([update(5, chat=SMALL, migrate_to_chat_id=GROUP, text="")])
    await first.settle()
    await first.receive([commands(1, "/close", chat=LARGE)])
    await handler.has_begun("/close")
    await first.stop(patience=0)

    second = Intake(store, handler, BOT_ID, BOT_NAME)
    assert second.replay() == 1
    handler.acts["/close"] = lambda: store.rounds.close(opened.id, by=teacher.id, at=NOON)
    await second.receive([says(2, "結束以後說的", chat=LARGE)])
    gate.set()
    await second.settle()
    assert store.remarks.of(opened.id) == []
