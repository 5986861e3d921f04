"""One pack made searchable: the candidates for a question, best first."""

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from heapq import nlargest
from itertools import pairwise

from bot.answering import confidence, phrasings, question_kinds
from bot.answering.bm25 import SOUND_WEIGHT
from bot.answering.candidates import Candidate
from bot.answering.names import AliasBook, Hit, Name
from bot.answering.pack_index import Prepared
from bot.answering.query import Question, take_apart
from bot.pack.model import Pack, Snippet
from bot.text.folding import fold
from bot.text.tokens import Cutter

RANKED = 48  # snippets that ranking alone brings in
RERANKED = 16  # candidates that are looked at closely
NAME_WEIGHT, LIKENESS_WEIGHT, INTENT_WEIGHT = 2.4, 20.0, 4.0
MENTION_WEIGHT, SPEAKER_WEIGHT = 0.8, 1.8  # a snippet that mentions the named one, or says what they say
EXACT = {"title": 14.0, "keyword": 10.0, "alias": 16.0}  # the whole question is this name
TITLE_BONUS = 1.25
PROPER_BONUS = 1.3  # a name that is no everyday word


class Matcher:
    """Finds the snippets of a pack (drafts left out) that a question may be about."""

    def __init__(self, pack: Pack, prepared: Prepared) -> None:
        self.snippets = answerable(pack)
        self.numbers = {snippet.slug: number for number, snippet in enumerate(self.snippets)}
        self.book = AliasBook(prepared.names)
        self.index = prepared.index
        self._prepared = prepared
        self.told = prepared.told
        self._mentioning: dict[str, tuple[int, ...]] = {}
        self._speaking: dict[str, frozenset[int]] = {}

    @cached_property
    def cutter(self) -> Cutter:
        """Return the pack's own tokenizer."""
        return self._prepared.cutter()

    @cached_property
    def _by_speaker(self) -> dict[str, list[int]]:
        out: dict[str, list[int]] = {}
        for number, snippet in enumerate(self.snippets):
            if snippet.speaker:
                out.setdefault(fold(snippet.speaker), []).append(number)
        return out

    def question(self, folded: str) -> Question:
        """Return a folded text of any kind, such as a remark, taken apart."""
        return take_apart(folded, self.cutter, guess=True)

    def asked(self, folded: str, breaks: Iterable[int] = ()) -> Question:
        """Return a folded question taken apart; `breaks` are where its clauses begin."""
        return take_apart(folded, self.cutter, breaks)

    def candidates(
        self, question: Question, hits: Sequence[Hit], context: Mapping[int, float] | None = None
    ) -> list[Candidate]:
        """Return the snippets that anything speaks for, best first; `context` adds to some of them."""
        ranked = self.index.scores(self._with_sounds(question))
        likeliest = nlargest(RANKED, ranked, key=ranked.__getitem__)
        found = {number: Candidate(number) for number in likeliest}
        for hit in hits:
            self._count(hit, found)
        for number, bonus in (context or {}).items():
            found.setdefault(number, Candidate(number)).context = bonus
        self._count_whole(question, hits, found)
        for number, candidate in found.items():
            own = (*candidate.hits, *candidate.mentions)
            candidate.beside = [hit for hit in hits if hit not in own and _is_a_thing(hit)]
            candidate.ranked = ranked.get(number, 0.0)
        best = sorted(found.values(), key=lambda c: (-c.score, c.number))[:RERANKED]
        self._look_closely(question, best)
        return sorted(best, key=lambda c: (-c.score, c.number))

    def _look_closely(self, question: Question, candidates: Sequence[Candidate]) -> None:
        wanted = question_kinds.asked(question.folded)
        weights = {term: self.index.idf(term) for term in question.content}
        mass = sum(weights.values())
        known = confidence.Knowledge(self.index, question)
        for candidate in candidates:
            number = candidate.number
            if weights:
                candidate.alike = LIKENESS_WEIGHT * phrasings.likeness(
                    weights, mass, self._prepared.ways[number]
                )
            candidate.intent = INTENT_WEIGHT * question_kinds.fit(wanted, self.told[number])
            candidate.coverage, candidate.words = known.coverage(candidate)
            candidate.telling = known.telling(candidate)

    def _count(self, hit: Hit, found: dict[int, Candidate]) -> None:
        """Let a name speak for the snippets that go by it, and a little for those that mention them."""
        owners = dict(hit.name.owners)
        for number, kind in owners.items():
            candidate = found.setdefault(number, Candidate(number))
            candidate.hits.append(hit)
            bonus = TITLE_BONUS if kind == "title" else 1.0
            bonus *= PROPER_BONUS if _is_proper(hit.name) else 1.0
            candidate.named += NAME_WEIGHT * hit.weight * bonus
        if len(owners) > 2 or "alias" in owners.values():  # noqa: PLR2004  it does not mean one thing
            return
        speaking = self.spoken_by(hit.name)
        for number in self._mention(hit.name):
            if number not in owners:
                candidate = found.setdefault(number, Candidate(number))
                candidate.mentions.append(hit)
                candidate.named += (SPEAKER_WEIGHT if number in speaking else MENTION_WEIGHT) * hit.weight

    def mentioning(self, number: int) -> tuple[int, ...]:
        """Return the snippets whose text has the first keyword of that snippet, itself left out."""
        keywords = self.snippets[number].keywords
        name = self.book.names.get(fold(keywords[0])) if keywords else None
        return tuple(other for other in self._mention(name) if other != number) if name else ()

    def _mention(self, name: Name) -> tuple[int, ...]:
        """Return the snippets whose text has the name, or the first keyword of what is titled so."""
        if name.folded not in self._mentioning:
            kinds = [(n, kind) for n, kind in name.owners if self.snippets[n].keywords]
            sure = [n for n, kind in kinds if kind == "title" or len(name.owners) == 1]
            firsts = [fold(self.snippets[n].keywords[0]) for n in sure]
            forms = [name.folded, *(first for first in firsts if len(first) > 1)]
            self._mentioning[name.folded] = tuple(
                number
                for number, text in enumerate(self._prepared.texts)
                if any(form in text for form in forms)
            )
        return self._mentioning[name.folded]

    def spoken_by(self, name: Name) -> frozenset[int]:
        """Return the snippets that say what the one of that name says."""
        if name.folded not in self._speaking:
            known = {fold(keyword) for n, _ in name.owners for keyword in self.snippets[n].keywords}
            spoken = {n for speaker in known for n in self._by_speaker.get(speaker, ())}
            self._speaking[name.folded] = frozenset(spoken)
        return self._speaking[name.folded]

    def _count_whole(self, question: Question, hits: Sequence[Hit], found: dict[int, Candidate]) -> None:
        """Let a name that is the whole question, or all of its content, speak for itself."""
        core = "".join(unit.text for unit in question.units)
        exact = (self.book.exact(text) for text in (question.folded, core))
        whole = {name.folded: (name, 1.0) for name in exact if name}
        if len(hits) == 1 and question.units and all(hits[0].has(unit.start) for unit in question.units):
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
            if term in self.index:
                out[term] = weight
            else:
                for near in self.index.by_sound(term):
                    out.setdefault(near, weight * SOUND_WEIGHT)
        return out


def answerable(pack: Pack) -> tuple[Snippet, ...]:
    """Return the snippets that may answer: all but drafts."""
    return tuple(snippet for snippet in pack.snippets if not snippet.draft)


def _is_proper(name: Name) -> bool:
    """Return whether a name is no everyday word; of a single Latin word one cannot say."""
    return not name.everyday and not (name.folded.isascii() and " " not in name.folded)


def _is_a_thing(hit: Hit) -> bool:
    """Return whether what is named is surely something that the pack is about."""
    return hit.likeness == 1.0 and "alias" not in dict(hit.name.owners).values()


def _pairs(folded: str) -> list[str]:
    """Return the terms of a name's neighbouring Han characters; a text that has the name has them all."""
    return ["b:" + a + b for a, b in pairwise(folded) if not (a.isascii() or b.isascii())]
