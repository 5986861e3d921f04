"""Two groups whose rounds are open, between whose remarks odd updates come."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from tests.dialogue import Seminar, holding
from tests.intake.messages import GROUP, commands, says

BESIDE = GROUP - 7


class Swallowed(list[BaseException]):
    """Errors of handlers, which here may happen: the intake must stand them."""

    def append(self, error: BaseException) -> None:
        """Forget it."""


class Neighbours:
    """A seminar whose round is open, in the group that the raw updates come from, and another beside it."""

    def __init__(self, held: Seminar) -> None:
        self.held, self.number = held, 1000
        self.held.errors = Swallowed()
        teacher = held.store.people.meet(11, "陳老師")
        for chat_id in (GROUP, BESIDE):
            seminar = held.store.seminars.bind(chat_id, pack="ai-film", language="zh-Hant")
            held.store.rounds.open(
                seminar.id, prompt_slug="", prompt_text="題", opened_by=teacher.id, at=held.clock()
            )

    async def stand(self, raws: Sequence[Any]) -> bool:
        """Let updates come between two remarks of the group beside; return whether both are logged once."""
        self.number += 2
        chat = {"id": BESIDE, "type": "supergroup", "title": "隔壁"}
        first, last = says(self.number, "前", chat=chat), says(self.number + 1, "後", chat=chat)
        await self.held.intake.receive([first, *raws, last])
        await self.held.intake.settle()
        found = self.held.store.all(
            "SELECT message_id FROM discussion_log WHERE chat_id = ? AND message_id >= ?",
            (BESIDE, self.number),
        )
        return [row[0] for row in found] == [
            self.number,
            self.number + 1,
        ] and not self.held.store.journal.pending()

    async def gets(self, raw: Any) -> bool:
        """Let an update come between two others; return whether the remark that follows it is logged."""
        self.number += 2
        chat = {"id": GROUP - 1000, "type": "supergroup", "title": "隔壁"}
        asked = commands(self.number, "/topics", chat=chat)
        await self.held.intake.receive([asked, raw, says(self.number + 1, "後面")])
        await self.held.intake.settle()
        row = self.held.store.one("SELECT 1 FROM remarks WHERE message_id = ?", (self.number + 1,))
        return row is not None


@asynccontextmanager
async def neighbours(folder: Path) -> AsyncIterator[Neighbours]:
    """Give them, on a database in that folder."""
    async with holding(folder) as held:
        yield Neighbours(held)
