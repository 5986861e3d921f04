"""Who wears which mask: told to an admin alone, in a window that leaves no message, and written down."""

from telegram import InlineKeyboardButton
from telegram.error import Forbidden

from bot.context import Context, Refusal
from bot.handlers.common import admins
from bot.handlers.common.buttons import LABEL_LIMIT, button, numbers, pressed_round
from bot.handlers.common.reply import keyboard
from bot.seminar.records import Round
from bot.speech import shorten


async def offer(context: Context) -> None:
    """Send the admin who pressed the round's masks, in private."""
    await admins.only(context)
    shown = pressed_round(context)
    rows = _rows(context, shown)
    if not rows:
        raise Refusal("toast.no_masks")
    try:
        await context.bot.send_message(
            context.user.id, context.say("unmask.choose", number=shown.number), reply_markup=keyboard(rows)
        )
    except Forbidden:
        raise Refusal("toast.open_private") from None
    await context.toast(context.plain("toast.sent_privately"))


async def lift(context: Context) -> None:
    """Tell an admin who is behind the mask that was pressed, and write down that it was told."""
    round_id, at = numbers(context, 2)
    shown = context.store.rounds.by_id(round_id)
    seminar = context.store.seminars.by_id(shown.seminar_id) if shown else None
    if shown is None or seminar is None or not context.private:
        raise Refusal("toast.stale")
    if not await admins.is_admin(context, seminar.chat_id, context.user.id):
        raise Refusal("admins.only")
    masks = context.store.masks.all(shown.id)
    alias = masks[at] if at < len(masks) else ""
    name = context.store.masks.lift(shown.id, alias, by=context.person.id, at=context.now)
    if name is None:
        raise Refusal("toast.stale")
    await context.toast(context.plain("unmask.told", alias=alias, name=name), alert=True)


def _rows(context: Context, shown: Round) -> list[list[InlineKeyboardButton]]:
    return [
        [button(shorten(alias, LABEL_LIMIT), "who", shown.id, at)]
        for at, alias in enumerate(context.store.masks.all(shown.id))
    ]
