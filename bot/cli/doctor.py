"""`wendu doctor` and `wendu health`: whether all is well, for people and for machines."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from bot.cli.shared import DOTENV, LANGUAGES, read_settings

if TYPE_CHECKING:
    from bot.checkup.findings import CheckResult
    from bot.config import Settings

EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104  who listens there is asked at home


@click.command()
@click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    help="用哪一種語言說 / of the lines; as in WENDU_LANGUAGE otherwise.",
)
@click.option("--offline", is_flag=True, help="不連 Telegram / do not ask Telegram.")
def doctor(*, language: str | None, offline: bool) -> None:
    """檢查每一樣東西，說出哪裡要改 / Look at everything, and say what to mend.

    有 ❌ 時結束代碼是 1，🟡 不算 / exit status 1 when something has to be mended (❌); 🟡 is no fault.
    """
    from bot.checkup.findings import CheckState, bad, said
    from bot.config import ConfigError, load_settings

    try:
        settings = load_settings(os.environ, DOTENV, need_token=False)
    except ConfigError as error:
        spoken = language or "zh-Hant"
        click.echo(bad("setting", error=said(error, spoken)).line(spoken))
        raise SystemExit(1) from error
    spoken = language or settings.language
    worst = False
    for finding in _findings(settings, spoken, offline=offline):
        click.echo(finding.line(spoken))
        worst = worst or finding.state is CheckState.BAD
    raise SystemExit(1 if worst else 0)


def _findings(settings: "Settings", language: str, *, offline: bool) -> "Iterator[CheckResult]":
    import asyncio

    from bot.checkup import machine, telegram
    from bot.checkup.findings import better

    now = datetime.now(UTC)
    if offline:
        yield better("skipped")
    else:
        yield from asyncio.run(telegram.telegram(settings, lambda: datetime.now(UTC)))
    yield from machine.secrets_file(DOTENV)
    yield from machine.database(settings, language, now)
    yield from machine.folder(settings)
    yield from machine.left_copies(settings)
    yield machine.key(settings)
    yield machine.disk(settings)
    yield from machine.packs(settings)
    yield machine.fonts()


@click.command()
def health() -> None:
    """問執行中的機器人好不好 / Ask the running bot's /healthz; needs WENDU_LISTEN.

    好的話結束代碼是 0，不然是 1 / exit status 0 when it is well, 1 otherwise.
    """
    import http.client

    settings = read_settings()
    if settings.listen is None:
        raise click.UsageError("要設定 WENDU_LISTEN，例如 127.0.0.1:8080 / WENDU_LISTEN is not set")
    host, port = settings.listen
    asked = http.client.HTTPConnection(EVERYWHERE.get(host, host), port, timeout=5)
    try:
        asked.request("GET", "/healthz")
        answer = asked.getresponse()
        click.echo(answer.read().decode(errors="replace"))
    except (OSError, http.client.HTTPException) as error:
        raise click.ClickException(f"沒有回應 / no answer: {error}") from error
    finally:
        asked.close()
    raise SystemExit(0 if answer.status == http.HTTPStatus.OK else 1)
