"""A group with a teacher, students and a seminar, for the store's tests."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.pack.model import Answer, Snippet, Tier
from bot.seminar.records import Person, Round, Seminar
from db.store import Store
from db.updates.records import Incoming, RemarkDraft

GROUP = -1001234567890
ANSWER = Answer(snippets=(Snippet(slug="marble", title="大理石", text="…"),), score=0.75, tier=Tier.ALIAS)

# What the first release could hold: the SQL of an old database with a class in it.
SOME_CLASS = (
    "INSERT INTO people VALUES (1, 11, '小安', '', NULL, '2026-03-02T12:00:00+00:00');"
    "INSERT INTO seminars (id, chat_id, pack, language, created_at)"
    " VALUES (1, -100, 'ai-film', 'zh-Hant', '2026-03-02T12:00:00+00:00');"
    "INSERT INTO aliases VALUES (1, 1, '青鳥');"
    "INSERT INTO rounds (id, seminar_id, number, prompt_text, opened_at)"
    " VALUES (1, 1, 1, '題目', '2026-03-02T12:00:00+00:00');"
    "INSERT INTO remarks (id, chat_id, message_id, round_id, person_id, sent_at)"
    " VALUES (1, -100, 7, 1, 1, '2026-03-02T12:00:01+00:00');"
    "INSERT INTO versions VALUES (1, 1, '2026-03-02T12:00:01+00:00', '有溫度');"
)


@dataclass
class Classroom:
    """What people do in the group, as the sorting desk would hand it to the store."""

    store: Store
    now: datetime
    messages: int = 0

    @property
    def seminar(self) -> Seminar:
        return self.store.seminars.bind(GROUP, title="人文研討", pack="ai-film", language="zh-Hant")

    @property
    def teacher(self) -> Person:
        return self.store.people.meet(1, "陳老師")

    def student(self, number: int, name: str = "", username: str = "") -> Person:
        return self.store.people.meet(100 + number, name or f"學生{number}", username)

    def opens(self, text: str = "AI 能否承載人文溫度？") -> Round:
        return self.store.rounds.open(
            self.seminar.id, prompt_slug="", prompt_text=text, opened_by=self.teacher.id, at=self.now
        )

    def closes(self, opened: Round) -> bool:
        return self.store.rounds.close(opened.id, by=self.teacher.id, at=self.now)

    def draft(self, person: Person, text: str, **more: Any) -> RemarkDraft:
        self.messages += 1
        draft = RemarkDraft(
            chat_id=GROUP,
            message_id=self.messages,
            thread_id=0,
            telegram_id=person.telegram_id,
            name=person.name,
            username=person.username,
            sent_at=self.now + timedelta(seconds=self.messages),
            text=text,
        )
        return draft._replace(**more)

    def says(self, person: Person, text: str, **more: Any) -> RemarkDraft:
        draft = self.draft(person, text, **more)
        self.store.journal.receive([incoming(draft)])
        return draft

    def edits(self, draft: RemarkDraft, text: str) -> None:
        later = draft.sent_at + timedelta(minutes=1)
        changed = draft._replace(text=text, edited_at=later)
        self.store.journal.receive([incoming(changed, identity=("edit", draft.message_id, text))])

    def asks(  # noqa: PLR0913  a question is all of these
        self,
        person: Person,
        text: str,
        answer: Answer = ANSWER,
        *,
        message_id: int = 900,
        pack: str = "",
        logged: bool = True,
        privately: bool = False,
    ) -> int:
        return self.store.questions.log(
            seminar_id=None if privately else self.seminar.id,
            person_id=person.id,
            chat_id=person.telegram_id if privately else GROUP,
            message_id=message_id,
            at=self.now,
            text=text,
            answer=answer,
            logged=logged,
            pack=pack,
        )

    def log(self) -> list[tuple[int, int, str]]:
        rows = self.store.all("SELECT message_id, version, text FROM discussion_log")
        return [tuple(row) for row in rows]


def incoming(draft: RemarkDraft, **more: Any) -> Incoming:
    """Return a plain message as the sorting desk would hand it over."""
    settings: dict[str, Any] = {
        "raw": {"message": {"text": draft.text, "from": {"id": draft.telegram_id}}},
        "needs_handler": False,
        "remark": draft,
        "identity": ("message", draft.chat_id, draft.message_id),
        "kind": "message",
        "lane": draft.chat_id,
    }
    return Incoming(**{**settings, **more})


def command(number: int, text: str = "/discuss", **more: Any) -> Incoming:
    """Return a command that waits for its handler."""
    settings: dict[str, Any] = {
        "raw": {"message": {"text": text, "from": {"id": 1}}},
        "needs_handler": True,
        "identity": ("command", number),
        "kind": "message",
        "lane": GROUP,
        "steers": True,
    }
    return Incoming(**{**settings, **more})
