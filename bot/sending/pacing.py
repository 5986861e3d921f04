"""How fast we may speak: Telegram takes about 30 messages a second over all, and 20 a minute in a group."""

import time
from collections import deque
from collections.abc import Callable

A_SECOND = 29  # messages over all in a second, one fewer than Telegram takes
A_MINUTE = 19  # messages to a group in a minute, likewise
SLACK = 0.05  # seconds by which Telegram's clock may run differently


class RateWindow:
    """At most so many in so many seconds."""

    def __init__(self, most: int, seconds: float) -> None:
        self._most, self._seconds = most, seconds
        self._times: deque[float] = deque()

    def wait(self, now: float) -> float:
        """Return how many seconds to wait until one more fits."""
        while self._times and now - self._times[0] >= self._seconds + SLACK:
            self._times.popleft()
        if len(self._times) < self._most:
            return 0.0
        return self._times[0] + self._seconds + SLACK - now

    def note(self, now: float) -> None:
        """Count one."""
        self._times.append(now)


class Pace:
    """Says when a chat may be written to next; `now` gives seconds that only go forward."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._overall = RateWindow(A_SECOND, 1.0)
        self._groups: dict[int, RateWindow] = {}
        self._held: dict[int, float] = {}

    def wait(self, chat_id: int) -> float:
        """Return how many seconds to wait before this chat may be written to; 0.0: none."""
        now = self._now()
        waits = [self._overall.wait(now), self._held.get(chat_id, now) - now]
        if chat_id in self._groups:
            waits.append(self._groups[chat_id].wait(now))
        longest = max(waits)
        if longest <= 0:
            self._held.pop(chat_id, None)
        return max(0.0, longest)

    def note(self, chat_id: int) -> None:
        """Count a message that is being sent to this chat."""
        now = self._now()
        self._overall.note(now)
        if chat_id < 0:
            self._groups.setdefault(chat_id, RateWindow(A_MINUTE, 60.0)).note(now)

    def hold(self, chat_id: int, seconds: float) -> None:
        """Let this chat, and no other, wait: Telegram said so."""
        self._held[chat_id] = max(self._held.get(chat_id, 0.0), self._now() + seconds)


class NoPace(Pace):
    """For the rehearsal and tests, whose Telegram takes any number: waits only where Telegram said so."""

    def note(self, chat_id: int) -> None:
        """Count nothing."""
