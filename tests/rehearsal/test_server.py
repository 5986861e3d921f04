"""The rehearsal's server: who may speak to it, what it gives away, what page and world tell each other."""

import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
import websockets

from bot.rehearsal.lesson import load_lesson
from bot.rehearsal.page.server import PAGE, open_port, page_texts
from tests.rehearsal.hosted import KEY, PNG, Hosted, hosting

SCRIPTS = sorted(PAGE.glob("*.js"))
INDEX = (PAGE / "index.html").read_text(encoding="utf-8")


@pytest.fixture
async def browser(hosted: Hosted) -> AsyncIterator[httpx.AsyncClient]:
    """A browser that has opened the printed address."""
    async with httpx.AsyncClient(base_url=f"http://{hosted.host}", follow_redirects=True) as client:
        await client.get("/", params={"key": KEY})
        yield client


@asynccontextmanager
async def live(hosted: Hosted, **headers: str | None) -> AsyncIterator[websockets.ClientConnection]:
    """The page's end of the WebSocket."""
    cookie = headers.get("Cookie", f"wendu_rehearsal_{hosted.host.partition(':')[2]}={KEY}")
    origin = headers.get("Origin", f"http://{hosted.host}")
    async with websockets.connect(
        f"ws://{hosted.host}/live",
        origin=None if origin is None else websockets.Origin(origin),
        additional_headers={"Cookie": cookie or ""},
        proxy=None,
    ) as socket:
        yield socket


async def until(socket: websockets.ClientConnection, kind: str) -> Any:
    """Return the next change of that kind."""
    while (change := json.loads(await socket.recv()))["kind"] != kind:
        pass
    return change


async def act(socket: websockets.ClientConnection, what: Any, **details: Any) -> Any:
    """Let the page act, and return what it is told."""
    await socket.send(json.dumps({"n": 7, "act": what, **details}))
    while (told := json.loads(await socket.recv())).get("n") != 7:
        pass
    return told


# Who may speak to it


@pytest.mark.parametrize("path", ["/", "/?key=wrong", "/page/main.js", "/texts/en.json", "/files/x"])
async def test_nothing_is_given_without_the_key(hosted: Hosted, path: str) -> None:
    async with httpx.AsyncClient(base_url=f"http://{hosted.host}") as stranger:
        answer = await stranger.get(path)
    assert answer.status_code == 403
    assert "wendu rehearse" in answer.text


async def test_the_key_moves_from_the_address_into_a_cookie_that_no_script_can_read(hosted: Hosted) -> None:
    async with httpx.AsyncClient(base_url=f"http://{hosted.host}") as client:
        answer = await client.get("/", params={"key": KEY})
        assert answer.status_code == 303
        assert answer.headers["location"] == "/"
        assert "HttpOnly" in answer.headers["set-cookie"]
        assert "SameSite=lax" in answer.headers["set-cookie"]
        assert (await client.get("/")).status_code == 200


async def test_a_header_may_carry_the_key(hosted: Hosted) -> None:
    async with httpx.AsyncClient(base_url=f"http://{hosted.host}") as client:
        assert (await client.get("/", headers={"X-Wendu-Key": KEY})).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "127.0.0.1.evil.example",
        "[::2]:80",
        "a:b:c",
        "",
        "127.0.0.1:no",
        "127.0.0.1:99999",
        "evil@127.0.0.1",
        "localhost.",
        "127.1",
        "2130706433",
        "0.0.0.0",
        "127.0.0.1, evil.example",
    ],
)
async def test_another_hosts_name_is_refused_even_with_the_key(browser: httpx.AsyncClient, host: str) -> None:
    assert (await browser.get("/", headers={"Host": host})).status_code == 403


@pytest.mark.parametrize("origin", ["https://evil.example", "http://127.0.0.1:1", "null"])
async def test_another_sites_page_is_refused_even_with_the_cookie(
    browser: httpx.AsyncClient, hosted: Hosted, origin: str
) -> None:
    assert (await browser.get("/texts/en.json", headers={"Origin": origin})).status_code == 403
    with pytest.raises(websockets.InvalidStatus):
        async with live(hosted, Origin=origin):
            pass


async def test_a_socket_without_origin_or_key_is_refused(hosted: Hosted) -> None:
    wrong: tuple[dict[str, str | None], ...] = ({"Origin": None}, {"Cookie": "wendu_rehearsal=wrong"})
    for headers in wrong:
        with pytest.raises(websockets.InvalidStatus):
            async with live(hosted, **headers):
                pass


async def test_a_program_reaches_the_bot_api_by_its_token_and_a_page_never(hosted: Hosted) -> None:
    token = hosted.rehearsal.world.token
    async with httpx.AsyncClient(base_url=f"http://{hosted.host}") as program:
        answer = await program.get(f"/bot{token}/getMe")
        assert answer.json()["result"]["username"] == "WenduBot"
        assert (await program.get("/bot1:wrong-wrong-wrong-wrong/getMe")).status_code == 401
        from_page = await program.get(f"/bot{token}/getMe", headers={"Origin": f"http://{hosted.host}"})
        assert from_page.status_code == 403


async def test_every_answer_has_the_strict_headers(browser: httpx.AsyncClient, hosted: Hosted) -> None:
    for path in ("/", "/page/main.js", "/texts/en.json", "/files/none", "/nowhere"):
        headers = (await browser.get(path)).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert f"ws://{hosted.host}" in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == "no-store"


def test_a_port_that_is_taken_is_refused_when_asked_for_and_avoided_when_not() -> None:
    with open_port(None) as first:
        taken = first.getsockname()[1]
        with pytest.raises(OSError, match="in use"):
            open_port(taken)
        with open_port(None) as second:
            assert second.getsockname()[1] != taken


# What the page is made of


def test_the_page_has_no_inline_script_style_or_foreign_host() -> None:
    assert not re.search(r"<script(?![^>]*\ssrc=)|\son\w+=|\sstyle=|<style", INDEX)
    for file in [*PAGE.glob("*.html"), *PAGE.glob("*.css"), *SCRIPTS]:
        text = file.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert not re.search(r"https?://(?!\$|\(\?:)[a-z]", text), file.name
        assert "innerHTML" not in text


def test_no_script_is_longer_than_one_can_read_at_once() -> None:
    assert {file.name: n for file in SCRIPTS if (n := len(file.read_text().splitlines())) > 300} == {}


def test_every_text_of_the_page_exists_in_each_language_and_is_used() -> None:
    code = INDEX + "".join(file.read_text(encoding="utf-8") for file in SCRIPTS)
    used = set(re.findall(r'data-(?:text|label)="(\w+)"', INDEX))
    texts = {language: page_texts(language) for language in ("zh-Hant", "zh-Hans", "en")}
    for language, phrases in texts.items():
        assert used <= set(phrases), language
        assert not [key for key, words in phrases.items() if not words]
        unused = [key for key in phrases if f'"{key}"' not in code]
        assert not unused
        for key, words in phrases.items():
            assert re.findall(r"\{\w+\}", words) == re.findall(r"\{\w+\}", texts["zh-Hant"][key]), key
    assert texts["zh-Hans"]["rehearsal"] == "排练"


async def test_the_page_opens_in_the_language_of_the_run(tmp_path: Path) -> None:
    async with hosting(tmp_path, language="en") as hosted, httpx.AsyncClient() as client:
        page = await client.get(f"http://{hosted.host}/", headers={"X-Wendu-Key": KEY})
        assert '<html lang="en">' in page.text
        missing = await client.get(f"http://{hosted.host}/texts/fr.json", headers={"X-Wendu-Key": KEY})
        assert missing.status_code == 404


async def test_a_picture_is_shown_and_any_other_file_only_kept(
    browser: httpx.AsyncClient, hosted: Hosted
) -> None:
    world = hosted.rehearsal.world
    page = world.files.keep("document", "我的<作業>.html", b"<script>alert(1)</script>")
    answer = await browser.get(f"/files/{page.file_id}")
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"] == "attachment"
    disguised = world.files.keep("photo", "photo.svg", b"<svg onload='alert(1)'/>")
    assert (await browser.get(f"/files/{disguised.file_id}")).headers["content-disposition"] == "attachment"
    picture = world.files.keep("photo", "photo.png", PNG)
    shown = await browser.get(f"/files/{picture.file_id}")
    assert shown.headers["content-type"] == "image/png"
    assert shown.content == PNG
    assert (await browser.get("/files/none")).status_code == 404


# What page and world tell each other


async def test_a_page_begins_with_a_snapshot_of_everything(hosted: Hosted) -> None:
    hosted.rehearsal.world.says("小安", "早安")
    async with live(hosted) as socket:
        first = json.loads(await socket.recv())
    assert first["kind"] == "snapshot"
    assert [person["first_name"] for person in first["people"] if person["admin"]] == ["陳老師"]
    assert len(first["people"]) == len(load_lesson().people)
    assert [message["text"] for message in first["messages"]] == ["早安"]
    scopes = {command["scope"] for command in first["commands"]}
    teacher = next(person["id"] for person in first["people"] if person["admin"])
    everybody = {"all_private_chats", "all_group_chats", "all_chat_administrators"}
    assert scopes == everybody | {f"chat:{teacher}"}
    assert first["demo"]["state"] == "idle"


async def test_what_one_page_says_every_page_sees_and_the_bot_answers(hosted: Hosted) -> None:
    world = hosted.rehearsal.world
    asker = world.person("小安").id
    async with live(hosted) as one, live(hosted) as other:
        await until(one, "snapshot")
        await until(other, "snapshot")
        told = await act(one, "say", person=asker, chat=world.group.id, text="/ask 什麼是符號拼貼？")
        assert told["kind"] == "done"
        assert (await until(other, "message"))["message"]["text"] == "/ask 什麼是符號拼貼？"
        answer = (await until(other, "message"))["message"]
    assert answer["from"]["is_bot"]
    assert "出處" in answer["text"]
    assert answer["reply_to_message"]["message_id"] == told["message_id"]


async def test_a_press_is_done_when_the_bot_has_answered_it(hosted: Hosted) -> None:
    world = hosted.rehearsal.world
    teacher = world.person("陳老師").id
    async with live(hosted) as socket:
        await act(socket, "say", person=teacher, chat=world.group.id, text="/discuss AI 有溫度嗎？")
        card = (await until(socket, "message"))["message"]
        data = card["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
        place = {"chat": world.group.id, "message_id": card["message_id"]}
        await socket.send(json.dumps({"n": 1, "act": "press", "person": teacher, "data": data, **place}))
        assert (await until(socket, "answer"))["person"] == teacher
        assert (await until(socket, "done"))["answered"] is True


async def test_an_edit_and_a_vote_reach_every_page(hosted: Hosted) -> None:
    world = hosted.rehearsal.world
    student = world.person("小安").id
    post = world.says(student, "早")
    async with live(hosted) as socket:
        edit = {"person": student, "chat": world.group.id, "message_id": post.id, "text": "早安"}
        await socket.send(json.dumps({"n": 1, "act": "edit", **edit}))
        assert (await until(socket, "edited"))["message"]["text"] == "早安"


async def test_a_new_person_can_speak_at_once_and_no_name_is_given_twice(hosted: Hosted) -> None:
    world = hosted.rehearsal.world
    async with live(hosted) as socket:
        told = await act(socket, "add_person", name="新同學", chat=world.group.id)
        spoken = await act(socket, "say", person=told["person"], chat=world.group.id, text="大家好")
        assert spoken["kind"] == "done"
        again = await act(socket, "add_person", name="新同學", chat=world.group.id)
        assert again["kind"] == "refused"


async def test_a_new_group_is_shown_on_every_page_with_who_is_what_in_it(hosted: Hosted) -> None:
    world = hosted.rehearsal.world
    pupil, teacher = world.person("小安").id, world.person("陳老師").id
    asked = {"title": "新班", "forum": True, "members": [teacher], "bot": "member"}
    async with live(hosted) as one, live(hosted) as other:
        chat = (await act(one, "new_group", person=pupil, **asked))["chat"]
        while len((told := await until(other, "places"))["groups"]) < 2 or told["groups"][1]["members"] < 3:
            pass
        group = told["groups"][1]
        assert (group["id"], group["type"], group["is_forum"]) == (chat, "supergroup", True)
        roles = {str(pupil): "creator", str(teacher): "member", str(world.bot.id): "member"}
        assert group["roles"] == roles
        topic = (await act(one, "open_topic", person=pupil, chat=chat, name="第一題"))["topic"]
        while not (told := await until(other, "places"))["groups"][1]["topics"]:
            pass
        assert told["groups"][1]["topics"][0]["id"] == topic
        world.tell("action", chat, action="typing", thread=topic)
        assert await until(other, "typing") == {"kind": "typing", "chat": chat, "topic": topic}


@pytest.mark.parametrize(
    "wrong",
    [
        {"act": "fly"},
        {"act": None},
        {"act": "say", "person": 1, "chat": 1, "text": "嗨"},
        {"act": "say", "person": True, "chat": "x", "text": "嗨"},
        {"act": "say", "text": ""},
        {"act": "edit", "person": 1, "chat": 1, "message_id": None, "text": "嗨"},
        {"act": "press", "person": 1, "chat": 1, "message_id": 5, "data": "x"},
        {"act": "new_group", "person": [], "title": "x"},
        {"act": "promote", "person": 1, "chat": 1, "whom": {}},
        {"act": "demo", "order": "dance"},
        {"act": "demo", "order": "play", "pace": -1},
    ],
)
async def test_a_wrong_act_is_refused_and_the_page_goes_on(hosted: Hosted, wrong: dict[str, Any]) -> None:
    async with live(hosted) as socket:
        await socket.send("this is no JSON")
        await socket.send("[]")
        told = await act(socket, wrong.pop("act"), **wrong)
        assert told["kind"] == "refused"
        assert told["reason"]
        assert (await act(socket, "demo", order="pause"))["kind"] == "done"


async def test_a_stranger_may_not_speak_in_somebody_elses_private_chat(hosted: Hosted) -> None:
    world = hosted.rehearsal.world
    one, other = world.person("小安").id, world.person("阿哲").id
    async with live(hosted) as socket:
        assert (await act(socket, "say", person=one, chat=other, text="偷看"))["kind"] == "refused"
        assert (await act(socket, "start", person=one, payload=""))["kind"] == "done"


async def test_the_page_can_play_and_stop_the_example_class(hosted: Hosted) -> None:
    async with live(hosted) as socket:
        await act(socket, "demo", order="play", pace=100)
        assert (await until(socket, "demo"))["state"] == "playing"
        await act(socket, "demo", order="stop")
        assert hosted.rehearsal.player.progress.state == "stopped"
