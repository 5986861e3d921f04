r"""The messages of an export one by one, in flat memory; a broken one does not take those before it along.

The standard library's decoder reads one message at a time out of a window that slides over the file. ijson
is as quick, but gives up at what Telegram Desktop really writes (`\x0B`, line breaks in strings) and puts ?
for half a pair of surrogates.
"""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from db.imports.found import DEEPEST, Unreadable

_BLANK = re.compile(r"[ \t\r\n]*")
_decoder = json.JSONDecoder(strict=False)  # line breaks inside strings are let pass
_LARGEST_VALUE = 8_000_000  # characters: a message has 65,536 at most, an account's list of contacts has more
_CUT_OFF = 12  # characters from the end at which an error may come of reading in pieces: half of 😀
_LISTS = frozenset({"chats", "left_chats"})
NOT_JSON = "不是 JSON，或已損壞 / not JSON, or damaged"
Member = tuple[int, str, Any]  # which chat, key and value


def members(pieces: Iterable[str]) -> Iterator[Member]:
    """Yield what the export's chats hold, member by member; `messages` item by item, each by that key.

    A chat that was exported by itself is number 0, those of a whole account are 1, 2 …. What breaks off in
    the middle ends with the key "" and the reason.

    Raises:
        Unreadable: it is not an object, or nested deeper than any message.
    """
    window = _Window(pieces)
    if window.ahead() != "{":
        raise Unreadable(NOT_JSON)
    try:
        yield from _Export(window).members(0)
    except RecursionError as error:
        raise Unreadable("巢狀太深，已拒絕 / nested too deeply: refused") from error


class _Export:
    """Walks through an export."""

    def __init__(self, window: "_Window") -> None:
        self._window = window
        self._chats = 0
        self._at = 0  # the chat that is being read

    def members(self, chat: int) -> Iterator[Member]:
        """Yield the members of the whole, or the reason why there are no more."""
        try:
            yield from self._object(chat)
        except ValueError as error:
            yield self._at, "", f"{NOT_JSON}: {str(error)[:100]}"

    def _object(self, chat: int) -> Iterator[Member]:
        window, self._at = self._window, chat
        window.expect("{")
        while window.ahead() == '"':
            key = window.value()
            window.expect(":")
            if key == "messages" and window.ahead() == "[":
                for _ in self._items():
                    yield chat, key, window.value()
            elif not chat and key in _LISTS and window.ahead() == "{":
                yield from self._account()
            else:
                yield chat, key, window.value()
            window.comma("}")
        window.expect("}")

    def _account(self) -> Iterator[Member]:
        """Yield the members of each chat in a whole account's list."""
        window = self._window
        window.expect("{")
        while window.ahead() == '"':
            key = window.value()
            window.expect(":")
            if key == "list" and window.ahead() == "[":
                for _ in self._items():
                    self._chats += 1
                    yield from self._object(self._chats)
            else:
                window.value()
            window.comma("}")
        window.expect("}")

    def _items(self) -> Iterator[None]:
        """Stop before each item of an array."""
        window = self._window
        window.expect("[")
        while window.ahead() != "]":
            yield
            window.comma("]")
        window.expect("]")


class _Window:
    """Slides over the text."""

    def __init__(self, pieces: Iterable[str]) -> None:
        self._pieces = iter(pieces)
        self._text = ""
        self._place = 0

    def ahead(self) -> str:
        """Return the next character that is not blank; empty at the end."""
        while True:
            found = _BLANK.match(self._text, self._place)
            self._place = found.end() if found else self._place
            if self._place < len(self._text):
                return self._text[self._place]
            if not self._more():
                return ""

    def expect(self, char: str) -> None:
        """Step over the character.

        Raises:
            ValueError: another one stands there.
        """
        if self.ahead() != char:
            raise ValueError(f"expected {char}")
        self._place += 1

    def comma(self, end: str) -> None:
        """Step over the comma that must stand between two; before `end` there is none."""
        if self.ahead() == ",":
            self._place += 1
        elif self.ahead() != end:
            raise ValueError(f"expected , or {end}")

    def value(self) -> Any:
        """Return the value that begins here, and step over it.

        Raises:
            ValueError: it is none.
        """
        self.ahead()
        while True:
            try:
                value, end = _decoder.raw_decode(self._text, self._place)
            except json.JSONDecodeError as error:
                if not self._mended(error) and not (self._is_cut_off(error) and self._more()):
                    raise
                continue
            if end < len(self._text) or not self._more():
                return self._shallow(value, end)

    def _shallow(self, value: Any, end: int) -> Any:
        """Return the value and step behind it; one nested too deeply raises as if the decoder could not."""
        brackets = self._text.count("[", self._place, end) + self._text.count("{", self._place, end)
        if brackets > DEEPEST and _depth(value) > DEEPEST:
            raise RecursionError
        self._place = end
        return value

    def _mended(self, error: json.JSONDecodeError) -> bool:
        r"""Return whether an escape was mended that JSON does not know: `\x0B` becomes `\u000B`."""
        if not error.msg.startswith("Invalid \\escape") or self._text[error.pos : error.pos + 2] != "\\x":
            return False
        self._text = f"{self._text[: error.pos]}\\u00{self._text[error.pos + 2 :]}"
        return True

    def _is_cut_off(self, error: json.JSONDecodeError) -> bool:
        """Return whether more of the file may make sense of it."""
        if len(self._text) - self._place > _LARGEST_VALUE:
            return False
        return error.msg.startswith("Unterminated string") or error.pos >= len(self._text) - _CUT_OFF

    def _more(self) -> bool:
        """Read on; return whether there was something. What has been stepped over is let go.

        What did not fit doubles: a long value is not tried again for each small piece of it.
        """
        wanted = len(self._text) - self._place
        parts = [self._text[self._place :]]
        for piece in self._pieces:
            parts.append(piece)
            wanted -= len(piece)
            if wanted <= 0:
                break
        self._text, self._place = "".join(parts), 0
        return len(parts) > 1


def _depth(value: Any) -> int:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + max((_depth(part) for part in inner if isinstance(part, dict | list)), default=0)
