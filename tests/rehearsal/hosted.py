"""A rehearsal on a real port of this machine, as `wendu rehearse` serves it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.answering.library import Library
from bot.cli.rehearsal import Rehearsal, rehearsing
from bot.rehearsal.page.server import make_server, open_port
from tests.dialogue import our_packs

KEY = "the-key-of-this-run"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c626001000000050001a5f645400000000049454e44ae426082"
)


@dataclass(frozen=True)
class Hosted:
    """Where the rehearsal is to be found, and the rehearsal itself."""

    host: str
    rehearsal: Rehearsal

    @property
    def address(self) -> str:
        """What `wendu rehearse` prints."""
        return f"http://{self.host}/?key={KEY}"


@asynccontextmanager
async def hosting(
    folder: Path, *, language: str = "zh-Hant", pack: str = "ai-film", packs: Path | None = None
) -> AsyncIterator[Hosted]:
    """Serve a rehearsal until left; its database is in `folder`, its packs in `packs` (or ours)."""
    library = Library.open(packs) if packs else our_packs()
    async with rehearsing(folder, library, key=KEY, language=language, pack=pack, packs=packs) as rehearsal:
        opened = open_port(0)  # any free one: the usual one may be taken by another test after this one
        server = make_server(rehearsal.app)
        serving = asyncio.create_task(server.serve(sockets=[opened]))
        try:
            await server.ready.wait()
            host = f"127.0.0.1:{opened.getsockname()[1]}"
            rehearsal.boards.base = f"http://{host}"
            yield Hosted(host, rehearsal)
        finally:
            server.should_exit = True
            await serving
            opened.close()
