"""/forgetme: gone for good, after one question, in private, where nobody else can press."""

from telegram import InlineKeyboardButton

from bot.context import Context, Refusal
from bot.handlers.common.buttons import arguments, button, labelled
from bot.handlers.common.reply import Rows, edit, private_link, reply
from bot.handlers.learning.learned_alias import relearn

PAYLOAD = "forgetme"


async def forget_me(context: Context) -> None:
    """Answer /forgetme: ask first; in a group, show the way to our private chat."""
    if context.private:
        await reply(context, *_question(context))
    else:
        await reply(context, context.say("forget.privately"), [[way(context)]])


async def press(context: Context) -> None:
    """Ask, forget, or leave it."""
    (word,) = arguments(context, 1)
    if not context.private or word not in {"ask", "yes", "no"}:
        raise Refusal("toast.stale")
    if word == "ask":
        await edit(context, *_question(context))
    elif word == "no":
        await context.toast(context.plain("forget.kept"))
        await edit(context, context.say("forget.kept"), [[_button(context, "ask")]])
    else:
        await _forget(context)


def way(context: Context) -> InlineKeyboardButton:
    """Return the button that leads to the question: here, or by a link into our private chat."""
    if context.private:
        return _button(context, "ask")
    return private_link(context, PAYLOAD, "button.forget")


async def _forget(context: Context) -> None:
    """Forget whoever presses; a stranger stays one, so that pressing again changes nothing."""
    known = context.store.people.known(context.user.id)
    if known is not None:
        context.store.erasure.forget(known.id)
        await relearn(context.services)  # a wording of theirs that a teacher had added is gone with them
    if context.store.people.answer_of(None, context.user.id) == "no":
        await edit(context, context.say("forget.done_and_silent"))
    else:
        stop = labelled(context, "button.stop_logging", "log", "no")
        await edit(context, context.say("forget.done"), [[stop]])


def _question(context: Context) -> tuple[str, Rows]:
    return context.say("forget.ask"), [[_button(context, "no"), _button(context, "yes")]]


def _button(context: Context, word: str) -> InlineKeyboardButton:
    label = {"ask": "button.forget", "yes": "button.forget_yes", "no": "button.forget_no"}[word]
    return button(context.plain(label), "forget", word)
