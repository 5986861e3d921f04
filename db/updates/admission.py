"""Which messages become remarks: the one place that decides what is logged.

- A message belongs to the open round of its (chat, topic); outside an open round nothing is kept.
- Not belonging: commands and @mentions of the bot (questions; the sorting desk makes no draft of them), and
  replies to the bot, unless to the round's card, to another message of ours in the round
  (db/discussion/bot_messages.py) or to what we relayed.
- An edit belongs to the round of the message that it changes, as long as that round is open; the edit of a
  message that was not logged is not logged either.
- Whose answer to the consent question forbids it, or is still missing under the explicit rule, is not kept;
  nor is what others forward of their words.
"""

from enum import Enum
from typing import Any

from bot.seminar.stances import reason_of
from db.core.database import Ground
from db.core.speaker_cache import Place
from db.discussion.bot_messages import is_line
from db.discussion.remarks import log_edit
from db.discussion.seminars import moved_to, note_heard
from db.discussion.topics import leave_topic
from db.privacy.aliases import alias
from db.privacy.people import allowed, answer_of, person, willing
from db.updates.incoming import RemarkDraft
from db.updates.remark_batch import Gathered


class Fate(Enum):
    """What became of a message."""

    KEPT = "kept"
    WITHHELD = "withheld"  # it belongs to a round, but its sender's words may not be kept
    ELSEWHERE = "elsewhere"  # it belongs to no round


def admit(ground: Ground, draft: RemarkDraft, gathered: Gathered) -> Fate:
    """Gather the message if it belongs to an open round and its sender does not mind; an edit is written."""
    if draft.edited_at:
        gathered.write()
        return _admit_edit(ground, draft)
    place = _found(ground, draft)
    if not draft.reply_to_us and (place is None or not place.heard):
        note_heard(ground, draft.chat_id)
    if place is None or place.round_id is None or not _belongs(ground, place, place.round_id, draft):
        return Fate.ELSEWHERE
    stranger = place.person_id is None
    answer = answer_of(ground, place.seminar_id, draft.telegram_id) if stranger else place.answer
    if not allowed(place.consent_rule, answer) or _refused_by_author(ground, place, draft):
        return Fate.WITHHELD
    _gather(ground, place, place.round_id, draft, gathered)
    return Fate.KEPT


def _refused_by_author(ground: Ground, place: Place, draft: RemarkDraft) -> bool:
    """Return whether it passes on words of somebody else, which may not be kept."""
    if draft.words_of is None or draft.words_of == draft.telegram_id:
        return False
    return not willing(ground, place.seminar_id, place.consent_rule, draft.words_of)


def _admit_edit(ground: Ground, draft: RemarkDraft) -> Fate:
    place = _round_of_edit(ground, draft)
    if place is None:
        return Fate.ELSEWHERE
    if not willing(ground, place["seminar_id"], place["consent_rule"], draft.telegram_id):
        return Fate.WITHHELD
    log_edit(
        ground,
        chat_id=draft.chat_id,
        message_id=draft.message_id,
        at=draft.edited_at or draft.sent_at,
        text=reason_of(draft.text) if place["kind"] == "reason" else draft.text,
    )
    return Fate.KEPT


def _gather(ground: Ground, place: Place, round_id: int, draft: RemarkDraft, gathered: Gathered) -> None:
    person_id = place.person_id
    if person_id is None or place.name != draft.name or place.username != draft.username:
        person_id = person(ground, draft.telegram_id, draft.name, draft.username).id
    if place.alias is None:
        alias(ground, place.seminar_id, person_id)
    gathered.add(round_id, person_id, draft)


def _found(ground: Ground, draft: RemarkDraft) -> Place | None:
    """Return the place where the message belongs, which may have changed since the round was opened there."""
    find, whose = ground.places.find, (draft.telegram_id, draft.chat_id, draft.thread_id)
    place = find(*whose)
    if place is None and (moved := moved_to(ground, draft.chat_id)):
        place = find(draft.telegram_id, moved, draft.thread_id)  # said before the group moved; taken only now
    if draft.flat and (place is None or place.round_id is None) and leave_topic(ground, draft.chat_id):
        place = find(*whose)  # topics were turned off while a round was open in one
    return place


def _belongs(ground: Ground, place: Place, round_id: int, draft: RemarkDraft) -> bool:
    """Return whether the message is said to the class: no reply to us, or one to a line of the round."""
    return (
        not draft.reply_to_us
        or draft.reply_to_message_id == place.card_message_id
        or _ours(ground, round_id, draft.chat_id, draft.reply_to_message_id)
    )


def _ours(ground: Ground, round_id: int, chat_id: int, message_id: int | None) -> bool:
    """Return whether that message of ours belongs to the round: what we relayed is itself a remark."""
    relayed = ground.one(
        "SELECT 1 FROM remarks WHERE chat_id = ? AND message_id = ? AND round_id = ?",
        (chat_id, message_id, round_id),
    )
    return relayed is not None or is_line(ground, round_id, chat_id, message_id)


def _round_of_edit(ground: Ground, draft: RemarkDraft) -> Any:
    return ground.one(
        "SELECT o.id AS round_id, s.id AS seminar_id, s.consent_rule, r.kind FROM remarks r"
        " JOIN rounds o ON o.id = r.round_id AND o.closed_at IS NULL"
        " JOIN seminars s ON s.id = o.seminar_id"
        " WHERE r.chat_id = ? AND r.message_id = ?",
        (draft.chat_id, draft.message_id),
    )
