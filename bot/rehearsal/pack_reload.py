"""Which packs of a folder were changed since one looked last, so that a rehearsal can load them anew."""

import asyncio
import hashlib
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.context import Services
from bot.pack.load import load_pack
from bot.pack.model import Pack
from bot.pack.problems import PackError, PackProblem

_Fingerprint = tuple[int, int, str]  # when it was written, its size, a digest of what it says
EVERY = 1.0  # seconds between two looks
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class FolderState:
    """What a folder of packs looked like, and which of them differ from the look before."""

    files: Mapping[Path, _Fingerprint] = field(default_factory=dict)
    packs: frozenset[str] = frozenset()  # new, changed or gone


def look_for_changes(folder: Path, seen: FolderState) -> FolderState:
    """Return a new look at the folder; its `packs` are those whose text differs from what was seen.

    Begin with `changed(folder, Look())`, which names every pack. A file that was only touched, or saved with
    the same text, counts as unchanged. Of files that stand as they were, only time and size are read.
    """
    files: dict[Path, _Fingerprint] = {}
    for path in sorted(path for head in folder.glob("*/pack.md") for path in head.parent.glob("*.md")):
        try:
            files[path] = _fingerprint(path, seen.files.get(path))
        except OSError:  # being replaced by an editor just now: the next look will see it
            if path in seen.files:
                files[path] = seen.files[path]
    differ = {
        path.parent.name
        for path in files.keys() | seen.files.keys()
        if files.get(path, (0, 0, ""))[2] != seen.files.get(path, (0, 0, ""))[2]
    }
    return FolderState(files, frozenset(differ))


def _fingerprint(path: Path, before: _Fingerprint | None) -> _Fingerprint:
    state = path.stat()
    if before and before[:2] == (state.st_mtime_ns, state.st_size):
        return before
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return state.st_mtime_ns, state.st_size, digest


@dataclass(frozen=True)
class PackNews:
    """What became of a pack that was edited: loaded, broken (the old one stays) or gone (likewise)."""

    state: str
    pack: str
    title: str = ""
    snippets: int = 0  # that are answered from
    drafts: int = 0
    problems: tuple[str, ...] = ()

    def as_page_reads(self) -> Mapping[str, Any]:
        """Return the event for pages."""
        return {"kind": "pack", **vars(self), "problems": list(self.problems)}

    def in_words(self) -> str:
        """Return what the terminal says."""
        if self.state == "loaded":
            counts = f"{self.snippets} 則摘解、{self.drafts} 則草稿"
            return f"✔ {self.pack}：已重新載入，{counts} / loaded anew: snippets and drafts"
        if self.state == "gone":
            return f"！{self.pack}：資料夾不見了，先用原來的 / its folder is gone; the old one stays"
        head = f"✘ {self.pack}：存檔裡有問題，先用原來的 / has problems; the old one stays"
        return "\n".join([head, *(f"    {problem}" for problem in self.problems)])


class PackWatcher:
    """The packs of a folder, looked at again and again; sound ones are taken up at once."""

    def __init__(
        self,
        services: Services,
        folder: Path,
        *,
        tell: Callable[[Mapping[str, Any]], None],
        say: Callable[[str], object] = log.info,
    ) -> None:
        self._services = services
        self._folder = folder
        self._tell = tell  # the pages
        self._say = say  # the terminal
        self._seen = look_for_changes(folder, FolderState())
        self._broken = {name: _broken(name, problems) for name, problems in services.library.broken.items()}

    def broken(self) -> list[Mapping[str, Any]]:
        """Return the events of the packs that are broken as they lie there now."""
        return [news.as_page_reads() for news in self._broken.values()]

    async def look(self) -> None:
        """Load what was changed since the last look, and tell of it."""
        self._seen = await asyncio.to_thread(look_for_changes, self._folder, self._seen)
        for name in sorted(self._seen.packs):
            news = await self._load(name)
            if self._broken.pop(name, None) == news:
                self._broken[name] = news  # the same errors as before have been told
                continue
            if news.state == "broken":
                self._broken[name] = news
            self._tell(news.as_page_reads())
            self._say(news.in_words())

    async def keep_looking(self, stop: asyncio.Event, every: float = EVERY) -> None:
        """Look until `stop` is set."""
        while not stop.is_set():
            try:
                await asyncio.wait_for(stop.wait(), every)
            except TimeoutError:
                await self._look_safely()

    async def _look_safely(self) -> None:
        try:
            await self.look()
        except Exception:  # whatever a folder on a teacher's disk may do, the rehearsal goes on
            log.exception("looking for changed packs failed")

    async def _load(self, name: str) -> PackNews:
        if not (self._folder / name / "pack.md").is_file():
            return PackNews("gone", name)
        try:
            pack = await asyncio.to_thread(load_pack, self._folder / name)
        except PackError as error:
            return _broken(name, error.problems)
        await self._put(pack)
        drafts = sum(snippet.draft for snippet in pack.snippets)
        return PackNews("loaded", name, pack.title, len(pack.snippets) - drafts, drafts)

    async def _put(self, pack: Pack) -> None:
        """Take the pack up once its engine is built: until then the old one answers."""
        services = self._services
        async with services.library_lock:
            library = services.library.renewed(pack).taught(services.store.learned.all())
            await asyncio.to_thread(library.engine, pack.slug)
            services.library = library


def _broken(name: str, problems: Sequence[PackProblem]) -> PackNews:
    return PackNews("broken", name, problems=tuple(map(str, problems)))
