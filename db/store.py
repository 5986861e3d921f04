"""The store: everything the house remembers, in parts. Each part has a file of its own.

All of it belongs to the one thread (and event loop) that opened it; exports open a connection of their own.
"""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from db.answers.learned import LearnedWordings
from db.answers.private_reading import PrivateReading
from db.answers.questions import Questions
from db.answers.unanswered import Unanswered
from db.core.database import OpenDatabase
from db.discussion.board import Board
from db.discussion.bot_messages import BotMessages
from db.discussion.masks import Masks
from db.discussion.moves import Moves
from db.discussion.participants import Participants
from db.discussion.plans import Drafts, Plans, Schedules
from db.discussion.private_answers import PrivateAnswers
from db.discussion.remarks import Remarks
from db.discussion.rounds import Rounds
from db.discussion.seminars import Seminars
from db.discussion.stances import Stances
from db.privacy.aliases import Aliases
from db.privacy.erasure import Erasure
from db.privacy.people import People
from db.privacy.pseudonyms import Pseudonyms
from db.privacy.retention import Retention
from db.updates.admission import Admission
from db.updates.journal import Journal
from db.updates.outbox import OutboxStore


class Store(OpenDatabase):
    """An open database and its parts; `Store.open(path)` makes, migrates and checks it."""

    def __init__(self, db: Database, path: Path, key: bytes, clock: Callable[[], datetime]) -> None:
        """Put the parts together over one connection."""
        super().__init__(db, path, key, clock)
        self.people = People(self)
        self.aliases = Aliases(self)
        self.pseudonyms = Pseudonyms(self, self.aliases)
        self.erasure = Erasure(self)
        self.retention = Retention(self, self.erasure)

        self.seminars = Seminars(self, self.aliases)
        self.remarks = Remarks(self, self.aliases)
        self.bot_messages = BotMessages(self)
        self.private_answers = PrivateAnswers(self, self.people, self.remarks, self.bot_messages)
        self.rounds = Rounds(self, self.bot_messages, self.private_answers)
        self.participants = Participants(self, self.people)
        self.stances = Stances(self, self.people, self.aliases)
        self.masks = Masks(self)
        self.moves = Moves(self)
        self.drafts, self.plans, self.schedules = Drafts(self), Plans(self), Schedules(self)
        self.board = Board(self, self.remarks, self.stances)

        self.questions = Questions(self, self.aliases)
        self.unanswered = Unanswered(self)
        self.learned = LearnedWordings(self)
        self.private_reading = PrivateReading(self)

        self.admission = Admission(
            self, self.people, self.aliases, self.seminars, self.remarks, self.bot_messages
        )
        self.journal = Journal(self, self.admission, self.seminars, self.people)
        self.outbox = OutboxStore(self)
