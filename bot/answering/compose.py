"""An answer as people read it: title, text, source; traditional, simplified, or the English gloss first."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.answering.phrases import say
from bot.pack.model import Answer, Kind, Said, Snippet, Tier
from bot.pack.topics import title_in
from bot.text.folding import is_english, to_simplified

_REFUSALS = {
    Tier.CHOICE: "not_sure",
    Tier.NO_QUESTION: "not_a_question",
    Tier.SMALLTALK: "smalltalk",
}


@dataclass(frozen=True)
class Composed:
    """What is shown. `text` has the lead and the snippets' texts; `paragraphs` are numbers in the reading."""

    title: str
    text: str
    source_lines: tuple[str, ...]
    paragraphs: tuple[int, ...]


def compose(answer: Answer, language: str = "zh-Hant", *, simplified: bool = False) -> Composed:
    """Return the answer in zh-Hant, zh-Hans or en (the gloss first, then the Chinese text).

    `simplified`: so is the Chinese below the English, for a class that reads it so.
    """
    english = language == "en"
    texts = [say(answer.lead, language)] if answer.lead else []
    texts += [_text(snippet, english=english) for snippet in answer.snippets]
    composed = Composed(
        title=(" / " if english else " ／ ").join(title_in(one, language) for one in answer.snippets),
        text="\n\n".join(texts),
        source_lines=tuple(_source_lines(answer.snippets, english=english)),
        paragraphs=_unique(number for snippet in answer.snippets for number in snippet.paragraphs),
    )
    return _simplified(composed) if simplified or language == "zh-Hans" else composed


def refusal(answer: Answer, language: str = "zh-Hant", *, simplified: bool = False) -> str:
    """Return in a sentence or two why the reading was not shown: not in it, not sure, or no question."""
    said = answer.lead or Said(f"refusal.{_REFUSALS.get(answer.tier, 'not_covered')}")
    text = say(said, language)
    return to_simplified(text) if language == "zh-Hans" or (simplified and language != "en") else text


def nearest(answer: Answer, language: str = "zh-Hant") -> str:
    """Return what can be asked instead, in a line; an empty text where that would be a guess."""
    if answer.kind not in {Kind.CHOICE, Kind.REFUSAL} or not answer.suggestions:
        return ""
    titles = ("; " if language == "en" else "、").join(title_in(one, language) for one in answer.suggestions)
    lead = "" if answer.kind is Kind.CHOICE else say(Said("refusal.nearest"), language)
    return to_simplified(lead + titles) if language == "zh-Hans" else f"{lead} {titles}".strip()


def language_of(question: str, default: str = "zh-Hant") -> str:
    """Return the language to answer in: English for a question in English, else the default."""
    return "en" if is_english(question) else default


def _source_lines(snippets: Iterable[Snippet], *, english: bool) -> Iterator[str]:
    """Yield where the snippets come from, each speaker once, with all that is quoted of them."""
    quoted: dict[str, list[int]] = {}
    for snippet in snippets:
        if snippet.paragraphs:
            quoted.setdefault(snippet.speaker, []).extend(snippet.paragraphs)
    for speaker, numbers in quoted.items():
        yield _source(numbers, speaker, english=english)


def source_line(snippet: Snippet, *, english: bool = False) -> str:
    """Return where a snippet comes from, such as 出處：第5、8–9段・劉姝銘."""
    return _source(snippet.paragraphs, snippet.speaker, english=english)


def _source(paragraphs: Iterable[int], speaker: str, *, english: bool) -> str:
    numbers = sorted(set(paragraphs))
    runs = _ranges(numbers)
    if english:
        place = f"Source: paragraph{'s' if len(numbers) > 1 else ''} {', '.join(runs)}"
    else:
        place = f"出處：第{'、'.join(runs)}段"
    return f"{place}・{speaker}" if speaker else place


def _text(snippet: Snippet, *, english: bool) -> str:
    return f"{snippet.sentence}\n{snippet.text}" if english and snippet.sentence else snippet.text


def _ranges(numbers: Iterable[int]) -> list[str]:
    """Return ascending numbers with neighbours drawn together: 5, 8, 9 -> 5 and 8–9."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return [str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs]


def _unique(numbers: Iterable[int]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(numbers))


def _simplified(composed: Composed) -> Composed:
    return Composed(
        to_simplified(composed.title),
        to_simplified(composed.text),
        tuple(map(to_simplified, composed.source_lines)),
        composed.paragraphs,
    )
