"""Which messages become remarks: the one place that decides what is logged.

- A message belongs to the open round of its (chat, topic); outside an open round nothing is kept.
- Not belonging: commands and @mentions of the bot (questions; the sorting desk makes no draft of them), and
  replies to the bot, unless to the round's card, to another message of ours in the round
  (db/discussion/bot_messages.py) or to what we relayed.
- An edit belongs to the round of the message that it changes, as long as that round is open; the edit of a
  message that was not logged is not logged either.
- Of an album, the first picture belongs, and others only with words of their own: it is one contribution.
- Whose answer to the consent question forbids it, or is still missing under the explicit rule, is not kept;
  nor is what others forward of their words.
- What an import brings goes through the same gate (`judge`), into the round that it names.
"""

from enum import Enum
from typing import Any

from bot.seminar.stances import reason_of
from db.core.database import OpenDatabase
from db.core.speaker_cache import SpeakerPlace
from db.core.timestamps import written
from db.discussion.bot_messages import BotMessages
from db.discussion.remarks import NewRemark, RemarkBatch, Remarks
from db.discussion.seminars import Seminars
from db.privacy.aliases import Aliases
from db.privacy.people import People, allowed
from db.updates.records import RemarkDraft


class Fate(Enum):
    """What became of a message."""

    KEPT = "kept"
    WITHHELD = "withheld"  # it belongs to a round, but its sender's words may not be kept
    ELSEWHERE = "elsewhere"  # it belongs to no round


class Admission:
    """The decision which messages become remarks."""

    def __init__(  # noqa: PLR0913, PLR0917  the parts that it decides by
        self,
        db: OpenDatabase,
        people: People,
        aliases: Aliases,
        seminars: Seminars,
        remarks: Remarks,
        bot_messages: BotMessages,
    ) -> None:
        """Read and write in that database."""
        self._db = db
        self._people = people
        self._aliases = aliases
        self._seminars = seminars
        self._remarks = remarks
        self._bot_messages = bot_messages

    def batch(self) -> RemarkBatch:
        """Return an empty batch to admit messages into."""
        return RemarkBatch(self._remarks)

    def admit(self, draft: RemarkDraft, batch: RemarkBatch) -> Fate:
        """Gather a message of an open round whose sender does not mind; an edit is written at once."""
        if draft.edited_at:
            batch.write()
            return self._admit_edit(draft)
        place = self._found(draft)
        if not draft.reply_to_us and (place is None or not place.heard):
            self._seminars.note_heard(draft.chat_id)
        if place is None or place.round_id is None:
            return Fate.ELSEWHERE
        fate = self.judge(place, place.round_id, draft)
        if fate is Fate.KEPT and (not draft.album or self._is_first_of_album(draft) or draft.text):
            self._gather(place, place.round_id, draft, batch)
        return fate

    def judge(self, place: SpeakerPlace, round_id: int, draft: RemarkDraft) -> Fate:
        """Return what is to become of a message said in that round, live or brought by an import."""
        if not self._belongs(place, round_id, draft):
            return Fate.ELSEWHERE
        stranger = place.person_id is None
        answer = self._people.answer_of(place.seminar_id, draft.telegram_id) if stranger else place.answer
        if not allowed(place.consent_rule, answer) or self._refused_by_author(place, draft):
            return Fate.WITHHELD
        return Fate.KEPT

    def _is_first_of_album(self, draft: RemarkDraft) -> bool:
        """Return whether nothing of the draft's album came before; it is marked like an update."""
        mark, now = self._db.mark("album", draft.chat_id, draft.album), written(self._db.clock())
        entered = self._db.run(
            "INSERT INTO journal (mark, kind, received_at, done_at) VALUES (?, 'album', ?, ?)"
            " ON CONFLICT DO NOTHING",
            (bytes(4) + mark, now, now),
        )
        return entered.rowcount == 1

    def _refused_by_author(self, place: SpeakerPlace, draft: RemarkDraft) -> bool:
        """Return whether it passes on words of somebody else, which may not be kept."""
        if draft.words_of is None or draft.words_of == draft.telegram_id:
            return False
        return not self._people.willing(place.seminar_id, place.consent_rule, draft.words_of)

    def _admit_edit(self, draft: RemarkDraft) -> Fate:
        place = self._round_of_edit(draft)
        if place is None:
            return Fate.ELSEWHERE
        if not self._people.willing(place["seminar_id"], place["consent_rule"], draft.telegram_id):
            return Fate.WITHHELD
        self._remarks.edit(
            chat_id=draft.chat_id,
            message_id=draft.message_id,
            at=draft.edited_at or draft.sent_at,
            text=reason_of(draft.text) if place["kind"] == "reason" else draft.text,
        )
        return Fate.KEPT

    def _gather(self, place: SpeakerPlace, round_id: int, draft: RemarkDraft, batch: RemarkBatch) -> None:
        person_id = place.person_id
        if person_id is None or place.name != draft.name or place.username != draft.username:
            person_id = self._people.meet(draft.telegram_id, draft.name, draft.username).id
        if place.alias is None:
            self._aliases.of(place.seminar_id, person_id)
        batch.add(
            NewRemark(
                round_id,
                person_id,
                draft.chat_id,
                draft.message_id,
                draft.sent_at,
                draft.text,
                draft.kind,
                draft.reply_to_message_id,
            )
        )

    def _found(self, draft: RemarkDraft) -> SpeakerPlace | None:
        """Return the place where the message belongs; it may have moved since its round was opened."""
        find, whose = self._db.speakers.find, (draft.telegram_id, draft.chat_id, draft.thread_id)
        place = find(*whose)
        if place is None and (moved := self._seminars.moved_to(draft.chat_id)):
            place = find(
                draft.telegram_id, moved, draft.thread_id
            )  # said before the group moved; taken only now
        if (
            draft.flat
            and (place is None or place.round_id is None)
            and self._seminars.leave_topic(draft.chat_id)
        ):
            place = find(*whose)  # topics were turned off while a round was open in one
        return place

    def _belongs(self, place: SpeakerPlace, round_id: int, draft: RemarkDraft) -> bool:
        """Return whether the message is said to the class: no reply to us, or one to a line of the round."""
        return (
            not draft.reply_to_us
            or draft.reply_to_message_id == place.card_message_id
            or self._ours(round_id, draft.chat_id, draft.reply_to_message_id)
        )

    def _ours(self, round_id: int, chat_id: int, message_id: int | None) -> bool:
        """Return whether that message of ours belongs to the round: what we relayed is itself a remark."""
        relayed = self._db.one(
            "SELECT 1 FROM remarks WHERE chat_id = ? AND message_id = ? AND round_id = ?",
            (chat_id, message_id, round_id),
        )
        return relayed is not None or self._bot_messages.includes(round_id, chat_id, message_id)

    def _round_of_edit(self, draft: RemarkDraft) -> Any:
        return self._db.one(
            "SELECT o.id AS round_id, s.id AS seminar_id, s.consent_rule, r.kind FROM remarks r"
            " JOIN rounds o ON o.id = r.round_id AND o.closed_at IS NULL"
            " JOIN seminars s ON s.id = o.seminar_id"
            " WHERE r.chat_id = ? AND r.message_id = ?",
            (draft.chat_id, draft.message_id),
        )
