"""What a round owes its class is posted once, by a handler or by the clock, whoever dies over it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from telegram.error import Forbidden

from bot.handlers.common.places import Place
from bot.seminar.records import BotMessage
from bot.sending.turn import HandlingTurn, taking
from db.discussion.bot_messages import PATIENCE


class Posting(set[int]):
    """The numbers of the lines that are being posted."""


@contextmanager
def owed(
    place: Place, round_id: int, kind: str, *, patience: timedelta = PATIENCE
) -> Iterator[BotMessage | None]:
    """Give the line that the caller is to post now; None: none is owed, or somebody else is about to post it.

    What is posted inside is remembered until the line is noted as sent: done again after a crash, what
    stands in the chat already is not posted once more.
    """
    line, posting = place.store.bot_messages.owed(round_id, kind), place.services.memory(Posting)
    # What waits for Telegram's limits waits longer than a claim holds, and nobody has died over it.
    if line is None or line.id in posting or not _claimed(place, line, patience):
        yield None
        return
    posting.add(line.id)
    try:
        with taking(HandlingTurn(None, again=True, line_id=line.id)):
            yield line
    except Forbidden:  # thrown out: a later try would fare no better; /close offers the summary anew
        place.store.bot_messages.drop(line.id)
        raise
    finally:
        posting.discard(line.id)


def _claimed(place: Place, line: BotMessage, patience: timedelta) -> bool:
    return place.store.bot_messages.claim(line.id, now=place.now, patience=patience)
