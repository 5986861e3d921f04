"""/board: the class's page to the group, the teacher's to the admin's private chat and nowhere else."""

from telegram import InlineKeyboardButton
from telegram.error import Forbidden

from bot.context import Context, Refusal
from bot.handlers import admins
from bot.handlers.replying import deep_link, reply
from bot.seminar.records import Seminar

PAYLOAD = "board_"


async def board(context: Context) -> None:
    """Answer /board in a group: post the class's link, send the teacher's privately or show the way."""
    await admins.only(context)
    seminar = context.group_seminar
    url, _ = _links(context, seminar)
    await reply(context, context.say("board.here", url=url))
    link = deep_link(context, f"{PAYLOAD}{seminar.id}")
    way = [[InlineKeyboardButton(context.plain("button.open_private"), url=link)]]
    if context.message.sender_chat is not None:  # an anonymous admin: whom to write to is not told
        await reply(context, context.say("board.open_first"), way)
        return
    try:
        await _send(context, seminar)
    except Forbidden:
        await reply(context, context.say("board.open_first"), way)


async def send_to_admin(context: Context, wanted: str) -> None:
    """Send the teacher's link that a deep link asks for, if this person is an admin of that group now.

    Raises:
        Refusal: they are not, or there is no such seminar; both get the same answer.
    """
    known = wanted.isascii() and wanted.isdigit() and len(wanted) < 16  # noqa: PLR2004  an id is shorter
    seminar = context.store.seminar_by_id(int(wanted)) if known else None
    if seminar is None or not await admins.is_admin(context, seminar.chat_id, context.user.id):
        raise Refusal("board.not_yours")
    await _send(context, seminar)


async def _send(context: Context, seminar: Seminar) -> None:
    _, url = _links(context, seminar)
    await context.bot.send_message(
        context.user.id, context.say("board.yours", title=seminar.title, url=url), protect_content=True
    )


def _links(context: Context, seminar: Seminar) -> tuple[str, str]:
    """Return the addresses of both pages.

    Raises:
        Refusal: this house serves no pages.
    """
    links = context.desk.board
    if links is None:
        raise Refusal("board.off")
    return links(seminar.id)
