"""From a question to an answer, tier by tier; every tier says what it saw."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

from bot.answering import absent, combine, followups, other_topics, question_kinds, small_talk
from bot.answering.calibration import measured
from bot.answering.candidates import Candidate
from bot.answering.clauses import asking
from bot.answering.confidence import certainty
from bot.answering.names import Hit
from bot.answering.query import LONGEST, Question
from bot.answering.retrieve import Matcher
from bot.answering.turns import SURE, Turn, names
from bot.answering.understanding import Understood
from bot.pack.model import Answer, Pack, Snippet
from bot.pack.topics import main_topics

MOST_SUGGESTIONS = 4
CERTAIN = 4.0  # evidence above the threshold at which the score is near 1
BEYOND_DOUBT = 4.0  # evidence above it at which what looks like talk of the day is a question after all
BESIDE_ANOTHER, BESIDE_CHATTER = 0.6, 0.8  # confidence from which a clause that asks is answered by itself
MOST_CLAUSES, MOST_SINGLE = 3, 2  # clauses that are looked at; so many things asked are no single one
NEAR = 3.0  # what it tells that a question may lean on the one before
REMEMBERED = 256  # questions, by themselves and after others: the next may lean on one, or be the same


@dataclass
class Asked:
    """A question on its way through the tiers, with what they said."""

    text: str
    folded: str
    question: Question
    hits: list[Hit]
    leaning: followups.Leaning = field(default_factory=followups.Leaning)
    found: list[Candidate] = field(default_factory=list)
    why: list[str] = field(default_factory=list)
    before: tuple[str, ...] = ()  # what was asked before, oldest first


class Engine:
    """Answers questions about one pack. Pure: the same question and history give the same answer."""

    def __init__(self, pack: Pack, *, extra_aliases: Mapping[str, Sequence[str]] | None = None) -> None:
        self.pack = pack
        prepared = measured(pack, extra_aliases or {})
        self.matcher = Matcher(pack, prepared)
        self.answer_line, self.suggest_line, self.remark_line = prepared.line or (0.0, 0.0, 0.0)
        self._understood = lru_cache(REMEMBERED)(self._understand)
        self._after = lru_cache(REMEMBERED)(self._work_out)

    @cached_property
    def _main_topics(self) -> tuple[Snippet, ...]:
        """Return the snippets that most others name as related: what one may well ask about."""
        return main_topics(self.matcher.snippets, MOST_SUGGESTIONS)

    def answer(self, text: str, *, history: Sequence[str] = ()) -> Answer:
        """Return what the reading says; `history` is what the asker asked before, oldest first."""
        return self._after((*_latest(history), text))[0]

    def consider(self, text: str, *, history: Sequence[str] = ()) -> tuple[Asked, Answer]:
        """Return the answer, and all that led to it."""
        asked = self._asked(text, _latest(history))
        return asked, self._decline(asked) or self._decide(asked)

    def _understand(self, text: str) -> Understood:
        return Understood(self.matcher, text[:LONGEST])

    def _asked(self, text: str, before: tuple[str, ...]) -> Asked:
        """Return the question with its names and its candidates, understood after what was asked before."""
        alone, turn = self._understood(text), self._turn(before)
        asked = Asked(text, alone.folded, alone.question, alone.hits, before=before)
        if not self.matcher.snippets:
            return asked
        asked.why += [f"名稱 {h.name.shown}（{h.likeness:.2f}）" for h in asked.hits]
        if turn is not None:
            asked.leaning = followups.lean(self.matcher, asked.question, asked.hits, turn)
            if asked.leaning.kind:
                asked.why.append(f"接續 {asked.leaning.kind}：{asked.leaning.why}")
        lean = asked.leaning
        if lean.restated:
            alone = self._understood(lean.restated)
            asked.folded, asked.question, asked.hits = alone.folded, alone.question, alone.hits
        if lean.question or lean.context:
            hits = [] if lean.is_bare else asked.hits
            asked.found = self.matcher.candidates(lean.question or asked.question, hits, lean.context)
        else:
            asked.found = alone.found
        if lean.only:
            self._keep_to_topic(asked, alone.found if lean.open else [])
        return asked

    def _keep_to_topic(self, asked: Asked, alone: list[Candidate]) -> None:
        """Keep the candidates that the question must be about; an open one may be sure enough without."""
        within = [c for c in asked.found if c.number in asked.leaning.only]
        if alone and self._stands_alone(asked, alone[0], within[0] if within else None):
            asked.leaning, asked.found = followups.Leaning(), alone
        elif within:
            asked.found = within
            if asked.leaning.is_doubtful and not within[0].coverage:
                asked.leaning = replace(asked.leaning, only=frozenset())

    def _stands_alone(self, asked: Asked, best: Candidate, within: Candidate | None) -> bool:
        """Return whether the best snippet knows more of the question than the topic does, and surely."""
        sure = certainty(self.matcher.index, asked.question, best)
        knows_more = within is None or best.coverage > within.coverage
        return knows_more and sure >= self.answer_line + followups.alone(asked.leaning, best, within)

    def _turn(self, said: tuple[str, ...]) -> Turn | None:
        """Return the last of these questions that was answered, understood after those before it."""
        return self._after(said)[1] if said else None

    def _work_out(self, said: tuple[str, ...]) -> tuple[Answer, Turn | None]:
        """Return the answer to the last of what was said, and what the next question may lean on."""
        turn = self._turn(said[:-1])
        asked = self._asked(said[-1], said[:-1])
        answer = self._decline(asked) or self._decide(asked)
        numbers = tuple(self.matcher.numbers[s.slug] for s in answer.snippets)
        if not numbers and answer.tier == "did-you-mean" and names(asked.found[0].hits):
            numbers = (asked.found[0].number,)
        if numbers:
            turn = Turn(asked.leaning.question or asked.question, tuple(asked.hits), numbers)
        return answer, turn

    def _decline(self, asked: Asked) -> Answer | None:
        """Return a refusal of what is no question about the reading, or None."""
        named = self.matcher.book.exact(asked.folded) is not None
        talk = "" if named else small_talk.small_talk(asked.folded)
        if talk or not asked.folded:
            return self._refusal("smalltalk", [], (f"寒暄 {talk}" if talk else "沒有文字",))
        kind = small_talk.not_a_question(asked.text, asked.folded)
        if kind and (kind in small_talk.ALWAYS or not (named or self._is_of_the_reading(asked, kind))):
            return self._refusal("abstain", [], (f"不是問這篇讀物：{kind}",))
        return None

    def _is_of_the_reading(self, asked: Asked, kind: str) -> bool:
        """Return whether what looks like talk of the day names something, or is very sure to be answered."""
        if any(hit.weight >= 2.5 and not hit.name.everyday for hit in asked.hits if hit.likeness > SURE):  # noqa: PLR2004
            return True
        if kind not in small_talk.LIKELY or not asked.found:
            return False
        return (
            certainty(self.matcher.index, asked.question, asked.found[0]) >= self.answer_line + BEYOND_DOUBT
        )

    def _decide(self, asked: Asked) -> Answer:
        """Return the answer of the first tier that is sure enough."""
        meant = [Candidate(number) for number in asked.leaning.answers]
        if meant and not asked.leaning.restated:
            return self._answered(asked, meant, 1.0, "follow-up")
        if not asked.found:
            return self._refusal("abstain", [], (*asked.why, "沒有任何摘解沾上邊"))
        answer = self._ranked(asked)
        if meant and not answer.answered:
            return self._answered(asked, meant, 0.8, "follow-up")
        return self._clause_by_clause(asked, answer) or answer

    def _clause_by_clause(self, asked: Asked, whole: Answer) -> Answer | None:
        """Return the answers to the clauses that ask; None when the question is taken as a whole.

        When the whole is refused, all that is asked must be sure: chatter is no ask, but no ask is left out.
        """
        clauses = asking(asked.text)
        if whole.answered and (len(clauses) < MOST_SINGLE or whole.lead):
            return None
        sure = self._sure(asked, clauses, BESIDE_ANOTHER if whole.answered else BESIDE_CHATTER)
        chosen = list(dict.fromkeys(self.matcher.numbers[answer.snippets[0].slug] for answer in sure))
        if len(chosen) < MOST_SINGLE if whole.answered else len(sure) < len(clauses) or not sure:
            return None
        fitting = combine.fitting(self.matcher, [Candidate(number) for number in chosen])
        return self._answered(asked, fitting, min(answer.score for answer in sure), "clauses")

    def _sure(self, asked: Asked, clauses: Sequence[str], least: float) -> list[Answer]:
        """Return the sure answers to a few clauses, each asked after the one before it.

        None are when a name of the world stands beside them: they may well be about that.
        """
        if len(clauses) > MOST_CLAUSES or other_topics.strange_names(self.matcher.index, asked.folded, ()):
            return []
        told = [self._after((*asked.before, *clauses[: n + 1]))[0] for n in range(len(clauses))]
        return [answer for answer in told if answer.score >= least and not answer.lead]

    def _ranked(self, asked: Asked) -> Answer:
        """Return the answer of what speaks most for itself, if it is sure enough."""
        best = asked.found[0]
        evidence, tier = self._evidence(asked, best)
        asked.why += self._told(asked, evidence)
        if tier != "alias" and (gone := absent.find(self.matcher, asked.question, asked.hits, asked.found)):
            asked.why.append(f"沒提到 {gone.attribute}")
            return self._answered(asked, [Candidate(gone.number)], 0.8, "absent", gone.lead)
        score = confidence(evidence, self.answer_line)
        if tier in {"alias", "follow-up"} or evidence >= self.answer_line:
            line = self.answer_line
            chosen = combine.choose(self.matcher, asked.question, asked.hits, asked.found, line)
            return self._answered(asked, chosen, score, tier)
        near = [self.matcher.snippets[c.number] for c in asked.found[:MOST_SUGGESTIONS]]
        if evidence >= self.suggest_line:
            return self._refusal("did-you-mean", near, tuple(asked.why), score)
        return self._refusal("abstain", near[:2], tuple(asked.why), score)

    def _evidence(self, asked: Asked, best: Candidate) -> tuple[float, str]:
        """Return the evidence for the best snippet, and which tier speaks."""
        exact = self.matcher.book.exact(asked.folded)
        evidence = certainty(self.matcher.index, asked.question, best)
        if exact and best.number in dict(exact.owners):
            return max(evidence, self.answer_line + CERTAIN), "alias"
        if best.context if asked.leaning.only else asked.leaning.kind == "swap" and best.hits:
            return evidence, "follow-up"
        if best.whole and any(hit.likeness < 1.0 for hit in best.hits):
            return evidence, "homophone"
        if asked.leaning.kind == "near" and best.context:
            evidence += NEAR
        return evidence, "ranking"

    def _told(self, asked: Asked, evidence: float) -> list[str]:
        """Return what the ranking saw, one line a candidate."""
        wanted = "、".join(sorted(question_kinds.asked(asked.folded)))
        out = [f"內容詞 {'、'.join(unit.text for unit in asked.question.units)}；問法 {wanted or '－'}"]
        for c in asked.found[:3]:
            slug = self.matcher.snippets[c.number].slug
            out.append(
                f"{slug} 共 {c.score:.1f}＝文字 {c.ranked:.1f}＋名稱 {c.named:.1f}＋問句 {c.alike:.1f}"
                f"＋問法 {c.intent:.1f}＋上文 {c.context:.1f}；涵蓋 {c.coverage:.2f}"
            )
        return [*out, f"把握 {evidence:.2f}，門檻 {self.answer_line:.2f}（建議 {self.suggest_line:.2f}）"]

    def _answered(
        self, asked: Asked, chosen: Sequence[Candidate], score: float, tier: str, lead: str = ""
    ) -> Answer:
        snippets = tuple(self.matcher.snippets[c.number] for c in chosen)
        others = [self.matcher.snippets[c.number] for c in asked.found]
        related = [self.pack.by_slug[slug] for slug in snippets[0].related if slug in self.pack.by_slug]
        near = [s for s in dict.fromkeys([*related, *others]) if s not in snippets and not s.draft]
        return Answer(
            answered=True,
            snippets=snippets,
            suggestions=tuple(near[:MOST_SUGGESTIONS]),
            score=score,
            tier=tier,
            lead=lead,
            why=tuple(asked.why),
        )

    def _refusal(self, tier: str, near: Sequence[Snippet], why: Sequence[str], score: float = 0.0) -> Answer:
        """Return a refusal that says what can be asked: the nearest topics, or the pack's main ones."""
        shown = tuple(near[:MOST_SUGGESTIONS]) or self._main_topics
        return Answer(
            answered=False,
            suggestions=shown,
            score=min(score, 0.49),
            tier=tier,
            general=not near,
            why=tuple(why),
        )


def _latest(history: Sequence[str]) -> tuple[str, ...]:
    return tuple(history)[-followups.MOST_TURNS :]


def confidence(evidence: float, line: float) -> float:
    """Return evidence as a confidence: 0.5 where the line is."""
    return 1.0 / (1.0 + math.exp(-max(-20.0, min(20.0, evidence - line))))
