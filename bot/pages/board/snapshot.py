"""What there is to see of a seminar at one moment, read from the store; names in texts are masked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from bot.answering.library import Library
from bot.pack.model import Pack
from bot.seminar.coverage import read_remark
from bot.seminar.nameless_text import without_names
from bot.seminar.records import Remark, Round, Seminar
from db.discussion.board import Chosen, Steering
from db.store import Store

REMEMBERED = 5_000  # remarks whose evidence is kept in mind

View = Literal["class", "teacher"]


@dataclass(frozen=True)
class Scene:
    """Everything that a board is drawn from. The teacher's is never frozen, and has what is off the board."""

    seminar: Seminar
    pack: Pack
    round: Round | None
    steering: Steering = field(default_factory=Steering)
    shown: tuple[Remark, ...] = ()  # what is on the board, oldest first
    words: tuple[str, ...] = ()  # the class's own words of these, without anybody's name
    overseen: tuple[tuple[str, Remark, bool], ...] = ()  # the teacher's: mark, remark, whether it is off
    chosen: Chosen = field(default_factory=Chosen)


class Scenes:
    """Reads scenes, on the store's own thread."""

    def __init__(self, store: Store, library: Callable[[], Library]) -> None:
        self._store, self._library = store, library
        self._read: dict[tuple[str, str], tuple[str, ...]] = {}

    def scene(self, seminar_id: int, view: View = "class") -> Scene:
        """Return what that page may show; LookupError: there is no such seminar."""
        store = self._store
        seminar = store.seminars.by_id(seminar_id)
        if seminar is None:
            raise LookupError(seminar_id)
        packs = self._library().packs
        pack = packs.get(seminar.pack) or next(iter(packs.values()))
        rounds = store.rounds.of(seminar_id)
        if not rounds:
            return Scene(seminar, pack, None)
        return self._scene(seminar, pack, rounds[-1], view)

    def _scene(self, seminar: Seminar, pack: Pack, latest: Round, view: View) -> Scene:
        store = self._store
        mask = store.pseudonyms.masker(seminar.id)
        steered = store.board.steering(latest.id)
        live = replace(steered, frozen_at=None) if view == "teacher" else steered
        found = [(store.board.mark_of(one), one) for one in self._remarks(latest, live)]
        off = store.board.unshown(latest.id)
        own = [(one.text, mask(one.text)) for mark, one in found if mark not in off and one.own]
        shown = [replace(one, text=mask(one.text)) for mark, one in found if mark not in off]
        return Scene(
            seminar=seminar,
            pack=pack,
            round=replace(latest, prompt_text=mask(latest.prompt_text)),
            steering=steered,
            shown=tuple(shown),
            words=tuple(
                without_names(
                    [text for text, _ in own],
                    [text for _, text in own],
                    store.pseudonyms.stand_ins(seminar.id),
                )
            ),
            overseen=tuple((mark, replace(one, text=mask(one.text)), mark in off) for mark, one in found)
            if view == "teacher"
            else (),
            chosen=store.board.chosen(latest.id) if live.frozen_at is None else live.frozen,
        )

    def _remarks(self, latest: Round, steered: Steering) -> Sequence[Remark]:
        """Return what may be seen: answers that are collected first stay unseen until they are revealed."""
        if latest.visibility == "post_first" and latest.revealed_at is None:
            return ()
        return self._store.board.remarks_on(latest.id, steered)

    def touched(self, scene: Scene, slugs: Sequence[str]) -> dict[str, int]:
        """Return how many remarks on the board touch each snippet; each remark is read once in its life."""
        engine = self._library().engine(scene.pack.slug)
        counts = dict.fromkeys(slugs, 0)
        for remark in filter(lambda one: one.own, scene.shown):
            key = (scene.pack.slug, remark.text)
            found = self._read.get(key)
            if found is None:
                found = read_remark(engine, remark.text).touched
                if len(self._read) < REMEMBERED:
                    self._read[key] = found
            for slug in counts.keys() & set(found):
                counts[slug] += 1
        return counts
