"""Methods that send, change and take away messages, documents, pictures and polls."""

from typing import Any

from telegram import InlineKeyboardMarkup, Message, Poll

from bot.rehearsal.bot_api.parameters import (
    Method,
    Parameters,
    Words,
    caption_of,
    keyboard_of,
    open_chat,
    place_of,
    post_of,
    text_of,
)
from bot.rehearsal.fake_telegram import rules
from bot.rehearsal.fake_telegram.attachments import Ballot, StoredFile
from bot.rehearsal.fake_telegram.chats import Post, Room, Version
from bot.rehearsal.fake_telegram.world import World


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


def _file(world: World, given: Parameters, kind: str, limit: int) -> StoredFile:
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


def edit_message_text(world: World, given: Parameters) -> Message:
    """Change the text of a message; without a keyboard it loses the one it had."""
    post = _own(world, given)
    words = text_of(world, given)
    if post.has_media or not post.versions:
        raise rules.bad_request(rules.NO_TEXT_TO_EDIT)
    return _change(world, post, words, keyboard_of(given))


def edit_message_caption(world: World, given: Parameters) -> Message:
    """Change the caption of a document or picture."""
    post = _own(world, given)
    words = caption_of(world, given)
    if not post.has_media:
        raise rules.bad_request(rules.NO_CAPTION_TO_EDIT)
    return _change(world, post, words, keyboard_of(given))


def edit_message_reply_markup(world: World, given: Parameters) -> Message:
    """Change the keyboard of a message, or take it away."""
    post = _own(world, given)
    return _change(world, post, (post.text, post.entities), keyboard_of(given))


def delete_message(world: World, given: Parameters) -> bool:
    """Delete a message: the bot's own for two days, those of others only as an admin who may."""
    room = open_chat(world, given)
    _delete(world, post_of(room, given, rules.NO_DELETE_TARGET))
    return True


def delete_messages(world: World, given: Parameters) -> bool:
    """Delete several messages; those that are not there are passed over."""
    room = open_chat(world, given)
    for number in given.json("message_ids") or []:
        if post := room.post(int(number)):
            _delete(world, post)
    return True


def stop_poll(world: World, given: Parameters) -> Poll:
    """Close a poll and return its result."""
    room = open_chat(world, given)
    post = post_of(room, given, rules.NO_POLL_TARGET)
    if "poll" not in post.extra or post.sender.id != world.bot.id:
        raise rules.bad_request(rules.NOT_A_POLL)
    ballot = world.ballots[post.extra["poll"].id]
    if ballot.is_closed:
        raise rules.bad_request(rules.POLL_CLOSED)
    ballot.is_closed = True
    post.extra["poll"], post.keyboard = ballot.poll(), keyboard_of(given)
    world.tell_of("poll", post)
    world.deliver("poll", ballot.poll())
    return ballot.poll()


def _own(world: World, given: Parameters) -> Post:
    post = post_of(open_chat(world, given), given, rules.NO_EDIT_TARGET)
    if post.sender.id != world.bot.id or post.is_service:
        raise rules.bad_request(rules.NOT_EDITABLE)
    return post


def _change(world: World, post: Post, words: Words, keyboard: InlineKeyboardMarkup | None) -> Message:
    """Write a new version down, unless nothing is new: Telegram refuses that."""
    said = words != (post.text, post.entities)
    if not said and keyboard == post.keyboard:
        raise rules.bad_request(rules.NOT_MODIFIED)
    if said:
        post.versions.append(Version(*words, world.now()))
    post.keyboard = keyboard
    world.tell_of("edited", post)
    return post.message()


def _delete(world: World, post: Post) -> None:
    bot = post.room.membership(world.bot)
    admin = bot.is_admin and bot.can_delete
    young = world.now() - post.at < rules.DELETE_WITHIN
    own = post.sender.id == world.bot.id or post.room.is_private
    if not (admin or (own and young)):
        raise rules.bad_request(rules.NOT_DELETABLE)
    world.remove(post)


METHODS: dict[str, Method] = {
    "sendMessage": send_message,
    "sendDocument": send_document,
    "sendPhoto": send_photo,
    "sendPoll": send_poll,
    "editMessageText": edit_message_text,
    "editMessageCaption": edit_message_caption,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
    "stopPoll": stop_poll,
}
