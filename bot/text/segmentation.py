"""jieba's way of cutting a run of Han characters into words, in about half of jieba's time: for whole logs.

jieba first lists the words that may begin at each character, then looks every one up again to weigh it. Here
the weights are worked out once, and a run is gone through once. tests/text/test_segmentation.py holds it to
jieba's own answers.
"""

from collections.abc import Iterator
from math import log
from typing import Any

from bot.text.dictionary import guess

PREFIX = 0.0  # in place of a weight, which is negative: no word, but words begin so


class Quick:
    """Cuts as that jieba tokenizer does; words that it learns later are not known here."""

    def __init__(self, jieba: Any) -> None:
        self.FREQ: dict[str, int] = jieba.FREQ
        total = log(jieba.total)
        self._unknown = -total
        self._weights = {word: log(seen) - total if seen else PREFIX for word, seen in jieba.FREQ.items()}

    def cut(self, run: str, *, HMM: bool = True) -> Iterator[str]:  # noqa: N803  as jieba calls it
        """Yield the words of a run of Han characters; `HMM`: characters left over are guessed to be words."""
        ends, here, left_over = self._ends(run), 0, 0
        while here < len(run):
            end = ends[here]
            if end - here > 1:
                yield from self._singles(run[left_over:here], guessing=HMM)
                yield run[here:end]
                left_over = end
            here = end
        yield from self._singles(run[left_over:], guessing=HMM)

    def _ends(self, run: str) -> list[int]:
        """Return, for each place, where the word that begins there ends on the likeliest way on."""
        weights, length = self._weights, len(run)
        ends, best = [0] * length, [0.0] * (length + 1)
        for start in range(length - 1, -1, -1):
            likeliest, chosen, end = None, start + 1, start + 1
            weight = weights.get(run[start])
            while weight is not None:
                if weight != PREFIX and (likeliest is None or weight + best[end] >= likeliest):
                    likeliest, chosen = weight + best[end], end
                if end == length:
                    break
                end += 1
                weight = weights.get(run[start:end])
            ends[start] = chosen
            best[start] = self._unknown + best[chosen] if likeliest is None else likeliest
        return ends

    def _singles(self, letters: str, *, guessing: bool) -> Iterator[str]:
        """Yield characters that belong to no word of the dictionary, joined where jieba guesses a word."""
        if not guessing or len(letters) < 2 or self.FREQ.get(letters):  # noqa: PLR2004  one is no word
            yield from letters
        else:
            yield from guess(letters)
