"""Methods that change or take away what was sent: edits, deletions, keyboards, and a poll's end."""

from telegram import InlineKeyboardMarkup, Message, Poll

from bot.rehearsal import rules
from bot.rehearsal.methods.message_rules import Words, caption_of, keyboard_of, text_of
from bot.rehearsal.methods.parameters import Method, Parameters, open_chat, post_of
from bot.rehearsal.posts import Post, Version
from bot.rehearsal.world import World


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
    "editMessageText": edit_message_text,
    "editMessageCaption": edit_message_caption,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
    "stopPoll": stop_poll,
}
