"""/reload: packs that were edited are read anew, without a restart and only if all of them are sound."""

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path

from bot.answering.library import Library
from bot.context import Context, Refusal
from bot.handlers.common.reply import reply
from bot.pack.checks.check_pack import check_pack
from bot.pack.problems import in_language

SHOWN = 15


async def reload(context: Context) -> None:
    """Answer /reload of who runs the bot: check, then take over; or say what is wrong and stay as we are."""
    services = context.services
    owner = services.settings.owner
    if owner is None or context.message.sender_chat is not None or context.user.id != owner:
        raise Refusal("reload.owner_only")
    async with services.library_lock:
        learned = services.store.learned.all()
        wrong, library = await asyncio.to_thread(_opened, services.settings.packs, learned, context.language)
        missing = services.settings.pack not in library.packs
        if not wrong and not missing:
            services.library = library
    if wrong or missing:
        shown = "\n".join(wrong[:SHOWN]) or services.settings.pack
        await reply(context, context.say("reload.problems", count=max(1, len(wrong)), problems=shown))
        return
    packs = [
        context.say("reload.pack", title=context.shown(pack.title), count=len(pack.snippets))
        for pack in library.packs.values()
    ]
    await reply(context, context.say("reload.done") + "\n" + "\n".join(packs))


def _opened(
    folder: Path, learned: Mapping[str, Mapping[str, Sequence[str]]], language: str
) -> tuple[list[str], Library]:
    """Return what is wrong with the packs, and their library; its engines are built if all are sound."""
    wrong = [
        f"{path.parent.name}/{found.file}:{found.line} {in_language(found.message, language)}"
        f" → {in_language(found.mend, language)}"
        for path in sorted(folder.glob("*/pack.md"))
        for found in check_pack(path.parent, strict=True)
    ]
    library = Library.open(folder).taught(learned)
    if not wrong:
        for slug in library.packs:
            library.engine(slug)
    return wrong, library
