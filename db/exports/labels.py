"""What things are called where people read them, in the seminar's language; see bot/locales/exporting."""

from collections.abc import Iterable

from bot.speech import load_speech
from bot.text.folding import to_simplified

STEPS = ("強烈反對", "反對", "中立", "贊成", "強烈贊成")
SCALE = f"1 {STEPS[0]} … 5 {STEPS[-1]} / 1 strongly disagrees … 5 strongly agrees"
KINDS = (
    "reason",
    "inline",
    "photo",
    "video",
    "animation",
    "voice",
    "audio",
    "video_note",
    "document",
    "sticker",
    "poll",
    "location",
    "contact",
)


def say(language: str, key: str, **fields: object) -> str:
    """Return a phrase of exports, as plain text."""
    return load_speech().plain(language, key, **fields)


def step_called(step: int, language: str = "zh-Hant") -> str:
    """Return a step by number and name."""
    return f"{step} {step_name(step, language)}"


def step_name(step: int, language: str) -> str:
    """Return what a step is called, as the class saw it on the buttons."""
    return load_speech().plain(language, f"step.{step}")


def kind_called(kind: str, language: str) -> str:
    """Return what a remark is that is more than text."""
    return say(language, f"transcript.kind_{kind}") if kind in KINDS else kind


def joined(parts: Iterable[str], language: str, *, comma: str = "，") -> str:
    """Return the parts with commas between, in Chinese with that one."""
    return (", " if language == "en" else comma).join(parts)


def told(text: str, language: str) -> str:
    """Return a text that is written in both languages, Chinese / English, as a seminar's people read it."""
    chinese, joint, english = text.partition(" / ")
    if language == "en":
        return english or chinese
    return to_simplified(chinese) + joint + english if language == "zh-Hans" else text
