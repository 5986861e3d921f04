"""A snippet that may answer, and what speaks for it."""

from dataclasses import dataclass, field

from bot.answering.names import Hit

# From a fit of which snippet was meant, over wordings that the engine had not seen (docs/measurements.md).
NAMED_WEIGHT, ALIKE_WEIGHT, INTENT_WEIGHT = 1.25, 0.65, 3.4
TELLING_WEIGHT, WORDS_WEIGHT, WHOLE_WEIGHT = 28.0, 2.5, 8.0


@dataclass
class Candidate:
    """A snippet and what speaks for it. `coverage` is how much of the question it knows, 0.0-1.0."""

    number: int
    ranked: float = 0.0  # its text, by BM25
    named: float = 0.0  # names in the question that are its own, or that it mentions
    alike: float = 0.0  # the nearest of its aliases
    intent: float = 0.0  # the kind of question that it answers
    context: float = 0.0  # the question before
    coverage: float = 0.0
    words: float = 0.0  # how many of the question's content words it knows
    telling: float = 0.0  # how much they are its own: no other snippet has them more
    whole: float = 0.0  # how like one of its names the whole content of the question is
    hits: list[Hit] = field(default_factory=list)
    mentions: list[Hit] = field(default_factory=list)
    beside: list[Hit] = field(default_factory=list)  # names in the question that are neither

    @property
    def score(self) -> float:
        """Return all evidence together, for putting candidates in order."""
        known = TELLING_WEIGHT * self.telling + WORDS_WEIGHT * self.words + WHOLE_WEIGHT * self.whole
        told = NAMED_WEIGHT * self.named + ALIKE_WEIGHT * self.alike + INTENT_WEIGHT * self.intent
        return self.ranked + told + known + self.context
