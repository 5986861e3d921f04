"""How well the engine finds the paragraph that answers a question, on texts that it has never seen.

    python -m bench.retrieval FOLDER     (a folder of DRCD or CMRC 2018 .json files)

Paragraphs become snippets without keywords or aliases. Beside it, in the same run: BM25 and SQLite FTS5 over
jieba words. "off-topic refused" is the share of questions about other articles that are turned away, by each
at the score that keeps 95% of the article's own; "by itself" is what the engine's own threshold decides.
"""

import argparse
import random
import sqlite3
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from weakref import finalize

from rank_bm25 import BM25Okapi

from bench.reading_sets import Article, load_folder
from bot.answering.engine import Engine
from bot.pack.model import Pack, Snippet
from bot.text.dictionary import tokenizer
from bot.text.folding import fold

KEPT = 0.95
OFF_TOPIC = 10  # questions of other articles, asked of each
Ranked = tuple[int | None, float, bool]  # the paragraph ranked first, its score, whether it was answered
Ranker = Callable[[str], Ranked]


@dataclass
class Tally:
    """What came out for one ranker."""

    right: int = 0
    asked: int = 0
    on_topic: list[float] = field(default_factory=list)
    off_topic: list[float] = field(default_factory=list)
    answered: int = 0
    let_through: int = 0
    seconds: list[float] = field(default_factory=list)

    def refused(self) -> float:
        """Return the share of off-topic questions below the score that keeps most of the others."""
        line = sorted(self.on_topic)[int(len(self.on_topic) * (1 - KEPT))]
        return sum(score < line for score in self.off_topic) / max(1, len(self.off_topic))


def pack_of(article: Article) -> Pack:
    """Return an article as a pack: paragraphs as snippets, and nothing else."""
    snippets = tuple(
        Snippet(slug=f"p{number}", title=f"第{number}段", text=text, paragraphs=(number,))
        for number, text in enumerate(article.paragraphs, 1)
    )
    by_slug = {snippet.slug: snippet for snippet in snippets}
    return Pack("bench", article.title, "", "", "", len(snippets), snippets=snippets, by_slug=by_slug)


def wendu(article: Article) -> Ranker:
    """Return the engine as it answers a class."""
    engine = Engine(pack_of(article))

    def rank(question: str) -> Ranked:
        answer = engine.answer(question)
        best = next(iter((*answer.snippets, *answer.suggestions)), None)
        return (int(best.slug[1:]) - 1 if best else None), answer.score, answer.answered

    return rank


def words(text: str) -> list[str]:
    """Return the jieba words of a folded text."""
    return [word for word in _CUTTER.cut_for_search(fold(text)) if word.strip()]


def bm25(article: Article) -> Ranker:
    """Return rank-bm25 over jieba words."""
    index = BM25Okapi([words(text) for text in article.paragraphs])

    def rank(question: str) -> Ranked:
        scores = index.get_scores(words(question))
        best = int(scores.argmax())
        return best, float(scores[best]), True

    return rank


def fts5(article: Article) -> Ranker:
    """Return SQLite FTS5 over jieba words."""
    base = sqlite3.connect(":memory:")
    base.execute("CREATE VIRTUAL TABLE texts USING fts5(words)")
    base.executemany(
        "INSERT INTO texts VALUES (?)", [(" ".join(words(text)),) for text in article.paragraphs]
    )

    def rank(question: str) -> Ranked:
        query = " OR ".join(f'"{word.replace(chr(34), "")}"' for word in dict.fromkeys(words(question)))
        found = base.execute(
            "SELECT rowid, -bm25(texts) FROM texts WHERE texts MATCH ? ORDER BY 2 DESC LIMIT 1",
            (query or '""',),
        ).fetchone()
        return (found[0] - 1, found[1], True) if found else (None, 0.0, True)

    finalize(rank, base.close)
    return rank


RANKERS: dict[str, Callable[[Article], Ranker]] = {"wendu": wendu, "rank-bm25": bm25, "fts5 + jieba": fts5}
_CUTTER = tokenizer(())


def measure(articles: Sequence[Article], seed: int = 7) -> dict[str, Tally]:
    """Return a tally for each ranker over all questions of the articles, and some of the others' for each."""
    chance = random.Random(seed)
    tallies = {name: Tally() for name in RANKERS}
    for number, article in enumerate(articles):
        others = [q.text for at, other in enumerate(articles) if at != number for q in other.questions]
        strangers = chance.sample(others, min(OFF_TOPIC, len(others)))
        for name, build in RANKERS.items():
            _ask(tallies[name], build(article), article, strangers)
    return tallies


def _ask(tally: Tally, rank: Ranker, article: Article, strangers: Sequence[str]) -> None:
    for question in article.questions:
        begun = time.perf_counter()
        place, score, answered = rank(question.text)
        tally.seconds.append(time.perf_counter() - begun)
        tally.asked += 1
        tally.right += place == question.paragraph
        tally.answered += answered
        tally.on_topic.append(score)
    for stranger in strangers:
        _, score, answered = rank(stranger)
        tally.off_topic.append(score)
        tally.let_through += answered


def table(tallies: dict[str, Tally]) -> list[str]:
    """Return the table that is printed."""
    rows = ["ranking        recall@1  off-topic refused  p50 ms  p99 ms"]
    for name, tally in tallies.items():
        slow = statistics.quantiles(tally.seconds, n=100) if len(tally.seconds) > 1 else [0.0] * 99
        rows.append(
            f"{name:14} {tally.right / tally.asked:8.3f}  {tally.refused():17.3f}"
            f"  {slow[49] * 1000:6.2f}  {slow[98] * 1000:6.2f}"
        )
    own = tallies["wendu"]
    off = max(1, len(own.off_topic))
    rows.append(
        f"wendu by itself: answers {own.answered / own.asked:.1%} of {own.asked},"
        f" refuses {1 - own.let_through / off:.1%} of {len(own.off_topic)} off-topic questions"
    )
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int, default=30, help="how many articles at most (30)")
    options = parser.parse_args()
    articles = [article for article in load_folder(options.folder) if len(article.paragraphs) > 1]
    print(f"{len(articles)} articles, {min(len(articles), options.articles)} of them measured")
    print("\n".join(table(measure(articles[: options.articles]))))


if __name__ == "__main__":
    main()
