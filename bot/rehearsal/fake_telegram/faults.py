"""Telegram's bad days, on demand: refusals, outages, answers that get lost, slowness, a revoked token."""

import math
from collections import defaultdict, deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.rehearsal.fake_telegram import rules

BAD_GATEWAY = 502


@dataclass
class Refusals:
    """The next `times` calls that match are answered with a 429."""

    retry_after: int
    times: int
    method: str | None = None
    chat_id: int | None = None

    def matches(self, method: str, chat_id: int | None) -> bool:
        """Tell whether this call is refused."""
        fits = self.method in {None, method} and self.chat_id in {None, chat_id}
        return self.times > 0 and fits


@dataclass
class Faults:
    """Switches that anyone may turn at any time."""

    outage: bool = False  # nothing gets through: 502 to everything
    revoked: bool = False  # the token is no longer valid: 401 to everything
    seconds: float = 0.0  # how slow every answer is
    lost_answers: int = 0  # so many calls are carried out, and then answered with a 502
    counting: bool = False  # whether a group takes only 20 messages a minute, as on Telegram
    refusing: list[Refusals] = field(default_factory=list)
    _sent: dict[int, deque[datetime]] = field(default_factory=lambda: defaultdict(deque))

    def too_many(
        self, retry_after: int, *, times: int = 1, method: str | None = None, chat_id: int | None = None
    ) -> None:
        """Answer the next `times` calls (of that method, to that chat) with a 429."""
        self.refusing.append(Refusals(retry_after, times, method.lower() if method else None, chat_id))

    def before(self, method: str, chat_id: int | None, now: datetime) -> None:
        """Raise what stops a call before it is carried out."""
        if self.revoked:
            raise rules.ApiError(401, "Unauthorized")
        if self.outage:
            raise rules.ApiError(BAD_GATEWAY, "Bad Gateway")
        for refusing in self.refusing:
            if refusing.matches(method, chat_id):
                refusing.times -= 1
                raise rules.too_many(refusing.retry_after)
        if self.counting and chat_id is not None and chat_id < 0 and method.startswith(("send", "edit")):
            self._count(self._sent[chat_id], now)

    def _count(self, sent: deque[datetime], now: datetime) -> None:
        while sent and now - sent[0] >= rules.GROUP_WINDOW:
            sent.popleft()
        if len(sent) >= rules.GROUP_MESSAGES:
            wait: timedelta = sent[0] + rules.GROUP_WINDOW - now
            raise rules.too_many(math.ceil(wait.total_seconds()))
        sent.append(now)

    def after(self) -> None:
        """Raise what loses the answer of a call that was carried out."""
        if self.lost_answers > 0:
            self.lost_answers -= 1
            raise rules.ApiError(BAD_GATEWAY, "Bad Gateway")

    def clear(self) -> None:
        """Be well again."""
        self.outage = self.revoked = self.counting = False
        self.seconds, self.lost_answers = 0.0, 0
        self.refusing.clear()
        self._sent.clear()
