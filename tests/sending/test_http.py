"""The real connection, over loopback, into the local Bot API."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from telegram import Bot
from telegram.error import BadRequest, InvalidToken, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.intake.web_server import serving
from bot.rehearsal.bot_api.server import api_routes
from bot.rehearsal.fake_telegram.world import World
from bot.sending.http import AiohttpRequest, NotSent, Stranger, Trouble, form_of, trouble_of
from bot.sending.outbox import seconds_asked


@pytest.fixture
def world() -> World:
    world = World()
    world.add_person("小安")
    return world


@pytest.fixture
async def bot(world: World) -> AsyncIterator[Bot]:
    async with serving(("127.0.0.1", 0), api_routes(world)) as (host, port):
        request = AiohttpRequest()
        bot = Bot(
            world.token, base_url=f"http://{host}:{port}/bot", request=request, get_updates_request=request
        )
        async with bot:
            yield bot


async def test_text_arrives_as_it_was_written(world: World, bot: Bot) -> None:
    text = "人文溫度 & 100% = “?”\n第二行 😀"
    await bot.send_message(world.group.id, text)
    assert world.posts(by_bot=True)[-1].text == text


async def test_a_file_arrives_with_its_name_and_bytes(world: World, bot: Bot) -> None:
    data = bytes(range(256)) * 100
    sent = await bot.send_document(world.group.id, data, filename="溫度 “一” 班.zip", caption="記錄")
    stored = world.files.by_id(sent.document.file_id if sent.document else "")
    assert stored is not None
    assert (stored.name, stored.data) == ("溫度 “一” 班.zip", data)


async def test_telegrams_refusals_come_as_ptb_knows_them(world: World, bot: Bot) -> None:
    with pytest.raises(BadRequest):
        await bot.send_message(world.group.id, "字" * 5000)
    world.faults.outage = True
    with pytest.raises(NetworkError):
        await bot.send_message(world.group.id, "一")
    world.faults.clear()
    world.faults.revoked = True
    with pytest.raises(InvalidToken):
        await bot.get_me()


async def test_a_slow_answer_runs_out_of_time(world: World, bot: Bot) -> None:
    world.faults.seconds = 5.0
    with pytest.raises(TimedOut):
        await bot.get_me(read_timeout=0.05)


async def test_a_file_too_big_is_refused_for_good(world: World) -> None:
    async def refuse(_: Request) -> Response:
        return Response("<html>too large</html>", status_code=413)

    async with serving(("127.0.0.1", 0), [Route("/{all:path}", refuse, methods=["POST"])]) as (host, port):
        request = AiohttpRequest()
        bot = Bot(world.token, base_url=f"http://{host}:{port}/", request=request)
        async with request:
            with pytest.raises(BadRequest, match="Too Large"):
                await bot.send_document(world.group.id, b"0" * 2_000_000, filename="x.zip")


STRANGE = ("<html>/bot{token}/getMe</html>", '{{"ok":true,"resu', '["{token}"]', '"down"', "null", "")


async def test_a_page_of_somebody_between_us_is_an_outage_and_neither_believed_nor_quoted(
    world: World,
) -> None:
    statuses = (200, 302, 400, 401, 403, 404, 409, 429, 500, 502, 503, 504)
    pages = [Response(page.format(token=world.token), status) for page in STRANGE for status in statuses]
    left = list(pages)

    async def answer(_: Request) -> Response:
        return left.pop()

    async with serving(("127.0.0.1", 0), [Route("/{all:path}", answer, methods=["POST"])]) as (host, port):
        request = AiohttpRequest()
        bot = Bot(world.token, base_url=f"http://{host}:{port}/bot", request=request)
        async with request:
            for _ in pages:
                with pytest.raises(NetworkError) as caught:
                    await bot.get_me()
                assert type(caught.value) in {NetworkError, Stranger}, "it is tried again, not given up"
                assert world.token not in str(caught.value)


async def test_where_nobody_listens_nothing_was_sent_and_the_token_is_not_told(
    caplog: pytest.LogCaptureFixture,
) -> None:
    token = "123456789:AAEnobody-may-read-this-in-any-error-"
    request = AiohttpRequest()
    bot = Bot(token, base_url="http://127.0.0.1:9/bot", request=request, get_updates_request=request)
    async with request:
        with caplog.at_level(logging.INFO), pytest.raises(NotSent) as caught:
            await bot.get_me()
    assert token not in f"{caught.value!r} {caught.value.__cause__!r} {caplog.text}"


async def test_it_may_be_closed_twice_and_opened_again(world: World, bot: Bot) -> None:
    request = AiohttpRequest()
    await request.shutdown()
    await request.initialize()
    await request.initialize()
    await request.shutdown()
    await request.shutdown()
    with pytest.raises(RuntimeError):
        await request.do_request("http://127.0.0.1:9/", "POST")
    assert (await bot.get_me()).id == world.bot.id
    await asyncio.sleep(0)


async def test_a_proxy_of_the_environment_is_taken_and_spares_whom_it_should(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: list[tuple[str, bool]] = []

    async def proxy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        seen.append((head.split()[1].decode(), b"Proxy-Authorization: Basic cGF0OnNlY3JldA==" in head))
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(proxy, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    monkeypatch.setenv("http_proxy", f"http://pat:secret@127.0.0.1:{port}")
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    async with server, AiohttpRequest() as request:
        assert await request.do_request("http://api.example/botX/getMe", "POST") == (200, b"{}")
        with pytest.raises(NotSent):
            await request.do_request("http://127.0.0.1:9/botX/getMe", "POST")
    assert seen == [("http://api.example/botX/getMe", True)]


ODD = {
    "half a pair": b'{"ok": true, "result": [{"text": "\\ud800"}]}',
    "no UTF-8": b'{"ok": true, "result": [{"text": "\xff"}]}',
    "no number": b'{"ok": true, "result": [{"text": NaN}]}',
}


@pytest.mark.parametrize("payload", ODD.values(), ids=ODD)
def test_an_odd_value_does_not_make_a_batch_unreadable(payload: bytes) -> None:
    assert AiohttpRequest.parse_json_payload(payload)["ok"] is True


def test_what_is_no_json_is_an_error_that_ptb_knows() -> None:
    with pytest.raises(TelegramError):
        AiohttpRequest.parse_json_payload(b"{ok}")


@given(st.dictionaries(st.text("abc_", min_size=1), st.text(st.characters(exclude_categories=["Cs"]))))
def test_a_form_says_what_it_was_given(parameters: dict[str, str]) -> None:
    assert dict(parse_qsl(form_of(parameters), keep_blank_values=True)) == parameters


async def answers(*said: Response) -> AsyncIterator[str]:
    left = list(said)

    async def answer(_: Request) -> Response:
        return left.pop(0) if len(left) > 1 else left[0]

    async with serving(("127.0.0.1", 0), [Route("/{rest:path}", answer, methods=["POST"])]) as (host, port):
        yield f"http://{host}:{port}/bot1:a/getMe"


async def failing(said: Response) -> TelegramError:
    async with AiohttpRequest() as request, asynccontextmanager(answers)(said) as url:
        with pytest.raises(TelegramError) as caught:
            await request.post(url)
    return caught.value


@pytest.mark.filterwarnings("ignore:.*retry_after.*:DeprecationWarning")
@pytest.mark.parametrize(
    ("body", "header", "seconds"),
    [
        ('{"ok":false,"parameters":{"retry_after":7}}', None, 7),
        ('{"ok":false,"parameters":{"retry_after":"7"}}', None, 7),
        ('{"ok":false,"parameters":{"retry_after":2.5}}', "9", 3),
        ('{"ok":false,"parameters":[]}', "9", 9),
        ("<html>slow down</html>", "9", 9),
        ("", "Wed, 21 Oct 2015 07:28:00 GMT", 1),
        ('{"ok":false,"parameters":{"retry_after":-5}}', None, 1),
        ('{"ok":false,"parameters":{"retry_after":1e99}}', None, 86_400),
    ],
)
async def test_how_long_to_wait_is_understood_in_any_form(
    body: str, header: str | None, seconds: int
) -> None:
    error = await failing(Response(body, 429, {"Retry-After": header} if header else {}))
    assert isinstance(error, RetryAfter)
    assert seconds_asked(error) == seconds


@pytest.mark.parametrize("header", ["soon", "nan", ""])
async def test_who_does_not_say_how_long_is_asked_again_as_after_any_fault(header: str) -> None:
    assert isinstance(await failing(Response("", 429, {"Retry-After": header})), NetworkError)


@pytest.mark.parametrize("status", [200, 401, 404])
@pytest.mark.parametrize("body", ['{"detail":"Not Found"}', "<html>", "[]", '{"ok":true}', '"ok"', ""])
async def test_another_servers_answer_is_nobodys_word_on_the_token(status: int, body: str) -> None:
    assert trouble_of(await failing(Response(body, status))) is Trouble.STRANGER


async def test_telegrams_own_word_on_the_token_is_believed() -> None:
    for status in (401, 404):
        error = await failing(Response('{"ok":false,"description":"Unauthorized"}', status))
        assert isinstance(error, InvalidToken)


@pytest.mark.parametrize(
    "proxy", ["foo", "http://:bad", "http://[", "://", "http://127.0.0.1:9", "http://u:secret@[::1"]
)
async def test_a_proxy_that_is_none_is_named_and_never_quoted(
    monkeypatch: pytest.MonkeyPatch, proxy: str
) -> None:
    monkeypatch.setenv("HTTP_PROXY", proxy)
    monkeypatch.setenv("http_proxy", proxy)
    monkeypatch.setenv("no_proxy", "")
    async with AiohttpRequest() as request:
        with pytest.raises(NotSent) as caught:
            await request.post("http://telegram.example/bot1:a/getMe")
    assert caught.value.trouble is Trouble.PROXY
    assert "secret" not in str(caught.value)


async def test_a_server_that_speaks_no_tls_is_told_as_that() -> None:
    async with AiohttpRequest() as request, asynccontextmanager(answers)(Response("")) as url:
        with pytest.raises(NotSent) as caught:
            await request.post(url.replace("http:", "https:"))
    assert caught.value.trouble is Trouble.TLS


async def test_a_name_that_leads_nowhere_is_told_as_that(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY"):
        monkeypatch.delenv(name, raising=False)
    async with AiohttpRequest() as request:
        with pytest.raises(NotSent) as caught:
            await request.post("http://telegram.invalid/bot1:a/getMe")
    assert caught.value.trouble is Trouble.NAME


def test_deep_json_is_an_error_that_ptb_knows() -> None:
    with pytest.raises(TelegramError, match="deep"):
        AiohttpRequest.parse_json_payload(b'{"result":' + b"[" * 200_000 + b"]" * 200_000 + b"}")
