import asyncio
import json
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from telegram.error import InvalidToken
from telegram.request import BaseRequest, RequestData

from bot.intake.inbox import Intake
from bot.intake.polling import ALLOWED, CONFLICT_PAUSE, LONGEST_PAUSE, QUIET, poll
from db.store import Store
from tests.db.conftest import KEY, NOON
from tests.intake.messages import BOT_ID, BOT_NAME, Raw, commands, says

Answer = tuple[int, Any]


class Line(BaseRequest):
    """A line to Telegram with its answers written beforehand; when they are used up, polling is stopped."""

    read_timeout = 5.0

    def __init__(self, stop: asyncio.Event, *answers: Answer | Exception | None) -> None:
        self.stop = stop
        self.answers = list(answers)
        self.asked: list[dict[str, Any]] = []
        self.waits = asyncio.Event()

    async def initialize(self) -> None:
        """Need nothing."""

    async def shutdown(self) -> None:
        """Leave nothing."""

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_: Any, **__: Any
    ) -> tuple[int, bytes]:
        assert (url, method) == ("https://telegram.example/bot1:x/getUpdates", "POST")
        assert request_data is not None
        parameters = request_data.json_parameters
        self.asked.append({key: json.loads(value) for key, value in parameters.items()})
        answer = self.answers.pop(0)
        if answer is None:  # nothing to tell: as long as Telegram holds the line
            self.waits.set()
            await asyncio.Event().wait()
        if not self.answers:
            self.stop.set()
        if isinstance(answer, Exception):
            raise answer
        assert answer is not None
        status, result = answer
        body = (
            {"ok": True, "result": result} if status == 200 else {"ok": False, "error_code": status, **result}
        )
        return status, json.dumps(body).encode()

    @property
    def offsets(self) -> list[int | None]:
        return [asked.get("offset") for asked in self.asked]


class Pauses(list[float]):
    """Notes how long would have been waited."""

    async def __call__(self, seconds: float) -> None:
        self.append(seconds)


def refusal(status: int, description: str, **parameters: Any) -> Answer:
    return status, {"description": description, "parameters": parameters}


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    opened = Store.open(tmp_path / "wendu.db", key=KEY, clock=lambda: NOON)
    yield opened
    opened.close()


@pytest.fixture
def handled() -> list[str]:
    return []


@pytest.fixture
def intake(store: Store, handled: list[str]) -> Intake:
    async def handle(raw: Raw) -> None:
        handled.append(raw["message"]["text"])

    return Intake(store, handle, BOT_ID, BOT_NAME)


async def polled(intake: Intake, *answers: Answer | Exception | None, **more: Any) -> tuple[Line, Pauses]:
    """Poll until the answers are used up; return the line and the pauses."""
    stop, pauses = asyncio.Event(), Pauses()
    line = Line(stop, *answers)
    await poll(line, "https://telegram.example/bot1:x", intake, stop, pause=pauses, **more)
    await intake.settle()
    return line, pauses


def batch(*numbers: int) -> Answer:
    return 200, [{**commands(number, f"/ask {number}"), "update_id": number} for number in numbers]


async def test_a_batch_is_confirmed_by_the_next_call(intake: Intake, handled: list[str]) -> None:
    line, pauses = await polled(intake, batch(7, 8), batch(9), (200, []))
    assert line.offsets == [None, 9, 10]
    assert handled == ["/ask 7", "/ask 8", "/ask 9"]
    assert pauses == []


async def test_it_asks_for_reactions_and_memberships_which_come_only_if_asked_for(intake: Intake) -> None:
    line, _ = await polled(intake, (200, []), long_poll=3)
    assert line.asked[0] == {"timeout": 3, "allowed_updates": list(ALLOWED)}
    assert {"message_reaction", "chat_member", "edited_message", "callback_query"} <= set(ALLOWED)


async def test_after_a_restart_it_asks_without_an_offset(intake: Intake) -> None:
    await polled(intake, batch(900))
    line, _ = await polled(intake, batch(3), (200, []))
    assert line.offsets == [None, 4], "update ids began anew, lower"


async def test_the_offset_is_dropped_after_a_quiet_day(intake: Intake) -> None:
    times = iter([0.0, 1.0, 2.0, QUIET, QUIET + 3])
    line, _ = await polled(intake, batch(900), (200, []), batch(3), now=lambda: next(times, 2 * QUIET))
    assert line.offsets == [None, 901, None]


async def test_a_batch_that_could_not_be_kept_is_not_confirmed(intake: Intake, store: Store) -> None:
    store.run("PRAGMA query_only = ON")

    class Pause(Pauses):
        async def __call__(self, seconds: float) -> None:
            await super().__call__(seconds)
            store.run("PRAGMA query_only = OFF")  # somebody made room

    stop, pause = asyncio.Event(), Pause()
    line = Line(stop, batch(7), batch(7), (200, []))
    await poll(line, "https://telegram.example/bot1:x", intake, stop, pause=pause)
    await intake.settle()
    assert line.offsets == [None, None, 8]
    assert len(pause) == 1


async def test_a_dropped_line_is_tried_again_at_once_then_ever_more_slowly(intake: Intake) -> None:
    broken = [ConnectionError("dropped")] * 9
    _, pauses = await polled(intake, *broken, (200, []))
    assert pauses == [0.0, 1.0, 2.0, 4.0, 8.0, 16.0, LONGEST_PAUSE, LONGEST_PAUSE, LONGEST_PAUSE]


async def test_after_a_success_patience_begins_anew(intake: Intake) -> None:
    _, pauses = await polled(
        intake, ConnectionError(), ConnectionError(), (200, []), ConnectionError(), (200, [])
    )
    assert pauses == [0.0, 1.0, 0.0]


async def test_a_second_poller_is_named_and_waited_for(
    intake: Intake, caplog: pytest.LogCaptureFixture
) -> None:
    conflict = refusal(409, "Conflict: terminated by other getUpdates request")
    _, pauses = await polled(intake, conflict, (200, []))
    assert pauses == [CONFLICT_PAUSE]
    assert "另一個程式正用同一個 token" in caplog.text


@pytest.mark.filterwarnings("ignore:.*retry_after")  # PTB warns whoever makes its RetryAfter, itself too
async def test_it_waits_as_long_as_telegram_asks(intake: Intake) -> None:
    _, pauses = await polled(intake, refusal(429, "Too Many Requests", retry_after=17), (200, []))
    assert pauses == [17.0]


@pytest.mark.parametrize("status", [401, 404])
async def test_a_token_that_telegram_does_not_know_ends_polling(intake: Intake, status: int) -> None:
    with pytest.raises(InvalidToken):
        await polled(intake, refusal(status, "Unauthorized"))


async def test_an_answer_that_is_no_list_changes_nothing(intake: Intake, handled: list[str]) -> None:
    line, pauses = await polled(intake, (200, {"strange": True}), batch(7))
    assert line.offsets == [None, None]
    assert pauses == [0.5]
    assert handled == ["/ask 7"]


async def test_poison_in_a_batch_is_confirmed_with_its_neighbours(intake: Intake, handled: list[str]) -> None:
    answer = (200, [commands(7, "/ask 7"), "poison", {"update_id": 5009}])
    line, _ = await polled(intake, answer, (200, []))
    assert line.offsets == [None, 5010]
    assert handled == ["/ask 7"]


async def test_stopping_does_not_wait_for_the_long_poll(intake: Intake) -> None:
    stop = asyncio.Event()
    line = Line(stop, None)
    polling = asyncio.create_task(poll(line, "https://telegram.example/bot1:x", intake, stop))
    await line.waits.wait()
    stop.set()
    async with asyncio.timeout(1):
        await polling


async def test_it_does_not_fetch_more_while_the_queues_are_crowded(store: Store) -> None:
    gate, busy = asyncio.Event(), asyncio.Event()

    async def handle(_: Raw) -> None:
        busy.set()
        await gate.wait()

    stop, intake = asyncio.Event(), Intake(store, handle, BOT_ID, BOT_NAME)
    line = Line(stop, batch(*range(1000)), (200, []))
    polling = asyncio.create_task(poll(line, "https://telegram.example/bot1:x", intake, stop))
    await busy.wait()
    assert len(line.asked) == 1
    gate.set()
    await polling
    await intake.settle()
    assert len(line.asked) == 2


async def test_remarks_are_on_disk_before_they_are_confirmed(intake: Intake, store: Store) -> None:
    """When the next call is made, another connection, as after a crash, sees them in the log."""
    seminar = store.seminars.bind(-1001234567890, pack="ai-film", language="zh-Hant")
    teacher = store.people.meet(1, "陳老師").id
    store.rounds.open(seminar.id, prompt_slug="", prompt_text="題", opened_by=teacher, at=NOON)
    seen: list[int] = []

    class Watching(Line):
        async def do_request(self, *arguments: Any, **more: Any) -> tuple[int, bytes]:
            with sqlite3.connect(store.path) as other:
                seen.append(other.execute("SELECT count(*) FROM discussion_log").fetchone()[0])
            other.close()
            return await super().do_request(*arguments, **more)

    stop = asyncio.Event()
    line = Watching(stop, (200, [says(1), says(2)]), (200, [says(3)]), (200, []))
    await poll(line, "https://telegram.example/bot1:x", intake, stop)
    assert seen == [0, 2, 3]
