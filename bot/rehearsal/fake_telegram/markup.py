"""Telegram's texts: its HTML, what it finds in plain text by itself, and addresses as it reads them."""

import re
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

from telegram import MessageEntity, User

_LINK = re.compile(r"(?:(?P<scheme>[a-z]+)://)?(?P<host>[^/?#\s]+)(?P<rest>\S*)$", re.IGNORECASE)
_TG_USER = re.compile(r"tg:(?://)?user\?id=(\d+)$")
_KINDS = (
    (
        "url",
        re.compile(
            r"(?:https?|ftp)://[^\s<>\"]+|(?<![\w@.-])(?:[a-z0-9-]+\.)+(?:com|org|net|me|tw|io|edu)\b[^\s<>\"]*",
            re.IGNORECASE,
        ),
    ),
    ("email", re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    ("bot_command", re.compile(r"(?<![\w/@<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/])")),
    ("mention", re.compile(r"(?<!\w)@[A-Za-z0-9_]{2,32}(?!\w)")),
    ("hashtag", re.compile(r"(?<!\w)#(?=\w*[^\W\d_])\w{1,256}")),
)  # in the order in which they win where they overlap
_OPAQUE = frozenset({"code", "pre", "text_link"})  # nothing is looked for inside these
_ORDER = (
    "blockquote",
    "expandable_blockquote",
    "pre",
    "text_link",
    "bold",
    "italic",
    "underline",
    "strikethrough",
    "spoiler",
    "code",
)
_TYPES = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough",
    "tg-spoiler": "spoiler", "span": "spoiler", "a": "text_link", "code": "code", "pre": "pre",
    "blockquote": "blockquote", "tg-emoji": "custom_emoji",
}  # fmt: skip
_SURROGATES = range(0xD800, 0xE000)
_TEXT = re.compile(r"[^<&]+")
_REFERENCE = re.compile(r"&(?:#(\d+)|#x([0-9a-f]+)|(lt|gt|amp|quot)(?![a-z]));?", re.IGNORECASE)
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_TOKEN = re.compile(r"[A-Za-z0-9.-]+")
_SPACES = re.compile(r"\s*")
UserOf = Callable[[int], User | None]


def checked_url(target: str) -> str | None:
    """Return the address as Telegram keeps it (scheme and slash added), None if it is none."""
    match = _LINK.match(target.strip())
    if not match:
        return None
    scheme, host, rest = (match["scheme"] or "http").lower(), match["host"], match["rest"]
    if scheme in {"tg", "ton"}:
        return f"{scheme}://{host}{rest}"
    loopback = host.split(":")[0] == "localhost"
    if scheme not in {"http", "https"} or loopback or "." not in host.strip("."):
        return None
    return f"{scheme}://{host}{rest if rest.startswith('/') else '/' + rest}"


def linked_person(target: str) -> int | None:
    """Return the id of the person that a tg://user link means."""
    match = _TG_USER.match(target)
    return int(match.group(1)) if match else None


def deep_link(url: str, username: str) -> str | None:
    """Return the payload of a link that starts the bot of that name; None for any other address."""
    address = urlsplit(url)
    if address.hostname != "t.me" or address.path.strip("/") != username:
        return None
    return parse_qs(address.query).get("start", [""])[0]


def utf16(text: str) -> int:
    """Return how many UTF-16 code units `text` takes."""
    return len(text.encode("utf-16-le")) // 2


def cut(text: str, entity: MessageEntity) -> str:
    """Return the part of `text` that `entity` covers."""
    raw = text.encode("utf-16-le")
    return raw[entity.offset * 2 : (entity.offset + entity.length) * 2].decode("utf-16-le", "replace")


def find_entities(text: str, given: Sequence[MessageEntity] = ()) -> tuple[MessageEntity, ...]:
    """Return `given` with what Telegram detects in `text` beside it, sorted as Telegram sorts."""
    taken = [(e.offset, e.offset + e.length) for e in given if e.type in _OPAQUE]
    found = list(given)
    for kind, pattern in _KINDS:
        for match in pattern.finditer(text):
            words = match.group().rstrip(".,;:!?)]}'，。、！？；：）」』") if kind == "url" else match.group()
            start = utf16(text[: match.start()])
            end = start + utf16(words)
            if any(start < until and begin < end for begin, until in taken):
                continue
            taken.append((start, end))
            found.append(MessageEntity(kind, start, end - start))
    return in_order(found)


def in_order(entities: Iterable[MessageEntity]) -> tuple[MessageEntity, ...]:
    """Sort by place, the longer before the shorter, blocks before letters."""

    def key(entity: MessageEntity) -> tuple[int, int, int]:
        rank = _ORDER.index(entity.type) if entity.type in _ORDER else len(_ORDER)
        return entity.offset, -entity.length, rank

    return tuple(sorted(entities, key=key))


def trim(text: str, entities: Iterable[MessageEntity]) -> tuple[str, tuple[MessageEntity, ...]]:
    """Return `text` without white space at its ends, and `entities` moved and cut to fit it."""
    kept = text.strip()
    lost, length = utf16(text[: len(text) - len(text.lstrip())]), utf16(kept)
    fitted = []
    for entity in entities:
        begin, end = max(entity.offset - lost, 0), min(entity.offset + entity.length - lost, length)
        if begin < end:
            fitted.append(MessageEntity(**{**_plain(entity), "offset": begin, "length": end - begin}))
    return kept, tuple(fitted)


def _plain(entity: MessageEntity) -> dict[str, Any]:
    names = ("type", "url", "user", "language", "custom_emoji_id")
    return {name: getattr(entity, name) for name in names}


class MarkupError(ValueError):
    """The HTML does not parse; the message is Telegram's."""


@dataclass(frozen=True)
class _Open:
    tag: str
    argument: str
    offset: int  # in UTF-16 units
    begin: int  # in pieces of text


def parse_html(html: str, user_of: UserOf = lambda _: None) -> tuple[str, tuple[MessageEntity, ...]]:
    """Return the text of `html` and its entities; `user_of` finds the person of a tg://user link.

    Raises:
        MarkupError: in Telegram's words, with the byte offset where Telegram gives one.
    """
    return _Parser(html, user_of).run()


class _Parser:
    def __init__(self, html: str, user_of: UserOf) -> None:
        self.html, self.user_of = html, user_of
        self.at = 0
        self.pieces: list[str] = []
        self.offset = 0
        self.open: list[_Open] = []
        self.entities: list[MessageEntity] = []

    def run(self) -> tuple[str, tuple[MessageEntity, ...]]:
        while self.at < len(self.html):
            if self.html.startswith("</", self.at):
                self._end_tag()
            elif self.html[self.at] == "<":
                self._start_tag()
            else:
                self._characters()
        if self.open:
            raise MarkupError(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')
        return "".join(self.pieces), in_order(_outside_code(self.entities))

    def _characters(self) -> None:
        match = _TEXT.match(self.html, self.at)
        words, self.at = (match.group(), match.end()) if match else self._reference()
        self.pieces.append(words)
        self.offset += utf16(words)

    def _reference(self) -> tuple[str, int]:
        match = _REFERENCE.match(self.html, self.at)
        if not match:
            return "&", self.at + 1
        words = _decode(match)
        return (words, match.end()) if words else ("&", self.at + 1)

    def _start_tag(self) -> None:
        begin = self.at
        match = re.compile(r"<([^\s>]*)(?=[\s>])").match(self.html, begin)
        if not match:
            raise MarkupError(f"Unclosed start tag at byte offset {self._byte(begin)}")
        tag = match.group(1).lower()
        if tag not in _TYPES:
            raise MarkupError(f'Unsupported start tag "{tag}" at byte offset {self._byte(begin)}')
        self.at = match.end()
        given = self._attributes(tag, begin)
        argument = _argument(tag, given)
        if tag == "span" and argument != "spoiler":
            raise MarkupError(f'Tag "span" must have class "tg-spoiler" at byte offset {self._byte(begin)}')
        self.open.append(_Open(tag, argument, self.offset, len(self.pieces)))

    def _attributes(self, tag: str, begin: int) -> dict[str, str]:
        """Read up to and with the closing bracket; return the attributes by name."""
        given: dict[str, str] = {}
        while True:
            self._skip()
            if self._here() == ">":
                self.at += 1
                return given
            name = re.compile(r"[^\s=>]*").match(self.html, self.at)
            assert name is not None  # noqa: S101 - the pattern matches the empty text too
            self.at = name.end()
            if not name.group():
                raise MarkupError(
                    f'Empty attribute name in the tag "{tag}" at byte offset {self._byte(begin)}'
                )
            self._skip()
            if tag == "blockquote" and name.group().lower() == "expandable" and self._here() != "=":
                given["expandable"] = "1"
                continue
            if self._here() != "=":
                raise MarkupError(
                    f'Expected equal sign in declaration of an attribute of the tag "{tag}"'
                    f" at byte offset {self._byte(begin)}"
                )
            self.at += 1
            self._skip()
            given[name.group().lower()] = self._value(tag, begin)

    def _value(self, tag: str, begin: int) -> str:
        quote = self._here()
        if not quote:
            raise MarkupError(f'Unclosed start tag "{tag}" at byte offset {self._byte(begin)}')
        if quote not in "'\"":
            return self._token()
        end = self.html.find(quote, self.at + 1)
        if end < 0 or end + 1 >= len(self.html):
            raise MarkupError(f"Unclosed start tag at byte offset {self._byte(begin)}")
        raw, self.at = self.html[self.at + 1 : end], end + 1
        return _REFERENCE.sub(lambda match: _decode(match) or match.group(), raw)

    def _token(self) -> str:
        start = self.at
        match = _TOKEN.match(self.html, start)
        self.at = match.end() if match else start
        if not self._here().isspace() and self._here() != ">":
            raise MarkupError(f"Unexpected end of name token at byte offset {self._byte(start)}")
        return self.html[start : self.at].lower()

    def _end_tag(self) -> None:
        begin = self.at
        if not self.open:
            raise MarkupError(f"Unexpected end tag at byte offset {self._byte(begin)}")
        match = re.compile(r"</([^\s>]*)\s*>").match(self.html, begin)
        if not match:
            raise MarkupError(f"Unclosed end tag at byte offset {self._byte(begin)}")
        opened, tag = self.open.pop(), match.group(1).lower()
        if tag and tag != opened.tag:
            raise MarkupError(
                f"Unmatched end tag at byte offset {self._byte(begin)},"
                f' expected "</{opened.tag}>", found "</{tag}>"'
            )
        self.at = match.end()
        if self.offset > opened.offset:
            self._close(opened)

    def _close(self, opened: _Open) -> None:
        kind, offset, length = _TYPES[opened.tag], opened.offset, self.offset - opened.offset
        if kind == "text_link":
            self._link(opened, length)
        elif kind == "custom_emoji":
            if not re.fullmatch(r"[1-9]\d*", opened.argument):
                raise MarkupError("Invalid custom emoji identifier specified")
            self.entities.append(MessageEntity(kind, offset, length, custom_emoji_id=opened.argument))
        elif kind == "pre" and (language := self._language(offset, length)):
            self.entities[-1] = MessageEntity("pre", offset, length, language=language)
        elif kind == "code":
            # The language travels with the entity until a <pre> around it takes it over.
            self.entities.append(MessageEntity("code", offset, length, language=opened.argument or None))
        else:
            kind = "expandable_blockquote" if kind == "blockquote" and opened.argument else kind
            self.entities.append(MessageEntity(kind, offset, length))

    def _language(self, offset: int, length: int) -> str | None:
        last = self.entities[-1] if self.entities else None
        if last is None or last.type != "code" or (last.offset, last.length) != (offset, length):
            return None
        return last.language

    def _link(self, opened: _Open, length: int) -> None:
        target = opened.argument or "".join(self.pieces[opened.begin :])
        if person := linked_person(target):
            if user := self.user_of(person):
                self.entities.append(MessageEntity("text_mention", opened.offset, length, user=user))
        elif url := checked_url(target):
            self.entities.append(MessageEntity("text_link", opened.offset, length, url=url))

    def _skip(self) -> None:
        match = _SPACES.match(self.html, self.at)
        self.at = match.end() if match else self.at

    def _here(self) -> str:
        return self.html[self.at : self.at + 1]

    def _byte(self, at: int) -> int:
        return len(self.html[:at].encode())


def _argument(tag: str, given: dict[str, str]) -> str:
    if tag == "a":
        return given.get("href", "")
    if tag == "blockquote":
        return given.get("expandable", "")
    if tag == "tg-emoji":
        return given.get("emoji-id", "")
    prefix = {"code": "language-", "span": "tg-"}.get(tag)
    value = given.get("class", "")
    return value.removeprefix(prefix) if prefix and value.startswith(prefix) else ""


def _decode(match: re.Match[str]) -> str:
    decimal, hexadecimal, name = match.groups()
    if name:
        return _NAMED[name.lower()]
    code = int(decimal) if decimal else int(hexadecimal, 16)
    if code in _SURROGATES:
        raise MarkupError(
            "Text contains invalid Unicode characters after decoding HTML entities,"
            " check for unmatched surrogate code units"
        )
    return chr(code) if 0 < code <= sys.maxunicode else ""


def _outside_code(entities: list[MessageEntity]) -> list[MessageEntity]:
    """Leave out what lies inside code: Telegram shows code without any other dress."""
    code = [e for e in entities if e.type in {"code", "pre"}]
    kept = [e for e in entities if not any(_holds(block, e) for block in code)]
    return [MessageEntity("code", e.offset, e.length) if e.type == "code" else e for e in kept]


def _holds(block: MessageEntity, entity: MessageEntity) -> bool:
    if block is entity or (block.type == "code" and entity.type == "pre"):
        return False
    return block.offset <= entity.offset and entity.offset + entity.length <= block.offset + block.length
