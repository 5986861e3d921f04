"""A pack: a reading made answerable. Plain frozen records; `parsing.py` makes them from Markdown."""

from dataclasses import dataclass, field
from enum import StrEnum

BAR = " | "  # between what stands in a line in two ways
PHASES = ("暖身", "細讀", "立場", "交鋒", "綜合")


@dataclass(frozen=True)
class Snippet:
    """One curated answer: one idea, in our own words, with the paragraphs it rests on."""

    slug: str
    title: str
    text: str
    keywords: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()  # whole questions or nicknames, as students type them
    paragraphs: tuple[int, ...] = ()
    speaker: str = ""  # whose view it is; empty when the article itself says it
    related: tuple[str, ...] = ()  # slugs
    gloss: str = ""  # in English: a title and a sentence with a bar between, or the sentence alone
    absent: tuple[str, ...] = ()  # attributes that the reading does not give for this entity: 導演, 片長 …
    draft: bool = False  # a stub is never answered from
    line: int = 0  # where its heading stands in snippets.md

    @property
    def label(self) -> str:
        """What it is called in English; empty where the pack does not say."""
        title, bar, _ = self.gloss.partition(BAR)
        return title if bar else ""

    @property
    def sentence(self) -> str:
        """What it says in English, in a sentence."""
        title, bar, sentence = self.gloss.partition(BAR)
        return sentence if bar else title


@dataclass(frozen=True)
class Prompt:
    """One discussion question."""

    slug: str
    title: str
    text: str
    phase: str = PHASES[0]
    follow_ups: tuple[str, ...] = ()  # each in Chinese, or with a bar and the same in English behind it
    evidence_for: tuple[str, ...] = ()  # snippet slugs
    evidence_against: tuple[str, ...] = ()
    minutes: int = 10
    gloss: str = ""  # the question in English; its first sentence is the title
    line: int = 0


@dataclass(frozen=True)
class Golden:
    """A question that the pack must answer, and the snippets that may answer it."""

    question: str
    slugs: tuple[str, ...]  # all that are named; empty when the question must not be answered
    line: int = 0
    kind: str = ""  # the heading it stands under
    ways: tuple[tuple[str, ...], ...] = ()  # any one of these ways is right; all slugs of a way are needed

    def met_by(self, answer: "Answer") -> bool:
        """Return whether the answer is what the pack's author wanted."""
        if not self.slugs:
            return not answer.answered
        given = {snippet.slug for snippet in answer.snippets}
        return answer.answered and any(given.issuperset(way) for way in self.ways or (self.slugs,))


@dataclass(frozen=True)
class Section:
    """A part of the reading: its title and its first and last paragraph."""

    title: str
    first: int
    last: int


@dataclass(frozen=True)
class Pack:
    """A whole pack, checked: every reference in it resolves."""

    slug: str
    title: str
    author: str
    source: str
    licence: str
    paragraph_count: int
    language: str = ""
    paragraphs: tuple[str, ...] = ()  # the reading itself, where its licence allows; empty otherwise
    sections: tuple[Section, ...] = ()
    snippets: tuple[Snippet, ...] = ()
    prompts: tuple[Prompt, ...] = ()
    golden: tuple[Golden, ...] = ()
    by_slug: dict[str, Snippet] = field(default_factory=dict, compare=False)

    def prompt(self, slug: str) -> Prompt | None:
        """Return the prompt of that slug, or None."""
        return next((p for p in self.prompts if p.slug == slug), None)


class Kind(StrEnum):
    """What an answer is."""

    ANSWER = "answer"
    CHOICE = "choice"  # which of these do you mean?
    REFUSAL = "refusal"
    SMALLTALK = "smalltalk"
    REQUEST = "request"  # asks for a deed, not for what the reading says


class Tier(StrEnum):
    """Which stage decided an answer. The values stand in the store and in exports."""

    ALIAS = "alias"  # the whole message is one of the snippet's names
    RANKING = "ranking"
    FOLLOW_UP = "follow-up"
    CLAIM = "claim"
    VIEW = "view"
    WHOLE_TEXT = "whole-text"
    PARAGRAPH = "paragraph"
    QUOTATION = "quotation"
    ABSENT = "absent"
    CHOICE = "did-you-mean"
    ABSTAIN = "abstain"
    NO_QUESTION = "no-question"
    SMALLTALK = "smalltalk"
    REQUEST = "request"


@dataclass(frozen=True)
class Said:
    """A sentence to be said in the reader's language: its key in `locales/answering`, and its fields."""

    key: str
    fields: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Answer:
    """What the reading says to one question, or that it does not."""

    kind: Kind = Kind.ANSWER
    snippets: tuple[Snippet, ...] = ()
    suggestions: tuple[Snippet, ...] = ()  # nearest topics, best first, for buttons
    score: float = 0.0  # confidence, 0.0-1.0
    tier: Tier = Tier.ABSTAIN
    general: bool = False  # the suggestions are the pack's main topics: nothing is near the question
    lead: Said | None = None  # before the snippets, such as 文章沒有提到…; or all there is to say
    why: tuple[Said, ...] = ()  # what each stage saw, for --explain and /why

    @property
    def answered(self) -> bool:
        """Whether the reading was shown."""
        return self.kind is Kind.ANSWER
