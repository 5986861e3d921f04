"""The peers of the answering benchmark: three common ways to find a text, each `find(question) -> number`."""

import sqlite3
from collections.abc import Sequence

from rank_bm25 import BM25Okapi
from rapidfuzz import fuzz, process

from bot.pack.model import Snippet
from bot.text.dictionary import tokenizer


class RankBm25:
    """rank-bm25 over jieba words."""

    name = "rank-bm25 (jieba words)"

    def __init__(self, snippets: Sequence[Snippet]) -> None:
        self._jieba = tokenizer(())
        self._index = BM25Okapi([self._words(whole(snippet)) for snippet in snippets])

    def _words(self, text: str) -> list[str]:
        return list(self._jieba.lcut(text))

    def find(self, question: str) -> int:
        scores = self._index.get_scores(self._words(question))
        return int(scores.argmax())


class TokenSet:
    """rapidfuzz's token_set_ratio over titles and keywords, as rules-bot does."""

    name = "rapidfuzz token_set_ratio"

    def __init__(self, snippets: Sequence[Snippet]) -> None:
        self._jieba = tokenizer(())
        self._texts = [self._spaced(" ".join((s.title, *s.keywords, *s.aliases))) for s in snippets]

    def _spaced(self, text: str) -> str:
        return " ".join(self._jieba.lcut(text))

    def find(self, question: str) -> int:
        best = process.extractOne(self._spaced(question), self._texts, scorer=fuzz.token_set_ratio)
        return int(best[2]) if best else -1


class Fts5:
    """SQLite FTS5 over jieba words."""

    name = "SQLite FTS5 (jieba words)"

    def __init__(self, snippets: Sequence[Snippet]) -> None:
        self._jieba = tokenizer(())
        self._db = sqlite3.connect(":memory:")
        self._db.execute("CREATE VIRTUAL TABLE texts USING fts5(words)")
        rows = [(number, " ".join(self._words(whole(s)))) for number, s in enumerate(snippets)]
        self._db.executemany("INSERT INTO texts(rowid, words) VALUES (?, ?)", rows)

    def _words(self, text: str) -> list[str]:
        return [word for word in self._jieba.lcut_for_search(text) if word.isalnum()]

    def find(self, question: str) -> int:
        words = dict.fromkeys(self._words(question))
        if not words:
            return -1
        match = " OR ".join(f'"{word}"' for word in words)
        sql = "SELECT rowid FROM texts WHERE texts MATCH ? ORDER BY bm25(texts) LIMIT 1"
        row = self._db.execute(sql, (match,)).fetchone()
        return int(row[0]) if row else -1


PEERS = (RankBm25, TokenSet, Fts5)


def whole(snippet: Snippet) -> str:
    return " ".join((snippet.title, *snippet.keywords, *snippet.aliases, snippet.text, snippet.sentence))
