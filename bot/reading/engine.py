"""From a question to an answer, tier by tier; every tier says what it saw."""

from collections.abc import Mapping, Sequence

from bot.reading.folding import fold
from bot.reading.matching import Candidate, Matcher
from bot.reading.pack import Answer, Pack, Snippet
from bot.reading.question import LONGEST


class Engine:
    """Answers questions about one pack."""

    def __init__(self, pack: Pack, *, extra_aliases: Mapping[str, Sequence[str]] | None = None) -> None:
        self.pack = pack
        self.matcher = Matcher(pack, extra_aliases or {})

    def answer(self, text: str, *, history: Sequence[str] = ()) -> Answer:
        """Return what the reading says; `history` is what the asker asked before, oldest first."""
        del history
        folded = fold(text[:LONGEST])
        question = self.matcher.question(folded)
        hits = self.matcher.hits(folded)
        found = self.matcher.candidates(question, hits)
        if not found:
            return Answer(answered=False, tier="abstain")
        best = found[0]
        confidence = _confidence(best, question.mass)
        near = tuple(self.matcher.snippets[c.number] for c in found[:4])
        if confidence < 0.45:  # noqa: PLR2004
            return Answer(answered=False, suggestions=near, score=confidence, tier="abstain")
        return Answer(
            answered=True,
            snippets=(self._snippet(best),),
            suggestions=near[1:],
            score=confidence,
            tier="ranking",
        )

    def _snippet(self, candidate: Candidate) -> Snippet:
        return self.matcher.snippets[candidate.number]


def _confidence(best: Candidate, mass: float) -> float:
    return best.coverage * min(1.0, mass / 4.0)
