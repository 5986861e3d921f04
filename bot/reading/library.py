"""All packs of a folder, each with its engine, built when it is first asked."""

from pathlib import Path
from typing import TYPE_CHECKING

from bot.reading.pack import Pack
from bot.reading.parsing import PackError, Problem, load_pack

if TYPE_CHECKING:
    from bot.reading.engine import Engine


class Library:
    """The packs of a folder. `broken` holds what is wrong with those that could not be read."""

    def __init__(self, packs: dict[str, Pack], broken: dict[str, tuple[Problem, ...]] | None = None) -> None:
        self.packs = packs
        self.broken = broken or {}
        self._engines: dict[str, Engine] = {}

    @classmethod
    def open(cls, folder: Path) -> "Library":
        """Return the library of all packs in the folder. One broken pack does not keep the others out."""
        packs: dict[str, Pack] = {}
        broken: dict[str, tuple[Problem, ...]] = {}
        for path in sorted(folder.glob("*/pack.md")):
            try:
                pack = load_pack(path.parent)
            except PackError as error:
                broken[path.parent.name] = error.problems
            else:
                packs[pack.slug] = pack
        return cls(packs, broken)

    def engine(self, slug: str) -> "Engine":
        """Return the engine of that pack.

        Raises:
            PackError: the pack is there, but broken.
            KeyError: there is no such pack.
        """
        if slug in self.broken:
            raise PackError(self.broken[slug])
        if slug not in self._engines:
            from bot.reading.engine import Engine  # noqa: PLC0415  a library of titles needs no engine

            self._engines[slug] = Engine(self.packs[slug])
        return self._engines[slug]
