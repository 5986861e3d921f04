"""What a pack has in two languages, as one of them reads it."""

import re

from bot.pack.model import BAR, Snippet
from bot.text.folding import to_simplified

_HAN = re.compile(r"[\u3400-\u9fff]")


def called(snippet: Snippet, language: str) -> str:
    """Return what a snippet is called: in English by its English title, where the pack has one."""
    if language == "en" and snippet.label:
        return snippet.label
    return to_simplified(snippet.title) if language == "zh-Hans" else snippet.title


def put(question: str, language: str) -> str:
    """Return a follow-up question in that language; empty in English where it is in Chinese only."""
    chinese, _, english = question.partition(BAR)
    if language == "en":
        return english or ("" if _HAN.search(chinese) else chinese)
    return to_simplified(chinese) if language == "zh-Hans" else chinese
