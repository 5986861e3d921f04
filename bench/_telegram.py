"""A fast Telegram on loopback in a process of its own: gives updates by plan, takes the time of answers.

`python -m bench._telegram TOTAL RATE LATENCY KINDS` prints its port. Bots that ask for updates wait until
somebody gets /go: what starting costs them is not measured.
"""

import asyncio
import json
import sys
import time
from array import array
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web

from bot.config import OUR_PACKS
from bot.pack.load import load_pack

BOT = {"id": 123456789, "is_bot": True, "first_name": "溫度", "username": "wendu_bot"}
GROUPS, PEOPLE = 200, 20
FIRST_GROUP = -1001000000000
CARD = 1  # the message with the stance buttons in every group
MOST_WRITTEN = 100_000  # a longer plan is written as it is asked for: the soak is not timed
WARM = 10  # so many first answers are left out of latencies: the bot has just started
CLASS = "q" + "m" * 15 + "p" + "m" * 14 + "e"  # of 32: one question, one press, one edit of the one before
TALK = "m" * 31 + "e"  # of 32: what people say to each other, and one edit
ANSWERED = "qp"  # what is answered; a plan of nothing else shows how long an answer takes by itself


@lru_cache(maxsize=1)
def questions() -> list[str]:
    """Return the questions that the pack is tested with."""
    return [golden.question for golden in load_pack(OUR_PACKS / "ai-film").golden]


def group_of(number: int) -> int:
    return FIRST_GROUP - number * 7 % GROUPS


def update(number: int, kinds: str = CLASS) -> dict[str, Any]:
    """Return the update of that number: the same plan for every bot."""
    kind, place = kinds[number % len(kinds)], group_of(number)
    chat = {"id": place, "type": "supergroup", "title": "班"}
    student = number // GROUPS % PEOPLE
    who = {"id": 1000 + student, "is_bot": False, "first_name": f"學生{student}"}
    message: dict[str, Any] = {
        "message_id": number + 10,
        "date": 1_780_000_000 + number // 50,
        "chat": chat,
        "from": who,
        "text": f"第 {number} 則：我認為有溫度，因為觀眾會被感動",
    }
    if kind == "p":
        card = {**message, "message_id": CARD, "from": BOT, "text": "卡片"}
        round_id = FIRST_GROUP - place + 1  # rounds are made in the order of their groups
        query = {"id": str(number), "from": who, "chat_instance": "1", "message": card}
        return {
            "update_id": number + 1,
            "callback_query": {**query, "data": f"stance:{round_id}:{number % 5 + 1}"},
        }
    if kind == "e":
        before = {**message, "message_id": number + 9, "chat": {**chat, "id": group_of(number - 1)}}
        return {"update_id": number + 1, "edited_message": {**before, "edit_date": before["date"] + 5}}
    if kind == "q":
        message["text"] = f"/ask {questions()[number // len(kinds) % len(questions())]}"
        message["entities"] = [{"type": "bot_command", "offset": 0, "length": 4}]
    return {"update_id": number + 1, "message": message}


class Telegram:
    """Gives `total` updates, `rate` a second or (0) all at once, and notes when each was answered."""

    def __init__(self, total: int, rate: float, latency: float, kinds: str) -> None:
        self.total, self.rate, self.latency, self.kinds = total, rate, latency, kinds
        self.asking = False  # the bot is there
        self.began = 0.0  # when the updates began to come
        self.confirmed = 0
        self.last = 0.0  # when the last update was confirmed or answered
        self.halfway = 0.0  # when half of all was confirmed, and half of the questions answered
        self.delays = array("d")  # seconds from being there to being answered
        self.asked = sum(kinds[number % len(kinds)] in ANSWERED for number in range(total))
        self.replied: set[int] = set()
        self.written = [self.write(number) for number in range(total)] if total <= MOST_WRITTEN else []
        self.other = 0

    def write(self, number: int) -> str:
        return json.dumps(update(number, self.kinds))

    def due(self) -> int:
        """Return how many updates are there by now."""
        if not self.began:
            return 0
        if not self.rate:
            return self.total
        return min(self.total, int((time.monotonic() - self.began) * self.rate))

    async def get(self, given: dict[str, str]) -> bytes:
        self.asking = True
        first = max(int(given.get("offset") or 1) - 1, 0)  # ids begin with 1
        if first > self.confirmed:
            self.confirmed = first
            self.moved()
        until = time.monotonic() + min(float(given.get("timeout") or 0), 5.0)
        while self.due() <= first and time.monotonic() < until:  # noqa: ASYNC110  only time is waited for
            await asyncio.sleep(0.002)
        batch = range(first, min(self.due(), first + 100))
        texts = self.written[batch.start : batch.stop] or map(self.write, batch)
        return f'{{"ok":true,"result":[{",".join(texts)}]}}'.encode()

    def moved(self) -> None:
        self.last = time.monotonic()
        half = 2 * self.confirmed >= self.total and 2 * len(self.replied) >= self.asked
        if half and not self.halfway:
            self.halfway = self.last

    def note(self, number: int) -> None:
        if number in self.replied:
            return
        self.replied.add(number)
        self.moved()
        self.delays.append(self.last - self.began - ((number + 1) / self.rate if self.rate else 0.0))

    async def answer(self, method: str, given: dict[str, str]) -> bytes:
        method = method.lower()
        if method == "getupdates":
            return await self.get(given)
        result: Any = True
        if method == "sendmessage":
            reply = json.loads(given.get("reply_parameters") or "{}").get("message_id")
            self.note(int(reply or given.get("reply_to_message_id") or 10) - 10)
            result = self.message(given)
        elif method == "answercallbackquery":
            self.note(int(given["callback_query_id"]))
        elif method == "editmessagetext":
            self.other += 1
            result = self.message(given)
        elif method == "getme":
            return json.dumps({"ok": True, "result": {**BOT, "can_read_all_group_messages": True}}).encode()
        await asyncio.sleep(self.latency)
        return json.dumps({"ok": True, "result": result}).encode()

    def message(self, given: dict[str, str]) -> dict[str, Any]:
        chat = {"id": int(given["chat_id"]), "type": "supergroup", "title": "班"}
        number = int(given.get("message_id") or 1_000_000_000 + len(self.replied))
        return {"message_id": number, "from": BOT, "chat": chat, "date": 1_780_000_000, "text": "…"}

    def report(self) -> dict[str, Any]:
        """Return how far the bot is; delays in seconds."""
        ordered = sorted(self.delays[WARM:] if self.rate else self.delays)
        return {
            "asking": self.asking,
            "confirmed": self.confirmed,
            "answered": len(self.replied),
            "done": self.confirmed >= self.total and len(self.replied) >= self.asked,
            "seconds": self.last - self.began if self.began else 0.0,
            "second_half": self.last - self.halfway if self.halfway else 0.0,
            "p50": ordered[len(ordered) // 2] if ordered else 0.0,
            "p99": ordered[int(len(ordered) * 0.99)] if ordered else 0.0,
        }


async def read(request: web.Request) -> dict[str, str]:
    if request.content_type == "application/json":
        found = await request.json()
        return {key: value if isinstance(value, str) else json.dumps(value) for key, value in found.items()}
    if request.content_type == "application/x-www-form-urlencoded":  # pyTelegramBotAPI's GETs have a body
        return {**request.query, **dict(parse_qsl(await request.text()))}
    posted = await request.post()
    return {key: str(value) for key, value in (*request.query.items(), *posted.items())}


def serve(total: int, rate: float, latency: float, kinds: str) -> None:
    """Listen on a free port, print it, and serve until killed."""
    telegram = Telegram(total, rate, latency, kinds)

    async def call(request: web.Request) -> web.Response:
        body = await telegram.answer(request.match_info["method"], await read(request))
        return web.Response(body=body, content_type="application/json")

    async def report(_: web.Request) -> web.Response:
        return web.json_response(telegram.report())

    async def go(_: web.Request) -> web.Response:
        telegram.began = telegram.last = time.monotonic()
        return web.Response()

    async def run() -> None:
        app = web.Application()
        app.router.add_route("*", "/bot{token}/{method}", call)
        app.router.add_get("/report", report)
        app.router.add_get("/go", go)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        print(runner.addresses[0][1], flush=True)
        await asyncio.Event().wait()

    asyncio.run(run())


if __name__ == "__main__":
    serve(int(sys.argv[1]), float(sys.argv[2]), float(sys.argv[3]), sys.argv[4])
