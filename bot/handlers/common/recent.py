"""What was done lately, so that it is not done again too soon."""

from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.seminar.round_times import lately

MANY = 2000  # things: beyond, those of more than an hour ago are forgotten


@dataclass
class Recent:
    """A memory of when what was done last; a room that needs one makes a class of its own of it."""

    seen: dict[Hashable, datetime] = field(default_factory=dict)

    def claim(self, key: Hashable, now: datetime, seconds: float) -> float:
        """Return how many of the `seconds` since the last time are left; if none, 0.0, and note it."""
        last = self.seen.get(key)
        if last is not None and lately(last, now, timedelta(seconds=seconds)):
            return seconds - (now - last).total_seconds()
        if len(self.seen) > MANY:
            self.seen = {k: at for k, at in self.seen.items() if lately(at, now, timedelta(hours=1))}
        self.seen[key] = now
        return 0.0

    def first(self, key: Hashable, now: datetime, seconds: float) -> bool:
        """Return whether this is the first time for `seconds`; if so, note it."""
        return self.claim(key, now, seconds) == 0
