"""The words of a text with their parts of speech, by tools of our own over a tokenizer of our own."""

import warnings
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from bot.text.dictionary import tokenizer
from bot.text.folding import to_simplified


def tagged(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield (word as written, word simplified, part of speech)."""
    at = 0
    for word, flag in _tagger().cut(aligned(text)):
        yield text[at : at + len(word)], word, flag
        at += len(word)


def aligned(text: str) -> str:
    """Return the text in simplified characters, each in its place."""
    plain = to_simplified(text)
    return plain if len(plain) == len(text) else "".join((to_simplified(char) + char)[0] for char in text)


def ranked(text: str, most: int) -> tuple[list[str], list[str]]:
    """Return the most telling words of a text (simplified) by TF-IDF, and by TextRank."""
    _tagger()
    by_frequency, by_rank = _rankers()
    kinds = ("n", "nz", "vn", "ns", "nt")
    first = by_frequency.extract_tags(text, topK=most, allowPOS=(*kinds, "l"))
    return first, by_rank.textrank(text, topK=most, allowPOS=kinds)


@lru_cache(maxsize=1)
def _tagger() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # jieba leaves its data files open and has invalid escapes
        from jieba.posseg import POSTokenizer  # noqa: PLC0415  a second of loading, only for a draft

        return POSTokenizer(tokenizer(()))


@lru_cache(maxsize=1)
def _rankers() -> tuple[Any, Any]:
    tagger = _tagger()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # as above
        from jieba.analyse import TFIDF, TextRank  # noqa: PLC0415  as above

        by_frequency, by_rank = TFIDF(), TextRank()
    by_frequency.tokenizer, by_frequency.postokenizer = tagger.tokenizer, tagger
    by_rank.tokenizer = by_rank.postokenizer = tagger
    return by_frequency, by_rank
