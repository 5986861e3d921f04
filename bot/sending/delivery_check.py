"""Whether a post arrived of which nobody knows: Telegram has no key by which to ask, but it can be found.

Messages are numbered in sequence, a supergroup's by itself. Editing a message to what was posted, Telegram
answers "message is not modified" if that is it already, "can't be edited" if somebody else wrote it, and "not
found" past the end. Messages of ours before the post have ids up to `after_id`, and no other of ours comes
into the chat after it while its fate is unknown, so none of ours is ever changed. What others are known to
have written is passed over: in a class that talks, that is nearly all.

All private chats and basic groups of a bot share one sequence. What others wrote meanwhile, in other chats,
is "not found" there too, so the end cannot be told and more numbers are tried; where that does not reach, the
post is made anew. (Shown against our own Telegrams only, as is all of this; should the real one number those
chats otherwise, nothing is found there and the post is made anew.)
"""

import time
from collections.abc import Awaitable, Callable, Collection
from itertools import count, islice
from typing import Any

from telegram.error import BadRequest, TelegramError

from bot.sending.api_calls import sequence
from db.updates.outbox import OutgoingCall

TRIES = 500  # messages: others may have written, and after an outage we hear of it long after they did
SHARED_TRIES = 60  # the same where all chats are numbered together, and the end does not show
GAP = 3  # in a supergroup, so many in a row that are not there: the end of the sequence, or deleted ones
THERE, NOT_OURS, NOWHERE = "not modified", "can't be edited", "to edit not found"


async def find(
    letter: OutgoingCall,
    edit: Callable[[str, dict[str, Any]], Awaitable[Any]],
    others: Collection[int] = frozenset(),
) -> Any:
    """Return a result for the post if it is found among the messages that follow `after_id`, else None.

    `edit` carries out an edit and raises what Telegram answers; `others` are messages of somebody else.
    """
    if not letter.after_id:
        return None
    missing, shared, known = 0, not sequence(letter.chat_id), max(others, default=0)
    unknown = (number for number in count(letter.after_id + 1) if number not in others)
    for message_id in islice(unknown, SHARED_TRIES if shared else TRIES):
        probe = as_probe(letter.method, letter.parameters, message_id)
        if probe is None:
            return None
        answer = await _try(edit, *probe)
        if answer == THERE:
            return sent_before(letter.parameters, message_id, int(time.time()))
        missing = missing + 1 if answer == NOWHERE and message_id > known else 0
        if missing == GAP and not shared:
            return None
    return None


async def _try(
    edit: Callable[[str, dict[str, Any]], Awaitable[Any]], method: str, data: dict[str, Any]
) -> str:
    """Return what the edit has shown about the message."""
    try:
        await edit(method, data)
    except BadRequest as error:
        said = error.message.lower()
        return next((answer for answer in (THERE, NOWHERE) if answer in said), NOT_OURS)
    except TelegramError:  # kicked meanwhile: the post itself will be refused likewise
        return NOWHERE
    return THERE  # it was changed, so it was ours: the same post, with something that Telegram had left out


def as_probe(method: str, parameters: dict[str, str], message_id: int) -> tuple[str, dict[str, Any]] | None:
    """Return the edit that would make message `message_id` what was posted; None for what cannot be edited.

    If that message is the post already, Telegram says that it is not modified.
    """
    kinds = {
        "sendMessage": ("editMessageText", ("text", "entities", "link_preview_options")),
        "sendDocument": ("editMessageCaption", ("caption", "caption_entities")),
        "sendPhoto": ("editMessageCaption", ("caption", "caption_entities")),
    }
    if method not in kinds:
        return None
    edit, fields = kinds[method]
    kept = {key: parameters[key] for key in (*fields, "parse_mode", "reply_markup") if key in parameters}
    return edit, {"chat_id": int(parameters["chat_id"]), "message_id": message_id, **kept}


def sent_before(parameters: dict[str, str], message_id: int, date: int) -> dict[str, Any]:
    """Return what Telegram would have answered for a post that a probe has found."""
    number = int(parameters["chat_id"])
    if number > 0:
        chat: dict[str, Any] = {"id": number, "type": "private", "first_name": ""}
    else:
        chat = {"id": number, "type": "supergroup" if sequence(number) else "group", "title": ""}
    return {"message_id": message_id, "date": date, "chat": chat, "text": parameters.get("text", "")}
