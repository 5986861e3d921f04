"""What there is to see of a seminar at one moment, read from the store; names in texts are masked."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Literal

from bot.answering.library import Library
from bot.pack.model import Pack
from bot.pages.texts import language_of, phrases, plain
from bot.seminar.coverage import read_remark
from bot.seminar.nameless_text import without_names
from bot.seminar.prompts import title_of
from bot.seminar.records import Remark, Round, Seminar
from db.discussion.board import BoardSettings, StanceTotals
from db.store import Store

REMEMBERED = 5_000  # remarks whose evidence is kept in mind

View = Literal["class", "teacher"]
LATEST, OVERSEEN = 3, 40  # remarks on the class's page and on the teacher's
SHORT = 160  # letters of a remark that are shown


@dataclass(frozen=True)
class BoardSnapshot:
    """Everything that a board is drawn from. The teacher's is never frozen, and has what is off the board."""

    seminar: Seminar
    pack: Pack
    round: Round | None
    steering: BoardSettings = field(default_factory=BoardSettings)
    shown: tuple[Remark, ...] = ()  # what is on the board, oldest first
    words: tuple[str, ...] = ()  # the class's own words of these, without anybody's name
    overseen: tuple[tuple[str, Remark, bool], ...] = ()  # the teacher's: mark, remark, whether it is off
    chosen: StanceTotals = field(default_factory=StanceTotals)


class SnapshotReader:
    """Reads scenes, on the store's own thread."""

    def __init__(self, store: Store, library: Callable[[], Library]) -> None:
        self._store, self._library = store, library
        self._read: dict[tuple[str, str], tuple[str, ...]] = {}

    def scene(self, seminar_id: int, view: View = "class") -> BoardSnapshot:
        """Return what that page may show; LookupError: there is no such seminar."""
        store = self._store
        seminar = store.seminars.by_id(seminar_id)
        if seminar is None:
            raise LookupError(seminar_id)
        packs = self._library().packs
        pack = packs.get(seminar.pack) or next(iter(packs.values()))
        rounds = store.rounds.of(seminar_id)
        if not rounds:
            return BoardSnapshot(seminar, pack, None)
        return self._scene(seminar, pack, rounds[-1], view)

    def _scene(self, seminar: Seminar, pack: Pack, latest: Round, view: View) -> BoardSnapshot:
        store = self._store
        mask = store.pseudonyms.masker(seminar.id)
        steered = store.board.steering(latest.id)
        live = replace(steered, frozen_at=None) if view == "teacher" else steered
        found = [(store.board.mark_of(one), one) for one in self._remarks(latest, live)]
        off = store.board.unshown(latest.id)
        own = [(one.text, mask(one.text)) for mark, one in found if mark not in off and one.own]
        shown = [replace(one, text=mask(one.text)) for mark, one in found if mark not in off]
        return BoardSnapshot(
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

    def _remarks(self, latest: Round, steered: BoardSettings) -> Sequence[Remark]:
        """Return what may be seen: answers that are collected first stay unseen until they are revealed."""
        if latest.visibility == "post_first" and latest.revealed_at is None:
            return ()
        return self._store.board.remarks_on(latest.id, steered)

    def touched(self, scene: BoardSnapshot, slugs: Sequence[str]) -> dict[str, int]:
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


def state(scene: BoardSnapshot, now: datetime) -> dict[str, Any]:
    """Return all of the class's view but its pictures."""
    language = scene.seminar.language
    say = phrases(language)["board"]
    if scene.round is None:
        return {"prompt": _spoken(say["no_round"], language), "steering": _steering(scene.steering)}
    return {
        "round": say["closed" if scene.round.closed_at else "round"].format(number=scene.round.number),
        "prompt": _spoken(prompt(scene), language),
        "left": _left(scene.round, now),
        "counts": say["counts"].format(
            people=len({one.speaker for one in scene.shown}),
            remarks=len(scene.shown),
            chosen=scene.chosen.people,
        ),
        "latest": [_remark(one, language) for one in reversed(scene.shown[-LATEST:])],
        "steering": _steering(scene.steering),
    }


def oversee(scene: BoardSnapshot) -> Sequence[Mapping[str, Any]]:
    """Return the remarks that the teacher may take off the board, the latest first."""
    return [
        _remark(one, scene.seminar.language) | {"mark": mark, "hidden": hidden}
        for mark, one, hidden in reversed(scene.overseen[-OVERSEEN:])
    ]


def prompt(scene: BoardSnapshot) -> str:
    """Return the round's prompt as the page shows it."""
    if scene.round is None:
        return ""
    found = scene.pack.prompt(scene.round.prompt_slug)
    return (
        plain(" ".join(scene.round.prompt_text.split()))
        if found is None
        else title_of(found, scene.seminar.language)
    )


def _steering(steered: BoardSettings) -> dict[str, bool]:
    frozen = steered.frozen_at is not None
    return {"revealed": steered.revealed, "frozen": frozen, "named": steered.named}


def _left(running: Round, now: datetime) -> int | None:
    """Return the seconds left; None: it is over, or has no end."""
    if running.closed_at is not None or running.ends_at is None:
        return None
    return max(0, int((running.ends_at - now) / timedelta(seconds=1)))


def _remark(remark: Remark, language: str) -> dict[str, Any]:
    text = plain(" ".join(remark.text.split()))
    cut = text if len(text) <= SHORT else text[:SHORT] + "…"
    return {"alias": _spoken(plain(remark.alias), language), "said": _spoken(cut, language)}


def _spoken(text: str, language: str) -> dict[str, str]:
    return {"text": text, "lang": language_of(text, language)}
