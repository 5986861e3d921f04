"""Words that are passed on: whoever forwards them cannot agree for the one who said them."""

from telegram import MessageOriginUser

from bot.context import Context


def withheld(context: Context) -> bool:
    """Return whether the message passes on words of somebody who said no, here or anywhere."""
    origin = context.message.forward_origin
    if not isinstance(origin, MessageOriginUser) or origin.sender_user.is_bot:
        return False
    return context.store.people.refused_somewhere([origin.sender_user.id])
