"""Coding remarks with the evidence of the reading that they touch."""

from bot.reading.engine import Engine
from bot.reading.pack import Pack
from bot.seminar.coverage import read_remark
from db.exports.job import Evidence


def evidence_of(pack: Pack, engine: Engine) -> Evidence:
    """Return how remarks about that reading are coded; some milliseconds a remark."""
    titles = {snippet.slug: snippet.title for snippet in pack.snippets if not snippet.draft}
    return Evidence(titles, lambda words: read_remark(engine, words).touched)
