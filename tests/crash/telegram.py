"""A small Telegram on loopback, to kill the bot in front of: updates, confirmation, messages, little else.

It runs in threads of the test, so it lives on when the bot process does not; what it was asked to post is
posted though the asker is dead.
"""

import http.client
import json
import math
import time
from collections import Counter, deque
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import islice
from threading import Condition, Event, Thread
from typing import Any, Self, cast
from urllib.parse import parse_qs, urlsplit

TOKEN = "123456789:AAErehearsal-only-not-a-real-token-0"
BOT = {"id": 123456789, "is_bot": True, "first_name": "溫度", "username": "wendu_bot"}
GROUP = {"id": -1001234567890, "type": "supergroup", "title": "人文研討"}
TEACHER = {"id": 11, "is_bot": False, "first_name": "陳老師"}
BATCH = 20  # fewer than Telegram's hundred, so that there are more moments to be killed at
HURRY = 500  # so many wait: a hundred at once
SUPERGROUPS = -1_000_000_000_000  # their ids are lower; each numbers its own messages
Refusal = tuple[int, str]


class Limits:
    """Telegram's: thirty messages a second, twenty a minute in a group; what is refused is not counted."""

    def __init__(self) -> None:
        self._taken: dict[int, deque[float]] = {}

    def wait(self, chat_id: int, now: float) -> int:
        """Take a message, or return how many seconds its sender has to wait."""
        rules = [(0, 30, 1.0)] + ([(chat_id, 20, 60.0)] if chat_id < 0 else [])
        for key, most, seconds in rules:
            taken = self._taken.setdefault(key, deque())
            while taken and now - taken[0] >= seconds:
                taken.popleft()
            if len(taken) >= most:
                return math.ceil(taken[0] + seconds - now) or 1
        for key, _, _ in rules:
            self._taken[key].append(now)
        return 0


@dataclass
class Posted:
    """A message of the bot that stands in a chat."""

    text: str
    answers: int  # the message that it replies to; 0: none


class Telegram:
    """Keeps updates until they are confirmed, and notes what the bot calls and posts."""

    def __init__(self, *, latency: float = 0.0) -> None:
        self.updates: deque[dict[str, Any]] = deque()
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.refusals: dict[str, Refusal] = {}  # method -> status and description
        self.posted: dict[tuple[int, int], Posted] = {}  # chat and message
        self.answered: Counter[tuple[int, int]] = Counter()  # how often each message, by chat and number
        self._called: Counter[str] = Counter()
        self.there: set[tuple[int, int]] = set()  # all messages, by chat and number
        self.limits: Limits | None = None  # where set, what goes beyond is refused with 429
        self.refused = 0  # calls answered with 429
        self.brought = 0  # updates that the webhook took
        self.edited_wrongly = 0  # messages of the bot that were changed to another's words
        self.next_update = 1000
        self.latency = latency  # seconds between getting a message and answering
        self._last: Counter[int] = Counter()  # the last message id of a supergroup, or (0) of all others
        self.news = Condition()
        self._webhook: tuple[str, str] | None = None
        self._closed = Event()
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.telegram = self  # type: ignore[attr-defined]  # read by the handler below
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        Thread(target=self._server.serve_forever, daemon=True).start()
        Thread(target=self._bring, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._closed.set()
        self._server.shutdown()
        self._server.server_close()

    # What people do

    def says(self, sender: dict[str, Any], text: str, **more: Any) -> int:
        """Let somebody write into the group, or into `chat`; return the message id."""
        with self.news:
            message = {"from": sender, "chat": GROUP, "text": text, **more}
            number = self._next(message["chat"]["id"])
            self._add("message", message | {"message_id": number, "date": int(time.time())})
            return number

    def edits(self, sender: dict[str, Any], message_id: int, text: str, **more: Any) -> None:
        """Let somebody change what they wrote."""
        with self.news:
            now = int(time.time())
            message = {"message_id": message_id, "from": sender, "chat": GROUP, "text": text, "date": now}
            self._add("edited_message", message | {"edit_date": now} | more)

    def _next(self, chat_id: int) -> int:
        numbered = chat_id if chat_id < SUPERGROUPS else 0
        self._last[numbered] += 1
        self.there.add((chat_id, self._last[numbered]))
        return self._last[numbered]

    def _add(self, kind: str, inner: dict[str, Any]) -> None:
        self.updates.append({"update_id": self.next_update, kind: inner})
        self.next_update += 1
        self.news.notify_all()

    # What is waited for

    def wait_for(self, method: str, times: int = 1, seconds: float = 20.0) -> None:
        """Wait until the bot has called the method so many more times."""
        with self.news:
            goal = self.count(method) + times
            assert self.news.wait_for(lambda: self.count(method) >= goal, seconds), f"no {method} came"

    def wait_until_confirmed(self, seconds: float = 20.0) -> None:
        """Wait until the bot has confirmed every update."""
        with self.news:
            assert self.news.wait_for(lambda: not self.updates, seconds), f"{len(self.updates)} not confirmed"

    def wait_until_answered(self, asked: set[tuple[int, int]], seconds: float = 90.0) -> None:
        """Wait until every one of those messages has an answer."""
        with self.news:
            assert self.news.wait_for(lambda: asked <= self.answered.keys(), seconds), "unanswered"

    def count(self, method: str) -> int:
        return self._called[method]

    def headings(self) -> list[tuple[int, str]]:
        """Return what the bot has posted of its own accord into groups: chat and first line."""
        own = ((chat, posted) for (chat, _), posted in self.posted.items() if not posted.answers and chat < 0)
        return [(chat, posted.text.split("\n")[0]) for chat, posted in own]

    # What the bot asks

    def answer(self, method: str, parameters: dict[str, Any]) -> Any:
        """Return the result of a call, or the refusal."""
        with self.news:
            self.calls.append((method, parameters))
            self._called[method] += 1
            self.news.notify_all()
        if method in self.refusals:
            return self.refusals[method]
        if self.limits and (method.startswith(("send", "edit"))):
            waiting = self.limits.wait(int(parameters["chat_id"]), time.monotonic())
            if waiting:
                self.refused += 1
                return 429, f"Too Many Requests: retry after {waiting}"
        known = {
            "getUpdates": self._updates,
            "getMe": lambda _: {**BOT, "can_read_all_group_messages": True},
            "sendMessage": self._post,
            "editMessageText": self._edit,
            "getChatAdministrators": lambda _: [
                {"status": "creator", "user": TEACHER, "is_anonymous": False}
            ],
            "setWebhook": self._hook,
            "deleteWebhook": self._hook,
            "getWebhookInfo": self._hooked,
        }
        return known[method](parameters) if method in known else True

    def _updates(self, parameters: dict[str, Any]) -> list[dict[str, Any]]:
        offset, patience = int(parameters.get("offset", 0)), float(parameters.get("timeout", 0))
        with self.news:
            while self.updates and self.updates[0]["update_id"] < offset:
                self.updates.popleft()
            self.news.notify_all()
            self.news.wait_for(lambda: self.updates, patience)
            return list(islice(self.updates, BATCH if len(self.updates) < HURRY else 100))

    def _post(self, parameters: dict[str, Any]) -> dict[str, Any]:
        chat_id, reply = int(parameters["chat_id"]), json.loads(parameters.get("reply_parameters", "{}"))
        with self.news:
            number = self._next(chat_id)
            self.posted[chat_id, number] = Posted(parameters["text"], int(reply.get("message_id", 0)))
            if reply:
                self.answered[chat_id, int(reply["message_id"])] += 1
            self.news.notify_all()
        self._closed.wait(self.latency)
        return self._message(chat_id, number, parameters["text"])

    def _edit(self, parameters: dict[str, Any]) -> dict[str, Any] | Refusal:
        chat_id, number = int(parameters["chat_id"]), int(parameters["message_id"])
        with self.news:
            posted = self.posted.get((chat_id, number))
            if (chat_id, number) not in self.there:
                return 400, "Bad Request: message to edit not found"
            if posted is None:
                return 400, "Bad Request: message can't be edited"
            if posted.text == parameters["text"]:
                return 400, "Bad Request: message is not modified"
            same = posted.text.split("\n")[0] == parameters["text"].split("\n")[0]
            self.edited_wrongly += posted.answers > 0 or not same  # cards change, below their first line
            posted.text = parameters["text"]
            return self._message(chat_id, number, posted.text)

    def _message(self, chat_id: int, number: int, text: str) -> dict[str, Any]:
        chat = {**GROUP, "id": chat_id, "type": "supergroup" if chat_id < SUPERGROUPS else "group"}
        return {"message_id": number, "from": BOT, "chat": chat, "date": int(time.time()), "text": text}

    # What it brings itself

    def _hook(self, parameters: dict[str, Any]) -> bool:
        with self.news:
            url = parameters.get("url", "")
            self._webhook = (url, parameters.get("secret_token", "")) if url else None
            self.news.notify_all()
        return True

    def _hooked(self, _: dict[str, Any]) -> dict[str, Any]:
        url = self._webhook[0] if self._webhook else ""
        return {"url": url, "has_custom_certificate": False, "pending_update_count": len(self.updates)}

    def _bring(self) -> None:
        """Bring updates one by one to the webhook, if there is one, again until it says 200."""
        while not self._closed.is_set():
            with self.news:
                self.news.wait_for(lambda: self.updates and self._webhook, 0.2)
                if not self.updates or self._webhook is None:
                    continue
                raw, (url, secret) = self.updates[0], self._webhook
            taken = _deliver(url, secret, raw)
            if not taken:
                self._closed.wait(0.02)
                continue
            with self.news:
                self.brought += 1
                self.updates.popleft()
                self.news.notify_all()


def _deliver(url: str, secret: str, raw: dict[str, Any]) -> bool:
    parts = urlsplit(url)
    headers = {"X-Telegram-Bot-Api-Secret-Token": secret, "Content-Type": "application/json"}
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=5)
    try:
        connection.request("POST", parts.path or "/", json.dumps(raw), headers)
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):  # nobody there: killed
        return False
    finally:
        connection.close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, address: Any) -> None:
        """Say nothing of connections that a killed process left behind."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        telegram = cast("Telegram", self.server.telegram)  # type: ignore[attr-defined]
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        parameters = {key: values[0] for key, values in parse_qs(body).items()}
        result = telegram.answer(self.path.rpartition("/")[2], parameters)
        status: int = 200
        answer: dict[str, Any] = {"ok": True, "result": result}
        if isinstance(result, tuple):
            status, answer = result[0], {"ok": False, "error_code": result[0], "description": result[1]}
            if status == 429:
                answer["parameters"] = {"retry_after": int(result[1].rpartition(" ")[2])}
        written = json.dumps(answer).encode()
        try:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(written)))
            self.end_headers()
            self.wfile.write(written)
        except ConnectionError:  # killed while it waited: what it was not given is given again
            self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Say nothing."""
