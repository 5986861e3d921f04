"""The world of a rehearsal: a class, its chats and the bot among them, without Telegram.

People act (`says`, `replies`, `edits`, `presses`, …); each act puts the update that Telegram would send into
`updates`. The bot acts through the local Bot API (`api.py`). Whoever wants to watch calls `listen`.
"""

from bot.rehearsal.events import Call, Change, Pressing
from bot.rehearsal.inline_mode import Inlining
from bot.rehearsal.membership import Belonging
from bot.rehearsal.messages import Speaking
from bot.rehearsal.posts import Post
from bot.rehearsal.stage import Where

__all__ = ["Call", "Change", "Pressing", "World"]


class World(Speaking, Belonging, Inlining):
    """People, chats, messages and updates; made with one supergroup (`group`) that the bot is in."""

    def posts(self, chat: Where | None = None, *, by_bot: bool = False) -> list[Post]:
        """Return the messages of a chat that still exist, oldest first; with `by_bot` only the bot's."""
        every = self.room(chat).all_posts()
        return [post for post in every if post.sender.id == self.bot.id] if by_bot else every
