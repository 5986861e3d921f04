"""Polls and who voted what."""

from dataclasses import dataclass, field
from typing import Any

from telegram import Poll, PollOption


@dataclass(eq=False)
class Ballot:
    """A poll with its votes: person id -> numbers of the options chosen."""

    id: str
    question: str
    options: tuple[str, ...]
    is_anonymous: bool = True
    allows_multiple_answers: bool = False
    allows_revoting: bool = True
    members_only: bool = False
    kind: str = "regular"
    correct: tuple[int, ...] = ()
    is_closed: bool = False
    votes: dict[int, tuple[int, ...]] = field(default_factory=dict)

    def poll(self) -> Poll:
        """Return PTB's poll as it stands."""
        return Poll(
            self.id,
            self.question,
            [
                PollOption(text, self._count(number), persistent_id=str(number))
                for number, text in enumerate(self.options)
            ],
            total_voter_count=sum(1 for chosen in self.votes.values() if chosen),
            is_closed=self.is_closed,
            is_anonymous=self.is_anonymous,
            type=self.kind,
            allows_multiple_answers=self.allows_multiple_answers,
            allows_revoting=self.allows_revoting,
            members_only=self.members_only,
            correct_option_ids=self.correct or None,
        )

    def answer(self, chosen: tuple[int, ...]) -> dict[str, Any]:
        """Return what a poll_answer says about the options; empty lists are said too."""
        ids = [str(number) for number in chosen]
        return {"poll_id": self.id, "option_ids": list(chosen), "option_persistent_ids": ids}

    def _count(self, number: int) -> int:
        return sum(number in chosen for chosen in self.votes.values())
