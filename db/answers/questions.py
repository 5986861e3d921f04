"""Questions: what was asked, what the reading answered, and whether that helped."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.pack.model import Answer, Snippet
from bot.seminar.records import Question
from db.core.database import OpenDatabase
from db.core.timestamps import written
from db.privacy.aliases import Aliases

UNLOGGED = 0  # the id of a question of which nothing was kept


@dataclass(frozen=True)
class LoggedQuestion:
    """A question as it was asked, for saying why it was answered so, or what else there is."""

    id: int
    person_id: int
    message_id: int
    asked_at: datetime
    text: str
    pack: str  # empty: asked before this was kept
    answered: bool
    snippets: tuple[str, ...]
    near: tuple[str, ...]
    tier: str


class Questions:
    """The questions that were asked, and their answers."""

    def __init__(self, db: OpenDatabase, aliases: Aliases) -> None:
        """Read and write in that database."""
        self._db = db
        self._aliases = aliases

    def log(  # noqa: PLR0913  a question is all of these
        self,
        *,
        seminar_id: int | None,
        person_id: int,
        chat_id: int,
        message_id: int,
        at: datetime,
        text: str,
        answer: Answer,
        logged: bool,
        pack: str = "",
    ) -> int:
        """Keep the question and return its id; the same message again returns the same id.

        With `logged` False (the person's words may not be kept) nothing is kept and 0 is returned.
        """
        if not logged:
            return UNLOGGED
        place = _group(chat_id)
        with self._db.writing():
            if seminar_id is not None:
                self._aliases.of(seminar_id, person_id)
            self._db.run(
                "INSERT OR IGNORE INTO questions (seminar_id, round_id, person_id,"
                " chat_id, message_id, asked_at,"
                " text, answered, snippets, score, tier, pack, near) VALUES"
                " (:seminar, (SELECT id FROM rounds WHERE seminar_id = :seminar AND closed_at IS NULL),"
                " :person, :chat, :message, :at, :text, :answered, :snippets, :score, :tier, :pack, :near)",
                {
                    "seminar": seminar_id,
                    "person": person_id,
                    "chat": place,
                    "message": message_id,
                    "at": written(at),
                    "text": text,
                    "answered": answer.answered,
                    "snippets": _slugs(answer.snippets),
                    "near": _slugs(() if answer.general else answer.suggestions),
                    "pack": pack,
                    "score": answer.score,
                    "tier": answer.tier,
                },
            )
            row = self._db.one(
                "SELECT id FROM questions WHERE chat_id IS :chat AND message_id = :message"
                " AND (:chat IS NOT NULL OR person_id = :person)",
                {"chat": place, "message": message_id, "person": person_id},
            )
        return int(row[0])

    def recent(
        self,
        chat_id: int,
        person_id: int,
        *,
        since: datetime,
        until: datetime | None = None,
        but: int = 0,
    ) -> list[str]:
        """Return what the person asked in that chat, and the titles they opened there, oldest first.

        The message `but` is left out: a question handled a second time does not follow itself.
        """
        rows = self._db.all(
            "SELECT text FROM ("
            "SELECT text, asked_at AS at, 0 AS later, id FROM questions"
            " WHERE person_id = :person AND chat_id IS :chat AND message_id <> :but"
            " UNION ALL SELECT title, read_at, 1, id FROM glances"
            " WHERE person_id = :person AND chat_id IS :chat)"
            " WHERE at >= :since AND at <= :until ORDER BY at, later, id",
            {
                "person": person_id,
                "chat": _group(chat_id),
                "but": but,
                "since": written(since),
                "until": written(until or datetime.max.replace(tzinfo=UTC)),
            },
        )
        return [row[0] for row in rows]

    def note_answer(self, question_id: int, message_id: int) -> None:
        """Keep which message of ours answered the question (the first), so that one may ask about it."""
        self._db.run(
            "UPDATE questions SET answer_message_id = ? WHERE id = ? AND answer_message_id IS NULL",
            (message_id, question_id),
        )

    def behind(self, chat_id: int, person_id: int, message_id: int) -> LoggedQuestion | None:
        """Return the question that a message is or answers; in private only the person's own."""
        return self._db.record(
            LoggedQuestion,
            "SELECT * FROM questions WHERE chat_id IS :chat"
            " AND (answer_message_id = :message OR message_id = :message)"
            " AND (:chat IS NOT NULL OR person_id = :person) ORDER BY id DESC",
            {"chat": _group(chat_id), "message": message_id, "person": person_id},
        )

    def last(self, chat_id: int, person_id: int) -> LoggedQuestion | None:
        """Return what the person asked last in that chat, or None."""
        return self._db.record(
            LoggedQuestion,
            "SELECT * FROM questions WHERE chat_id IS ? AND person_id = ? ORDER BY id DESC",
            (_group(chat_id), person_id),
        )

    def own(self, question_id: int, person_id: int) -> LoggedQuestion | None:
        """Return the question of that id if the person asked it, else None."""
        return self._db.record(
            LoggedQuestion,
            "SELECT * FROM questions WHERE id = ? AND person_id = ?",
            (question_id, person_id),
        )

    def set_helped(self, question_id: int, person_id: int, helped: bool) -> bool:  # noqa: FBT001  the contract's shape
        """Keep whether the answer helped; False when it is not that person's question, or was not kept."""
        done = self._db.run(
            "UPDATE questions SET helped = ? WHERE id = ? AND person_id = ?", (helped, question_id, person_id)
        )
        return bool(done.rowcount)

    def of(self, seminar_id: int) -> list[Question]:
        """Return the seminar's questions, oldest first."""
        return self._db.records(
            Question,
            "SELECT *, question_id AS id FROM question_log WHERE seminar_id = ? ORDER BY question_id",
            (seminar_id,),
        )


def _slugs(snippets: tuple[Snippet, ...]) -> str:
    return json.dumps([snippet.slug for snippet in snippets], ensure_ascii=False)


def _group(chat_id: int) -> int | None:
    """Return a group's id; None for a private chat, whose id is a person's and stands in people only."""
    return chat_id if chat_id < 0 else None
