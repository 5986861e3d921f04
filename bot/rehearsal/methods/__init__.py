"""The methods of the Bot API that the rehearsal knows, by name in small letters, as Telegram reads them."""

from bot.rehearsal.methods import bot_profile, chats, edit, inline, send, updates
from bot.rehearsal.methods.parameters import Method

METHODS: dict[str, Method] = {
    name.lower(): method
    for module in (updates, inline, send, edit, chats, bot_profile)
    for name, method in module.METHODS.items()
}
