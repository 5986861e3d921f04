"""How updates come in while the house runs: fetched by polling, or brought to the webhook."""

import asyncio
import logging
import secrets
from collections.abc import Sequence
from contextlib import AsyncExitStack
from urllib.parse import unquote, urlsplit

from starlette.routing import BaseRoute, Match
from telegram import Bot
from telegram.error import BadRequest, InvalidToken, TelegramError

from bot.config import ConfigError, Settings
from bot.intake.inbox import Intake
from bot.intake.polling import ALLOWED, poll, unless
from bot.intake.web_server import health, serving
from bot.intake.webhook import webhook
from bot.sending.http import AiohttpRequest
from db.store import Store

AT_ONCE = 20  # updates that Telegram may bring at the same time
CHECK_EVERY = 300.0  # seconds between looks at what Telegram has to say about the webhook
LONGEST_PAUSE = 30.0  # seconds between tries to set it

log = logging.getLogger(__name__)


async def arrive(  # noqa: PLR0913  whence, whither, until when
    settings: Settings,
    bot: Bot,
    store: Store,
    intake: Intake,
    stop: asyncio.Event,
    *,
    pages: Sequence[BaseRoute] = (),
) -> None:
    """Take updates in until `stop`; serve /healthz, /metrics and `pages` where the settings say so.

    Raises:
        ConfigError: the address to listen at cannot be had, or the webhook's is that of a page of ours.
        InvalidToken: Telegram does not know the token (any more).
    """
    routes: list[BaseRoute] = [*health(store, intake), *pages]
    secret = settings.webhook_secret or secrets.token_urlsafe(32)
    if settings.webhook_url:
        routes.append(webhook(intake, path=_free(settings.webhook_url, routes), secret=secret))
    async with AsyncExitStack() as stack:
        if settings.listen:
            try:
                host, port = await stack.enter_async_context(serving(settings.listen, routes))
            except OSError as error:
                raise _taken(settings.listen) from error
            log.info("在 %s:%d 提供 /healthz 與 /metrics / serving at %s:%d", host, port, host, port)
        if settings.webhook_url:
            await _brought(bot, settings.webhook_url, secret, stop)
        else:
            await _fetched(settings, bot, intake, stop)


async def _fetched(settings: Settings, bot: Bot, intake: Intake, stop: asyncio.Event) -> None:
    try:
        await (
            bot.delete_webhook()
        )  # beside a webhook Telegram answers no polling; a failure shows when polling
    except TelegramError as error:
        log.warning("webhook not removed: %s", type(error).__name__)
    async with AiohttpRequest() as request:
        await poll(request, f"{settings.api_url}/bot{settings.token}", intake, stop)


async def _brought(bot: Bot, url: str, secret: str, stop: asyncio.Event) -> None:
    """Keep the webhook set until `stop`, then remove it: what comes afterwards waits at Telegram."""
    await _set(bot, url, secret, stop)
    while not stop.is_set():
        await unless(stop, asyncio.sleep(CHECK_EVERY))
        if not stop.is_set():
            await _check(bot, url, secret, stop)
    try:
        await bot.delete_webhook()
    except TelegramError as error:
        log.warning("webhook not removed: %s", type(error).__name__)


async def _set(bot: Bot, url: str, secret: str, stop: asyncio.Event) -> None:
    failures = 0
    while not stop.is_set():
        try:
            await bot.set_webhook(
                url, secret_token=secret, allowed_updates=list(ALLOWED), max_connections=AT_ONCE
            )
        except InvalidToken:
            raise
        except BadRequest as error:
            raise _refused(url, error) from error
        except TelegramError as error:
            failures += 1
            log.warning("webhook 尚未設定成功，稍後再試 / webhook not set yet: %s", type(error).__name__)
            await unless(stop, asyncio.sleep(min(LONGEST_PAUSE, 2.0 ** min(failures - 1, 5))))
        else:
            log.info("Telegram 會把訊息送到 webhook / Telegram brings updates to the webhook")
            return


async def _check(bot: Bot, url: str, secret: str, stop: asyncio.Event) -> None:
    """Say what Telegram complains of, and set the webhook again where somebody has changed it."""
    try:
        info = await bot.get_webhook_info()
    except InvalidToken:
        raise
    except TelegramError as error:
        log.warning("webhook not checked: %s", type(error).__name__)
        return
    if info.url != url:
        log.error(
            "webhook 被別的程式改掉了；同一個 token 只能有一個程式使用。重新設定"
            " / another program has changed the webhook: only one may use a token. Setting it again"
        )
        await _set(bot, url, secret, stop)
    elif info.last_error_message and info.pending_update_count:
        log.warning(
            "Telegram 送不到 webhook，有 %d 則在等 / Telegram cannot deliver, %d updates wait: %s",
            info.pending_update_count,
            info.pending_update_count,
            info.last_error_message,
        )


def _free(url: str, routes: Sequence[BaseRoute]) -> str:
    """Return the path at which Telegram calls, which must lead to none of our pages, with or without a slash.

    They stand before the webhook: Telegram would be answered by the page, and no update would ever come in.
    """
    path = unquote(urlsplit(url).path) or "/"
    for each in {path.rstrip("/") or "/", path.rstrip("/") + "/"}:
        scope = {"type": "http", "method": "POST", "path": each}
        if any(route.matches(scope)[0] is not Match.NONE for route in routes):
            raise _ours(url, path)
    return path


def _ours(url: str, path: str) -> ConfigError:
    return ConfigError(
        "WENDU_WEBHOOK_URL",
        f"「{url}」的路徑 {path} 是溫度自己的頁面（/healthz、/metrics、/board），Telegram 的訊息會進不來。"
        "請改用別的路徑，例如 /wendu，並把反向代理也指到那裡",
        f"the path {path} of {url!r} is a page of ours (/healthz, /metrics, /board), so no update gets in."
        " Choose another path, such as /wendu, and point the reverse proxy there too",
    )


def _taken(address: tuple[str, int]) -> ConfigError:
    where = f"{address[0]}:{address[1]}"
    return ConfigError(
        "WENDU_LISTEN",
        f"無法在 {where} 接受連線：可能已被別的程式占用，請換一個連接埠",
        f"cannot listen at {where}: another program may be there; choose another port",
    )


def _refused(url: str, error: Exception) -> ConfigError:
    return ConfigError(
        "WENDU_WEBHOOK_URL",
        f"Telegram 不接受「{url}」（{error}）。要用 443、80、88 或 8443 連接埠的公開 https 網址",
        f"Telegram refuses {url!r} ({error}): it wants a public https address at port 443, 80, 88 or 8443",
    )
