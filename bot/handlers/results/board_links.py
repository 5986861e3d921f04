"""/board: the class's page to the group, the teacher's to the admin's private chat and nowhere else."""

from bot.context import BoardAddresses, Context, Refusal
from bot.handlers.common import admins
from bot.handlers.common.buttons import number_or_zero
from bot.handlers.common.reply import reply, send_or_show_the_way
from bot.seminar.records import Seminar

PAYLOAD = "board_"


async def board(context: Context) -> None:
    """Answer /board in a group: post the class's link, send the teacher's privately or show the way."""
    await admins.only(context)
    seminar = context.group_seminar
    url = _links(context, seminar).for_class
    await reply(context, context.say("board.here", url=url))
    await send_or_show_the_way(
        context, "board.open_first", f"{PAYLOAD}{seminar.id}", lambda: _send(context, seminar)
    )


async def send_to_admin(context: Context, wanted: str) -> None:
    """Send the teacher's link that a deep link asks for, if this person is an admin of that group now.

    Raises:
        Refusal: they are not, or there is no such seminar; both get the same answer.
    """
    await _send(context, await admins.steered(context, number_or_zero(wanted), "board.not_yours"))


async def _send(context: Context, seminar: Seminar) -> None:
    url = _links(context, seminar).for_teacher
    await context.bot.send_message(
        context.user.id, context.say("board.yours", title=seminar.title, url=url), protect_content=True
    )


def _links(context: Context, seminar: Seminar) -> BoardAddresses:
    """Return the addresses of both pages.

    Raises:
        Refusal: this house serves no pages.
    """
    links = context.services.board
    if links is None:
        raise Refusal("board.off")
    return links(seminar.id)
