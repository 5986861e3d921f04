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

    def wait(self, key: Hashable, now: datetime, seconds: float) -> float:
        """Return how many seconds are left until `seconds` after the last time, 0.0 if none."""
        last = self.seen.get(key)
        if last is None or not lately(last, now, timedelta(seconds=seconds)):
            return 0.0
        return seconds - (now - last).total_seconds()

    def first(self, key: Hashable, now: datetime, seconds: float) -> bool:
        """Return whether this is the first time for `seconds`; if so, note it."""
        if self.wait(key, now, seconds) > 0:
            return False
        if len(self.seen) > MANY:
            self.seen = {k: at for k, at in self.seen.items() if lately(at, now, timedelta(hours=1))}
        self.seen[key] = now
        return True
