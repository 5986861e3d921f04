"""telegram: result.json in Telegram Desktop's own shape, one remark a message, in its latest version.

Beside what Telegram Desktop writes there is `wendu` at the top (what this export is, and its rounds),
`wendu_round` in each message, and `wendu_kind` in those of kinds for which it has no words of its own. Other
tools pass over them.
"""

import json
from collections.abc import Iterator
from functools import cache
from typing import IO, Any

from db.core.timestamps import read
from db.exports.chat_shifts import SHIFT, chats_aside
from db.exports.column_descriptions import described
from db.exports.job import Job
from db.exports.person_numbers import PSEUDO, peer, pseudo_id
from db.exports.tables import AS_SAID, LATEST, REMARKS_FROM, ROUNDS
from db.exports.zip_stream import text

ABSENT = "(File not included. Change data exporting settings to download.)"
MEDIA = {  # our kinds -> Telegram Desktop's media types
    "sticker": "sticker",
    "video_note": "video_message",
    "voice": "voice_message",
    "animation": "animation",
    "video": "video_file",
    "audio": "audio_file",
}
BULLET = "• "  # before each option of a poll
_SQL = (
    "SELECT r.chat_id, r.message_id, o.number, r.round_id, r.sent_at, v.written_at, r.kind,"
    " r.reply_to_message_id, v.text, m.alias, coalesce(a.alias, ''), coalesce(p.name, ''), p.telegram_id"
    + REMARKS_FROM.format(latest=LATEST)
    + AS_SAID
)
_encode = json.JSONEncoder(ensure_ascii=False).encode


def write(job: Job, file: IO[bytes]) -> None:
    """Write the group and its messages."""
    (chat_id,) = job.store.one("SELECT chat_id FROM seminars WHERE id = ?", (job.seminar_id,))
    said = peer(chat_id)
    head = {
        "name": job.title,
        "type": "private_supergroup" if said.startswith("channel") else "private_group",
        "id": int(said.removeprefix("channel").removeprefix("chat")),
        "wendu": described(job, ()) | {"rounds": list(job.dicts(ROUNDS))},
    }
    with text(file) as out:
        out.write("{\n")
        out.writelines(f" {_encode(key)}: {_encode(value)},\n" for key, value in head.items())
        out.write(' "messages": [')
        before = "\n  "
        for message in _messages(job):
            out.write(before + _encode(message))
            before = ",\n  "
        out.write("\n ]\n}\n")


def _messages(job: Job) -> Iterator[dict[str, Any]]:
    @cache
    def whom(mask: str | None, round_id: int, alias: str, name: str, telegram_id: int) -> tuple[str, str]:
        """Return name and id: under a mask its own, whatever was asked for; else as was asked for."""
        if mask is not None:
            return mask, peer(pseudo_id(job.store, "mask", round_id, mask))
        if job.names or telegram_id >= PSEUDO:  # who came from an export under an alias has no other id
            return (name if job.names else alias), peer(telegram_id)
        return alias, peer(pseudo_id(job.store, "alias", job.seminar_id, alias))

    shifts = chats_aside(job.store, job.seminar_id)
    for row in job.select(_SQL):
        chat_id, message_id, number, round_id, sent_at, written_at, kind, reply, words, *who = row
        mask, alias, name, telegram_id = who
        lowered = shifts.get(chat_id, 0) * SHIFT
        shown, whose = whom(mask, round_id if mask else 0, alias, name, telegram_id)
        yield {
            "id": message_id - lowered,
            "type": "message",
            **_dated("date", sent_at, job),
            **(_dated("edited", written_at, job) if written_at != sent_at else {}),
            "from": shown,
            "from_id": whose,
            **({} if reply is None else {"reply_to_message_id": reply - lowered}),
            "wendu_round": number,
            **_content(kind, words if job.names else job.mask(words)),
        }


def _dated(key: str, moment: str, job: Job) -> dict[str, str]:
    """Return a time twice, as Telegram Desktop does: local without offset, and in seconds since 1970."""
    when = read(moment)
    local = when.astimezone(job.timezone).replace(tzinfo=None)
    return {key: local.isoformat(timespec="seconds"), f"{key}_unixtime": str(int(when.timestamp()))}


def _content(kind: str, words: str) -> dict[str, Any]:
    """Return media and text; a sticker's and a poll's words are not text there."""
    if kind == "sticker":
        return {"file": ABSENT, "media_type": "sticker", "sticker_emoji": words} | _text("")
    if kind == "poll":
        question, *options = words.split(f"\n{BULLET}")
        answers = [{"text": option, "voters": 0, "chosen": False} for option in options]
        poll = {"question": question, "closed": True, "total_voters": 0, "answers": answers}
        return {"poll": poll} | _text("")
    if kind == "photo":
        return {"photo": ABSENT} | _text(words)
    if kind == "document":
        return {"file": ABSENT} | _text(words)
    if kind in MEDIA:
        return {"file": ABSENT, "media_type": MEDIA[kind]} | _text(words)
    return ({} if kind == "text" else {"wendu_kind": kind}) | _text(words)


def _text(words: str) -> dict[str, Any]:
    return {"text": words, "text_entities": [{"type": "plain", "text": words}] if words else []}
