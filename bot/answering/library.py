"""All packs of a folder, each with its engine, built when it is first asked."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from bot.pack.load import load_pack
from bot.pack.model import Pack
from bot.pack.problems import PackError, PackProblem

if TYPE_CHECKING:
    from bot.answering.engine import Engine


class Library:
    """The packs of a folder. `broken` holds what is wrong with those that could not be read."""

    def __init__(
        self, packs: dict[str, Pack], broken: dict[str, tuple[PackProblem, ...]] | None = None
    ) -> None:
        self.packs = packs
        self.broken = broken or {}
        self._engines: dict[str, Engine] = {}
        self._extra: Mapping[str, Mapping[str, Sequence[str]]] = {}
        self._building = Lock()  # chats that ask at once wait for one engine instead of building many

    @classmethod
    def open(cls, folder: Path) -> "Library":
        """Return the library of all packs in the folder. One broken pack does not keep the others out."""
        packs: dict[str, Pack] = {}
        broken: dict[str, tuple[PackProblem, ...]] = {}
        for path in sorted(folder.glob("*/pack.md")):
            try:
                pack = load_pack(path.parent)
            except PackError as error:
                broken[path.parent.name] = error.problems
            else:
                packs[pack.slug] = pack
        return cls(packs, broken)

    def taught(self, learned: Mapping[str, Mapping[str, Sequence[str]]]) -> "Library":
        """Return a library of the same packs whose engines know these aliases too: pack -> slug -> aliases.

        Engines that this changes nothing for are taken over as they are. What the pack has by now, or has
        no snippet for any more, is left out.
        """
        news = {slug: _news(pack, learned.get(slug, {})) for slug, pack in self.packs.items()}
        extra = {slug: wordings for slug, wordings in news.items() if wordings}
        if extra == self._extra:
            return self
        made = Library(self.packs, self.broken)
        made._extra = extra
        made._engines = {
            slug: engine for slug, engine in self._engines.items() if extra.get(slug) == self._extra.get(slug)
        }
        return made

    def renewed(self, pack: Pack) -> "Library":
        """Return a library with this pack in the place of the one of its name, or beside the others.

        The engines of the others are taken over. What that pack was taught is to be given by `taught`.
        """
        broken = {slug: problems for slug, problems in self.broken.items() if slug != pack.slug}
        made = Library({**self.packs, pack.slug: pack}, broken)
        made._extra = {slug: wordings for slug, wordings in self._extra.items() if slug != pack.slug}
        made._engines = {slug: engine for slug, engine in self._engines.items() if slug != pack.slug}
        return made

    def is_ready(self, slug: str) -> bool:
        """Return whether that pack's engine is built: building one takes a second or two."""
        return slug in self._engines

    def engine(self, slug: str) -> "Engine":
        """Return the engine of that pack.

        Raises:
            PackError: the pack is there, but broken.
            KeyError: there is no such pack.
        """
        if slug in self.broken:
            raise PackError(self.broken[slug])
        with self._building:
            if slug not in self._engines:
                from bot.answering.engine import Engine  # noqa: PLC0415  a library of titles needs no engine

                self._engines[slug] = Engine(self.packs[slug], extra_aliases=self._extra.get(slug, {}))
        return self._engines[slug]


def _news(pack: Pack, learned: Mapping[str, Sequence[str]]) -> Mapping[str, Sequence[str]]:
    """Return of what was learned what the pack does not say itself."""
    known = {slug: wordings for slug, wordings in learned.items() if slug in pack.by_slug}
    news = {
        slug: tuple(wording for wording in wordings if wording not in pack.by_slug[slug].aliases)
        for slug, wordings in known.items()
    }
    return {slug: wordings for slug, wordings in news.items() if wordings}
