"""What people do with what others said: vote and react."""

from typing import Any

from telegram import PollAnswer, ReactionTypeEmoji, User

from bot.rehearsal import rules
from bot.rehearsal.chats import Room
from bot.rehearsal.people import CHANNEL, Person
from bot.rehearsal.posts import Post
from bot.rehearsal.stage import Stage, Who


class Reacting(Stage):
    """Votes and reactions. Each puts the update that Telegram would send into `updates`."""

    def votes(self, who: Who, post: Post, *options: int) -> None:
        """Let somebody vote in the poll of a message; without options they take their vote back.

        Raises:
            PermissionError: when the poll is closed, or they are not in that chat.
        """
        person, ballot = self.person(who), self.ballots[post.extra["poll"].id]
        self._may_touch(person, post)
        if ballot.is_closed:
            raise PermissionError("the poll is closed")
        ballot.votes[person.id] = options
        post.extra["poll"] = ballot.poll()
        self.tell_of("poll", post)
        self.deliver("poll", post.extra["poll"])
        if not ballot.is_anonymous:
            answer = PollAnswer(**ballot.answer(options), **self._voter(post.room, person.user))
            # PTB leaves out empty lists, Telegram does not: a vote taken back has none.
            self.deliver("poll_answer", answer.to_dict() | ballot.answer(options))

    def reacts(self, who: Who, post: Post, *emoji: str) -> None:
        """Let somebody react to a message, or take it back (no emoji). Only an admin bot learns of it.

        Raises:
            PermissionError: when they are not in that chat.
            ValueError: when Telegram has no such reaction.
        """
        person = self.person(who)
        self._may_touch(person, post)
        if not rules.REACTIONS.issuperset(emoji):
            raise ValueError(f"Telegram has no reaction {emoji}")
        old, new = post.reactions.get(person.id, ()), tuple(emoji)
        post.reactions[person.id] = new
        self.tell_of("reaction", post)
        if not post.room.membership(self.bot).is_admin and not post.room.is_private:
            return
        self.deliver("message_reaction", self._reaction(post, person.user, old, new))

    def _may_touch(self, person: Person, post: Post) -> None:
        room = post.room
        inside = room.id == person.id if room.is_private else room.membership(person.user).present
        if not inside or post.deleted:
            raise PermissionError(f"{person} does not see message {post.id} in {room.name}")

    def _voter(self, room: Room, user: User) -> dict[str, Any]:
        _, shown = self.shown(room, user)
        return {"user": CHANNEL, "voter_chat": shown["sender_chat"]} if shown else {"user": user}

    def _reaction(self, post: Post, user: User, old: tuple[str, ...], new: tuple[str, ...]) -> dict[str, Any]:
        # Written out, because PTB would leave out the empty list of a reaction that is new or taken back.
        _, shown = self.shown(post.room, user)
        hidden = shown.get("sender_chat")
        actor = {"actor_chat": hidden.to_dict()} if hidden else {"user": user.to_dict()}
        return {
            "chat": post.room.chat().to_dict(),
            "message_id": post.id,
            **actor,
            "date": int(self.now().timestamp()),
            "old_reaction": [ReactionTypeEmoji(emoji).to_dict() for emoji in old],
            "new_reaction": [ReactionTypeEmoji(emoji).to_dict() for emoji in new],
        }
