"""Messages as they live in the rehearsal, with every version; PTB objects are made from them."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from telegram import (
    Document,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Message,
    MessageEntity,
    PhotoSize,
    User,
)

from bot.rehearsal.chats import Room


@dataclass(frozen=True)
class Version:
    """What a message said, from `at` on."""

    text: str
    entities: tuple[MessageEntity, ...]
    at: datetime


@dataclass(eq=False)
class Post:
    """One message. `extra` holds further arguments of PTB's Message: a document, a poll, a service note."""

    id: int
    room: Room
    sender: User
    at: datetime
    versions: list[Version]
    reply_to: "Post | None" = None
    thread_id: int | None = None
    in_topic: bool = False
    keyboard: InlineKeyboardMarkup | None = None
    extra: dict[str, Any] = field(default_factory=dict)
    author: User | None = None  # who really wrote it, where Telegram hides that
    reactions: dict[int, tuple[str, ...]] = field(default_factory=dict)
    deleted: bool = False

    def __repr__(self) -> str:
        return f"<message {self.id} in {self.room.name} by {self.sender.full_name}: {self.text[:60]!r}>"

    @property
    def text(self) -> str:
        """The latest text or caption; empty where there is none."""
        return self.versions[-1].text if self.versions else ""

    @property
    def entities(self) -> tuple[MessageEntity, ...]:
        """The entities of the latest text or caption."""
        return self.versions[-1].entities if self.versions else ()

    @property
    def has_media(self) -> bool:
        """Whether its text is a caption."""
        return any(kind in self.extra for kind in ("document", "photo", "voice", "sticker"))

    @property
    def document(self) -> Document | None:
        """The document that it carries."""
        return self.extra.get("document")

    @property
    def photo(self) -> tuple[PhotoSize, ...]:
        """The picture that it carries, in its sizes."""
        photo: tuple[PhotoSize, ...] = self.extra.get("photo", ())
        return photo

    @property
    def is_service(self) -> bool:
        """Whether it is a note of Telegram's own, such as that somebody joined."""
        return not self.versions and not self.has_media and "poll" not in self.extra

    @property
    def buttons(self) -> list[list[InlineKeyboardButton]]:
        """The rows of its inline keyboard."""
        return [list(row) for row in self.keyboard.inline_keyboard] if self.keyboard else []

    def message(self, *, nested: bool = False) -> Message:
        """Return PTB's message as it is now; a `nested` one does not show what it replies to."""
        return Message(
            self.id,
            self.at,
            self.room.chat(),
            from_user=self.sender,
            edit_date=self.versions[-1].at if len(self.versions) > 1 else None,
            reply_to_message=self._reply(nested=nested),
            message_thread_id=self.thread_id,
            is_topic_message=self.in_topic or None,
            reply_markup=self.keyboard,
            **self._words(),
            **self.extra,
        )

    def _reply(self, *, nested: bool) -> Message | None:
        target = None if nested or self.reply_to is None or self.reply_to.deleted else self.reply_to
        return target.message(nested=True) if target else None

    def _words(self) -> dict[str, Any]:
        if not self.text:
            return {}
        if self.has_media:
            return {"caption": self.text, "caption_entities": self.entities}
        return {"text": self.text, "entities": self.entities}

    def as_dict(self) -> dict[str, Any]:
        """Return the message as the Bot API would, and what only the rehearsal knows under `rehearsal`."""
        reactions = {str(person): list(emoji) for person, emoji in self.reactions.items()}
        return self.message().to_dict() | {
            "rehearsal": {
                "versions": [{"text": v.text, "at": v.at.isoformat()} for v in self.versions],
                "reply_to": self.reply_to.id if self.reply_to else None,
                "author_id": (self.author or self.sender).id,
                "reactions": reactions,
                "deleted": self.deleted,
                "pinned": self.id in self.room.pinned,
            }
        }


def find_button(post: Post, button: str) -> InlineKeyboardButton:
    """Return the button with that label or data; a label may be given in part when only one fits.

    Raises:
        LookupError: when none fits, or several; it names those that are there.
    """
    buttons = [each for row in post.buttons for each in row]
    exact = [each for each in buttons if button in {each.text, each.callback_data}]
    partly = [each for each in buttons if button in each.text]
    if exact or len(partly) == 1:
        return (exact or partly)[0]
    raise LookupError(f"no single button {button!r} among {[each.text for each in buttons]}")
