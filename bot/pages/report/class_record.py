"""What was held: a seminar's rounds as they stand in the store, with names in texts replaced by aliases."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, tzinfo

from bot.answering.library import Library
from bot.pack.model import Pack
from bot.seminar.moves.records import Move
from bot.seminar.nameless_text import without_names
from bot.seminar.prompts import title_of
from bot.seminar.records import Question, Remark, Round, Seminar, Stance
from bot.text.folding import in_script
from db.exports.export import Job


@dataclass(frozen=True)
class RoundRecord:
    """One round with all that was said and chosen in it."""

    round: Round
    prompt: str  # its title, or the teacher's own words
    remarks: tuple[Remark, ...]
    stances: tuple[Stance, ...]
    moves: tuple[Move, ...]
    texts: tuple[str, ...] = ()  # the class's own words without anybody's name or alias, for counting

    @property
    def end(self) -> datetime:
        """When it was closed; of one still open, when somebody last spoke."""
        last = max((remark.sent_at for remark in self.remarks), default=self.round.opened_at)
        return self.round.closed_at or last

    @property
    def minutes(self) -> int:
        """How long it took, at least a minute."""
        return max(1, round((self.end - self.round.opened_at) / timedelta(minutes=1)))


@dataclass(frozen=True)
class ClassRecord:
    """All that a report is made from, and how to say it."""

    seminar: Seminar
    title: str
    pack: Pack
    library: Library
    rounds: tuple[RoundRecord, ...]
    questions: tuple[Question, ...]
    language: str
    timezone: tzinfo = UTC

    @property
    def remarks(self) -> list[Remark]:
        """All remarks, in the order they came."""
        return [remark for held in self.rounds for remark in held.remarks]

    def shown(self, text: str) -> str:
        """Return text of the pack in the report's script: packs are written in traditional Chinese."""
        return in_script(text, self.language)

    def local(self, at: datetime) -> datetime:
        """Return the time on the class's clock."""
        return at.astimezone(self.timezone)


def read_class(job: Job, library: Library, language: str | None) -> ClassRecord:
    """Return what the job's seminar said; the seminar's own language and pack unless another is named.

    Raises:
        LookupError: there is no such seminar, or no reading to speak of.
    """
    seminar = job.store.seminars.by_id(job.seminar_id)
    if seminar is None:
        raise LookupError(f"there is no seminar {job.seminar_id}")
    pack = library.packs.get(seminar.pack) or next(iter(library.packs.values()), None)
    if pack is None:
        raise LookupError("there is no reading")
    wanted = job.filters.round_id
    found = [one for one in job.store.rounds.of(seminar.id) if wanted in {None, one.id}]
    held = tuple(_held(job, pack, one, language or seminar.language) for one in found)
    asked = [one for one in job.store.questions.of(seminar.id) if wanted is None or _within(one, held)]
    return ClassRecord(
        seminar=seminar,
        title=job.title,
        pack=pack,
        library=library,
        rounds=held,
        questions=tuple(replace(one, text=job.mask(one.text)) for one in asked),
        language=language or seminar.language,
        timezone=job.timezone,
    )


def _held(job: Job, pack: Pack, found: Round, language: str) -> RoundRecord:
    prompt = pack.prompt(found.prompt_slug)
    said = job.store.remarks.of(found.id)
    masked = [job.mask(one.text) for one in said]
    own = [(one.text, text) for one, text in zip(said, masked, strict=True) if one.own]
    return RoundRecord(
        round=found,
        prompt=title_of(prompt, language) if prompt else job.mask(" ".join(found.prompt_text.split())),
        remarks=tuple(replace(one, text=text) for one, text in zip(said, masked, strict=True)),
        texts=tuple(
            without_names(
                [text for text, _ in own],
                [text for _, text in own],
                job.store.pseudonyms.stand_ins(found.seminar_id),
            )
        ),
        stances=tuple(job.store.stances.of(found.id)),
        moves=tuple(replace(one, text=job.mask(one.text)) for one in job.store.moves.of(found.id)),
    )


def _within(asked: Question, held: tuple[RoundRecord, ...]) -> bool:
    return any(one.round.opened_at <= asked.asked_at <= one.end for one in held)
