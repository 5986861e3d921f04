"""A question by itself, before what was asked earlier is looked at: a class asks the same one many times."""

from functools import cached_property

from bot.reading.candidates import Candidate
from bot.reading.matching import Matcher
from bot.reading.spoken import breaks, heard


class Understood:
    """A question with the names in it. Nobody may change what it holds: others get the same."""

    def __init__(self, matcher: Matcher, text: str) -> None:
        """Take the text apart."""
        self.folded = heard(text)
        self.question = matcher.asked(self.folded, breaks(text, self.folded))
        self.hits = matcher.book.hits(self.folded)
        self._matcher = matcher

    @cached_property
    def found(self) -> list[Candidate]:
        """The snippets that anything in it speaks for, best first; looked for only where they are wanted."""
        return self._matcher.candidates(self.question, self.hits)
