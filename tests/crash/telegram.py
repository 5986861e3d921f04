"""A Telegram of a hundred lines on loopback, to kill the bot in front of: updates, confirmation, little else.

It runs in a thread of the test, so it lives on when the bot process does not.
"""

import json
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Condition, Thread
from typing import Any, Self, cast
from urllib.parse import parse_qs

TOKEN = "123456789:AAErehearsal-only-not-a-real-token-0"
BOT = {"id": 123456789, "is_bot": True, "first_name": "溫度", "username": "wendu_bot"}
GROUP = {"id": -1001234567890, "type": "supergroup", "title": "人文研討"}
TEACHER = {"id": 11, "is_bot": False, "first_name": "陳老師"}
BATCH = 20  # fewer than Telegram's hundred, so that there are more moments to be killed at


class Telegram:
    """Keeps updates until they are confirmed, and notes what the bot calls."""

    def __init__(self) -> None:
        self.updates: list[dict[str, Any]] = []
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.refusals: dict[str, tuple[int, str]] = {}  # method -> status and description
        self.next_update, self.next_message = 1000, 1
        self.news = Condition()
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.daemon_threads = True
        self._server.telegram = self  # type: ignore[attr-defined]  # read by the handler below
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def says(self, sender: dict[str, Any], text: str, **more: Any) -> int:
        """Let somebody write into the group; return the message id."""
        with self.news:
            message = {"message_id": self.next_message, "from": sender, "chat": GROUP, "text": text, **more}
            self._add("message", message | {"date": int(time.time())})
            self.next_message += 1
            return self.next_message - 1

    def edits(self, sender: dict[str, Any], message_id: int, text: str) -> None:
        """Let somebody change what they wrote."""
        with self.news:
            now = int(time.time())
            message = {"message_id": message_id, "from": sender, "chat": GROUP, "text": text, "date": now}
            self._add("edited_message", message | {"edit_date": now})

    def _add(self, kind: str, inner: dict[str, Any]) -> None:
        self.updates.append({"update_id": self.next_update, kind: inner})
        self.next_update += 1
        self.news.notify_all()

    def wait_for(self, method: str, times: int = 1, seconds: float = 20.0) -> None:
        """Wait until the bot has called the method so many more times."""
        with self.news:
            goal = self.count(method) + times
            assert self.news.wait_for(lambda: self.count(method) >= goal, seconds), f"no {method} came"

    def wait_until_confirmed(self, seconds: float = 20.0) -> None:
        """Wait until the bot has confirmed every update."""
        with self.news:
            assert self.news.wait_for(lambda: not self.updates, seconds), f"{len(self.updates)} not confirmed"

    def count(self, method: str) -> int:
        return sum(called == method for called, _ in self.calls)

    def answer(self, method: str, parameters: dict[str, Any]) -> Any:
        with self.news:
            self.calls.append((method, parameters))
            self.news.notify_all()
        if method == "getUpdates":
            return self._updates(parameters)
        if method == "getMe":
            return {**BOT, "can_read_all_group_messages": True}
        if method == "sendMessage":
            return self._message()
        if method == "getChatAdministrators":
            return [{"status": "creator", "user": TEACHER, "is_anonymous": False}]
        return True

    def _updates(self, parameters: dict[str, Any]) -> list[dict[str, Any]]:
        offset, patience = int(parameters.get("offset", 0)), float(parameters.get("timeout", 0))
        with self.news:
            self.updates = [update for update in self.updates if update["update_id"] >= offset]
            self.news.notify_all()
            self.news.wait_for(lambda: self.updates, patience)
            return self.updates[:BATCH]

    def _message(self) -> dict[str, Any]:
        with self.news:
            self.next_message += 1
            message_id = self.next_message - 1
        return {"message_id": message_id, "from": BOT, "chat": GROUP, "date": int(time.time()), "text": "…"}


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of lines that a killed bot dropped; whatever else goes wrong is told."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        telegram = cast("Telegram", self.server.telegram)  # type: ignore[attr-defined]
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        parameters = {key: values[0] for key, values in parse_qs(body).items()}
        method = self.path.rpartition("/")[2]
        result = telegram.answer(method, parameters)
        status, description = telegram.refusals.get(method, (200, ""))
        refusal = {"ok": False, "error_code": status, "description": description}
        answer = json.dumps(refusal if description else {"ok": True, "result": result}).encode()
        try:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)
        except ConnectionError:  # killed while it waited: what it was not given is given again
            self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Say nothing."""
