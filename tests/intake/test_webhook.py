import asyncio
import json
import sqlite3
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from bot.intake.inbox import Intake
from bot.intake.web_server import health, serving
from bot.intake.webhook import LARGEST, SECRET, webhook
from bot.rehearsal.fake_telegram.world import World
from db.core.database import BUSY_SECONDS
from db.store import Store
from tests.intake.messages import BOT_ID, says

KNOWN = "a-secret-of-sixteen-letters"


class House:
    """A store and an intake behind the webhook, and who calls there."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.handled: list[Any] = []
        self.intake = Intake(store, self._handle, BOT_ID, "wendu_bot")
        self.routes = [webhook(self.intake, path="/telegram", secret=KNOWN), *health(store, self.intake)]
        app = Starlette(routes=list(self.routes))
        self.caller = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://bot.test")

    async def _handle(self, raw: dict[str, Any]) -> None:
        self.handled.append(raw["update_id"])

    async def bring(self, content: Any, *, secret: str = KNOWN) -> int:
        body = content if isinstance(content, bytes) else json.dumps(content).encode()
        answer = await self.caller.post("/telegram", content=body, headers={SECRET: secret})
        return answer.status_code

    def kept(self) -> int:
        return int(self.store.one("SELECT count(*) FROM journal")[0])


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    store = Store.open(tmp_path / "wendu.db")
    opened = House(store)
    yield opened
    await opened.caller.aclose()
    await opened.intake.stop()
    store.close()


def asked(number: int) -> dict[str, Any]:
    return says(number, f"問題 {number}", update_id=number, chat={"id": 11, "type": "private"})


async def test_an_update_is_on_disk_when_it_is_answered_with_200(house: House) -> None:
    assert await house.bring(asked(1)) == 200
    assert house.kept() == 1
    await house.intake.settle()
    assert house.handled == [1]


@pytest.mark.parametrize("secret", ["", "another-secret-of-its-own", KNOWN[:-1], KNOWN + "x", "溫度"])
async def test_who_does_not_know_the_secret_leaves_nothing_behind(house: House, secret: str) -> None:
    headers = [(SECRET.encode(), secret.encode())]
    answer = await house.caller.post("/telegram", json=asked(1), headers=headers)
    assert answer.status_code == 403
    assert house.kept() == 0


async def test_what_cannot_be_kept_is_answered_with_500_and_kept_when_it_comes_again(house: House) -> None:
    house.store.run("PRAGMA query_only = ON")
    assert await house.bring(asked(1)) == 500
    house.store.run("PRAGMA query_only = OFF")
    assert house.kept() == 0
    assert await house.bring(asked(1)) == 200
    assert await house.bring(asked(1)) == 200, "Telegram may bring it twice"
    await house.intake.settle()
    assert house.handled == [1]


async def test_updates_that_come_together_share_a_commit_and_keep_their_order(house: House) -> None:
    commits: list[str] = []
    house.store.conn.set_trace_callback(lambda sql: commits.append(sql) if sql == "COMMIT" else None)
    answers = await asyncio.gather(*(house.bring(asked(number)) for number in (5, 3, 1, 2, 4)))
    await house.intake.settle()
    house.store.conn.set_trace_callback(None)
    assert answers == [200] * 5
    assert len(commits) == 1 + 5, "one keeps all; each is done"
    assert house.handled == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b"[" * 100_000])
async def test_what_is_no_json_is_refused(house: House, body: bytes) -> None:
    assert await house.bring(body) == 400
    assert house.kept() == 0


async def test_a_bomb_is_refused_before_it_is_read_whole(house: House) -> None:
    assert await house.bring(b'"' + b"x" * LARGEST + b'"') == 413
    assert house.kept() == 0


async def test_who_begins_a_body_and_never_ends_it_is_not_waited_for(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.intake.webhook.PATIENCE", 0.1)
    head = f"POST /telegram HTTP/1.1\r\nHost: bot.test\r\n{SECRET}: {KNOWN}\r\nContent-Length: 900\r\n\r\n"
    async with serving(("127.0.0.1", 0), house.routes) as (host, port), asyncio.timeout(5):
        reader, writer = await asyncio.open_connection(host, port)
        writer.write(head.encode() + b'{"update_id":')
        assert b" 408 " in await reader.readline()
        writer.close()
    assert house.kept() == 0


@pytest.mark.parametrize("odd", [[], 7, "x", None, {"update_id": 1}, {"message": 3}])
async def test_odd_json_is_put_aside_and_the_next_update_gets_in(house: House, odd: Any) -> None:
    assert await house.bring(odd) == 200
    assert await house.bring(asked(2)) == 200
    await house.intake.settle()
    assert house.handled == [2]


async def test_health_tells_whether_the_database_can_be_written(house: House) -> None:
    fine = await house.caller.get("/healthz")
    assert (fine.status_code, fine.json()) == (
        200,
        {"database": "writable", "last_update_age_seconds": None, "queue_depth": 0},
    )
    await house.bring(asked(1))
    assert (await house.caller.get("/healthz")).json()["last_update_age_seconds"] < 60
    house.store.run("PRAGMA query_only = ON")
    ill = await house.caller.get("/healthz")
    house.store.run("PRAGMA query_only = OFF")
    assert ill.status_code == 503
    assert "readonly" in ill.json()["database"]


@pytest.mark.parametrize("page", ["/healthz", "/metrics"])
async def test_a_database_that_another_program_holds_is_unwell_and_that_is_said_at_once(
    house: House, page: str
) -> None:
    other = sqlite3.connect(house.store.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    began = time.monotonic()
    ill = await house.caller.get(page)
    took = time.monotonic() - began
    other.close()
    assert took < BUSY_SECONDS / 2, "the whole house waits meanwhile"
    assert ill.status_code == 503 if page == "/healthz" else "wendu_database_writable 0.0" in ill.text
    assert house.store.one("PRAGMA busy_timeout")[0] == BUSY_SECONDS * 1000, (
        "updates are as patient as before"
    )
    assert (await house.caller.get("/healthz")).status_code == 200


async def test_a_database_damaged_meanwhile_is_unwell_and_confirms_nothing_and_lets_us_stop(
    house: House,
) -> None:
    for number in range(40):
        await house.bring(asked(number))
    await house.intake.settle()
    house.store.checkpoint()
    pages = house.store.path.stat().st_size // 4096
    with house.store.path.open("r+b") as file:
        file.seek(4 * 4096)
        file.write(b"\xff" * 4096 * (pages - 4))
    house.store.run("PRAGMA shrink_memory")  # what is remembered of the file goes
    assert await house.bring(asked(77)) == 500
    ill = await house.caller.get("/healthz")
    assert (ill.status_code, ill.json()["database"]) == (503, "database disk image is malformed")
    assert "wendu_database_writable 0.0" in (await house.caller.get("/metrics")).text
    assert await house.intake.stop() == 0


async def test_prometheus_reads_the_measures_and_nobodys_words(house: House) -> None:
    await house.bring(asked(1))
    await house.bring({"update_id": 2, "message": 3})
    text = (await house.caller.get("/metrics")).text
    assert "wendu_updates_total 2.0" in text
    assert "wendu_database_writable 1.0" in text
    assert "wendu_queue_depth" in text
    assert "問題" not in text


async def test_the_local_telegram_brings_updates_until_they_are_taken(house: House) -> None:
    world = World()
    async with serving(("127.0.0.1", 0), house.routes) as (host, port):
        world.webhook.set(f"http://{host}:{port}/telegram", KNOWN)
        house.store.run("PRAGMA query_only = ON")
        world.add_person("小安")
        world.starts_bot("小安")
        async with asyncio.timeout(10):
            while not world.webhook.last_error:  # noqa: ASYNC110  it happens behind a socket
                await asyncio.sleep(0)
            house.store.run("PRAGMA query_only = OFF")
            while world.updates.fetch():  # noqa: ASYNC110  likewise
                await asyncio.sleep(0)
        world.webhook.set("", "")
    await house.intake.settle()
    assert len(house.handled) == 1
