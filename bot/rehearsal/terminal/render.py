"""Draws messages as lines for a terminal: Chinese is two cells wide and breaks anywhere but before a stop."""

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping

from prompt_toolkit.utils import get_cwidth
from telegram import InlineKeyboardButton, MessageEntity

from bot.rehearsal.posts import Post

INDENT = " " * 5
CLOSING = "，。、！？；：）」』】》〉…—～,.!?;:)]}’”"
OPENING = "（「『【《〈([{‘“"
# A Latin word or one sign; closing marks stay with what is before them, opening ones with what follows.
_PIECES = re.compile(
    rf"[{re.escape(OPENING)}]*(?:[!-~\u00a1-\u024f]+|.)[{re.escape(CLOSING)}]*|[{re.escape(OPENING)}]+"
)
# What would move the cursor, colour the screen or turn the reading direction of all that follows.
_UNSAFE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069]")


def plain(text: str) -> str:
    """Return it without what would steer the terminal."""
    return _UNSAFE.sub(lambda found: " " if found.group() == "\t" else "", text)


def width(text: str) -> int:
    """Return how many cells it takes."""
    return get_cwidth(text)


def wrap(text: str, cells: int) -> list[str]:
    """Return the lines of a text, each at most so many cells wide."""
    return [line for paragraph in text.split("\n") for line in _wrap_line(paragraph, cells)]


def _wrap_line(text: str, cells: int) -> Iterator[str]:
    if width(text) <= cells:
        yield text.rstrip()
        return
    line = ""
    for piece in (part for found in _PIECES.findall(text) for part in _cut(found, cells)):
        if line and width(line) + width(piece.rstrip()) > cells:
            yield line.rstrip()
            line = ""
        line += piece if line or piece.strip() else ""
    yield line.rstrip()


def _cut(piece: str, cells: int) -> Iterator[str]:
    """Cut what is wider than a line by itself, such as an address."""
    while width(piece) > cells:
        end = 1
        while end < len(piece) and width(piece[: end + 1]) <= cells:
            end += 1
        yield piece[:end]
        piece = piece[end:]
    yield piece


def draw(post: Post, *, head: str, cells: int, words: Mapping[str, str]) -> list[str]:
    """Return a message as lines under its `head`."""
    return [
        head,
        *(f"{INDENT}{line}".rstrip() for line in body(post, cells=cells - len(INDENT), words=words)),
    ]


def redraw(post: Post, before: list[str], *, cells: int, words: Mapping[str, str]) -> list[str]:
    """Return the lines of a message that are not as they were."""
    after = body(post, cells=cells - len(INDENT), words=words)
    changed = [
        line[2:] for line in difflib.ndiff(before, after) if line.startswith("+ ") and line[2:].strip()
    ]
    return [f"{INDENT}{line}" for line in changed]


def body(post: Post, *, cells: int, words: Mapping[str, str]) -> list[str]:
    """Return what a message says and offers, as lines."""
    lines = [*_carried(post, words)]
    if post.text:
        lines += wrap(plain(with_addresses(post.text, post.entities)), cells)
    lines += _poll(post)
    return lines + list(_buttons(post, cells))


def _carried(post: Post, words: Mapping[str, str]) -> Iterator[str]:
    if document := post.document:
        yield f"📎 {plain(document.file_name or '')}（{document.file_size} bytes） :{words['save']} {post.id}"
    for kind in ("voice", "sticker"):
        if kind in post.extra:
            yield f"▷ {words[kind]}"
    if post.photo:
        yield f"🖼  {words['picture']} :{words['save']} {post.id}"


def _poll(post: Post) -> list[str]:
    poll = post.extra.get("poll")
    if poll is None:
        return []
    options = [
        f"({number}) {plain(option.text)}  {option.voter_count}"
        for number, option in enumerate(poll.options, start=1)
    ]
    return [plain(poll.question), *options]


def _buttons(post: Post, cells: int) -> Iterator[str]:
    number = 0
    for row in post.buttons:
        labels = []
        for button in row:
            number += 1
            labels.append(f"({number}) {_label(button)}")
        if width("   ".join(labels)) <= cells:
            yield "   ".join(labels)
        else:
            yield from (line for label in labels for line in wrap(label, cells))


def _label(button: InlineKeyboardButton) -> str:
    return plain(button.text) + (f" → {plain(button.url)}" if button.url else "")


def with_addresses(text: str, entities: Iterable[MessageEntity]) -> str:
    """Return the text with the address behind every link that hides it."""
    raw = text.encode("utf-16-le")
    links = [each for each in entities if each.type == "text_link" and each.url]
    for link in sorted(links, key=lambda each: each.offset, reverse=True):
        end = (link.offset + link.length) * 2
        raw = raw[:end] + f"（{link.url}）".encode("utf-16-le") + raw[end:]
    return raw.decode("utf-16-le", "replace")
