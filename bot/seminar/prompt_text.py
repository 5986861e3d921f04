"""How a discussion question is put in a language: packs ask in Chinese, and may have it in English too."""

import re

from bot.pack.model import Prompt
from bot.text.folding import to_simplified

_FIRST = re.compile(r".+?[.?!](?=\s|$)")


def title_of(prompt: Prompt, language: str) -> str:
    """Return what to call a prompt: in English the first sentence of its wording, where the pack has one."""
    if language == "en" and prompt.gloss:
        return _first(prompt).removesuffix(".")
    return to_simplified(prompt.title) if language == "zh-Hans" else prompt.title


def details_of(prompt: Prompt, language: str, text: str) -> str:
    """Return what stands below the title, `text` being the prompt's as it was opened.

    In English the rest of the wording, and then the original: those who read it speak to each other.
    """
    if language != "en" or not prompt.gloss:
        return text
    rest = prompt.gloss.removeprefix(_first(prompt)).strip()
    return "\n\n".join(filter(None, (rest, f"{prompt.title}\n{text}")))


def _first(prompt: Prompt) -> str:
    found = _FIRST.match(prompt.gloss)
    return found[0] if found else prompt.gloss
