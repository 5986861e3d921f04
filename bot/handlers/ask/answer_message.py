"""What the reading says, as a message: title, text, source, and the buttons below it."""

from collections.abc import Iterable

from telegram import InlineKeyboardButton

from bot.answering.compose import compose
from bot.context import Context
from bot.handlers.common.buttons import LABEL_LIMIT, button, labelled, tag
from bot.pack.model import Answer, Pack, Snippet
from bot.speech import shorten

Row = list[InlineKeyboardButton]
RELATED = 3
PARAGRAPHS = 3  # buttons to the text itself; more do not fit beside one another


def snippet_text(context: Context, shown: Snippet) -> str:
    """Return one snippet as HTML."""
    return answer_text(context, Answer(snippets=(shown,)), context.language)


def answer_text(context: Context, answer: Answer, language: str) -> str:
    """Return what the reading says as HTML: title, text, source; its Chinese in this place's script."""
    speech = context.services.speech
    composed = compose(answer, language, simplified=context.language == "zh-Hans")
    parts = [speech.say(language, "ask.answer", title=composed.title, text=composed.text)]
    if composed.source_lines:
        parts.append(speech.say(language, "ask.source", source="\n".join(composed.source_lines)))
    return "\n\n".join(parts)


def below(context: Context, pack: Pack, shown: tuple[Snippet, ...]) -> list[Row]:
    """Return the rows below snippets: what is related, and their paragraphs where these may be shown."""
    return [*related_rows(context, pack, shown), *paragraph_rows(context, pack, shown)]


def related_rows(context: Context, pack: Pack, shown: tuple[Snippet, ...]) -> list[Row]:
    """Return buttons to snippets related to those that are shown, a few, none twice."""
    known = {one.slug for one in shown}
    slugs = dict.fromkeys(slug for one in shown for slug in one.related if slug not in known)
    found = [pack.by_slug[slug] for slug in slugs if slug in pack.by_slug]
    return snippet_rows(context, pack, found[:RELATED])


def snippet_rows(context: Context, pack: Pack, snippets: Iterable[Snippet]) -> list[Row]:
    """Return a button for each of these snippets that opens it."""
    return [
        [button(shorten(context.called(one), LABEL_LIMIT), "snippet", tag(pack, one.slug))]
        for one in snippets
        if not one.draft
    ]


def paragraph_rows(context: Context, pack: Pack, shown: Iterable[Snippet]) -> list[Row]:
    """Return a row of buttons to the paragraphs these rest on; none where the text is not included."""
    if not pack.paragraphs:
        return []
    numbers = sorted({number for one in shown for number in one.paragraphs})[:PARAGRAPHS]
    row = [
        button(context.plain("button.paragraph", number=number), "para", tag(pack, ""), number)
        for number in numbers
    ]
    return [row] if row else []


def thumbs(context: Context, question_id: int) -> list[Row]:
    """Return the row of 👍 and 👎; none for a question of which nothing was kept."""
    if not question_id:
        return []
    return [
        [
            labelled(context, "button.helped", "helped", question_id, 1),
            labelled(context, "button.not_helped", "helped", question_id, 0),
        ]
    ]
