"""Whole conversations as tests: the real house in one process, in front of the rehearsal's Telegram.

    async def test_a_student_may_not_open_a_round(seminar):
        await seminar.says("小安", "/discuss")
        seminar.expects("只有")

People act in a World; its updates go as raw JSON through the intake, the handlers and the store on a real
file, and what the bot sends comes back through the strict local Bot API. After each act everything has been
handled. An error in a handler fails the test at the act that caused it, unless it happens inside
`with seminar.failing()`.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import httpx
from telegram import Update
from telegram.request import HTTPXRequest

from bot.answering.library import Library
from bot.config import OUR_PACKS, Settings
from bot.context import Context
from bot.handlers.rounds.cards import DrawnCards
from bot.intake.polling import ALLOWED
from bot.rehearsal.bot_api.server import bot_api
from bot.rehearsal.fake_telegram.chats import Post, find_button
from bot.rehearsal.fake_telegram.state import ApiCall, ButtonPress, Clock, Where, Who
from bot.rehearsal.fake_telegram.world import World
from bot.sending.outbox import Outbox
from bot.service import Running, house
from bot.watches import tick
from db.store import Store

TEACHER, STUDENTS = "陳老師", ("小安", "小敏", "阿哲")
MONDAY_MORNING = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)  # nine o'clock in Taipei
A_MOMENT = timedelta(seconds=2)  # what every act takes


class Seminar:
    """A class in a supergroup with the bot: what people do there, and what is then to be seen."""

    def __init__(self, world: World, clock: Clock, running: Running) -> None:
        self.world, self.clock, self.store = world, clock, running.store
        self.house, self.intake = running.application, running.intake
        self.room = world.group  # where the last act happened
        self.errors: list[BaseException] = []
        self._handler, self.intake._handle = self.intake._handle, self._handle
        self._pressed: ButtonPress | None = None
        self._calls_before = 0
        self._tolerant = False
        self.house.add_error_handler(self._note_error)

    # What people do

    async def says(  # noqa: PLR0913 - each is a way in which a message can be sent
        self,
        who: Who,
        text: str,
        *,
        privately: bool = False,
        chat: Where | None = None,
        reply_to: Post | None = None,
        thread: int | None = None,
        anonymous: bool = False,
    ) -> Post:
        """Let somebody write: into the group, `privately` to the bot, or in another chat."""
        self._begin(self.world.private(who) if privately else self.world.room(chat))
        post = self.world.says(
            who, text, chat=self.room, reply_to=reply_to, thread=thread, anonymous=anonymous
        )
        await self.settle()
        return post

    async def replies(self, who: Who, text: str, *, to: Post | None = None) -> Post:
        """Let somebody reply, to the bot's last message unless told otherwise."""
        target = to or self.last
        return await self.says(who, text, chat=target.room, reply_to=target)

    async def edits(self, who: Who, post: Post, text: str) -> Post:
        """Let somebody change what they wrote."""
        self._begin(post.room)
        self.world.edits(who, post, text)
        await self.settle()
        return post

    async def presses(
        self,
        who: Who,
        button: str,
        *,
        on: Post | None = None,
        privately: bool = False,
        forged: bool = False,
    ) -> None:
        """Let somebody press a button, by label or data, on the bot's latest message that has it.

        Raises:
            AssertionError: when the bot leaves the press unanswered: the button would show a clock for ever.
        """
        room = self.world.private(who) if privately else on.room if on else self.room
        self._begin(room)
        done = self.world.presses(who, on or self._with_button(button), button, forged=forged)
        self._pressed = done if isinstance(done, ButtonPress) else None
        if isinstance(done, Post):  # a deep link leads to the private chat
            self.room = done.room
        await self.settle()
        assert self._tolerant or not self._pressed or self._pressed.answered, f"{button} was never answered"

    async def starts(self, who: Who, payload: str = "") -> Post:
        """Let somebody start the bot in their private chat, by a deep link with that payload."""
        self._begin(self.world.private(who))
        post = self.world.starts_bot(who, payload)
        await self.settle()
        return post

    async def settle(self) -> None:
        """Hand on whatever Telegram would deliver, and wait until all of it has been handled.

        For actions done on `world` itself; those above do it on their own.

        Raises:
            BaseException: the first error of a handler, outside `failing`.
        """
        if raws := self.world.updates.take():
            await self.intake.receive(raws)
        await self.intake.settle()
        await self._late_work()
        if self.errors and not self._tolerant:
            raise self.errors[0]

    def later(self, **by: float) -> None:
        """Let time pass: minutes=5."""
        self.clock.forward(timedelta(**by))

    async def ticks(self, **by: float) -> None:
        """Let time pass, and the house look at the clock; then wait until all that is done.

        What fails there is logged, so that the rest goes on; here it fails the test, outside `failing`.
        """
        self.later(**by)
        self._calls_before = len(self.world.calls)
        with _noting_errors(self.errors):
            await tick(self.house)
        await self.settle()

    @contextmanager
    def failing(self) -> Iterator[list[BaseException]]:
        """Let handlers fail inside; their errors are in the list that is given."""
        self._tolerant, before = True, len(self.errors)
        caught: list[BaseException] = []
        try:
            yield caught
        finally:
            caught.extend(self.errors[before:])
            del self.errors[before:]
            self._tolerant = False

    # What is then to be seen

    def expects(self, *texts: str, privately: Who | None = None, chat: Where | None = None) -> Post:
        """Assert that the bot's last message contains all of these; return it.

        It is looked for where the last act happened, in somebody's private chat, or in another one.
        """
        post = self.last_in(self._where(privately, chat))
        missing = [text for text in texts if text not in post.text]
        assert not missing, f"{missing} not in the bot's last message:\n{post.text}"
        return post

    def expects_silence(self) -> None:
        """Assert that the bot has written nothing since the last act began."""
        spoken = [
            call for call in self.calls() if call.method.startswith(("send", "edit", "copy", "forward"))
        ]
        said = [
            call.parameters.get("text") or call.method for call in spoken if call.method != "sendchataction"
        ]
        assert not said, f"the bot was to be silent, but said {said}"

    @property
    def last(self) -> Post:
        """The bot's last message where the last act happened."""
        return self.last_in(self.room)

    def last_in(self, chat: Where) -> Post:
        """Return the bot's last message in a chat."""
        spoken = [post for post in self.world.posts(chat, by_bot=True) if not post.is_service]
        assert spoken, f"the bot has said nothing in {self.world.room(chat).name}"
        return spoken[-1]

    def said(self, *, privately: Who | None = None, chat: Where | None = None) -> list[str]:
        """Return all that the bot has said there so far, as it reads now."""
        room = self._where(privately, chat)
        return [post.text for post in self.world.posts(room, by_bot=True) if not post.is_service]

    @property
    def keyboard(self) -> list[list[str]]:
        """The labels on the bot's last message, row by row."""
        return [[button.text for button in row] for row in self.last.buttons]

    @property
    def toast(self) -> str:
        """What the last press of a button was answered with."""
        assert self._pressed, "nobody has pressed a button"
        return self._pressed.toast

    @property
    def alert(self) -> bool:
        """Whether that answer was shown as a window that must be closed."""
        assert self._pressed, "nobody has pressed a button"
        return self._pressed.alert

    def documents(
        self, *, privately: Who | None = None, chat: Where | None = None
    ) -> list[tuple[str, bytes]]:
        """Return the files that the bot has sent there: names and bytes."""
        posts = self.world.posts(self._where(privately, chat), by_bot=True)
        files = (self.world.files.by_id(post.document.file_id) for post in posts if post.document)
        return [(stored.name, stored.data) for stored in files if stored]

    def calls(self, *methods: str) -> Sequence[ApiCall]:
        """Return the calls of the Bot API since the last act began, of these methods or all."""
        wanted = {method.lower() for method in methods}
        since = self.world.calls[self._calls_before :]
        return [call for call in since if not wanted or call.method in wanted]

    # Inside

    def _begin(self, room: Where) -> None:
        self.room = self.world.room(room)
        self._pressed = None
        self._calls_before = len(self.world.calls)
        self.clock.forward(A_MOMENT)

    def _where(self, privately: Who | None, chat: Where | None) -> Where:
        if privately is not None:
            return self.world.private(privately)
        return self.room if chat is None else chat

    def _with_button(self, button: str) -> Post:
        spoken = [post for post in self.world.posts(self.room, by_bot=True) if post.keyboard]
        for post in reversed(spoken):
            try:
                find_button(post, button)
            except LookupError:
                continue
            return post
        there = [[each.text for row in post.buttons for each in row] for post in spoken]
        raise AssertionError(f"no button {button!r} in {self.room.name}; there are {there}")

    async def _late_work(self) -> None:
        """Wait for what handlers put off, such as a card that is redrawn once for many presses."""
        while late := list(self.house.bot_data.memory(DrawnCards).waiting.values()):
            await asyncio.gather(*late)

    async def _handle(self, raw: dict[str, Any]) -> None:
        """Have one update handled; what the intake would put aside is an error here."""
        try:
            await self._handler(raw)
        except Exception as error:
            self.errors.append(error)
            raise

    async def _note_error(self, update: object, context: Context) -> None:
        if context.error:
            context.error.add_note(
                f"while handling {update.to_json() if isinstance(update, Update) else update}"
            )
            self.errors.append(context.error)


@contextmanager
def _noting_errors(errors: list[BaseException]) -> Iterator[None]:
    """Put exceptions that the bot logs inside the block into the list."""

    class Noting(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if record.exc_info and record.exc_info[1]:
                errors.append(record.exc_info[1])

    noting, logger = Noting(logging.ERROR), logging.getLogger("bot")
    logger.addHandler(noting)
    try:
        yield
    finally:
        logger.removeHandler(noting)


@cache
def our_packs() -> Library:
    """Open the packs of the repository once for all tests: they are only read."""
    return Library.open(OUR_PACKS)


def a_class() -> World:
    """Return a group on a Monday morning: the bot as admin, 陳老師 as owner, and three students."""
    world = World(clock=Clock(MONDAY_MORNING))
    world.add_person(TEACHER, username="teacher_chen", admin=True)
    for student in STUDENTS:
        world.add_person(student)
    return world


@asynccontextmanager
async def holding(folder: Path, *, world: World | None = None, **settings: Any) -> AsyncIterator[Seminar]:
    """Hold a seminar on a database in `folder`; `world` is `a_class()` if not given."""
    world = world or a_class()
    clock = world.clock
    assert isinstance(clock, Clock), "a dialogue needs a clock that stands still"
    chosen = Settings(
        token=world.token,
        api_url="http://telegram.test",
        database=folder / "wendu.db",
        secret_key_file=folder / "wendu.key",
        **settings,
    )
    request = HTTPXRequest(httpx_kwargs={"transport": httpx.ASGITransport(app=bot_api(world))})
    store = Store.open(chosen.database, clock=clock)
    try:
        async with house(chosen, store, our_packs(), clock=clock, request=request, paced=False) as running:
            outbox = running.application.bot.rate_limiter
            assert isinstance(outbox, Outbox)
            outbox.patience = 0.0  # a Telegram that is out shows at once
            running.application.bot_data.pause = _no_pause
            world.updates.allow(ALLOWED)
            world.updates.take()  # what came before the bot was there
            yield Seminar(world, clock, running)
    finally:
        store.close()


async def _no_pause(_seconds: float) -> None:
    """Let others have their turn, and go on."""
    await asyncio.sleep(0)
