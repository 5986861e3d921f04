"""Which messages in a group are meant for us, when they are no commands; and which pass on others' words."""

from telegram import Message, MessageEntity, MessageOriginUser
from telegram.ext import filters

from bot.context import Context


class _MentionsUs(filters.MessageFilter):
    """Text that names us with @: known only once Telegram has told us our name."""

    def filter(self, message: Message) -> bool:
        ours = f"@{message.get_bot().username}".lower()
        mentions = message.parse_entities([MessageEntity.MENTION]).values()
        return any(words.lower() == ours for words in mentions)


class _RepliesToUs(filters.MessageFilter):
    """A reply to one of our own messages."""

    def filter(self, message: Message) -> bool:
        target = message.reply_to_message
        return (
            target is not None
            and target.from_user is not None
            and (target.from_user.id == message.get_bot().id)
        )


# Posts that a linked channel forwards by itself are nobody's question.
WORDS = filters.TEXT & ~filters.COMMAND & ~filters.IS_AUTOMATIC_FORWARD
MENTIONS_US = filters.ChatType.GROUPS & WORDS & _MentionsUs()
REPLIES_TO_US = filters.ChatType.GROUPS & WORDS & _RepliesToUs()
IN_PRIVATE = filters.ChatType.PRIVATE


def withheld(context: Context) -> bool:
    """Return whether the message passes on words of somebody who said no, here or anywhere.

    Whoever forwards words cannot agree for the one who said them.
    """
    origin = context.message.forward_origin
    if not isinstance(origin, MessageOriginUser) or origin.sender_user.is_bot:
        return False
    return context.store.people.refused_somewhere([origin.sender_user.id])
