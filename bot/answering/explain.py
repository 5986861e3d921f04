"""Why a question was answered as it was: the same facts as `Answer.why`, for saying them in any language."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.answering import question_kinds
from bot.answering.candidates import Candidate
from bot.answering.confidence import certainty
from bot.answering.names import Hit
from bot.pack.model import Answer, Snippet

if TYPE_CHECKING:
    from bot.answering.engine import Engine

RIVALS = 3


@dataclass(frozen=True)
class Rival:
    """A snippet that was weighed, with its points and what share of the question it knows (0.0-1.0)."""

    snippet: Snippet
    points: float
    coverage: float


@dataclass(frozen=True)
class Explanation:
    """The answer and what decided it: `sureness` above `line` answers, above `suggest_line` asks back."""

    answer: Answer
    names: tuple[tuple[str, float], ...]  # names of the reading heard in the question, and how alike, 0.0-1.0
    words: tuple[str, ...]  # its words of content
    intents: tuple[str, ...]  # what kind of thing is asked: who, why, weak …
    leaning: str  # how it leans on the question before: swap, pronoun, ordinal, near; empty: not
    rivals: tuple[Rival, ...]
    sureness: float
    line: float
    suggest_line: float


def explain(engine: "Engine", text: str, *, history: Sequence[str] = ()) -> Explanation:
    """Return what `engine.answer` returns for the same question, with what decided it."""
    asked, answer = engine.consider(text, history=history)
    best = asked.found[0] if asked.found else Candidate(0)
    return Explanation(
        answer=answer,
        names=_names(asked.hits),
        words=tuple(dict.fromkeys(unit.text for unit in asked.question.units)),
        intents=tuple(sorted(question_kinds.asked(asked.folded))),
        leaning=asked.leaning.kind,
        rivals=tuple(
            Rival(engine.matcher.snippets[found.number], found.score, found.coverage)
            for found in asked.found[:RIVALS]
        ),
        sureness=certainty(engine.matcher.index, asked.question, best) if asked.found else 0.0,
        line=engine.answer_line,
        suggest_line=engine.suggest_line,
    )


def _names(hits: Sequence[Hit]) -> tuple[tuple[str, float], ...]:
    alike: dict[str, float] = {}
    for hit in hits:
        alike[hit.name.shown] = max(alike.get(hit.name.shown, 0.0), hit.likeness)
    return tuple(alike.items())
