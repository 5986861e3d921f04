"""What an export knows of the reading: the evidence that remarks touch, and its prompts in English."""

from collections.abc import Mapping

from bot.answering.engine import Engine
from bot.pack.bilingual import called
from bot.pack.model import Pack
from bot.seminar.coverage import read_remark
from bot.seminar.prompt_text import title_of
from db.exports.job import Evidence


def evidence_of(pack: Pack, engine: Engine, language: str) -> Evidence:
    """Return how remarks about that reading are coded; some milliseconds a remark."""
    titles = {snippet.slug: called(snippet, language) for snippet in pack.snippets if not snippet.draft}
    return Evidence(titles, lambda words: read_remark(engine, words).touched)


def prompts_of(pack: Pack, language: str) -> Mapping[str, str]:
    """Return the titles of prompts that an export in English shows above the reading's own words."""
    return {one.slug: title_of(one, language) for one in pack.prompts if one.gloss and language == "en"}
