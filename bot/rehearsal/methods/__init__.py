"""The methods of the Bot API that the rehearsal knows, by name in small letters, as Telegram reads them."""

from bot.rehearsal.methods import chatting, describing, editing, inlining, polling, sending
from bot.rehearsal.methods.parameters import Method

METHODS: dict[str, Method] = {
    name.lower(): method
    for module in (polling, inlining, sending, editing, chatting, describing)
    for name, method in module.METHODS.items()
}
