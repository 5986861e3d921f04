"""What an answer says before its snippets, and which they are."""

from bot.answering.phrases import say
from bot.pack.model import Answer


def lead(answer: Answer, language: str = "zh-Hant") -> str:
    """Return the sentence before the snippets, or an empty text."""
    return say(answer.lead, language) if answer.lead else ""


def slugs(answer: Answer) -> list[str]:
    """Return the snippets of an answer."""
    return [snippet.slug for snippet in answer.snippets]
