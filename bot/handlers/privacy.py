"""What is kept of a person, and how they stop it, start it again, or have it deleted."""

from telegram import InlineKeyboardButton

from bot.context import Context, Refusal
from bot.handlers.buttons import arguments, button
from bot.handlers.replying import Rows, deep_link, edit, reply

PAYLOAD = "privacy"
DEFAULT_DAYS = 180


async def privacy(context: Context) -> None:
    """Answer /privacy: for this group, or in a private chat for all of them."""
    await reply(context, *_page(context))


async def log(context: Context) -> None:
    """Stop or start logging whoever pressed: in a group for that group, in private everywhere."""
    (answer,) = arguments(context, 1)
    if answer not in {"yes", "no"}:
        raise Refusal("toast.stale")
    seminar_id = context.seminar.id if context.seminar else None
    context.store.set_consent(seminar_id, context.person.id, "yes" if answer == "yes" else "no")
    said = "toast.logging" if answer == "yes" else "toast.not_logging"
    await context.toast(context.plain(said), alert=True)
    if context.private:
        await edit(context, *_page(context))


async def forget(context: Context) -> None:
    """Ask before forgetting, forget, or leave it; in private only, where nobody else can press."""
    (word,) = arguments(context, 1)
    if not context.private or word not in {"ask", "yes", "no"}:
        raise Refusal("toast.stale")
    if word == "ask":
        await edit(
            context, context.say("privacy.forget"), [[_forget(context, "no"), _forget(context, "yes")]]
        )
    elif word == "no":
        await context.toast(context.plain("privacy.kept"))
        await edit(context, *_page(context))
    else:
        logged = _logged(context)
        context.store.forget(context.person.id)
        key = "privacy.forgotten" if logged else "privacy.forgotten_and_silent"
        await edit(context, context.say(key), [[_stop(context)]] if logged else [])


def _page(context: Context) -> tuple[str, Rows]:
    seminar = context.seminar
    if seminar is not None:
        link = deep_link(context, PAYLOAD)
        forget_there = InlineKeyboardButton(context.plain("button.forget"), url=link)
        text = context.say("privacy.group", days=seminar.retention_days)
        return text, [[_stop(context), _again(context)], [forget_there]]
    logged = _logged(context)
    status = context.plain("privacy.logging" if logged else "privacy.not_logging")
    text = context.say("privacy.private", days=DEFAULT_DAYS, status=status)
    return text, [[_stop(context) if logged else _again(context)], [_forget(context, "ask")]]


def _logged(context: Context) -> bool:
    """Whether the person has not said no to being logged everywhere."""
    return context.store.consent(None, context.person.id) != "no"


def _stop(context: Context) -> InlineKeyboardButton:
    return button(context.plain("button.stop_logging"), "log", "no")


def _again(context: Context) -> InlineKeyboardButton:
    return button(context.plain("button.log_again"), "log", "yes")


def _forget(context: Context, word: str) -> InlineKeyboardButton:
    label = {"ask": "button.forget", "yes": "button.forget_yes", "no": "button.forget_no"}[word]
    return button(context.plain(label), "forget", word)
