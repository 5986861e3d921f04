"""Why a question was answered as it was, for saying it in any language."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.pack.model import Answer, Snippet

if TYPE_CHECKING:
    from bot.answering.engine import Engine

RIVALS = 3


@dataclass(frozen=True)
class Rival:
    """A snippet that was weighed, with its points and what share of the question's words it knows (0.0-1.0)."""

    snippet: Snippet
    points: float
    coverage: float


@dataclass(frozen=True)
class Explanation:
    """The answer, whose `why` says what each stage saw, and the snippets that were compared."""

    answer: Answer
    rivals: tuple[Rival, ...]


def explain(engine: "Engine", text: str, *, history: Sequence[str] = ()) -> Explanation:
    """Return what `engine.answer` returns for the same question, with what decided it."""
    query, answer = engine.consider(text, history=history)
    units = {unit.text for unit in query.ranking.units}
    rivals = tuple(
        Rival(engine.scene.snippets[c.number], c.score, len(c.covered & units) / max(1, len(units)))
        for c in query.ranking.candidates[:RIVALS]
    )
    return Explanation(answer, rivals)
