"""A wording becomes an alias: kept in the store, and known to the engine at once."""

import asyncio

from bot.context import Services
from bot.pack.model import Answer, Pack, Snippet

SHORTEST, LONGEST = 2, 80  # characters of an alias


async def relearn(services: Services, pack: str = "") -> None:
    """Let the engines know what the store has learned and forgotten; that of `pack` is ready afterwards.

    They are built beside the event loop, which answers with the engines as they were meanwhile; one after
    another, so that of two changes at once neither is lost.
    """
    async with services.library_lock:
        before = services.library
        library = before.taught(services.store.learned.all())
        for slug in library.packs:
            if slug == pack or before.is_ready(slug):
                await asyncio.to_thread(library.engine, slug)
        services.library = library


async def teach(
    services: Services, pack: Pack, snippet: Snippet, wording: str, *, by: int
) -> tuple[int, Answer]:
    """Add the wording to the snippet; return what undoes it, and what is answered to it from now on."""
    learned_id = services.store.learned.add(pack=pack.slug, slug=snippet.slug, wording=wording, by=by)
    await relearn(services, pack.slug)
    return learned_id, services.library.engine(pack.slug).answer(wording)


async def unteach(services: Services, learned_id: int) -> bool:
    """Take a wording away again; False when it was gone already."""
    found = services.store.learned.by_id(learned_id)
    if found is None or not services.store.learned.drop(learned_id):
        return False
    await relearn(services, found.pack)
    return True


def fits(wording: str) -> bool:
    """Return whether a wording is fit to be an alias: neither a syllable nor an essay."""
    return SHORTEST <= len("".join(wording.split())) <= LONGEST
