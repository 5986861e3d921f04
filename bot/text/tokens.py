"""A text as the terms it is compared by: words, pairs of characters, English stems, pairs of sounds."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from bot.text.pinyin import readings, sound_class

_RUN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+|[a-z]+|[0-9]+")
_SUFFIXES = ("ingly", "edly", "ings", "ing", "ers", "ed", "es", "er", "ly", "s", "e")
_SHORTEST_STEM = 3


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Return an English word without its ending: enough to make films and film, edited and editing one."""
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= _SHORTEST_STEM:
            word = word[: -len(suffix)]
            break
    if word.endswith("y"):
        return word[:-1] + "i"  # studies and study are both studi
    return word[:-1] if len(word) > _SHORTEST_STEM and word[-1] == word[-2] else word


def runs(folded: str) -> list[str]:
    """Return the runs of Han characters and the Latin words and numbers of a folded text."""
    return _RUN.findall(folded)


def sound(pair: str) -> str:
    """Return how a pair of characters sounds, accents folded away."""
    return " ".join(sound_class(readings(char)[0]) for char in pair)


@dataclass(frozen=True)
class Cutter:
    """Cuts folded texts with one pack's tokenizer."""

    jieba: Any

    def words(self, folded: str) -> list[str]:
        """Return the words in order, each once where it stands; Latin words as stems."""
        out: list[str] = []
        for run in runs(folded):
            out += [stem(run)] if run.isascii() else self.jieba.cut(run, HMM=True)
        return out

    def terms(self, folded: str) -> list[str]:
        """Return the terms a text is found by: w:word (words in words too), b:pair, c:character, e:stem."""
        out: list[str] = []
        for run in runs(folded):
            if run.isascii():
                out.append("e:" + stem(run))
                continue
            out += ["c:" + char for char in run]
            out += ["b:" + run[at : at + 2] for at in range(len(run) - 1)]
            out += ["w:" + word for word in self.jieba.cut_for_search(run, HMM=True) if len(word) > 1]
        return out
