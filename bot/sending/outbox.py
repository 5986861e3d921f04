"""The outbox: every call of PTB's bot passes here, and whatever posts or edits keeps its order and its pace.

- A chat is written to one message at a time, in order, within Telegram's limits; a 429 halts that chat only.
- A post is written into the store before it is sent, and noted afterwards. While an update is handled again
  after a crash, what was posted before is not posted again: its recorded result is returned.
- A post of which nobody knows whether it arrived (killed, or the connection broke) is looked for where that
  is possible (`probing.py`), and posted anew where it is not there.
- Edits of the same message that wait for their time become one.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from itertools import count
from typing import Any

from structlog.contextvars import bound_contextvars
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)
from telegram.ext import BaseRateLimiter

from bot.sending.api_calls import (
    EDITS,
    POSTS,
    BotApiCall,
    both,
    numbered_with,
    replied_to,
    sequence,
    without_quotes,
)
from bot.sending.chat_queues import ChatQueue, ChatQueues, WaitingEdit
from bot.sending.delivery_check import find
from bot.sending.http import NotSent
from bot.sending.pacing import Pace
from bot.sending.turn import HandlingTurn, current
from bot.sending.write_batch import WriteBatch
from db.store import Store
from db.updates.outbox import OutgoingCall

A_DAY = 86_400.0  # seconds; what waited so long is no answer any more
LONGEST_PAUSE = 30.0  # seconds between tries
OVERALL = 0  # stands for no chat of its own where calls are paced
UNWRITTEN = 1  # rate_limit_args of a post that says that nothing can be written down
QUICK_TRIES = 3  # for what only asks: who asked has its own patience

log = logging.getLogger(__name__)


class Outbox(BaseRateLimiter[int]):
    """Takes PTB's calls in, and makes them in order, in time, and once."""

    def __init__(
        self,
        store: Store,
        *,
        pace: Pace | None = None,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        """Use that store; `pause` waits so many seconds, `now` gives seconds that only go forward."""
        self.pace = pace or Pace(now)
        self.pause = pause
        self.patience = A_DAY  # seconds for which a post that fails is tried again
        self.heard: Mapping[int, int] = {}  # sequence -> the highest message id that has arrived (inbox.py)
        self._now = now
        self._store = store
        self._batch = WriteBatch(store)
        self._chats = ChatQueues(store)
        self._send: Callable[[str, dict[str, Any]], Awaitable[Any]] | None = None

    async def initialize(self) -> None:
        """Find out what an earlier run was about to post."""
        for letter in self._store.outbox.unknown():
            chat = self._chats[letter.chat_id]
            if letter.id not in {known.id for known in chat.astray}:
                chat.astray.append(letter)

    async def shutdown(self) -> None:
        """Write down what is known."""
        self._batch.flush()

    async def process_request(  # noqa: PLR0913, PLR0917  PTB's signature
        self,
        callback: Callable[..., Any],
        args: Any,  # noqa: ARG002  the same as endpoint and data
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> Any:
        """Make a call of PTB's bot and return Telegram's result."""

        async def send(method: str, parameters: dict[str, Any]) -> Any:
            return await callback(method, parameters, **kwargs)

        call = BotApiCall(endpoint, data, send)
        if call.chat_id is None or endpoint not in POSTS | EDITS:
            return await self._ask(call)
        chat = self._chats[call.chat_id]
        with bound_contextvars(to=self._store.reference(chat.id)):  # in what is logged meanwhile
            if endpoint in EDITS:
                return await self._edit(chat, call)
            return await (
                self._post(chat, call) if rate_limit_args is None else self._post_unwritten(chat, call)
            )

    async def post_left(self, send: Callable[[str, dict[str, Any]], Awaitable[Any]]) -> int:
        """Post what a timer of an earlier run was about to say; return how much that is.

        What belongs to an update, or to a line that is owed, is posted when that is done again.
        """
        left = [letter for letter in self._store.outbox.unknown() if not letter.done_again]
        for letter in left:
            chat = self._chats[letter.chat_id]
            async with chat.turn:
                try:
                    await self._look_for_astray(chat, send)
                except TelegramError as error:
                    log.warning("不再嘗試送出先前的一則 / given up on a post: %s", type(error).__name__)
        return len(left)

    # What only asks

    async def _ask(self, call: BotApiCall) -> Any:
        """Ask, three times at most; on behalf of an update as patiently as it will be answered.

        Who teaches, say, must be known to do what was told: an outage must not turn it into nothing.
        """
        began, turn = self._now(), current()
        patient = call.method.startswith("get") and turn is not None and turn.journal_id is not None
        for attempt in count(1):
            try:
                return await call.once()
            except ChatMigrated as error:
                call = self._follow(call, error)
            except TelegramError as error:
                hopeless = _final(error) and not isinstance(error, RetryAfter)
                waited = self._now() - began
                if hopeless or waited >= self.patience or (attempt >= QUICK_TRIES and not patient):
                    raise
                await self.pause(_seconds_until_asking(attempt, error))
        raise AssertionError("it returns or raises")

    # What edits

    async def _edit(self, chat: ChatQueue, call: BotApiCall) -> Any:
        message_id = call.data.get("message_id")
        if not isinstance(message_id, int):
            return await self._ask(call)
        if waiting := chat.edits.get(message_id):
            waiting.call = both(waiting.call, call)
            return await asyncio.shield(waiting.result)
        edit = WaitingEdit(call, asyncio.get_running_loop().create_future())
        chat.edits[message_id] = edit
        try:
            async with chat.turn:
                await self._look_for_astray(chat, call.send)
                await self._keep_pace(chat)
                del chat.edits[message_id]
                result = await self._deliver(chat, edit.call, None)
        except BaseException as error:
            chat.edits.pop(message_id, None)
            _fail(edit.result, error)
            raise
        edit.result.set_result(result)
        return result

    # What posts

    async def _post(self, chat: ChatQueue, call: BotApiCall) -> Any:
        async with chat.turn:
            await self._look_for_astray(chat, call.send)
            turn = current()
            step = turn.step(call.method, chat.id) if turn else ""
            known = self._known(turn, step) if turn else None
            if known is not None:
                log.info("already posted before the restart, not again")
                return known
            letter, ready = await self._intend(chat, call, turn, step)
            return await self._deliver(chat, ready, letter)

    async def _post_unwritten(self, chat: ChatQueue, call: BotApiCall) -> Any:
        """Post what cannot be written down first, as nothing can be: that the store is out of order."""
        async with chat.turn:
            result = await self._deliver(chat, call, None)
            if isinstance(result, dict):  # never to be changed by looking for what went astray
                self._chats.note(chat.id, result["message_id"])
            return result

    def _known(self, turn: HandlingTurn, step: str) -> Any:
        """Return what Telegram answered to the same post when the same was done before, or None."""
        if not turn.again:
            return None
        self._batch.flush()  # what came of it may still wait to be noted
        letter = self._store.outbox.recorded(turn.journal_id, turn.line_id, step)
        return None if letter is None else letter.result

    async def _intend(
        self, chat: ChatQueue, call: BotApiCall, turn: HandlingTurn | None, step: str
    ) -> tuple[OutgoingCall, BotApiCall]:
        """Write down what is to be posted; only then may it be sent, by the call that is returned."""
        heard = self.heard.get(sequence(chat.id), 0)
        after = max(heard, self._chats.last(chat.id), replied_to(call.data))
        parameters, ready = call.written()
        journal_id, line_id = (turn.journal_id, turn.line_id) if turn else (None, None)
        made: list[int] = []

        def note(store: Store) -> None:
            made.append(
                store.outbox.intend(
                    journal_id=journal_id,
                    line_id=line_id,
                    step=step,
                    chat_id=chat.id,
                    method=call.method,
                    parameters=parameters,
                    after_id=after,
                )
            )

        await self._batch.write(note)
        return OutgoingCall(
            made[0], journal_id, chat.id, call.method, parameters, after, None, line_id
        ), ready

    async def _deliver(self, chat: ChatQueue, call: BotApiCall, letter: OutgoingCall | None) -> Any:
        """Send until Telegram answers; `letter` is None for edits, which may be sent twice."""
        began, failures = self._now(), 0
        while True:
            try:
                result = await self._try(chat, call)
            except TelegramError as error:
                failures += 1
                if _final(error) or self._now() - began >= self.patience:
                    self._give_up(letter, error)
                    raise
                await self._wait_for_better_days(failures, error)
                if letter and not isinstance(error, NotSent | InvalidToken):
                    found = await self._found(chat, letter, call.send)
                    if found is not None:
                        return found
            else:
                self._sent(chat, letter, result)
                return result

    async def _try(self, chat: ChatQueue, call: BotApiCall) -> Any:
        """Send once, when this chat may be written to: after what Telegram says, where it has moved to."""
        while True:
            await self._keep_pace(chat)
            self.pace.note(chat.id)
            try:
                return await call.once()
            except RetryAfter as error:
                if not self.patience:
                    raise
                self.pace.hold(chat.id, seconds_asked(error))
            except ChatMigrated as error:
                call = self._follow(call, error)

    def _follow(self, call: BotApiCall, error: ChatMigrated) -> BotApiCall:
        """Let the seminars of a group be where it has moved to, and return the call for there."""
        log.info("a group has become a supergroup; its messages go there")
        if call.chat_id is not None:
            self._store.seminars.migrate_chat(call.chat_id, error.new_chat_id)
        return call.moved_to(error.new_chat_id)

    async def _keep_pace(self, chat: ChatQueue) -> None:
        while (seconds := self.pace.wait(chat.id)) > 0:
            await self.pause(seconds)

    async def _wait_for_better_days(self, failures: int, error: TelegramError) -> None:
        seconds = 0.0 if failures == 1 else min(LONGEST_PAUSE, 0.5 * 2.0 ** min(failures - 2, 10))
        if seconds:
            what = type(error).__name__
            log.warning("送不出去，%.1f 秒後再試 / not sent, next try in %.1f s (%s)", seconds, seconds, what)
        await self.pause(seconds)

    # What came of it

    def _sent(self, chat: ChatQueue, letter: OutgoingCall | None, result: Any) -> None:
        if letter is None or not isinstance(result, dict):
            return
        number, kept = letter.id, without_quotes(result)
        where = result.get("chat", {}).get("id", chat.id)  # elsewhere than asked, after a migration
        self._chats.note(where, result["message_id"])
        self._batch.later(lambda store: store.outbox.note_sent(number, sequence(where), kept))
        self._batch.flush()  # before its update is done, and its row gone: a search must never touch it

    def _refused(self, letter: OutgoingCall | None) -> None:
        if letter is not None:
            number = letter.id
            self._batch.later(lambda store: store.outbox.note_refused(number))

    def _give_up(self, letter: OutgoingCall | None, error: TelegramError) -> None:
        self._refused(letter)
        if isinstance(error, Forbidden):
            log.warning("這個聊天室不讓我們說話了 / a chat does not let us speak: %s", error.message)

    # What went astray

    async def _found(self, chat: ChatQueue, letter: OutgoingCall, send: Callable[..., Awaitable[Any]]) -> Any:
        """Return the result of a post that did arrive; None: it is not there, as far as can be found out."""
        first, last = numbered_with(letter.chat_id)
        others = self._store.outbox.foreign_messages(letter.chat_id, first, last, after=letter.after_id)
        result = await find(letter, lambda *probe: self._probe(send, *probe), others)
        if result is not None:
            self._sent(chat, letter, result)
        return result

    async def _probe(self, send: Callable[..., Awaitable[Any]], method: str, data: dict[str, Any]) -> Any:
        """Make an edit that changes nothing: it counts among all calls, not among a group's messages."""
        call, began, failures = BotApiCall(method, data, send), self._now(), 0
        while True:
            while (seconds := self.pace.wait(OVERALL)) > 0:
                await self.pause(seconds)
            self.pace.note(OVERALL)
            try:
                return await call.once()
            except (BadRequest, ChatMigrated):
                raise
            except (RetryAfter, NetworkError) as error:
                failures += 1
                if self._now() - began >= self.patience:
                    raise
                if isinstance(error, RetryAfter):
                    self.pace.hold(OVERALL, seconds_asked(error))
                else:
                    await self._wait_for_better_days(failures, error)

    async def _look_for_astray(self, chat: ChatQueue, send: Callable[..., Awaitable[Any]]) -> None:
        """Find out what became of an earlier run's posts into this chat, before another one joins them."""
        while chat.astray:
            letter = chat.astray[0]
            found = await self._found(chat, letter, send)
            chat.astray.pop(0)
            if found is None and not letter.done_again:
                call = BotApiCall(letter.method, dict(letter.parameters) | {"chat_id": chat.id}, send)
                await self._deliver(chat, call, letter)
            elif found is None:
                self._refused(letter)  # posted anew when its update, or line, is done again
            self._batch.flush()


def seconds_asked(error: RetryAfter) -> float:
    """Return how many seconds Telegram wants us to wait."""
    return error._retry_after.total_seconds()  # noqa: SLF001  the public one warns that its type will change


def _seconds_until_asking(attempt: int, error: TelegramError) -> float:
    if isinstance(error, RetryAfter):
        return seconds_asked(error)
    return 0.1 * attempt if attempt <= QUICK_TRIES else min(LONGEST_PAUSE, 0.5 * 2.0 ** min(attempt, 10))


def _final(error: TelegramError) -> bool:
    """Return whether trying again would not help.

    A token that was revoked ends the house soon; what it was about to say waits for the next one.
    """
    if isinstance(error, InvalidToken) and "unauthorized" in error.message.lower():
        return False
    return not isinstance(error, NetworkError) or isinstance(error, BadRequest)


def _fail(result: "asyncio.Future[Any]", error: BaseException) -> None:
    """Tell those who wait for an edit that was merged into this one."""
    if isinstance(error, asyncio.CancelledError):
        result.cancel()
    elif not result.done():
        result.set_exception(error)
        result.exception()  # seen, should nobody else wait for it
