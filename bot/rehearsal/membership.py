"""What people do with chats: join, leave, become admins, add or remove the bot, migrate."""

from collections.abc import Iterable

from telegram import Chat, ChatMemberUpdated, MessageOriginChannel, User

from bot.rehearsal.chats import Membership, Room
from bot.rehearsal.people import TELEGRAM
from bot.rehearsal.posts import Post
from bot.rehearsal.stage import Stage, Where, Who


class Belonging(Stage):
    """Acts of people with chats. Each puts the updates that Telegram would send into `updates`."""

    def founds(
        self,
        who: Who,
        title: str,
        *,
        kind: str = "supergroup",
        forum: bool = False,
        members: Iterable[Who] = (),
    ) -> Room:
        """Let somebody make a group with those people in it; the bot is not among them yet.

        Raises:
            LookupError: when somebody is not there.
        """
        founder = self.person(who)
        others = [self.person(member) for member in members]
        room = self.make_room(title, kind=kind, forum=forum)
        for person in (founder, *others):
            room.set_member(Membership(person.user, "creator" if person is founder else "member"))
        self.tell_of_room(room)
        self.note(room, founder.user, **{f"{kind}_chat_created": True})
        return room

    def joins(self, who: Who, *, chat: Where | None = None) -> Post:
        """Let somebody join a group."""
        person, room = self.person(who), self.room(chat)
        self._becomes(room, person.user, by=person.user, status="member")
        return self.note(room, person.user, new_chat_members=(person.user,))

    def leaves(self, who: Who, *, chat: Where | None = None) -> Post:
        """Let somebody leave a group."""
        person, room = self.person(who), self.room(chat)
        self._becomes(room, person.user, by=person.user, status="left")
        return self.note(room, person.user, left_chat_member=person.user)

    def adds(self, by: Who, who: Who, *, chat: Where | None = None) -> Post:
        """Let somebody bring somebody else into a group."""
        person, room, actor = self.person(who), self.room(chat), self.person(by).user
        self._becomes(room, person.user, by=actor, status="member", is_anonymous=False)
        return self.note(room, actor, new_chat_members=(person.user,))

    def removes(self, by: Who, who: Who, *, chat: Where | None = None) -> Post:
        """Let an admin throw somebody out of a group."""
        person, room, actor = self.person(who), self.room(chat), self.person(by).user
        self._becomes(room, person.user, by=actor, status="kicked", is_anonymous=False)
        return self.note(room, actor, left_chat_member=person.user)

    def hides(self, who: Who, *, chat: Where | None = None, anonymous: bool = True) -> None:
        """Let an admin show as the group from now on, or as themselves again."""
        room, user = self.room(chat), self.person(who).user
        self._becomes(room, user, by=user, is_anonymous=anonymous)

    def promotes(self, by: Who, who: Who, *, chat: Where | None = None, anonymous: bool = False) -> None:
        """Let somebody make somebody an admin."""
        self._becomes(
            self.room(chat),
            self.person(who).user,
            by=self.person(by).user,
            status="administrator",
            is_anonymous=anonymous,
        )

    def demotes(self, by: Who, who: Who, *, chat: Where | None = None) -> None:
        """Let somebody make an admin a member again."""
        room, user = self.room(chat), self.person(who).user
        self._becomes(room, user, by=self.person(by).user, status="member", is_anonymous=False)

    def adds_bot(self, by: Who, *, chat: Where | None = None, admin: bool = False) -> Post:
        """Let somebody add the bot to a group; `privacy_mode` takes hold there as it is at this moment."""
        person, room = self.person(by), self.room(chat)
        status = "administrator" if admin else "member"
        self._becomes(room, self.bot, by=person.user, status=status, reads_all=not self.privacy_mode)
        return self.note(room, person.user, new_chat_members=(self.bot,))

    def promotes_bot(self, by: Who, *, chat: Where | None = None, **rights: bool) -> None:
        """Let somebody make the bot an admin; `rights`: can_pin, can_delete, can_manage_topics (all)."""
        every = {"can_pin": True, "can_delete": True, "can_manage_topics": True}
        actor = self.person(by).user
        self._becomes(self.room(chat), self.bot, by=actor, status="administrator", **every | rights)

    def demotes_bot(self, by: Who, *, chat: Where | None = None) -> None:
        """Let somebody make the bot a plain member again."""
        self._becomes(self.room(chat), self.bot, by=self.person(by).user, status="member")

    def removes_bot(self, by: Who, *, chat: Where | None = None) -> None:
        """Let somebody throw the bot out of a group."""
        room, actor = self.room(chat), self.person(by).user
        self._becomes(room, self.bot, by=actor, status="kicked")
        self.note(room, actor, left_chat_member=self.bot)

    def blocks_bot(self, who: Who, *, blocked: bool = True) -> None:
        """Let somebody stop the bot in their private chat, or take it back."""
        person, room = self.person(who), self.private(who)
        room.blocked = blocked
        status = ("member", "kicked") if blocked else ("kicked", "member")
        old, new = (Membership(self.bot, each) for each in status)
        self.tell("blocked", room.id, blocked=blocked)
        self.deliver("my_chat_member", self._change(room, person.user, old, new))

    def posts_from_channel(
        self, text: str, channel: str = "讀書會頻道", *, chat: Where | None = None
    ) -> Post:
        """Let the linked channel post something, which Telegram forwards into the group by itself."""
        room = self.room(chat)
        origin = Chat(-1_001_900_000_001, "channel", title=channel)
        extra = {
            "sender_chat": origin,
            "is_automatic_forward": True,
            "forward_origin": MessageOriginChannel(self.now(), origin, message_id=len(room.posts) + 1),
        }
        post = self.place(room, TELEGRAM, text, extra=extra)
        if self.hears(post):
            self.deliver("message", post.message())
        return post

    def migrates(self, group: Room, *, by: Who | None = None) -> Room:
        """Turn a group into a supergroup: it gets a new id, and old messages stay behind under the old."""
        actor = self.person(by).user if by else TELEGRAM
        room = Room(next(self._numbers["supergroup"]), "supergroup", title=group.title)
        room.members = dict(group.members)
        self.rooms[room.id] = room
        group.migrated_to = room.id
        if self.group is group:
            self.group = room
        self.note(group, actor, migrate_to_chat_id=room.id)
        self.note(room, actor, migrate_from_chat_id=group.id)
        self.tell("migrated", group.id, to=room.id)
        return room

    def _becomes(self, room: Room, user: User, *, by: User, **changes: object) -> None:
        old, new = room.change(user, **changes)
        self.tell("member", room.id, user_id=user.id, name=user.full_name, status=new.status)
        if user.id == self.bot.id:
            self.deliver("my_chat_member", self._change(room, by, old, new))
        elif room.membership(self.bot).is_admin:
            self.deliver("chat_member", self._change(room, by, old, new))

    def _change(self, room: Room, by: User, old: Membership, new: Membership) -> ChatMemberUpdated:
        return ChatMemberUpdated(room.chat(), by, self.now(), old.as_member(), new.as_member())
