"""A text that remembers where each of its characters stood in the original, whatever was removed."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass

Rule = Callable[[str], Iterable[tuple[int, int, str]]]  # text -> (start, end, what to put there instead)
_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True)
class Spot:
    """One place in a text: what stands there, and what may be meant (empty: nothing, it goes)."""

    kind: str
    line: int
    column: int
    text: str
    suggestion: str = ""
    context: str = ""


@dataclass(frozen=True)
class Traced:
    """A text, the original offset of each character, and where the original's lines begin."""

    text: str
    origins: tuple[int, ...]
    lines: tuple[int, ...]

    @classmethod
    def of(cls, original: str) -> "Traced":
        """Return the original with uniform line ends, every character traced."""
        lines = (0, *(match.end() for match in _LINE_END.finditer(original)))
        text, origins, last = [], [], 0
        for match in _LINE_END.finditer(original):
            text += [original[last : match.start()], "\n"]
            origins += [*range(last, match.start()), match.start()]
            last = match.end()
        text.append(original[last:])
        origins += range(last, len(original))
        return cls("".join(text), (*origins, len(original)), lines)

    def apply(self, kind: str, rule: Rule) -> "tuple[Traced, list[Spot]]":
        """Return the text after one rule, and a spot for each thing that the rule took out."""
        text, origins, spots, last = [], [], [], 0
        for start, end, instead in rule(self.text):
            text += [self.text[last:start], instead]
            origins += [*self.origins[last:start], *[self.origins[start]] * len(instead)]
            spots.append(self.spot(kind, start, end, instead))
            last = end
        text.append(self.text[last:])
        origins += self.origins[last:]
        return Traced("".join(text), tuple(origins), self.lines), spots

    def spot(self, kind: str, start: int, end: int, suggestion: str) -> Spot:
        """Return the spot of text[start:end], placed in the original, with a little of what is around it."""
        offset = self.origins[start]
        line = bisect_right(self.lines, offset)
        before = self.text[max(0, start - 8) : start].rpartition("\n")[2]
        after = self.text[end : end + 6].partition("\n")[0]
        column = offset - self.lines[line - 1] + 1
        here = self.text[start:end].replace("\n", "⏎")
        return Spot(kind, line, column, here, suggestion, f"{before}【{here}】{after}")
