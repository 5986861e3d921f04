"""The board: what the class sees of a round, what only the teacher does, and who is let in."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from bot.pages.board.serving import Boards
from bot.pages.board.state import Steering, draw, fitting, oversee, steered
from tests.dialogue import Seminar, our_packs

NASTY = "<script>alert(1)</script> \u202eרע " + "哈" * 4000


class Class:
    """A round in which two spoke, and its boards."""

    def __init__(self, seminar: Seminar) -> None:
        self.seminar = seminar
        self.boards = Boards(seminar.store, our_packs, seminar.clock, "http://board.test")
        self.steering = Steering()

    @property
    def id(self) -> int:
        return self.seminar.store.seminars()[0].id

    def view(self, **changed: Any) -> dict[str, Any]:
        """What the class's page is sent."""
        scene = replace(self.boards._scene(self.id), **changed)
        self.steering = fitting(self.steering, scene)
        return draw(scene, self.steering, self.boards._touched(scene), self.seminar.clock())

    def teachers(self) -> dict[str, Any]:
        return oversee(self.boards._scene(self.id), self.view())

    def act(self, **act: object) -> None:
        self.boards._steer(self.id, json.dumps(act))
        self.steering = self.boards._steering.get(self.id, self.steering)


@pytest.fixture
async def held(seminar: Seminar) -> Class:
    await seminar.says("陳老師", "/discuss")
    teacher = seminar.world.person("陳老師").user
    opened = seminar.store.open_round(
        seminar.store.seminars()[0].id,
        prompt_slug="main-question",
        prompt_text="",
        opened_by=seminar.store.person(teacher.id, teacher.full_name).id,
        at=seminar.clock(),
    )
    await seminar.says("小安", "AI 只是符號拼貼，因為它沒有活過")
    await seminar.says("小敏", "小安說的符號拼貼，AI 也會")
    for name, step in (("小安", 1), ("小敏", 4)):
        user = seminar.world.person(name).user
        person = seminar.store.person(user.id, user.full_name)
        seminar.store.set_stance(opened.id, person.id, "before", step, seminar.clock())
    return Class(seminar)


def test_the_class_sees_prompt_words_evidence_and_remarks_under_aliases(held: Class) -> None:
    view = held.view()
    assert view["prompt"] == "AI電影能承載人文溫度嗎"
    assert view["counts"] == "2 人發言・2 則・2 人表態"
    assert ("AI", 2) in view["words"]
    assert {"side": "against", "title": "符號拼貼", "times": 2} in view["evidence"]
    assert len(view["latest"]) == 2
    assert not any(name in json.dumps(view, ensure_ascii=False) for name in ("小安", "小敏"))


def test_stances_are_not_even_sent_before_the_teacher_reveals_them(held: Class) -> None:
    assert held.view()["stances"] is None
    assert held.teachers()["stances"][0]["counts"] == [1, 0, 0, 1, 0]
    held.act(act="reveal", on=True)
    assert held.view()["stances"][0]["counts"] == [1, 0, 0, 1, 0]


async def test_another_round_begins_hidden_again(held: Class) -> None:
    held.act(act="reveal", on=True)
    await held.seminar.says("陳老師", "/close")
    await held.seminar.says("陳老師", "/discuss 誰是作者？")
    assert held.view()["stances"] is None
    assert held.view()["latest"] == []


def test_participation_is_without_names_until_the_teacher_wants_them(held: Class) -> None:
    assert [name for name, _ in held.view()["voices"]["bars"]] == ["", ""]
    held.act(act="name", on=True)
    assert all(name for name, _ in held.view()["voices"]["bars"])


def test_a_remark_taken_off_is_gone_from_the_board_and_stays_in_the_log(held: Class) -> None:
    mark = held.teachers()["overseen"][0]["mark"]
    held.act(act="hide", mark=mark, on=True)
    assert len(held.view()["latest"]) == 1
    assert [one["hidden"] for one in held.teachers()["overseen"]] == [True, False]
    assert len(held.seminar.store.remarks(held.seminar.store.rounds(held.id)[0].id)) == 2
    held.act(act="hide", mark=mark, on=False)
    assert len(held.view()["latest"]) == 2


async def test_a_remark_that_is_off_stays_off_after_a_restart(held: Class) -> None:
    held.act(act="hide", mark=held.teachers()["overseen"][0]["mark"], on=True)
    again = Class(held.seminar)
    assert len(again.view()["latest"]) == 1


def test_what_no_page_of_ours_sends_changes_nothing(held: Class) -> None:
    before = held.view()
    for told in ("", "[]", "{", '{"act": 1}', '{"act": "hide", "mark": "zz"}', '{"act": "drop"}'):
        held.boards._steer(held.id, told)
    assert held.view() == before
    assert steered(Steering(), "drop", on=True) == Steering()


async def test_a_frozen_board_stays_as_it_was_but_for_the_teacher(held: Class) -> None:
    seats = [held.boards._seat(link.split("/")[-2]) for link in held.boards.links(held.id)]
    assert seats[0]
    assert seats[1]
    held.act(act="freeze", on=True)
    frozen = await held.boards._view(seats[0])
    await held.seminar.says("阿哲", "我有別的看法，說來話長")
    assert (await held.boards._view(seats[0])) == frozen
    assert len((await held.boards._view(seats[1]))["overseen"]) == 3
    held.act(act="freeze", on=False)
    assert len((await held.boards._view(seats[0]))["latest"]) == 3


async def test_answers_collected_first_are_not_shown_before_they_are_revealed(held: Class) -> None:
    (shown,) = held.seminar.store.rounds(held.id)
    assert held.boards._remarks(replace(shown, visibility="post_first")) == ()


async def test_words_that_mean_harm_are_text_and_short(held: Class) -> None:
    await held.seminar.says("阿哲", NASTY[:4000])
    (latest, *_) = held.view()["latest"]
    assert latest["text"].startswith("<script>alert(1)</script>")
    assert "\u202e" not in latest["text"]
    assert len(latest["text"]) < 200


def test_the_time_left_is_told_in_seconds(held: Class) -> None:
    scene = held.boards._scene(held.id)
    assert scene.round
    assert held.view()["left"] is None
    ends = held.seminar.clock() + timedelta(seconds=90)
    assert held.view(round=replace(scene.round, ends_at=ends))["left"] == 90


@pytest.fixture
def browser(held: Class) -> httpx.AsyncClient:
    app = Starlette(routes=[held.boards.mount()])
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://board.test")


async def test_each_key_opens_its_page_and_no_other_does(held: Class, browser: httpx.AsyncClient) -> None:
    ours, teachers = held.boards.links(held.id)
    assert 'data-view="class"' in (await browser.get(ours)).text
    page = await browser.get(teachers)
    assert 'data-act="reveal"' in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert (await browser.get("/board/00/")).status_code == 404
    assert (await browser.get("/board/ä/")).status_code == 404
    assert (await browser.get("/board/static/board.js")).status_code == 200


@pytest.mark.parametrize(
    ("host", "origin", "status"),
    [
        ("board.test", "http://board.test", 200),
        ("127.0.0.1:8080", None, 200),
        ("192.168.1.20:8080", None, 200),  # in the classroom's own network
        ("evil.test", None, 403),  # a name that somebody points at us
        ("board.test", "http://evil.test", 403),
        ("[", None, 403),
    ],
)
async def test_only_hosts_and_pages_of_our_own_are_answered(
    held: Class, browser: httpx.AsyncClient, host: str, origin: str | None, status: int
) -> None:
    headers = {"host": host} | ({"origin": origin} if origin else {})
    assert (await browser.get(held.boards.links(held.id)[0], headers=headers)).status_code == status


@pytest.mark.parametrize(("language", "words"), [("zh-Hans", "课堂看板"), ("en", "Class board")])
async def test_the_page_is_in_the_seminars_language(
    held: Class, browser: httpx.AsyncClient, language: str, words: str
) -> None:
    held.seminar.store.configure(held.id, language=language)
    page = (await browser.get(held.boards.links(held.id)[0])).text
    assert f'<html lang="{language}"' in page
    assert words in page
