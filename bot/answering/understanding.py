"""A question by itself, before what was asked earlier is looked at: a class asks the same one many times."""

from functools import cached_property

from bot.answering.candidates import Candidate
from bot.answering.clauses import without_chatter
from bot.answering.retrieve import Matcher
from bot.text.dialects import breaks, heard


class Understood:
    """A question with the names in it. Nobody may change what it holds: others get the same."""

    def __init__(self, matcher: Matcher, text: str) -> None:
        """Take the text apart."""
        self.folded = heard(text)
        plain = without_chatter(matcher, text)
        asked, clauses = (plain[0], []) if plain else (self.folded, breaks(text, self.folded))
        self.question = matcher.asked(asked, clauses)
        self.hits = plain[1] if plain else matcher.book.hits(asked)
        self._matcher = matcher

    @cached_property
    def found(self) -> list[Candidate]:
        """The snippets that anything in it speaks for, best first; looked for only where they are wanted."""
        return self._matcher.candidates(self.question, self.hits)
