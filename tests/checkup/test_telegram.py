from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.checkup.findings import CheckResult, CheckState
from bot.checkup.telegram import telegram
from bot.config import Settings
from bot.intake.web_server import serving
from tests.crash.telegram import TOKEN, Telegram


class Private(Telegram):
    """A Telegram whose bot has privacy mode on."""

    def answer(self, method: str, parameters: dict[str, Any]) -> Any:
        result = super().answer(method, parameters)
        return {**result, "can_read_all_group_messages": False} if method == "getMe" else result


@pytest.fixture
def running() -> Iterator[Telegram]:
    with Telegram() as there:
        yield there


async def found(url: str, *, token: str = TOKEN, ahead: timedelta = timedelta()) -> dict[str, CheckResult]:
    settings = Settings(token=token, api_url=url, database=Path("none.db"))
    findings = await telegram(settings, lambda: datetime.now(UTC) + ahead)
    return {finding.key: finding for finding in findings}


def lines(findings: dict[str, CheckResult]) -> str:
    return "\n".join(
        finding.line(language) for finding in findings.values() for language in ("zh-Hant", "en")
    )


async def test_all_is_well_with_a_telegram_that_knows_the_token(running: Telegram) -> None:
    findings = await found(running.url)
    assert list(findings) == ["telegram", "privacy_off", "clock"]
    assert {finding.state for finding in findings.values()} == {CheckState.FINE}
    assert "@wendu_bot" in lines(findings)


async def test_privacy_mode_could_be_better_and_says_both_ways() -> None:
    with Private() as there:
        findings = await found(there.url)
    assert findings["privacy_on"].state is CheckState.COULD_BE_BETTER
    assert "/setprivacy" in lines(findings)


@pytest.mark.parametrize("hours", [-8, 8])
async def test_a_clock_that_is_off_is_bad(running: Telegram, hours: int) -> None:
    findings = await found(running.url, ahead=timedelta(hours=hours))
    assert findings["clock_off"].state is CheckState.BAD
    assert f"{hours * 3600:+}"[:3] in lines(findings)


@pytest.mark.parametrize("status", [401, 404])
async def test_a_token_that_was_revoked_is_bad_and_not_shown(running: Telegram, status: int) -> None:
    running.refusals["getMe"] = (status, "Unauthorized")
    findings = await found(running.url)
    assert findings["token_unknown"].state is CheckState.BAD
    assert TOKEN.split(":")[1] not in lines(findings)


async def test_a_telegram_that_is_ill_is_bad(running: Telegram) -> None:
    running.refusals["getMe"] = (502, "Bad Gateway")
    assert (await found(running.url))["telegram_ill"].state is CheckState.BAD


async def test_no_way_to_telegram_is_bad_and_the_token_is_not_shown() -> None:
    findings = await found("http://127.0.0.1:9")
    assert findings["unreachable_other"].state is CheckState.BAD
    assert TOKEN.split(":")[1] not in lines(findings)


async def test_without_a_token_nobody_is_asked() -> None:
    assert list(await found("http://127.0.0.1:9", token="")) == ["no_token"]


@pytest.mark.parametrize("body", ['{"detail":"Not Found"}', "<html>Log in to the school's network</html>"])
@pytest.mark.parametrize("status", [200, 404])
async def test_another_server_is_said_and_not_that_the_token_is_unknown(body: str, status: int) -> None:
    async def answer(_: Request) -> Response:
        return Response(body, status)

    async with serving(("127.0.0.1", 0), [Route("/{rest:path}", answer, methods=["POST"])]) as (host, port):
        findings = await found(f"http://{host}:{port}")
    assert list(findings) == ["unreachable_stranger"]
    assert "WENDU_API_URL" in lines(findings)


@pytest.mark.parametrize("proxy", ["http://:bad", "http://[", "foo"])
async def test_a_proxy_that_is_none_is_said(monkeypatch: pytest.MonkeyPatch, proxy: str) -> None:
    monkeypatch.setenv("http_proxy", proxy)
    findings = await found("http://telegram.example")
    assert list(findings) == ["unreachable_proxy"]
    assert "HTTPS_PROXY" in lines(findings)
