"""Inline mode: `@bot 關鍵詞` in any chat offers snippets, which whoever types may post there.

Nothing of what is typed is kept. A query lives for half a minute on Telegram's side: one that waited over a
restart is not answered.
"""

import logging
from collections.abc import Iterable, Sequence

from telegram import InlineQueryResultArticle, InputTextMessageContent, Update
from telegram.error import BadRequest

from bot.answering.compose import compose
from bot.context import Context
from bot.handlers.ask.answer_message import answer_text
from bot.handlers.ask.questions import engine_of
from bot.handlers.common.buttons import tag
from bot.pack.model import Answer, Kind, Pack, Snippet
from bot.pack.topics import main_topics
from bot.sending.turn import handled_before
from bot.speech import answering_language, pieces, shorten
from bot.text.folding import fold

MOST = 20
DESCRIPTION = 120  # characters below the title; phones show two lines
FOR_WORDS, FOR_NOTHING = 60, 300  # seconds that Telegram may offer the same again
log = logging.getLogger(__name__)
TOO_LATE = "query is too old"


async def offer(_: Update, context: Context) -> None:
    """Offer what the reading says about the words; without words its main topics."""
    query = context.arrived.inline_query
    if query is None or handled_before():
        return
    pack, words = context.pack, query.query.strip()
    language = answering_language(words, context.language)
    found = await _found(context, pack, words) if words else main_topics(pack.snippets, MOST)
    try:
        await query.answer(
            [_article(context, pack, snippet, language) for snippet in found],
            cache_time=FOR_WORDS if words else FOR_NOTHING,
            is_personal=True,  # by language, and by the reading that each has chosen
        )
    except BadRequest as error:
        if TOO_LATE not in error.message.lower():
            raise


async def posted(context: Context) -> None:
    """Say nothing to what somebody posts in our private chat from a list of ours: it asks nothing."""
    log.debug("posted by inline mode in %s", "private" if context.private else "a group")


async def _found(context: Context, pack: Pack, words: str) -> Sequence[Snippet]:
    """Return the answer's snippets, those whose names begin like the words, and what is near."""
    answer = (await engine_of(context, pack)).answer(words)
    near = answer.suggestions if answer.answered or answer.kind is Kind.CHOICE else ()
    found = dict.fromkeys([*answer.snippets, *_named(pack, words), *near])
    return [snippet for snippet in found if not snippet.draft][:MOST]


def _named(pack: Pack, words: str) -> Iterable[Snippet]:
    """Return the snippets with these letters in a name of theirs: a word that is not yet typed to its end."""
    folded = fold(words)
    return [
        snippet
        for snippet in pack.snippets
        if folded and any(folded in fold(name) for name in (snippet.title, *snippet.keywords))
    ]


def _article(context: Context, pack: Pack, snippet: Snippet, language: str) -> InlineQueryResultArticle:
    answer = Answer(snippets=(snippet,))
    composed = compose(answer, language, simplified=context.language == "zh-Hans")
    return InlineQueryResultArticle(
        tag(pack, snippet.slug),
        composed.title,
        InputTextMessageContent(pieces(answer_text(context, answer, language))[0]),
        description=shorten(" ".join(composed.text.split()), DESCRIPTION),
    )
