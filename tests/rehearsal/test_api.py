"""The local Bot API as HTTP: addresses, bodies, tokens, and Telegram's bad days."""

from datetime import timedelta
from typing import Any

import httpx
import pytest
from telegram.error import RetryAfter

from bot.rehearsal.bot_api.parameters import Parameters
from bot.rehearsal.bot_api.server import _read_json
from bot.rehearsal.call_log import _readable
from bot.rehearsal.fake_telegram import rules
from bot.rehearsal.fake_telegram.state import TOKEN, Change, Clock
from bot.rehearsal.fake_telegram.world import World

# PTB will say how long to wait in another way one day.
PATIENCE = pytest.mark.filterwarnings("ignore:Deprecated since version v22.2")


def address(method: str, token: str = TOKEN) -> str:
    return f"/bot{token}/{method}"


async def test_a_call_may_come_as_query_form_json_or_multipart(
    world: World, client: httpx.AsyncClient
) -> None:
    chat = {"chat_id": str(world.group.id)}
    answers = [
        await client.get(address("sendMessage"), params={**chat, "text": "一"}),
        await client.post(address("sendMessage"), data={**chat, "text": "二"}),
        await client.post(address("sendMessage"), json={"chat_id": world.group.id, "text": "三"}),
        await client.post(address("sendMessage"), data={**chat, "text": "四"}, files={"x": b"y"}),
    ]
    assert [answer.json()["result"]["text"] for answer in answers] == ["一", "二", "三", "四"]


async def test_json_within_a_form_is_read(world: World, client: httpx.AsyncClient) -> None:
    markup = '{"inline_keyboard": [[{"text": "甲", "callback_data": "x"}]]}'
    data = {"chat_id": str(world.group.id), "text": "一", "reply_markup": markup}
    answer = (await client.post(address("sendMessage"), data=data)).json()
    assert answer["result"]["reply_markup"]["inline_keyboard"][0][0]["callback_data"] == "x"


@pytest.mark.parametrize(
    "markup", ["{", "[]", '{"inline_keyboard": [[1]]}', '{"inline_keyboard": [[{"text": " "}]]}']
)
async def test_a_keyboard_that_is_none_is_refused(
    world: World, client: httpx.AsyncClient, markup: str
) -> None:
    data = {"chat_id": str(world.group.id), "text": "一", "reply_markup": markup}
    answer = await client.post(address("sendMessage"), data=data)
    assert (answer.status_code, answer.json()["ok"]) == (400, False)
    assert world.posts() == []


async def test_method_names_know_no_capitals(client: httpx.AsyncClient) -> None:
    assert (await client.get(address("GETME"))).json()["result"]["username"] == "WenduBot"


@pytest.mark.parametrize(
    ("token", "method", "status", "description"),
    [
        ("700000001:wrong", "getMe", 401, "Unauthorized"),
        ("nonsense", "getMe", 404, "Not Found"),
        (TOKEN, "getMeAll", 404, "Not Found"),
    ],
)
async def test_wrong_tokens_and_unknown_methods_are_told_apart(
    client: httpx.AsyncClient, token: str, method: str, status: int, description: str
) -> None:
    answer = await client.get(address(method, token))
    assert answer.status_code == status
    assert answer.json() == {"ok": False, "error_code": status, "description": description}


async def test_a_body_that_is_no_json_is_refused(client: httpx.AsyncClient) -> None:
    for body in ("{", "[]"):
        answer = await client.post(
            address("getMe"), content=body, headers={"content-type": "application/json"}
        )
        assert answer.json()["description"] == "Bad Request: can't parse JSON object"


async def test_files_are_given_only_to_who_has_the_token(world: World, client: httpx.AsyncClient) -> None:
    stored = world.files.keep("document", "x.txt", b"abc")
    assert (await client.get(f"/file/bot{TOKEN}/{stored.path}")).content == b"abc"
    assert (await client.get(f"/file/bot1:x/{stored.path}")).status_code == 404
    assert (await client.get(f"/file/bot{TOKEN}/documents/none")).status_code == 404


async def test_every_call_is_written_down_with_its_answer(world: World, client: httpx.AsyncClient) -> None:
    heard: list[Change] = []
    world.listen(heard.append)
    await client.post(address("sendMessage"), json={"chat_id": world.group.id, "text": "一"})
    await client.post(address("sendDocument"), data={"chat_id": "1"}, files={"document": ("x.txt", b"abc")})
    await client.get(address("getUpdates"))
    sent, failed = world.calls
    assert (sent.method, sent.parameters["text"], sent.ok) == ("sendmessage", "一", True)
    assert sent.answer["result"]["message_id"] == 1
    assert (failed.ok, failed.parameters["document"]) == (False, "x.txt (3 bytes)")
    assert failed.answer["error_code"] == 400
    assert sent.seconds > 0
    assert [change.kind for change in heard] == ["message", "call", "call"]
    assert TOKEN not in str(heard)


@PATIENCE
async def test_too_many_requests_ask_for_patience_as_often_as_wished(world: World, bot: Any) -> None:
    world.faults.too_many(7, times=2, method="sendMessage")
    for _ in range(2):
        with pytest.raises(RetryAfter) as caught:
            await bot.send_message(world.group.id, "一")
        assert str(caught.value) == "Flood control exceeded. Retry in 7 seconds"
    await bot.send_message(world.group.id, "一")


@PATIENCE
async def test_too_many_requests_of_one_chat_leave_others_alone(world: World, bot: Any) -> None:
    other = world.add_group("別班")
    world.faults.too_many(7, chat_id=world.group.id)
    await bot.send_message(other.id, "一")
    with pytest.raises(RetryAfter):
        await bot.send_message(world.group.id, "一")


async def test_in_an_outage_nothing_gets_through(world: World, client: httpx.AsyncClient) -> None:
    world.faults.outage = True
    answer = await client.post(address("sendMessage"), json={"chat_id": world.group.id, "text": "一"})
    assert (answer.status_code, world.posts()) == (502, [])
    world.faults.clear()
    assert (await client.get(address("getMe"))).status_code == 200


async def test_a_lost_answer_leaves_the_message_in_the_chat(world: World, client: httpx.AsyncClient) -> None:
    world.faults.lost_answers = 1
    answer = await client.post(address("sendMessage"), json={"chat_id": world.group.id, "text": "一"})
    assert (answer.status_code, [post.text for post in world.posts()]) == (502, ["一"])


async def test_a_revoked_token_is_unauthorized(world: World, client: httpx.AsyncClient) -> None:
    world.faults.revoked = True
    assert (await client.get(address("getMe"))).status_code == 401


async def test_slowness_is_felt(world: World, client: httpx.AsyncClient) -> None:
    world.faults.seconds = 0.01
    await client.post(address("sendMessage"), json={"chat_id": world.group.id, "text": "一"})
    assert world.calls[-1].seconds >= 0.01


@PATIENCE
async def test_a_group_takes_twenty_messages_a_minute_where_that_is_counted(world: World, bot: Any) -> None:
    world.faults.counting = True
    for _ in range(20):
        await bot.send_message(world.group.id, "一")
    with pytest.raises(RetryAfter, match="Retry in 60 seconds"):
        await bot.send_message(world.group.id, "一")
    await bot.send_message(world.add_group("別班").id, "一")
    assert isinstance(world.clock, Clock)
    world.clock.forward(timedelta(seconds=60))
    await bot.send_message(world.group.id, "一")


def test_deep_json_is_refused_as_telegram_refuses_it() -> None:
    deep = "[" * 200_000
    with pytest.raises(rules.ApiError):
        _read_json(deep.encode())
    with pytest.raises(rules.ApiError):
        Parameters({"reply_markup": deep}).json("reply_markup")
    assert _readable(deep) == deep
