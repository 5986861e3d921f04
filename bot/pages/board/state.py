"""What a board shows at a moment, as data for the page: aliases only, and no more than it may show."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from bot.pages.board.snapshot import Scene
from bot.pages.languages import spoken_in
from bot.pages.phrases import phrases
from bot.pages.report.html import plain
from bot.seminar.prompt_text import title_of
from bot.seminar.records import Remark, Round
from bot.text.folding import to_simplified
from db.discussion.board import Steering

LATEST, OVERSEEN = 3, 40  # remarks on the class's page and on the teacher's
SHORT = 160  # letters of a remark that are shown


def state(scene: Scene, now: datetime) -> dict[str, Any]:
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
            people=len({one.person_id for one in scene.shown}),
            remarks=len(scene.shown),
            chosen=scene.chosen.people,
        ),
        "latest": [_remark(one, language) for one in reversed(scene.shown[-LATEST:])],
        "steering": _steering(scene.steering),
    }


def oversee(scene: Scene) -> Sequence[Mapping[str, Any]]:
    """Return the remarks that the teacher may take off the board, the latest first."""
    return [
        _remark(one, scene.seminar.language) | {"mark": mark, "hidden": hidden}
        for mark, one, hidden in reversed(scene.overseen[-OVERSEEN:])
    ]


def prompt(scene: Scene) -> str:
    """Return the round's prompt as the page shows it."""
    if scene.round is None:
        return ""
    found = scene.pack.prompt(scene.round.prompt_slug)
    return (
        plain(" ".join(scene.round.prompt_text.split()))
        if found is None
        else title_of(found, scene.seminar.language)
    )


def shown(scene: Scene, text: str) -> str:
    """Return text of the pack in the page's script."""
    return to_simplified(text) if scene.seminar.language == "zh-Hans" else text


def _steering(steered: Steering) -> dict[str, bool]:
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
    return {"text": text, "lang": spoken_in(text, language)}
