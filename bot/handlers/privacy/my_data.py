"""/mydata: all that is kept of a person, as JSON, into their private chat and nowhere else."""

import json
from typing import Any

from telegram.error import BadRequest, Forbidden

from bot.context import Context
from bot.handlers.common.reply import private_link, reply

PAYLOAD = "mydata"


async def my_data(context: Context) -> None:
    """Answer /mydata; where we may not write privately yet, show the way there."""
    if not context.private and context.message.sender_chat is not None:
        await _show_the_way(context)  # an anonymous admin, or a channel: whom to write to is not told
        return
    try:
        await _send(context)
    except (Forbidden, BadRequest) as error:
        if context.private or (
            isinstance(error, BadRequest) and "chat not found" not in error.message.lower()
        ):
            raise
        await _show_the_way(context)
    else:
        if not context.private:
            await reply(context, context.say("mydata.sent"))


async def _send(context: Context) -> None:
    data = _data(context)
    if not data:
        await context.bot.send_message(context.user.id, context.say("mydata.nothing"))
        return
    about = {
        "made_at": context.now.isoformat(timespec="seconds"),
        "what_this_is": context.plain("mydata.about"),
    }
    written = json.dumps({"about": about, **data}, ensure_ascii=False, indent=2)
    date = context.now.astimezone(context.services.settings.timezone).date().isoformat()
    await context.bot.send_document(
        context.user.id,
        written.encode("utf-8"),
        filename=context.plain("file.mydata", date=date),
        caption=context.say("mydata.caption"),
    )


def _data(context: Context) -> dict[str, Any]:
    """Return what is kept; {} of a stranger, whom asking does not make known."""
    known = context.store.people.known(context.user.id)
    return {} if known is None else context.store.people.data_of(known.id)


async def _show_the_way(context: Context) -> None:
    await reply(context, context.say("mydata.open_first"), [[private_link(context, PAYLOAD)]])
