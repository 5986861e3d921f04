"""What is kept of a person, and how they stop it and start it again: for one group, or in private for all."""

from telegram import InlineKeyboardButton

from bot.context import Context, Refusal
from bot.handlers.common.buttons import arguments, button, labelled
from bot.handlers.common.reply import Rows, edit, private_link, reply
from bot.handlers.privacy import forget_me
from bot.seminar.records import Seminar
from db.privacy.data_inventory import PRIVATE_DAYS

PAYLOAD = "privacy"


async def privacy(context: Context) -> None:
    """Answer /privacy: for this group, or in a private chat for all of them."""
    await reply(context, *page(context))


async def opt_out(context: Context) -> None:
    """Answer /optout: from now on nothing of this person is kept."""
    _set(context, "no")
    where = "here" if context.seminar else "everywhere"
    await reply(context, context.say(f"consent.no_{where}"), [[forget_me.way(context)]])


async def opt_in(context: Context) -> None:
    """Answer /optin: from now on what this person says in rounds is kept."""
    _set(context, "yes")
    where = "here" if context.seminar else "everywhere"
    await reply(context, context.say(f"consent.yes_{where}"), [[_stop(context)]])


async def log(context: Context) -> None:
    """Stop or start logging whoever pressed; the answer is shown to them alone."""
    (answer,) = arguments(context, 1)
    if answer not in {"yes", "no"}:
        raise Refusal("toast.stale")
    _set(context, answer)
    said = "toast.logging" if answer == "yes" else "toast.not_logging"
    await context.toast(context.plain(said), alert=True)
    if context.private:
        await edit(context, *page(context))


def page(context: Context) -> tuple[str, Rows]:
    """Return what /privacy shows: what is kept, for how long, who sees it, and buttons to change that."""
    seminar = context.seminar
    if seminar is not None:
        elsewhere = private_link(context, PAYLOAD, "button.forget")
        return context.say("privacy.group", kept=_kept(context, seminar)), [
            [_stop(context), _start(context, seminar)],
            [elsewhere],
        ]
    answer = context.store.people.answer_of(None, context.user.id)
    status = context.plain(f"privacy.status_{answer or 'none'}")
    text = context.say("privacy.private", days=PRIVATE_DAYS, status=status)
    return text, [[_start(context) if answer == "no" else _stop(context)], [forget_me.way(context)]]


def _kept(context: Context, seminar: Seminar) -> str:
    """Return in two sentences what this seminar's settings mean."""
    return context.plain(
        f"privacy.kept_{seminar.consent_rule}",
        days=seminar.retention_days,
        alias=context.plain(f"privacy.alias_{seminar.alias_mode}"),
    )


def _set(context: Context, answer: str) -> None:
    seminar_id = context.seminar.id if context.seminar else None
    context.store.people.set_consent(seminar_id, context.person.id, "yes" if answer == "yes" else "no")


def _stop(context: Context) -> InlineKeyboardButton:
    return labelled(context, "button.stop_logging", "log", "no")


def _start(context: Context, seminar: Seminar | None = None) -> InlineKeyboardButton:
    explicit = seminar is not None and seminar.consent_rule == "explicit"
    return button(context.plain("button.agree" if explicit else "button.log_again"), "log", "yes")
