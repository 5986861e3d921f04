"""Methods that send: messages, documents, pictures, polls."""

from typing import Any

from telegram import Message

from bot.rehearsal import rules
from bot.rehearsal.chats import Room
from bot.rehearsal.files import Stored
from bot.rehearsal.methods.message_rules import Words, caption_of, keyboard_of, place_of, text_of
from bot.rehearsal.methods.parameters import Method, Parameters, open_chat
from bot.rehearsal.polls import Ballot
from bot.rehearsal.world import World


def send_message(world: World, given: Parameters) -> Message:
    """Send a text."""
    room = open_chat(world, given)
    return _send(world, room, given, text_of(world, given), {})


def send_document(world: World, given: Parameters) -> Message:
    """Send a file, with a caption."""
    room = open_chat(world, given)
    words = caption_of(world, given)
    stored = _file(world, given, "document", rules.DOCUMENT)
    return _send(world, room, given, words, {"document": stored.as_document()})


def send_photo(world: World, given: Parameters) -> Message:
    """Send a picture, with a caption."""
    room = open_chat(world, given)
    words = caption_of(world, given)
    stored = _file(world, given, "photo", rules.PHOTO)
    if stored.size == (0, 0):
        raise rules.bad_request(rules.NOT_AN_IMAGE)
    return _send(world, room, given, words, {"photo": stored.as_photo()})


def send_poll(world: World, given: Parameters) -> Message:
    """Send a poll; anonymous unless it says otherwise."""
    room = open_chat(world, given)
    question, options = given.text("question").strip(), _options(given)
    _check_question(question)
    correct = given.json("correct_option_ids") or ()
    ballot = Ballot(
        id=str(5_000_000_000_000_000_000 + len(world.ballots)),
        question=question,
        options=options,
        is_anonymous=given.flag("is_anonymous", default=True),
        allows_multiple_answers=given.flag("allows_multiple_answers"),
        allows_revoting=given.flag("allows_revoting", default=True),
        members_only=given.flag("members_only"),
        kind=given.text("type") or "regular",
        correct=tuple(correct),
    )
    world.ballots[ballot.id] = ballot
    return _send(world, room, given, ("", ()), {"poll": ballot.poll()})


def _send(world: World, room: Room, given: Parameters, words: Words, extra: dict[str, Any]) -> Message:
    keyboard = keyboard_of(given)
    text, entities = words
    post = world.place(
        room,
        world.bot,
        text,
        entities=entities,
        keyboard=keyboard,
        extra=extra,
        **place_of(world, room, given),
    )
    return post.message()


def _file(world: World, given: Parameters, kind: str, limit: int) -> Stored:
    """Return the file of a call: uploaded under its name, attached under another, or sent before.

    Raises:
        rules.ApiError: when it is missing, empty, too big or of another kind.
    """
    named = given.text(kind)
    upload = given.uploads.get(named.removeprefix("attach://") if named.startswith("attach://") else kind)
    if upload is None and not named:
        raise rules.bad_request(rules.NO_FILE.format(kind))
    if upload is None:
        stored = world.files.by_id(named)
        if stored is None:
            raise rules.bad_request(rules.FILE_ID)
        if stored.kind != kind:
            raise rules.bad_request(rules.FILE_TYPE)
        return stored
    if not upload.data:
        raise rules.bad_request(rules.FILE_EMPTY)
    if len(upload.data) > limit:
        raise rules.ApiError(413, "Request Entity Too Large")
    return world.files.keep(kind, upload.name, upload.data)


def _options(given: Parameters) -> tuple[str, ...]:
    listed = given.json("options")
    options = listed if isinstance(listed, list) else []
    texts = tuple(str(each["text"] if isinstance(each, dict) else each).strip() for each in options)
    if not texts:
        raise rules.bad_request(rules.POLL_FEW)
    if len(texts) > rules.POLL_OPTIONS:
        raise rules.bad_request(rules.POLL_MANY)
    if not all(texts):
        raise rules.bad_request(rules.POLL_EMPTY_OPTION)
    if any(len(text) > rules.POLL_OPTION for text in texts):
        raise rules.bad_request(rules.POLL_LONG_OPTION)
    return texts


def _check_question(question: str) -> None:
    if not question:
        raise rules.bad_request(rules.POLL_NO_QUESTION)
    if len(question) > rules.POLL_QUESTION:
        raise rules.bad_request(rules.POLL_LONG_QUESTION)


METHODS: dict[str, Method] = {
    "sendMessage": send_message,
    "sendDocument": send_document,
    "sendPhoto": send_photo,
    "sendPoll": send_poll,
}
