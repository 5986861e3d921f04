"""What is checked, and what a check finds."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.pack.model import Answer, Pack, Snippet


class Level(StrEnum):
    """An error keeps a pack from being used well or lawfully; advice is a matter of judgement."""

    ERROR = "error"
    ADVICE = "advice"


@dataclass(frozen=True)
class Finding:
    """One thing to look at. Lines and columns count from 1; 0 means the whole file."""

    level: Level
    check: str
    file: str
    line: int
    message: str
    mend: str
    column: int = 0


@dataclass(frozen=True)
class Subject:
    """A pack that could be read, the text of its files, and the article's paragraphs where they are known."""

    pack: Pack
    files: Mapping[str, str] = field(default_factory=dict)
    article: tuple[str, ...] = ()
    ask: Callable[[str], Answer] | None = None  # how a class would ask it; the engine is a room above

    @property
    def written(self) -> tuple[Snippet, ...]:
        """Return the snippets that are answered from: not the drafts."""
        return tuple(snippet for snippet in self.pack.snippets if not snippet.draft)

    def line_of(self, file: str, start: int, needle: str) -> int:
        """Return the first line from `start` to the next heading that has the needle; else `start`."""
        lines = self.files.get(file, "").splitlines()
        for number in range(start, len(lines) + 1):
            if number > start and lines[number - 1].startswith("#"):
                break
            if needle in lines[number - 1]:
                return number
        return start


Check = Callable[[Subject], Iterator[Finding]]


def advice(check: str, file: str, line: int, message: str, mend: str) -> Finding:
    """Return a finding that is a matter of judgement."""
    return Finding(Level.ADVICE, check, file, line, message, mend)


def error(check: str, file: str, line: int, message: str, mend: str) -> Finding:
    """Return a finding that must be mended."""
    return Finding(Level.ERROR, check, file, line, message, mend)
