"""How a move is told: put before the teacher, said in the group, or written to students in private.

A move is claimed in the store before Telegram is asked, so that the clock and two teachers say it once.
"""

import html
import logging

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, ReplyParameters
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.handlers.common.buttons import button, labelled, tag
from bot.handlers.common.places import Place
from bot.handlers.common.reply import Rows, deep_link, ignoring_harmless, keyboard
from bot.handlers.moves.phrases import snippet_of
from bot.seminar.moves.participation import to_invite
from bot.seminar.moves.records import Move
from bot.seminar.moves.scene import Scene
from bot.seminar.records import Round
from bot.speech import Markup, shorten

QUOTE_LIMIT = 160  # letters of a remark that the teacher needs to recognise it
CHOICES = ("skip", "post", "quiet")  # what the buttons of a suggestion say, by number
SUPERGROUP = "-100"
log = logging.getLogger(__name__)


async def offer(place: Place, running: Round, move: Move, scene: Scene) -> None:
    """Put a move before the teacher who opened the round, in their private chat."""
    store, now = place.store, place.now
    teacher = store.participants.opener(running.id)
    if teacher is None or teacher.telegram_id < 0:  # a schedule, or an admin who acts as the group
        store.moves.settle(move.id, "undelivered", at=now, why="no_teacher")
        return
    if not store.moves.offer(move.id, at=now, to=teacher.id):
        return
    rows = [*_see(place, scene, move), *_choices(place, move)]
    sent = await _write(place, teacher.telegram_id, _suggestion(place, scene, move), rows)
    if sent is None:
        await _no_chat(place, move)
    else:
        store.moves.note_offer_shown(move.id, sent)


async def tell_teacher(place: Place, running: Round, move: Move, scene: Scene) -> None:
    """Tell the teacher what is for their eyes only."""
    store, teacher = place.store, place.store.participants.opener(running.id)
    if teacher is None or teacher.telegram_id < 0:
        store.moves.settle(move.id, "undelivered", at=place.now, why="no_teacher")
        return
    if not store.moves.settle(move.id, "posted", at=place.now):
        return
    why = place.plain("why.slow")
    markup = place.say("offer.words_to_you", name=_name(place, move), text=move.text, why=why)
    if await _write(place, teacher.telegram_id, markup, _see(place, scene, move)) is None:
        await _no_chat(place, move)


async def speak(place: Place, running: Round, move: Move, *, by: int | None = None) -> bool:
    """Say a move in the group, as a reply to its remark; False: somebody was quicker, or it was stopped."""
    store, seminar = place.store, place.seminar
    if not store.moves.settle(move.id, "posted", at=place.now, by=by):
        return False
    trigger = move.spotted.trigger
    here = trigger is not None and trigger.chat_id == seminar.chat_id  # else: from before the group moved
    reply = (
        ReplyParameters(trigger.message_id, allow_sending_without_reply=True) if trigger and here else None
    )
    try:
        sent = await place.bot.send_message(
            seminar.chat_id,
            _in_group(place, move),
            message_thread_id=seminar.thread_id or None,
            reply_parameters=reply,
            reply_markup=keyboard(_evidence(place, move)),
        )
    except TelegramError as error:
        log.warning("a move was not posted: %s", type(error).__name__)
        store.moves.note_failed(move.id, at=place.now, why="failed")
        return True
    store.moves.note_shown(move.id, seminar.chat_id, sent.message_id)
    store.bot_messages.note(running.id, "move", seminar.chat_id, sent.message_id, place.now)
    return True


async def invite(
    place: Place, running: Round, move: Move, scene: Scene, *, by: int | None = None
) -> int | None:
    """Write to each who is quiet, in private; return how many were reached, None if somebody was quicker."""
    store = place.store
    if not store.moves.settle(move.id, "posted", at=place.now, by=by):
        return None
    reached = 0
    address = _address(place, running.card_message_id)
    rows = [[InlineKeyboardButton(place.plain("label.go"), url=address)]] if address else []
    for person_id in sorted(to_invite(scene)):
        person = store.people.by_id(person_id)
        if person is None:
            continue
        sent = await _write(place, person.telegram_id, html.escape(move.text, quote=False), rows)
        store.moves.note_invitation(move.id, person_id, at=place.now, delivered=sent is not None)
        reached += sent is not None
    if not reached:
        store.moves.note_failed(move.id, at=place.now, why="unreached")
    return reached


async def mark_over(place: Place, move: Move, key: str, **fields: object) -> None:
    """Let an offer in the teacher's private chat say what became of it, without its buttons."""
    found = place.store.moves.offered_to(move.id)
    teacher = None if found is None else place.store.people.by_id(found)
    if teacher is None or move.offer_message_id is None:
        return
    try:
        with ignoring_harmless():
            await place.bot.edit_message_text(
                place.say(f"done.{key}", name=_name(place, move), text=move.text, **fields),
                teacher.telegram_id,
                move.offer_message_id,
            )
    except TelegramError as error:
        log.warning("an offer was not brought up to date: %s", type(error).__name__)


async def _write(place: Place, chat_id: int, markup: str, rows: Rows) -> int | None:
    """Write to somebody's private chat; None where we may not, as they never started us."""
    try:
        sent = await place.bot.send_message(chat_id, markup, reply_markup=keyboard(rows))
    except (Forbidden, BadRequest):
        return None
    except TelegramError as error:
        log.warning("not written in private: %s", type(error).__name__)
        return None
    return sent.message_id


async def _no_chat(place: Place, move: Move) -> None:
    """Note that the teacher cannot be written to, and ask them once in a seminar to open the private chat."""
    hinted = place.store.moves.hinted(place.seminar.id)
    place.store.moves.note_failed(move.id, at=place.now, why="no_chat")
    if hinted:
        return
    link = InlineKeyboardButton(place.plain("label.open_private"), url=deep_link(place.bot, "moves"))
    try:
        await place.bot.send_message(
            place.seminar.chat_id,
            place.say("offer.hint"),
            message_thread_id=place.seminar.thread_id or None,
            reply_markup=InlineKeyboardMarkup([[link]]),
        )
    except TelegramError as error:
        log.warning("no hint given: %s", type(error).__name__)


def _suggestion(place: Place, scene: Scene, move: Move) -> str:
    line = scene.line(move.spotted.trigger)
    quote = "" if line is None else place.say("offer.quote", text=shorten(line.remark.text, QUOTE_LIMIT))
    return place.say(
        "offer.suggestion",
        name=_name(place, move),
        why=place.plain(f"why.{move.kind}", count=move.spotted.about),
        quote=Markup(quote),
        text=move.text,
    ).replace("\n\n", "\n")


def _name(place: Place, move: Move) -> str:
    return place.plain(f"name.{move.kind}")


def _in_group(place: Place, move: Move) -> str:
    """Return the move as HTML; two remarks that are linked are both to be found."""
    markup = html.escape(move.text, quote=False)
    address = _address(place, int(move.spotted.about)) if move.kind == "link" else ""
    return f'{markup}\n<a href="{address}">{place.plain("offer.earlier")}</a>' if address else markup


def _evidence(place: Place, move: Move) -> Rows:
    """Return the button that opens the snippet which the move points to."""
    snippet = snippet_of(place, move.spotted)
    if snippet is None:
        return []
    return [[labelled(place, "label.evidence", "snippet", tag(place.pack, snippet.slug))]]


def _choices(place: Place, move: Move) -> Rows:
    skip, post, quiet = (
        button(place.plain(f"label.{word}"), "move", move.id, at) for at, word in enumerate(CHOICES)
    )
    return [[post, skip], [quiet]]


def _see(place: Place, scene: Scene, move: Move) -> Rows:
    line = scene.line(move.spotted.trigger)
    address = "" if line is None else _address(place, line.remark.message_id)
    return [[InlineKeyboardButton(place.plain("offer.see"), url=address)]] if address else []


def _address(place: Place, message_id: int | None) -> str:
    """Return a link to a message of a supergroup, for its members; other groups have none."""
    chat = str(place.seminar.chat_id)
    if message_id is None or not chat.startswith(SUPERGROUP):
        return ""
    topic = f"/{place.seminar.thread_id}" if place.seminar.thread_id else ""
    return f"https://t.me/c/{chat.removeprefix(SUPERGROUP)}{topic}/{message_id}"
