"""The messages of a JSON file one by one, so that one that is broken does not take the others along."""

import json
import re
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

from db.imports.found import DEEPEST, Unreadable, size_checked

_BLANK = re.compile(r"[ \t\r\n]*")
_ESCAPED = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|.)", re.DOTALL)
_decoder = json.JSONDecoder(strict=False)  # line breaks inside strings are let pass
NOT_JSON = "不是 JSON，或已損壞 / not JSON, or damaged"


def read_json(path: Path) -> str:
    r"""Return the file's text with the escapes mended that JSON does not know: `\x0B` becomes `\u000B`.

    Raises:
        Unreadable: it cannot be read, is too large, or is not UTF-8.
    """
    try:
        text = size_checked(path).read_text(encoding="utf-8-sig", errors="surrogatepass")
    except (UnicodeDecodeError, OSError) as error:
        raise Unreadable(f"{path}：不是 UTF-8 / not UTF-8") from error
    if "\\x" not in text:
        return text
    return _ESCAPED.sub(lambda hit: f"\\u00{hit[1]}" if hit[1] else hit[0], text)


def members(text: str) -> Iterator[tuple[str, Any]]:
    """Yield the members of the object that the text is; the array `messages` item by item, each by that key.

    What breaks off in the middle ends with ("", reason).

    Raises:
        Unreadable: it is not an object, or nested deeper than any message.
    """
    try:
        yield from _members(text)
    except RecursionError as error:
        raise Unreadable("巢狀太深，已拒絕 / nested too deeply: refused") from error


def _members(text: str) -> Iterator[tuple[str, Any]]:
    place = _skip(text, 0)
    if text[place : place + 1] != "{":
        raise Unreadable(NOT_JSON)
    try:
        place = _skip(text, place + 1)
        while text[place : place + 1] == '"':
            key, place = _decoder.raw_decode(text, place)
            place = _expect(text, place, ":")
            if key == "messages" and text[place : place + 1] == "[":
                place = yield from _items(text, place + 1)
            else:
                value, place = _decoder.raw_decode(text, place)
                yield key, _shallow(value)
            place = _skip(text, place)
            if text[place : place + 1] == ",":
                place = _skip(text, place + 1)
        if text[place : place + 1] != "}":
            yield "", f"第 {place} 字起 / from character {place}: {NOT_JSON}"
    except ValueError as error:
        yield "", f"{NOT_JSON}: {str(error)[:100]}"


def _items(text: str, place: int) -> Generator[tuple[str, Any], None, int]:
    """Yield the items of the array; return the place behind it."""
    place = _skip(text, place)
    while text[place : place + 1] != "]":
        value, place = _decoder.raw_decode(text, place)
        yield "messages", _shallow(value)
        place = _skip(text, place)
        if text[place : place + 1] == ",":
            place = _skip(text, place + 1)
        elif text[place : place + 1] != "]":
            raise ValueError(f"expected , or ] at {place}")
    return place + 1


def _expect(text: str, place: int, char: str) -> int:
    place = _skip(text, place)
    if text[place : place + 1] != char:
        raise ValueError(f"expected {char} at {place}")
    return _skip(text, place + 1)


def _skip(text: str, place: int) -> int:
    found = _BLANK.match(text, place)
    return found.end() if found else place


def _shallow(value: Any, depth: int = 0) -> Any:
    """Return the value; one nested deeper than any message raises like one that the parser cannot hold."""
    if depth > DEEPEST:
        raise RecursionError
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for part in inner:
        if isinstance(part, dict | list):
            _shallow(part, depth + 1)
    return value
