"""One pack made searchable, and every snippet's evidence for one question."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from bot.reading import index as ranking
from bot.reading.aliases import AliasBook, Hit, WordTest
from bot.reading.dictionary import frequencies, tokenizer
from bot.reading.folding import fold
from bot.reading.pack import Pack, Snippet
from bot.reading.question import Question, take_apart
from bot.reading.terms import Cutter, runs

RERANKED = 24  # candidates that are compared with each of their aliases
ALIAS_WEIGHT, LIKENESS_WEIGHT = 3.0, 18.0
TITLE_BONUS = 1.25


@dataclass
class Candidate:
    """A snippet and what speaks for it. `coverage` is how much of the question it knows, 0.0-1.0."""

    number: int
    ranked: float = 0.0
    named: float = 0.0
    alike: float = 0.0
    intent: float = 0.0
    context: float = 0.0
    coverage: float = 0.0
    hits: list[Hit] = field(default_factory=list)

    @property
    def score(self) -> float:
        """Return all evidence together."""
        return self.ranked + self.named + self.alike + self.intent + self.context


class Matcher:
    """The searchable form of a pack's snippets (drafts left out)."""

    def __init__(self, pack: Pack, extra_aliases: Mapping[str, Sequence[str]]) -> None:
        self.snippets: tuple[Snippet, ...] = tuple(s for s in pack.snippets if not s.draft)
        self._extra = extra_aliases
        self.book = AliasBook(self.snippets, extra_aliases)
        self.is_word = WordTest(frequencies())
        self._alias_terms: dict[int, list[frozenset[str]]] = {}

    @cached_property
    def cutter(self) -> Cutter:
        """Return the pack's own tokenizer, which knows its names."""
        words = {
            run
            for name in self.book.names.values()
            if any(kind != "alias" for _, kind in name.owners)
            for run in runs(name.folded)
            if 2 <= len(run) <= 6 and not run.isascii()  # noqa: PLR2004  longer ones are phrases, not words
        }
        return Cutter(tokenizer(sorted(words)))

    @cached_property
    def index(self) -> ranking.Index:
        """Return the ranking index."""
        return ranking.build([self._fields(snippet) for snippet in self.snippets])

    def _fields(self, snippet: Snippet) -> dict[str, list[str]]:
        aliases = (*snippet.aliases, *self._extra.get(snippet.slug, ()))
        texts = {
            "title": [snippet.title],
            "keywords": snippet.keywords,
            "aliases": aliases,
            "text": [snippet.text, snippet.speaker],
            "gloss": [snippet.gloss],
        }
        return {
            name: [term for text in given for term in self.cutter.terms(fold(text))]
            for name, given in texts.items()
        }

    def question(self, folded: str) -> Question:
        """Return the folded question taken apart."""
        return take_apart(folded, self.cutter)

    def hits(self, folded: str) -> list[Hit]:
        """Return the names in the folded question."""
        return self.book.hits(folded, self.is_word)

    def candidates(self, question: Question, hits: Sequence[Hit]) -> list[Candidate]:
        """Return the snippets that anything speaks for, best first."""
        found: dict[int, Candidate] = {}
        for number, score in self.index.scores(self._with_sounds(question)).items():
            found.setdefault(number, Candidate(number)).ranked = score
        for hit in hits:
            for number, kind in hit.name.owners:
                candidate = found.setdefault(number, Candidate(number))
                candidate.hits.append(hit)
                candidate.named += ALIAS_WEIGHT * hit.weight * (TITLE_BONUS if kind == "title" else 1.0)
        best = sorted(found.values(), key=lambda c: -c.score)[:RERANKED]
        for candidate in best:
            candidate.alike = LIKENESS_WEIGHT * self._likeness(question, candidate.number)
            candidate.coverage = self.coverage(question, candidate)
        return sorted(best, key=lambda c: -c.score)

    def _with_sounds(self, question: Question) -> dict[str, float]:
        """Return the question's terms; pairs that no snippet has are taken by their sound."""
        out: dict[str, float] = {}
        for term, weight in question.terms.items():
            if term in self.index.postings:
                out[term] = weight
            else:
                for near in self.index.by_sound(term):
                    out.setdefault(near, weight * ranking.SOUND_WEIGHT)
        return out

    def _likeness(self, question: Question, number: int) -> float:
        """Return how much the question resembles the nearest way the snippet is asked for, 0.0-1.0."""
        asked = question.content
        if not asked:
            return 0.0
        mass = sum(map(self._weight, asked))
        best = 0.0
        for terms in self._ways(number):
            shared = sum(map(self._weight, asked & terms))
            if shared:
                best = max(best, 2 * shared / (mass + sum(map(self._weight, terms))))
        return best

    def _weight(self, term: str) -> float:
        posting = self.index.postings.get(term)
        return posting.idf if posting else self.index.highest_idf

    def _ways(self, number: int) -> list[frozenset[str]]:
        """Return the content terms of each title, keyword and alias of a snippet."""
        if number not in self._alias_terms:
            snippet = self.snippets[number]
            texts = (snippet.title, *snippet.keywords, *snippet.aliases, *self._extra.get(snippet.slug, ()))
            self._alias_terms[number] = [
                terms for text in texts if (terms := self.question(fold(text)).content)
            ]
        return self._alias_terms[number]

    def coverage(self, question: Question, candidate: Candidate) -> float:
        """Return how much of the question's content the snippet knows, 0.0-1.0."""
        known = total = 0.0
        spans = [(hit.start, hit.end, hit.likeness) for hit in candidate.hits]
        for unit in question.units:
            total += unit.mass
            within = max((a for s, e, a in spans if s <= unit.start < e), default=0.0)
            known += unit.mass * max(within, self._knows(candidate.number, unit.text, unit.others))
        return known / total if total else 0.0

    def _knows(self, number: int, word: str, others: Sequence[str]) -> float:
        terms = self.index.texts[number]
        if word.isascii():
            return 1.0 if "e:" + word in terms else 0.0
        if "w:" + word in terms or "b:" + word in terms:
            return 1.0
        if any("w:" + other in terms or "b:" + other in terms for other in others):
            return 0.8
        pairs = [word[at : at + 2] for at in range(len(word) - 1)]
        return 0.7 * sum("b:" + pair in terms for pair in pairs) / len(pairs) if pairs else 0.0
