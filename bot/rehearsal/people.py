"""The people of a rehearsal, and the bot among them."""

from dataclasses import dataclass

from telegram import User

# Telegram colours the initials of people without a picture by their id, with these seven.
COLOURS = ("#e17076", "#faa774", "#a695e7", "#7bc862", "#6ec9cb", "#65aadd", "#ee7aae")
# Ids above 32 bits, as Telegram gives them today: what stores them in less is found out here.
FIRST_PERSON = 6_400_000_001
ANONYMOUS = User(1087968824, "Group", is_bot=True, username="GroupAnonymousBot")
CHANNEL = User(136817688, "Channel", is_bot=True, username="Channel_Bot")
TELEGRAM = User(777000, "Telegram", is_bot=False)


@dataclass(frozen=True, eq=False)
class Person:
    """Somebody who takes part: `user` is how Telegram shows them."""

    user: User

    @property
    def id(self) -> int:
        """Their Telegram id, which is also the id of their private chat with the bot."""
        return self.user.id

    @property
    def name(self) -> str:
        """The name that others see."""
        return self.user.full_name

    @property
    def colour(self) -> str:
        """The colour of their initials."""
        return COLOURS[self.id % len(COLOURS)]

    def __str__(self) -> str:
        return self.name


def make_person(user_id: int, name: str, username: str | None = None, language: str = "zh-hant") -> Person:
    """Return a person; Telegram leaves out what is not set, and so does this."""
    return Person(User(user_id, name, is_bot=False, username=username or None, language_code=language))


def make_bot(token: str, username: str, name: str) -> User:
    """Return the bot as others see it; its id is the number before the colon of its token."""
    return User(int(token.partition(":")[0]), name, is_bot=True, username=username)


def describe_bot(bot: User, *, reads_all: bool) -> User:
    """Return the bot as getMe describes it."""
    return User(
        bot.id,
        bot.first_name,
        is_bot=True,
        username=bot.username,
        can_join_groups=True,
        can_read_all_group_messages=reads_all,
        supports_inline_queries=False,
        can_connect_to_business=False,
        has_main_web_app=False,
    )
