"""From a question to an answer, stage by stage; every stage says what it saw."""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from bot.answering import tuning
from bot.answering.retriever import LONGEST, Retriever
from bot.answering.stages.absent import absent
from bot.answering.stages.claim import claim
from bot.answering.stages.clauses import clauses
from bot.answering.stages.combine import combine
from bot.answering.stages.confidence import confidence
from bot.answering.stages.follow_up import follow_up
from bot.answering.stages.noise import without_noise
from bot.answering.stages.not_a_question import not_a_question
from bot.answering.stages.paragraph import paragraph
from bot.answering.stages.query import Query, Turn
from bot.answering.stages.quotation import quotation
from bot.answering.stages.request import request
from bot.answering.stages.retrieve import retrieve
from bot.answering.stages.scene import Scene, sure_names
from bot.answering.stages.view import view
from bot.answering.stages.whole_text import whole_text
from bot.pack.model import Answer, Pack, Tier
from bot.text.folding import is_english

Stage = Callable[[Query, Scene], Query | Answer]

STAGES: tuple[Stage, ...] = (
    # What is no question about the reading at all.
    clauses,
    request,
    not_a_question,
    # What is asked of every reading, with nothing curated.
    paragraph,
    whole_text,
    quotation,
    # What the question wants, and what it leans on; then the snippets.
    claim,
    follow_up,
    retrieve,
    view,
    # Whether and how to answer.
    absent,
    confidence,
    combine,  # always answers
)


class Engine:
    """Answers questions about one pack. Pure: the same question and history give the same answer."""

    def __init__(
        self,
        pack: Pack,
        *,
        extra_aliases: Mapping[str, Sequence[str]] | None = None,
        stages: Sequence[Stage] = STAGES,  # fewer to see what each is worth: tools/ablate_engine.py
    ) -> None:
        self.pack, self._stages = pack, stages
        self.scene = Scene(pack, extra_aliases or {})
        self._after = lru_cache(tuning.REMEMBERED)(self._work_out)

    @property
    def retriever(self) -> Retriever:
        """Return what finds the pack's snippets."""
        return self.scene.retriever

    def answer(self, text: str, *, history: Sequence[str] = ()) -> Answer:
        """Return what the reading says; `history` is what the asker asked before, oldest first."""
        return self._after((*tuple(history)[-tuning.MOST_TURNS :], text))[0]

    def consider(self, text: str, *, history: Sequence[str] = ()) -> tuple[Query, Answer]:
        """Return the answer, and the question as the last stage saw it."""
        before = self._after(tuple(history)[-tuning.MOST_TURNS :])[1] if history else None
        return self._decide(text, before)

    def _decide(self, text: str, before: Turn | None) -> tuple[Query, Answer]:
        text = text[:LONGEST]
        query = Query(text, without_noise(text), is_english(text), before)
        for stage in self._stages:
            outcome = stage(query, self.scene)
            if isinstance(outcome, Answer):
                return query, outcome
            query = outcome
        raise AssertionError("the last stage always answers")

    def _work_out(self, said: tuple[str, ...]) -> tuple[Answer, Turn | None]:
        """Return the answer to the last of what was said, and what the next question may lean on."""
        before = self._after(said[:-1])[1] if said[:-1] else None
        query, answer = self._decide(said[-1], before)
        numbers = tuple(
            self.retriever.numbers[one.slug]
            for one in (answer.snippets or answer.suggestions[: answer.tier is Tier.CHOICE])
            if one.slug in self.retriever.numbers
        )
        if not numbers:
            return answer, before
        names = tuple(sure_names(self.scene.rank(query.asked)))
        return answer, Turn(query.asked, names, numbers, query.listed)
