"""What Telegram says: whether it is there, knows the token, lets us hear groups, and what time it is."""

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any

import aiohttp

from bot.checkup.findings import CheckResult, bad, better, fine
from bot.config import Settings, shown
from bot.sending.http import Trouble, proxy_for, trouble_of, trust

PATIENCE = 10.0  # seconds
SKEW = 60.0  # seconds, beyond which prompts come at the wrong minute
UNKNOWN = (HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND)


@dataclass(frozen=True)
class GetMeAnswer:
    """What came back from getMe, and when."""

    status: int
    ok: bool | None  # what it says itself; None: that is no answer of Telegram's
    me: dict[str, Any]
    seconds: float  # there and back
    ahead: float | None  # by how many seconds our clock is ahead of the server's; None: it names no time


async def telegram(settings: Settings, clock: Callable[[], datetime]) -> list[CheckResult]:
    """Return what is to be said of Telegram, the token, privacy mode and the clock."""
    if not settings.token:
        return [bad("no_token")]
    try:
        answered = await _ask(settings, clock)
    except (
        aiohttp.ClientError,
        TimeoutError,
        OSError,
        ValueError,
    ) as error:  # its text may have the token in it
        return [_unreachable(settings, trouble_of(error), type(error).__name__)]
    if answered.ok is None and answered.status < HTTPStatus.INTERNAL_SERVER_ERROR:
        return [_unreachable(settings, Trouble.STRANGER, str(answered.status))]
    return list(_judge(answered))


def _unreachable(settings: Settings, trouble: Trouble, error: str) -> CheckResult:
    return bad(f"unreachable_{trouble.value}", url=shown(settings.api_url), error=error)


def _judge(answered: GetMeAnswer) -> Iterator[CheckResult]:
    if answered.status in UNKNOWN:
        yield bad("token_unknown")
    elif answered.status != HTTPStatus.OK or not answered.me:
        yield bad("telegram_ill", status=answered.status)
    else:
        name = answered.me.get("username", "")
        yield fine("telegram", name=name, milliseconds=round(answered.seconds * 1000))
        hears = answered.me.get("can_read_all_group_messages")
        yield fine("privacy_off") if hears else better("privacy_on")
    if answered.ahead is not None:
        off = f"{answered.ahead:+.0f}"
        yield bad("clock_off", seconds=off) if abs(answered.ahead) > SKEW else fine("clock", seconds=off)


async def _ask(settings: Settings, clock: Callable[[], datetime]) -> GetMeAnswer:
    timeout = aiohttp.ClientTimeout(total=PATIENCE)
    connector = aiohttp.TCPConnector(ssl=trust())
    async with aiohttp.ClientSession(timeout=timeout, connector=connector) as session:
        began = time.perf_counter()
        url = f"{settings.api_url}/bot{settings.token}/getMe"
        async with session.post(url, proxy=proxy_for(url)) as answer:
            body = await answer.read()
            seconds = time.perf_counter() - began
            told = _told(body)
            me = told.get("result") if told.get("ok") else {}
            ahead = _ahead(answer.headers.get("Date"), clock())
            return GetMeAnswer(
                answer.status, told.get("ok"), me if isinstance(me, dict) else {}, seconds, ahead
            )


def _told(body: bytes) -> dict[str, Any]:
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def _ahead(date: str | None, now: datetime) -> float | None:
    if not date:
        return None
    try:
        return (now - parsedate_to_datetime(date)).total_seconds()
    except (ValueError, TypeError):
        return None
