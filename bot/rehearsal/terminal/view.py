"""What one sees in the terminal of a rehearsal: messages drawn as lines, notes of what happens elsewhere."""

import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from prompt_toolkit.utils import get_cwidth
from telegram import InlineKeyboardButton, MessageEntity, User

from bot.rehearsal.fake_telegram.chats import Post, Room, TelegramPerson, Topic
from bot.rehearsal.fake_telegram.state import Change
from bot.rehearsal.fake_telegram.world import World
from bot.rehearsal.phrases import texts_of, told

INDENT = " " * 5
CLOSING = "，。、！？；：）」』】》〉…—～,.!?;:)]}’”"
OPENING = "（「『【《〈([{‘“"
# A Latin word or one sign; closing marks stay with what is before them, opening ones with what follows.
_PIECES = re.compile(
    rf"[{re.escape(OPENING)}]*(?:[!-~\u00a1-\u024f]+|.)[{re.escape(CLOSING)}]*|[{re.escape(OPENING)}]+"
)
# What would move the cursor, colour the screen or turn the reading direction of all that follows.
_UNSAFE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069]")
COLOURS = ("yellow", "blue", "magenta", "cyan", "green", "red")
RECENT = 6  # messages shown again when one comes into a chat
PREVIEW = 60  # characters of a message elsewhere
Say = Callable[[str], None]


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


class TerminalView:
    """Who one is, where one looks, and what is printed of it."""

    def __init__(self, world: World, *, language: str, say: Say, columns: Callable[[], int]) -> None:
        """Print with `say`; `columns` returns how many cells a line has now."""
        self.world, self.say, self._columns = world, say, columns
        self.language = language
        self.words = texts_of(Path(__file__).parent, language)
        self.me = next(iter(world.people.values()))
        self.room: Room = world.group
        self.topic: Topic | None = None
        self.calls_shown = False
        self._drawn: dict[tuple[int, int], list[str]] = {}
        self._kinds: dict[str, Callable[[Change], None]] = {
            "message": self._on_message,
            "edited": self._on_edited,
            "poll": self._on_edited,
            "reaction": self._on_reaction,
            "deleted": self._on_deleted,
            "toast": self._on_toast,
            "call": self._on_call,
        }

    @property
    def cells(self) -> int:
        """How wide a line may be."""
        return max(30, min(100, self._columns()))

    def t(self, key: str, **values: object) -> str:
        """Return what the terminal says."""
        return self.words[key].strip("\n").format(**values)

    def tell(self, key: str, **values: object) -> None:
        """Print what the terminal says, apart from what people say."""
        for line in wrap(plain(self.t(key, **values)), self.cells):
            self.say(click.style(line, dim=True))

    def refuse(self, reason: object) -> None:
        """Print why something was not done."""
        why = told(plain(str(reason)), self.language)
        for line in wrap(self.t("refused", reason=why), self.cells):
            self.say(click.style(line, fg="red"))

    # Where one is

    @property
    def place(self) -> str:
        """The name of the chat, and of the topic."""
        return self.place_of(self.room, self.topic)

    def place_of(self, room: Room, topic: Topic | None = None) -> str:
        """Return the name of a chat, and of a topic in it."""
        if room.is_private:
            return self.t("private_of", name=plain(room.name))
        return plain(f"{room.title} › {topic.name}" if topic else room.title)

    def places(self) -> list[tuple[Room, Topic | None]]:
        """Return where the person may go: groups with their topics, and the private chat with the bot."""
        groups = [room for room in self.world.rooms.values() if not room.is_private and not room.migrated_to]
        inside = [room for room in groups if room.membership(self.me.user).present]
        found: list[tuple[Room, Topic | None]] = []
        for room in inside:
            found.append((room, None))
            found += [(room, topic) for topic in room.topics.values()]
        return [*found, (self.world.private(self.me), None)]

    def go(self, room: Room, topic: Topic | None = None) -> None:
        """Look at another chat: what was said there last is shown again."""
        self.room, self.topic = room, topic
        self.say(click.style(f"── {self.place} ".ljust(self.cells - width(self.place) // 2, "─"), dim=True))
        for post in [each for each in room.all_posts() if self.sees(each)][-RECENT:]:
            self.show(post)

    def become(self, person: TelegramPerson) -> None:
        """Be somebody else, and leave the private chat of who one was."""
        self.me = person
        if self.room.is_private or not self.room.membership(person.user).present:
            self.go(*self.places()[0])
        self.tell("now", name=plain(person.name), place=self.place)

    def sees(self, post: Post) -> bool:
        """Tell whether a message is in the chat and the topic that one looks at."""
        if post.room is not self.room:
            return False
        return not post.room.is_forum or (post.thread_id if post.in_topic else None) == (
            self.topic.id if self.topic else None
        )

    # What is printed

    def show(self, post: Post) -> None:
        """Print a message."""
        self._drawn[post.room.id, post.id] = self._body(post)
        if note := self._note(post):
            self.say(click.style(f"{'':5}— {note} —", dim=True))
            return
        for line in draw(post, head=self._head(post), cells=self.cells, words=self.words):
            self.say(line)

    def _body(self, post: Post) -> list[str]:
        return body(post, cells=self.cells - 5, words=self.words)

    def _head(self, post: Post, mark: str = "") -> str:
        group = post.extra.get("sender_chat")  # of an anonymous admin
        name = plain(group.title if group else post.sender.full_name)
        parts = [name, local(post.at), *([mark] if mark else [])]
        if post.reply_to and not post.reply_to.is_service:
            parts.append(f"↩ [{post.reply_to.id}]")
        return f"{f'[{post.id}]':5}" + click.style("・".join(parts), fg=self._colour(post.sender), bold=True)

    def _colour(self, user: User) -> str:
        ids = list(self.world.people)
        return COLOURS[ids.index(user.id) % len(COLOURS)] if user.id in ids else "bright_red"

    def _note(self, post: Post) -> str:
        if not post.is_service:
            return ""
        name = plain(post.sender.full_name)
        if joined := post.extra.get("new_chat_members"):
            return self.t("joined", name="、".join(plain(each.full_name) for each in joined))
        if left := post.extra.get("left_chat_member"):
            return self.t("left", name=plain(left.full_name))
        return self.t("pinned" if "pinned_message" in post.extra else "noted", name=name)

    # What happens

    def note(self, change: Change) -> None:
        """Print what a change of the world means to who looks."""
        if found := self._kinds.get(change.kind):
            found(change)

    def _post(self, change: Change) -> Post | None:
        raw: Mapping[str, Any] = change.data["message"]
        return self.world.room(change.chat_id).post(raw["message_id"])

    def _on_message(self, change: Change) -> None:
        post = self._post(change)
        if post is None:
            return
        if self.sees(post):
            self.show(post)
        elif not post.room.is_private or post.room.id == self.me.id:
            words = " ".join(plain(post.text or getattr(post.document, "file_name", "") or "…").split())
            topic = post.room.topics.get(post.thread_id or 0)
            place = self.place_of(post.room, topic)
            self.tell("elsewhere", place=place, text=words[:PREVIEW])

    def _on_edited(self, change: Change) -> None:
        post = self._post(change)
        if post is None or not self.sees(post):
            return
        before = self._drawn.get((post.room.id, post.id), [])
        lines = redraw(post, before, cells=self.cells, words=self.words)
        self._drawn[post.room.id, post.id] = self._body(post)
        if lines:
            self.say(self._head(post, self.t("edited")))
        for line in lines:
            self.say(line)

    def _on_reaction(self, change: Change) -> None:
        post = self._post(change)
        if post is not None and self.sees(post):
            emoji = " ".join(each for given in post.reactions.values() for each in given)
            self.tell("reacted", id=post.id, emoji=emoji or "—")

    def _on_deleted(self, change: Change) -> None:
        if change.chat_id == self.room.id:
            self.tell("deleted", id=change.data["message_id"])

    def _on_toast(self, change: Change) -> None:
        if change.data["user_id"] == self.me.id and change.data["text"]:
            for line in wrap(f"💬   {plain(change.data['text'])}", self.cells):
                self.say(click.style(line, fg="green"))

    def _on_call(self, change: Change) -> None:
        if not self.calls_shown:
            return
        answer = change.data["answer"]
        result = "ok" if answer["ok"] else f"{answer['error_code']} {answer['description']}"
        took = f"{change.data['seconds'] * 1000:.0f} ms"
        text = f"  → {change.data['method']} {change.chat_id or ''} {took} {result}"
        for line in wrap(plain(text), self.cells):
            self.say(click.style(line, fg=None if answer["ok"] else "red", dim=bool(answer["ok"])))


def local(moment: datetime) -> str:
    """Return the time of day where this computer is."""
    return f"{moment.astimezone():%H:%M}"
