"""What a check-up finds: fine, could be better, or to be mended."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from bot.speech import LOCALES, load_speech


class CheckState(Enum):
    """How bad it is; the value is the sign in front of the line."""

    FINE = "✅"
    COULD_BE_BETTER = "🟡"
    BAD = "❌"


@dataclass(frozen=True)
class CheckResult:
    """One line: its phrase is `doctor.<key>`."""

    state: CheckState
    key: str
    fields: Mapping[str, Any] = field(default_factory=dict)

    def line(self, language: str) -> str:
        """Return the line in that language."""
        speech = load_speech(LOCALES / "doctor")
        return f"{self.state.value} {speech.plain(language, f'doctor.{self.key}', **self.fields)}"


def fine(key: str, **fields: object) -> CheckResult:
    """Return that something is as it should be."""
    return CheckResult(CheckState.FINE, key, fields)


def better(key: str, **fields: object) -> CheckResult:
    """Return that something works and could be better."""
    return CheckResult(CheckState.COULD_BE_BETTER, key, fields)


def bad(key: str, **fields: object) -> CheckResult:
    """Return that something has to be mended."""
    return CheckResult(CheckState.BAD, key, fields)


def said(error: Exception, language: str) -> str:
    """Return the half of an error's text that is in that language: ours are Chinese first, then English."""
    chinese, _, english = str(error).partition("\n")
    return english if language == "en" and english else chinese
