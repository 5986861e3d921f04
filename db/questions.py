"""Questions: what was asked, what the reading answered, and whether that helped."""

import json
from datetime import datetime

from bot.reading.pack import Answer
from bot.seminar.records import Question
from db.aliases import alias
from db.ground import Ground
from db.times import read, written

UNLOGGED = 0  # the id of a question of which nothing was kept


def log_question(  # noqa: PLR0913  a question is all of these
    ground: Ground,
    *,
    seminar_id: int | None,
    person_id: int,
    chat_id: int,
    message_id: int,
    at: datetime,
    text: str,
    answer: Answer,
    logged: bool,
) -> int:
    """Keep the question and return its id; the same message again returns the same id.

    With `logged` False (the person's words may not be kept) nothing is kept and 0 is returned.
    """
    if not logged:
        return UNLOGGED
    place = _group(chat_id)
    with ground.writing():
        if seminar_id is not None:
            alias(ground, seminar_id, person_id)
        ground.run(
            "INSERT OR IGNORE INTO questions (seminar_id, round_id, person_id, chat_id, message_id, asked_at,"
            " text, answered, snippets, score, tier) VALUES"
            " (:seminar, (SELECT id FROM rounds WHERE seminar_id = :seminar AND closed_at IS NULL),"
            " :person, :chat, :message, :at, :text, :answered, :snippets, :score, :tier)",
            {
                "seminar": seminar_id,
                "person": person_id,
                "chat": place,
                "message": message_id,
                "at": written(at),
                "text": text,
                "answered": answer.answered,
                "snippets": json.dumps([snippet.slug for snippet in answer.snippets], ensure_ascii=False),
                "score": answer.score,
                "tier": answer.tier,
            },
        )
        row = ground.one(
            "SELECT id FROM questions WHERE chat_id IS :chat AND message_id = :message"
            " AND (:chat IS NOT NULL OR person_id = :person)",
            {"chat": place, "message": message_id, "person": person_id},
        )
    return int(row[0])


def recent_questions(ground: Ground, chat_id: int, person_id: int, *, since: datetime) -> list[str]:
    """Return what the person asked in that chat since then, oldest first."""
    rows = ground.all(
        "SELECT text FROM questions WHERE person_id = ? AND chat_id IS ? AND asked_at >= ?"
        " ORDER BY asked_at, id",
        (person_id, _group(chat_id), written(since)),
    )
    return [row[0] for row in rows]


def set_helped(ground: Ground, question_id: int, person_id: int, helped: bool) -> bool:  # noqa: FBT001  the contract's shape
    """Keep whether the answer helped; False when it is not that person's question, or was not kept."""
    done = ground.run(
        "UPDATE questions SET helped = ? WHERE id = ? AND person_id = ?", (helped, question_id, person_id)
    )
    return bool(done.rowcount)


def questions(ground: Ground, seminar_id: int) -> list[Question]:
    """Return the seminar's questions, oldest first."""
    rows = ground.all("SELECT * FROM question_log WHERE seminar_id = ? ORDER BY question_id", (seminar_id,))
    return [
        Question(
            id=row["question_id"],
            seminar_id=row["seminar_id"],
            alias=row["alias"],
            asked_at=read(row["asked_at"]),
            text=row["text"],
            answered=bool(row["answered"]),
            snippets=tuple(json.loads(row["snippets"])),
            score=row["score"],
            tier=row["tier"],
            helped=None if row["helped"] is None else bool(row["helped"]),
        )
        for row in rows
    ]


def _group(chat_id: int) -> int | None:
    """Return a group's id; None for a private chat, whose id is a person's and stands in people only."""
    return chat_id if chat_id < 0 else None
