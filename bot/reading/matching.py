"""One pack made searchable, and every snippet's evidence for one question."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from bot.reading import index as ranking
from bot.reading import intents
from bot.reading.aliases import AliasBook, Hit, Name, WordTest
from bot.reading.dictionary import frequencies, tokenizer
from bot.reading.folding import fold
from bot.reading.pack import Pack, Snippet
from bot.reading.question import Question, Unit, take_apart
from bot.reading.terms import Cutter, runs

RERANKED = 24  # candidates that are compared with each of their aliases
NAME_WEIGHT, LIKENESS_WEIGHT, INTENT_WEIGHT = 3.0, 20.0, 4.0
MENTION_WEIGHT, SPEAKER_WEIGHT = 1.2, 3.0  # a snippet that mentions the named one, or says what they say
EXACT = {"title": 14.0, "keyword": 10.0, "alias": 16.0}  # the whole question is this name
COVERAGE_WEIGHT = 8.0
TITLE_BONUS = 1.25
PROPER_BONUS = 1.3  # a name that is no everyday word


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
    whole: float = 0.0  # how like one of its names the whole content of the question is
    hits: list[Hit] = field(default_factory=list)
    mentions: list[Hit] = field(default_factory=list)

    @property
    def score(self) -> float:
        """Return all evidence together."""
        known = COVERAGE_WEIGHT * self.coverage
        return self.ranked + self.named + self.alike + self.intent + self.context + known


class Matcher:
    """The searchable form of a pack's snippets (drafts left out)."""

    def __init__(self, pack: Pack, extra_aliases: Mapping[str, Sequence[str]]) -> None:
        self.snippets: tuple[Snippet, ...] = tuple(s for s in pack.snippets if not s.draft)
        self.numbers = {snippet.slug: number for number, snippet in enumerate(self.snippets)}
        self._extra = extra_aliases
        self.book = AliasBook(self.snippets, extra_aliases)
        self.is_word = WordTest(frequencies())
        self._ways: dict[int, list[frozenset[str]]] = {}
        self._told: dict[int, Mapping[str, float]] = {}
        self._mentioning: dict[str, tuple[int, ...]] = {}
        self._speaking: dict[str, tuple[int, ...]] = {}

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

    @cached_property
    def _texts(self) -> list[str]:
        return [fold(f"{s.title}。{s.text}。{s.speaker}") for s in self.snippets]

    def _fields(self, snippet: Snippet) -> dict[str, list[str]]:
        texts: dict[str, Iterable[str]] = {
            "title": [snippet.title],
            "keywords": snippet.keywords,
            "aliases": (*snippet.aliases, *self._extra.get(snippet.slug, ())),
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

    def candidates(
        self, question: Question, hits: Sequence[Hit], context: Mapping[int, float] | None = None
    ) -> list[Candidate]:
        """Return the snippets that anything speaks for, best first; `context` adds to some of them."""
        found: dict[int, Candidate] = {}
        for number, score in self.index.scores(self._with_sounds(question)).items():
            found.setdefault(number, Candidate(number)).ranked = score
        for hit in hits:
            self._count(hit, found)
        for number, bonus in (context or {}).items():
            found.setdefault(number, Candidate(number)).context = bonus
        self._count_whole(question, hits, found)
        best = sorted(found.values(), key=lambda c: -c.score)[:RERANKED]
        wanted = intents.asked(question.folded)
        for candidate in best:
            candidate.alike = LIKENESS_WEIGHT * self._likeness(question, candidate.number)
            candidate.intent = INTENT_WEIGHT * intents.fit(wanted, self.told(candidate.number))
            candidate.coverage = self.coverage(question, candidate)
        return sorted(best, key=lambda c: -c.score)

    def _count(self, hit: Hit, found: dict[int, Candidate]) -> None:
        """Let a name speak for the snippets that go by it, and a little for those that mention them."""
        owners = dict(hit.name.owners)
        for number, kind in owners.items():
            candidate = found.setdefault(number, Candidate(number))
            candidate.hits.append(hit)
            bonus = TITLE_BONUS if kind == "title" else 1.0
            bonus *= PROPER_BONUS if self._is_proper(hit.name.folded) else 1.0
            candidate.named += NAME_WEIGHT * hit.weight * bonus
        if len(owners) <= 2 and "alias" not in owners.values():  # noqa: PLR2004  a name that means one thing
            for number in self._mention(hit.name):
                if number not in owners:
                    candidate = found.setdefault(number, Candidate(number))
                    candidate.mentions.append(hit)
                    speaks = number in self._spoken_by(hit.name)
                    candidate.named += (SPEAKER_WEIGHT if speaks else MENTION_WEIGHT) * hit.weight

    def _spoken_by(self, name: Name) -> tuple[int, ...]:
        """Return the snippets that say what the one of that name says."""
        if name.folded not in self._speaking:
            known = {fold(keyword) for n, _ in name.owners for keyword in self.snippets[n].keywords}
            self._speaking[name.folded] = tuple(
                number for number, s in enumerate(self.snippets) if s.speaker and fold(s.speaker) in known
            )
        return self._speaking[name.folded]

    def _is_proper(self, name: str) -> bool:
        """Return whether a name is no everyday word; of a single Latin word one cannot say."""
        return not self.is_word(name) and not (name.isascii() and " " not in name)

    def mentioning(self, number: int) -> tuple[int, ...]:
        """Return the snippets whose text has the first keyword of that snippet, itself left out."""
        keywords = self.snippets[number].keywords
        name = self.book.names.get(fold(keywords[0])) if keywords else None
        return tuple(other for other in self._mention(name) if other != number) if name else ()

    def _mention(self, name: Name) -> tuple[int, ...]:
        """Return the snippets whose text has the name, or the first keyword of what goes by that name."""
        if name.folded not in self._mentioning:
            kinds = [(n, kind) for n, kind in name.owners if self.snippets[n].keywords]
            sure = [n for n, kind in kinds if kind == "title" or len(name.owners) == 1]
            firsts = [fold(self.snippets[n].keywords[0]) for n in sure]
            forms = [name.folded, *(first for first in firsts if len(first) > 1)]
            self._mentioning[name.folded] = tuple(
                number for number, text in enumerate(self._texts) if any(form in text for form in forms)
            )
        return self._mentioning[name.folded]

    def _count_whole(self, question: Question, hits: Sequence[Hit], found: dict[int, Candidate]) -> None:
        """Let a name that is the whole question, or all of its content, speak for itself."""
        core = "".join(unit.text for unit in question.units)
        exact = (self.book.exact(text) for text in {question.folded, core})
        whole = {name.folded: (name, 1.0) for name in exact if name}
        if (
            len(hits) == 1
            and question.units
            and all(hits[0].start <= unit.start < hits[0].end for unit in question.units)
        ):
            whole.setdefault(hits[0].name.folded, (hits[0].name, hits[0].likeness))
        for name, likeness in whole.values():
            for number, kind in name.owners:
                candidate = found.setdefault(number, Candidate(number))
                candidate.whole = max(candidate.whole, likeness)
                candidate.named += EXACT[kind] * likeness**2 / math.sqrt(len(name.owners))

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

    def told(self, number: int) -> Mapping[str, float]:
        """Return how well that snippet answers each kind of question."""
        if number not in self._told:
            self._told[number] = intents.told(self.snippets[number])
        return self._told[number]

    def _likeness(self, question: Question, number: int) -> float:
        """Return how much the question resembles the nearest way the snippet is asked for, 0.0-1.0."""
        asked = question.content
        if not asked:
            return 0.0
        mass = sum(map(self._weight, asked))
        best = 0.0
        for terms in self.ways(number):
            shared = sum(map(self._weight, asked & terms))
            if shared:
                best = max(best, 2 * shared / (mass + sum(map(self._weight, terms))))
        return best

    def _weight(self, term: str) -> float:
        posting = self.index.postings.get(term)
        return posting.idf if posting else self.index.highest_idf

    def ways(self, number: int) -> list[frozenset[str]]:
        """Return the content terms of each title, keyword and alias of a snippet."""
        if number not in self._ways:
            snippet = self.snippets[number]
            texts = (snippet.title, *snippet.keywords, *snippet.aliases, *self._extra.get(snippet.slug, ()))
            self._ways[number] = [terms for text in texts if (terms := self.question(fold(text)).content)]
        return self._ways[number]

    def coverage(self, question: Question, candidate: Candidate) -> float:
        """Return how much of the question's content the snippet knows, 0.0-1.0."""
        known = total = 0.0
        spans = [(hit.start, hit.end, hit.likeness) for hit in (*candidate.hits, *candidate.mentions)]
        for unit in question.units:
            total += unit.mass
            within = max((a for s, e, a in spans if s <= unit.start < e), default=0.0)
            known += unit.mass * max(within, self._knows(candidate.number, unit.text, unit.others))
        return known / total if total else 0.0

    def evidence(self, question: Question, candidate: Candidate) -> float:
        """Return how sure one may be that the question is about this snippet; above 0 is more yes than no.

        The weights come from a logistic fit of golden questions against lists/offtopic.txt. Names that are
        everyday words (dolphin, legend) tell nothing about the topic; words that the whole pack has never
        heard of tell against it. Where the line is drawn is measured anew for every pack (thresholds.py).
        """
        everyday = all(self.is_word(hit.name.folded) for hit in candidate.hits)
        best_possible = sum(map(self._weight, question.content)) or 1.0
        proper = sum(hit.weight for hit in candidate.hits if not self.is_word(hit.name.folded))
        proper += sum(0.4 * hit.weight for hit in candidate.mentions if not self.is_word(hit.name.folded))
        spans = [(hit.start, hit.end) for hit in candidate.hits]
        foreign = sum(
            not self._heard_of(unit) and not any(s <= unit.start < e for s, e in spans)
            for unit in question.units
        )
        return (
            0.9 * candidate.alike / LIKENESS_WEIGHT
            + 1.9 * min(proper, 4.0)
            + 0.4 * math.log1p(candidate.ranked)
            + 0.5 * min(candidate.coverage * question.mass, 16.0)
            + 1.7 * min(candidate.ranked / best_possible, 2.5)
            + (0.0 if everyday else 3.0 * candidate.whole)
            - 1.4 * min(foreign, 3)
            - 9.0
        )

    def _heard_of(self, unit: Unit) -> bool:
        """Return whether any snippet has the word, or another word for it."""
        known = self.index.postings
        if unit.text.isascii():
            return "e:" + unit.text in known
        return any(kind + word in known for word in (unit.text, *unit.others) for kind in ("w:", "c:"))

    def _knows(self, number: int, word: str, others: Sequence[str]) -> float:
        terms = self.index.texts[number]
        if word.isascii():
            return 1.0 if "e:" + word in terms else 0.0
        if "w:" + word in terms or "c:" + word in terms:
            return 1.0
        if any("w:" + other in terms for other in others):
            return 0.8
        pairs = [word[at : at + 2] for at in range(len(word) - 1)]
        return 0.7 * sum("b:" + pair in terms for pair in pairs) / len(pairs) if pairs else 0.0
