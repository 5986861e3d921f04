"""Inline mode: what people type behind @bot in any chat, what the bot offers, and what they choose of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from telegram import ChosenInlineResult, InlineQuery, User

from bot.rehearsal.posts import Post
from bot.rehearsal.stage import Stage, Where, Who


@dataclass(frozen=True)
class Offered:
    """A result that the bot offers: what the list shows, and what is posted when it is chosen."""

    id: str
    title: str
    description: str
    text: str
    entities: tuple[Any, ...] = ()


@dataclass
class Typing:
    """An inline query, until it is answered; `offered` is the list that the person then sees."""

    id: str
    user: User
    query: str
    at: datetime
    answered: bool = False
    offered: tuple[Offered, ...] = ()
    cache_time: int = 0
    is_personal: bool = False


class Inlining(Stage):
    """Acts of people in inline mode."""

    def types_inline(self, who: Who, query: str, *, chat_type: str = "supergroup") -> Typing:
        """Let somebody type behind the bot's name, in any chat: the bot learns its kind, not which it is."""
        person = self.person(who)
        typing = Typing(str(next(self._numbers["press"])), person.user, query, self.now())
        self.typings[typing.id] = typing
        # Written out, because PTB leaves out an empty query, which Telegram does not.
        raw = InlineQuery(typing.id, person.user, query, "", chat_type=chat_type).to_dict()
        self.deliver("inline_query", raw | {"query": query, "offset": ""})
        return typing

    def chooses(self, who: Who, typing: Typing, title: str, *, chat: Where | None = None) -> Post:
        """Let somebody post a result that they were offered.

        Raises:
            LookupError: when none is called so.
        """
        found = next((each for each in typing.offered if title in each.title), None)
        if found is None:
            raise LookupError(f"no {title!r} among {[each.title for each in typing.offered]}")
        person, room = self.person(who), self.room(chat)
        post = self.place(
            room,
            person.user,
            found.text,
            entities=found.entities,
            author=person.user,
            extra={"via_bot": self.bot},
        )
        if self.hears(post):
            self.deliver("message", post.message())
        self.deliver("chosen_inline_result", ChosenInlineResult(found.id, person.user, typing.query))
        return post
