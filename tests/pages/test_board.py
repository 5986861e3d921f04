"""The board: what the class sees of a round, what only the teacher does, and who is let in."""

import asyncio
import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.datastructures import Address

from bot.pages.board import server
from bot.pages.board.panels import EM, PanelSizes, charts, fitted, height_of
from bot.pages.board.server import Boards, OpenBoard, Seat, SharedView
from bot.pages.board.snapshot import View, state
from bot.pages.charts.evidence import EvidencePiece
from bot.pages.texts import LANGUAGES
from db.discussion.board import BoardSettings
from tests.dialogue import Seminar, our_packs
from tests.pages.drawings import lines, parsed
from tests.pages.samples import LOOKS

NASTY = "<script>alert(1)</script> \u202eרע " + "哈" * 4000
FIT = PanelSizes(dict.fromkeys(("stances", "words", "evidence", "voices"), (30.0, 10.0)))


class Class:
    """A round in which two spoke, and its boards."""

    def __init__(self, seminar: Seminar) -> None:
        self.seminar = seminar
        self.boards = Boards(seminar.store, our_packs, seminar.clock, "http://board.test")

    @property
    def id(self) -> int:
        return self.seminar.store.seminars.all()[0].id

    def seat(self, view: View = "class") -> Seat:
        return Seat(self.seminar.store.seminars.all()[0], view)

    async def view(self, view: View = "class") -> dict[str, Any]:
        """What an open page is sent."""
        return json.loads(await self.boards._text(OpenBoard(self.seat(view), FIT)))  # type: ignore[no-any-return]

    def charts(self) -> dict[str, Any]:
        scene = self.boards._scenes.scene(self.id)
        return charts(scene, self.boards._scenes, stances=scene.steering.revealed)

    def act(self, **act: object) -> None:
        self.boards._heed(OpenBoard(self.seat("teacher")), json.dumps(act))


@pytest.fixture
async def held(seminar: Seminar) -> Class:
    await seminar.says("陳老師", "/discuss")
    teacher = seminar.world.person("陳老師").user
    opened = seminar.store.rounds.open(
        seminar.store.seminars.all()[0].id,
        prompt_slug="main-question",
        prompt_text="",
        opened_by=seminar.store.people.meet(teacher.id, teacher.full_name).id,
        at=seminar.clock(),
    )
    await seminar.says("小安", "AI 只是符號拼貼，因為它沒有活過")
    await seminar.says("小敏", "小安說的符號拼貼，AI 也會")
    for name, step in (("小安", 1), ("小敏", 4)):
        user = seminar.world.person(name).user
        person = seminar.store.people.meet(user.id, user.full_name)
        seminar.store.stances.set(opened.id, person.id, "before", step, seminar.clock())
    return Class(seminar)


async def test_the_class_sees_prompt_words_evidence_and_remarks_under_aliases(held: Class) -> None:
    view = await held.view()
    assert view["prompt"] == {"text": "AI電影能承載人文溫度嗎", "lang": "zh-Hant"}
    assert view["counts"] == "2 人發言・2 則・2 人表態"
    assert set(view["drawn"]) == {"words", "evidence", "voices"}
    assert ("AI", 2) in held.charts()["words"].words
    assert EvidencePiece("符號拼貼", 2) in held.charts()["evidence"].groups[1].pieces
    assert len(view["latest"]) == 2
    assert not any(name in json.dumps(view, ensure_ascii=False) for name in ("小安", "小敏"))


async def test_nobodys_alias_is_among_the_words_in_place_of_a_name(held: Class) -> None:
    await held.seminar.says("阿哲", "小安說得對，小安的例子好")
    (alias,) = {one.alias for one in held.boards._scenes.scene(held.id).shown if "活過" in one.text}
    assert alias not in dict(held.charts()["words"].words)


async def test_stances_are_not_even_sent_before_the_teacher_reveals_them(held: Class) -> None:
    view = await held.view()
    assert "stances" not in view["drawn"]
    assert view["hidden"]
    assert "stances" in (await held.view("teacher"))["drawn"]
    held.act(act="reveal", on=True)
    assert held.charts()["stances"].rounds[0].before == (1, 0, 0, 1, 0)
    assert "stances" in (await held.view())["drawn"]


async def test_another_round_begins_hidden_again(held: Class) -> None:
    held.act(act="reveal", on=True)
    held.act(act="freeze", on=True)
    await held.seminar.says("陳老師", "/close")
    await held.seminar.says("陳老師", "/discuss 誰是作者？")
    view = await held.view()
    assert view["steering"] == {"revealed": False, "frozen": False, "named": False}
    assert view["hidden"]
    assert view["latest"] == []


def test_participation_is_without_names_until_the_teacher_wants_them(held: Class) -> None:
    look = LOOKS["page-light-zh-Hant"]
    aliases = {one.alias for one in held.boards._scenes.scene(held.id).shown}
    assert not any(alias in held.charts()["voices"].svg(look) for alias in aliases)
    held.act(act="name", on=True)
    assert all(alias in held.charts()["voices"].svg(look) for alias in aliases)


async def test_a_remark_taken_off_is_gone_from_the_board_and_stays_in_the_log(held: Class) -> None:
    mark = (await held.view("teacher"))["overseen"][0]["mark"]
    held.act(act="hide", mark=mark, on=True)
    assert len((await held.view())["latest"]) == 1
    assert [one["hidden"] for one in (await held.view("teacher"))["overseen"]] == [True, False]
    assert len(held.seminar.store.remarks.of(held.seminar.store.rounds.of(held.id)[0].id)) == 2
    held.act(act="hide", mark=mark, on=False)
    assert len((await held.view())["latest"]) == 2


async def test_all_that_the_teacher_decided_is_so_after_a_restart(held: Class) -> None:
    held.act(act="hide", mark=(await held.view("teacher"))["overseen"][0]["mark"], on=True)
    for act in ("reveal", "name", "freeze"):
        held.act(act=act, on=True)
    before = await held.view()
    assert before["steering"] == {"revealed": True, "frozen": True, "named": True}
    await held.seminar.says("阿哲", "重新啟動以後才說的話")
    assert await Class(held.seminar).view() == before


async def test_what_no_page_of_ours_sends_changes_nothing(held: Class) -> None:
    before = await held.view()
    onlooker = OpenBoard(held.seat("teacher"))
    odd = [
        "",
        "[]",
        "{",
        "[" * 3000,
        '{"act": 1}',
        '{"act": "hide", "mark": "zz"}',
        '{"act": "drop"}',
        "9" * 9999,
    ]
    odd += [
        '{"act": {}}',
        '{"act": "hide", "mark": {}, "on": true}',
        '{"act": "fit", "panels": {"words": ["a", 1]}}',
    ]
    odd += ['{"act": "fit", "panels": 1}', '{"act": "fit", "panels": {"words": 5}}']
    for told in odd:
        held.boards._heed(onlooker, told)
    assert onlooker.fit is None
    assert await held.view() == before


async def test_the_class_steers_nothing(held: Class) -> None:
    held.boards._heed(OpenBoard(held.seat()), '{"act": "reveal", "on": true}')
    assert (await held.view())["hidden"]


async def test_a_frozen_board_stays_as_it_was_but_for_the_teacher(held: Class) -> None:
    held.act(act="reveal", on=True)
    held.act(act="freeze", on=True)
    frozen = await held.view()
    held.seminar.later(seconds=5)
    said = await held.seminar.says("阿哲", "我有別的看法，說來話長")
    person = held.seminar.store.remarks.of(1)[-1].person_id
    held.seminar.store.stances.set(1, person, "before", 5, held.seminar.clock())
    assert said
    assert await held.view() == frozen
    assert len((await held.view("teacher"))["overseen"]) == 3
    held.act(act="freeze", on=False)
    assert len((await held.view())["latest"]) == 3
    assert held.charts()["stances"].rounds[0].before == (1, 0, 0, 1, 1)


async def test_an_edit_does_not_reach_a_frozen_board(held: Class) -> None:
    held.act(act="freeze", on=True)
    frozen = await held.view()
    store, first = held.seminar.store, held.seminar.store.remarks.of(1)[0]
    later = held.seminar.clock() + timedelta(seconds=5)
    assert store.remarks.edit(chat_id=first.chat_id, message_id=first.message_id, at=later, text="改過的話")
    assert await held.view() == frozen
    held.act(act="freeze", on=False)
    assert "改過的話" in str((await held.view())["latest"])


async def test_a_remark_goes_from_a_frozen_board_too_when_it_is_taken_off(held: Class) -> None:
    held.act(act="freeze", on=True)
    held.act(act="hide", mark=(await held.view("teacher"))["overseen"][0]["mark"], on=True)
    assert len((await held.view())["latest"]) == 1


async def test_who_is_forgotten_goes_from_a_frozen_board_too(held: Class) -> None:
    held.act(act="freeze", on=True)
    store = held.seminar.store
    store.erasure.forget(store.remarks.of(1)[0].person_id)
    assert len((await held.view())["latest"]) == 1


async def test_answers_collected_first_are_not_shown_before_they_are_revealed(held: Class) -> None:
    (shown,) = held.seminar.store.rounds.of(held.id)
    assert held.boards._scenes._remarks(replace(shown, visibility="post_first"), BoardSettings()) == ()


async def test_words_that_mean_harm_are_text_and_short(held: Class) -> None:
    await held.seminar.says("阿哲", NASTY[:4000])
    (latest, *_) = (await held.view())["latest"]
    assert latest["said"]["text"].startswith("<script>alert(1)</script>")
    assert "\u202e" not in latest["said"]["text"]
    assert len(latest["said"]["text"]) < 200


async def test_each_part_says_its_language(held: Class) -> None:
    for words in ("I do not think so at all", "导演的温度"):
        await held.seminar.says("阿哲", words)
    spoken = [one["said"]["lang"] for one in (await held.view())["latest"]]
    assert spoken == ["zh-Hans", "en", "zh-Hant"]


def test_the_time_left_is_told_in_seconds(held: Class) -> None:
    scene = held.boards._scenes.scene(held.id)
    assert scene.round
    assert state(scene, held.seminar.clock())["left"] is None
    ends = held.seminar.clock() + timedelta(seconds=90)
    limited = replace(scene, round=replace(scene.round, ends_at=ends))
    assert state(limited, held.seminar.clock())["left"] == 90


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("panel", [(30.0, 9.0), (17.0, 9.0), (51.0, 16.0)], ids=str)
async def test_charts_fit_their_panels_with_letters_of_at_least_an_em(
    held: Class, language: str, panel: tuple[float, float]
) -> None:
    held.act(act="reveal", on=True)
    for name, chart in held.charts().items():
        svg = fitted(chart, panel, dark=True, language=language)
        assert min(line.size for line in lines(svg)) >= EM, name
        assert float(parsed(svg).attrib["width"]) == panel[0] * EM
        assert height_of(svg) <= panel[1] * EM or name in {"stances", "evidence"}, name
    roomy = fitted(held.charts()["stances"], (51.0, 9.0), dark=True, language=language)
    assert height_of(roomy) <= 9 * EM


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
    font = await browser.get("/board/fonts/regular.otf")
    assert font.headers["cache-control"] == "max-age=86400"
    assert (await browser.get("/board/fonts/metrics.json")).status_code == 404


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


@pytest.mark.parametrize("host", ["", "[", "127.0.0.1:no", "evil.test"])
async def test_a_house_without_an_address_of_its_own_answers_no_host_that_cannot_be_read(
    held: Class, browser: httpx.AsyncClient, host: str
) -> None:
    held.boards.base = ""
    path = held.boards.links(held.id)[0]
    assert (await browser.get(f"http://board.test{path}", headers={"host": host})).status_code == 403


@pytest.mark.parametrize(("language", "words"), [("zh-Hans", "课堂看板"), ("en", "Class board")])
async def test_the_page_is_in_the_seminars_language(
    held: Class, browser: httpx.AsyncClient, language: str, words: str
) -> None:
    held.seminar.store.seminars.configure(held.id, language=language)
    page = (await browser.get(held.boards.links(held.id)[0])).text
    assert f'<html lang="{language}"' in page
    assert words in page


class Page:
    """A board's socket, held by somebody; it says how large it is, then nothing."""

    def __init__(self, key: str, host: str) -> None:
        self.path_params = {"key": key}
        self.client = Address(host, 1)
        self.sent: asyncio.Queue[str] = asyncio.Queue()
        self.refused = asyncio.Event()
        self._said = ['{"act": "fit", "panels": {"words": [30, 10]}}']

    async def accept(self) -> None:
        pass

    async def close(self, _code: int) -> None:
        self.refused.set()

    async def receive_text(self) -> str:
        if not self._said:
            await asyncio.Event().wait()
        return self._said.pop()

    async def send_text(self, text: str) -> None:
        self.sent.put_nowait(text)


async def test_pages_are_bounded_by_key_and_all_get_the_same_drawing_made_once(
    held: Class, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "MOST_OF_KEY", 5)
    key = held.seminar.store.board.key(held.id, "class")
    pages = [Page(key, f"10.0.0.{number}") for number in range(6)]
    tasks = [asyncio.create_task(held.boards._live(page)) for page in pages]  # type: ignore[arg-type]
    texts = [await asyncio.wait_for(page.sent.get(), 60) for page in pages[:5]]
    assert len({id(text) for text in texts}) == 1, "made once"
    await asyncio.wait_for(pages[5].refused.wait(), 5)
    tasks[0].cancel()
    await asyncio.gather(tasks[0], return_exceptions=True)
    later = Page(key, "10.0.0.9")
    tasks.append(asyncio.create_task(held.boards._live(later)))  # type: ignore[arg-type]
    assert await asyncio.wait_for(later.sent.get(), 60)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    assert not held.boards._open


def test_what_costs_much_is_made_more_rarely_and_a_press_does_not_wait() -> None:
    shared = SharedView(seen=1, made=100.0, cost=1.0)
    assert not shared.is_due(2, 105.0, pressed=False)
    assert shared.is_due(2, 110.0, pressed=False)
    assert shared.is_due(2, 100.1, pressed=True)
    assert not shared.is_due(1, 110.0, pressed=False)
    assert shared.is_due(1, 115.0, pressed=False), "the time left is told again"
