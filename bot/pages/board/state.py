"""What a board shows at a moment, as data for the page: aliases only, and no more than it may show."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from bot.pages.charts.participation import gini
from bot.pages.languages import spoken_in
from bot.pages.report.rendering import plain
from bot.pages.wording import chart_labels, phrases
from bot.reading.folding import to_simplified
from bot.reading.pack import Pack
from bot.reading.words import words
from bot.seminar.records import Remark, Round, Seminar, Stance
from bot.seminar.stances import counted

LATEST, OVERSEEN = 4, 40  # remarks on the class's page and on the teacher's
MOST_WORDS, MOST_PIECES, MOST_PEOPLE = 18, 7, 8
SHORT = 160  # letters of a remark that are shown


@dataclass(frozen=True)
class Steering:
    """What the teacher has decided for a round; a new round begins hidden, live and without names."""

    round_id: int = 0
    revealed: bool = False
    frozen: bool = False
    named: bool = False


@dataclass(frozen=True)
class Scene:
    """Everything that a board is drawn from, read at one moment; names in texts are masked already."""

    seminar: Seminar
    pack: Pack
    round: Round | None
    remarks: tuple[tuple[str, Remark], ...] = ()  # each with its mark, oldest first
    unshown: frozenset[str] = frozenset()
    stances: tuple[Stance, ...] = ()


Touched = Callable[[Sequence[str], Sequence[str]], Mapping[str, int]]  # texts, slugs -> how many touch each


def draw(scene: Scene, steering: Steering, touched: Touched, now: datetime) -> dict[str, Any]:
    """Return the class's view; stances are left out until they are revealed."""
    language = scene.seminar.language
    say = phrases(language)["board"]
    if scene.round is None:
        return {"prompt": say["no_round"], "steering": _steering(steering)}
    shown = [(mark, one) for mark, one in scene.remarks if mark not in scene.unshown]
    texts = [one.text for _, one in shown]
    return {
        "round": say["closed" if scene.round.closed_at else "round"].format(number=scene.round.number),
        "prompt": _prompt(scene),
        "left": _left(scene.round, now),
        "counts": say["counts"].format(
            people=len({one.person_id for _, one in shown}), remarks=len(shown), chosen=_chosen(scene)
        ),
        "stances": _stances(scene) if steering.revealed else None,
        "words": _words(texts, scene),
        "evidence": _evidence(texts, scene, touched),
        "latest": [_remark(mark, one, language) for mark, one in reversed(shown[-LATEST:])],
        "voices": _voices([one for _, one in shown], named=steering.named),
        "steering": _steering(steering),
    }


def oversee(scene: Scene, view: Mapping[str, Any]) -> dict[str, Any]:
    """Return the teacher's view: the stances always, and the remarks to take off the board."""
    latest = [
        _remark(mark, one, scene.seminar.language) | {"mark": mark, "hidden": mark in scene.unshown}
        for mark, one in reversed(scene.remarks[-OVERSEEN:])
    ]
    return {**view, "stances": _stances(scene) if scene.round else None, "overseen": latest}


def _steering(steering: Steering) -> dict[str, bool]:
    return {"revealed": steering.revealed, "frozen": steering.frozen, "named": steering.named}


def _prompt(scene: Scene) -> str:
    if scene.round is None:
        return ""
    prompt = scene.pack.prompt(scene.round.prompt_slug)
    return scene.round.prompt_text if prompt is None else _shown(scene, prompt.title)


def _shown(scene: Scene, text: str) -> str:
    return to_simplified(text) if scene.seminar.language == "zh-Hans" else text


def _left(running: Round, now: datetime) -> int | None:
    """Return the seconds left; None: it is over, or has no end."""
    if running.closed_at is not None or running.ends_at is None:
        return None
    return max(0, int((running.ends_at - now) / timedelta(seconds=1)))


def _chosen(scene: Scene) -> int:
    return len({stance.person_id for stance in scene.stances})


def _stances(scene: Scene) -> list[dict[str, Any]]:
    """Return before and, once it was asked for, after: how many stand on each step."""
    labels = chart_labels(scene.seminar.language)
    rows = (
        (labels.before, counted(scene.stances, "before")),
        (labels.after, counted(scene.stances, "after")),
    )
    return [
        {"name": name, "counts": list(counts.values()), "steps": list(labels.steps)}
        for name, counts in rows
        if any(counts.values())
    ]


def _words(texts: Sequence[str], scene: Scene) -> list[tuple[str, int]]:
    if not texts:
        return []  # dictionaries are loaded when there is something to read
    counts = words(texts, scene.pack, scene.seminar.language)
    often = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    return [(plain(word), times) for word, times in often[:MOST_WORDS] if times > 1]


def _evidence(texts: Sequence[str], scene: Scene, touched: Touched) -> list[dict[str, Any]]:
    """Return the prompt's evidence by side, each piece with how many remarks touch it."""
    prompt = scene.pack.prompt(scene.round.prompt_slug) if scene.round else None
    if prompt is None:
        return []
    sides = (("for", prompt.evidence_for), ("against", prompt.evidence_against))
    pieces = [(side, slug) for side, slugs in sides for slug in slugs if slug in scene.pack.by_slug]
    slugs = [slug for _, slug in pieces]
    counts = touched(texts, slugs) if texts else dict.fromkeys(slugs, 0)
    return [
        {"side": side, "title": _shown(scene, scene.pack.by_slug[slug].title), "times": counts[slug]}
        for side, slug in pieces[:MOST_PIECES]
    ]


def _voices(remarks: Sequence[Remark], *, named: bool) -> dict[str, Any]:
    """Return how many remarks each made, most first, with aliases only if the teacher wants them."""
    counts: dict[str, int] = {}
    for one in remarks:
        counts[one.alias] = counts.get(one.alias, 0) + 1
    ranked = sorted(counts.items(), key=lambda one: -one[1])
    bars = [(plain(alias) if named else "", times) for alias, times in ranked[:MOST_PEOPLE]]
    return {"bars": bars, "gini": f"{gini(list(counts.values())):.2f}" if counts else ""}


def _remark(_mark: str, remark: Remark, language: str) -> dict[str, Any]:
    text = plain(" ".join(remark.text.split()))
    cut = text if len(text) <= SHORT else text[:SHORT] + "…"
    return {"alias": plain(remark.alias), "text": cut, "lang": spoken_in(cut, language)}


def fitting(steering: Steering, scene: Scene) -> Steering:
    """Return the steering, begun anew where another round has begun."""
    round_id = scene.round.id if scene.round else 0
    return steering if steering.round_id == round_id else Steering(round_id)


def steered(steering: Steering, act: str, *, on: bool) -> Steering:
    """Return the steering after an act: reveal, freeze or name."""
    fields = {"reveal": "revealed", "freeze": "frozen", "name": "named"}
    return replace(steering, **{fields[act]: on}) if act in fields else steering
