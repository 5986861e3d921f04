"""The board in a real Chromium: it follows the class of the rehearsal page, live, in tabs of its own."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from socket import socket
from typing import Literal

import pytest
from playwright.async_api import Browser, BrowserContext, Page, ViewportSize, async_playwright, expect
from starlette.applications import Starlette

from bot.pages.board.server import Boards
from bot.rehearsal.page.server import make_server, open_port
from db.store import Store
from tests.dialogue import our_packs
from tests.rehearsal.browsing import (
    ARGUMENTS,
    CHROMIUM,
    NASTY,
    accessible,
    last,
    press,
    say,
    speak_as,
)
from tests.rehearsal.hosted import Hosted

PROJECTOR = ViewportSize(width=1920, height=1080)
OLD_PROJECTOR, PHONE = ViewportSize(width=1024, height=768), ViewportSize(width=390, height=800)
LOOKS: tuple[Literal["light", "dark"], ...] = ("light", "dark")
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
DOWNWARDS = "document.documentElement.scrollHeight - document.documentElement.clientHeight"
SMALLEST = """Math.min(...[...document.querySelectorAll('body *')]
  .filter(one => one.checkVisibility() && !one.closest('.chart.drawn h2, title, desc'))
  .filter(one => [...one.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
  .map(one => parseFloat(getComputedStyle(one).fontSize) * (one.getScreenCTM?.().a ?? 1)))"""
SPOKEN = "[...document.querySelectorAll('svg')].map(one => one.getAttribute('aria-label'))"

pytestmark = pytest.mark.browser  # skipped, and said so, where there is no Chromium


@pytest.fixture
async def tabs(hosted: Hosted, chromium: Browser) -> AsyncIterator[BrowserContext]:
    """Tabs of one browser that fail the test when one complains or asks another host."""
    complaints: list[str] = []

    def watch(page: Page) -> None:
        page.set_default_timeout(60_000)
        page.on("console", lambda said: complaints.append(said.text) if said.type != "info" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("dialog", lambda dialog: complaints.append(dialog.message))
        page.on(
            "request",
            lambda asked: (
                None
                if f"//{hosted.host}/" in asked.url or asked.url.startswith(("file:", "data:"))
                else complaints.append(asked.url)
            ),
        )

    context = await chromium.new_context(viewport=PROJECTOR, locale="zh-TW", reduced_motion="reduce")
    context.on("page", watch)
    page = await context.new_page()
    await page.goto(hosted.address)
    await expect(page.locator("body.ready")).to_be_attached()
    yield context
    await context.close()
    assert complaints == []


async def tell(page: Page, who: str, text: str) -> None:
    await speak_as(page, who)
    await say(page, text)
    await expect(last(page)).to_be_visible()


async def begun(tabs: BrowserContext, hosted: Hosted) -> tuple[Page, Page, Page, Page]:
    """Open a round on the rehearsal page and, in three further tabs, two boards and the teacher's page."""
    (chat,) = tabs.pages
    await tell(chat, "陳老師", "/discuss")
    await chat.locator(".key", has_text="立場").last.click()
    await chat.locator(".key", has_text="AI電影能承載").last.click()
    await chat.locator(".key", has_text="▶").last.click()
    await tell(chat, "陳老師", "/board")
    link = chat.locator("#list a[href*='/board/']").last
    await expect(link).to_be_visible()
    board, other, teacher = [await tabs.new_page() for _ in range(3)]
    for page in (board, other):
        await page.goto(str(await link.get_attribute("href")))
    await other.set_viewport_size(OLD_PROJECTOR)
    await teacher.goto(hosted.rehearsal.boards.links(1)[1])
    for page in (board, other, teacher):
        await expect(page.locator("#prompt")).to_have_text("AI電影能承載人文溫度嗎", timeout=60_000)
    return chat, board, other, teacher


async def test_a_class_is_held_three_tabs_follow_it_and_the_report_is_taken_home(
    tabs: BrowserContext, hosted: Hosted, tmp_path: Path
) -> None:
    chat, board, other, teacher = await begun(tabs, hosted)
    await follow(chat, board, other)
    await steer(chat, board, other, teacher)
    await keep_pictures(board)
    await tell(chat, "陳老師", "/close")
    for page in (board, other, teacher):
        await expect(page.locator("#round")).to_contain_text("已結束")
    await read_report(tabs, await download_report(chat, tmp_path))
    await no_barrier(hosted, board, teacher)


async def follow(chat: Page, *boards: Page) -> None:
    """What the class says and chooses is on both boards; where it stands is not."""
    await tell(chat, "小安", "AI 的符號拼貼沒有溫度")
    await tell(chat, "阿哲", "AI 的溫度是觀眾給的")
    for name, step in (("小安", "贊成"), ("阿哲", "強烈反對")):
        await speak_as(chat, name)
        await press(chat, step)
    for board in boards:
        await expect(board.locator("#latest")).to_contain_text("觀眾給的", timeout=60_000)  # dictionaries
        await expect(board.locator("#words svg")).to_contain_text("AI")
        await expect(board.locator("#counts")).to_contain_text("2 人表態")
        await expect(board.locator("#stances")).to_contain_text("老師公布後")
        await expect(board.locator("#evidence svg text", has_text="符號拼貼")).to_be_visible()
        assert "阿哲" not in await board.content()


async def steer(chat: Page, board: Page, other: Page, teacher: Page) -> None:
    """The teacher reveals, takes a remark off, freezes and goes on; both boards obey."""
    await expect(teacher.locator("#stances svg")).to_be_visible()
    await teacher.get_by_role("button", name="公布立場").click()
    for page in (board, other):
        await expect(page.locator("#stances svg text", has_text="前 2")).to_be_visible()
    await teacher.locator("#overseen button").first.click()
    for page in (board, other):
        await expect(page.locator("#latest")).not_to_contain_text("觀眾給的")
    await teacher.locator("#overseen button").first.click()
    await expect(board.locator("#latest")).to_contain_text("觀眾給的")
    await teacher.get_by_role("button", name="暫停畫面").click()
    await expect(board.locator("#notice")).to_have_text("畫面暫停中")
    await tell(chat, "小安", "這句要等一下才看得到")
    await expect(teacher.locator("#overseen")).to_contain_text("等一下才看得到")
    await expect(board.locator("#latest")).not_to_contain_text("等一下才看得到")
    await teacher.get_by_role("button", name="暫停畫面").click()
    await expect(board.locator("#latest")).to_contain_text("等一下才看得到")


async def download_report(chat: Page, folder: Path) -> Path:
    """Ask for the report, and save it from the private chat in which it arrives."""
    await say(chat, "/report 1")
    ways = chat.locator(".key", has_text="打開私訊")
    await expect(ways).to_have_count(2)  # the first one came with /board
    await ways.last.click()
    await chat.get_by_role("button", name="開始", exact=True).click()
    async with chat.expect_download() as downloading:
        await chat.locator("a.file").last.click()
    path = folder / (await downloading.value).suggested_filename
    await (await downloading.value).save_as(path)
    return path


async def read_report(tabs: BrowserContext, path: Path) -> None:
    report = await tabs.new_page()
    await report.goto(path.as_uri())
    await expect(report.get_by_role("heading", level=1)).to_have_text("AI電影能承載人文溫度嗎")
    drawn = report.locator("main figure:not(.excerpt)")
    assert await drawn.count() >= 4
    for chart in await drawn.all():
        await chart.locator("summary").click()
        assert await chart.locator("tbody tr").count() > 0
        await expect(chart.locator("table")).to_be_visible()
    await expect(report.locator("#excerpts")).to_contain_text("觀眾給的")
    assert "阿哲" not in await report.content()


async def no_barrier(hosted: Hosted, board: Page, teacher: Page) -> None:
    for language in ("zh-Hant", "zh-Hans", "en"):
        hosted.rehearsal.boards._store.seminars.configure(1, language=language)
        for page in (board, teacher):
            await page.reload()
            await expect(page.locator("body.ready")).to_be_attached()
            assert await page.evaluate("document.documentElement.lang") == language
            for look in LOOKS if page is board else LOOKS[:1]:
                await page.emulate_media(color_scheme=look)
                await accessible(page, f"{language} {look}")
    assert await board.evaluate(SPOKEN) == [
        "Stances",
        "Voices",
        "Words said most",
        "Evidence in the reading",
    ]


async def keep_pictures(board: Page) -> None:
    """For looking at: WENDU_PICTURES=folder keeps what the board showed."""
    if folder := os.environ.get("WENDU_PICTURES"):
        for look in LOOKS:
            await board.emulate_media(color_scheme=look)
            await board.screenshot(path=Path(folder) / f"board-{look}.png")


async def test_the_board_is_readable_from_afar_whatever_is_said_and_by_whom(
    tabs: BrowserContext, hosted: Hosted
) -> None:
    world = hosted.rehearsal.world
    people = [world.add_person(f"同學{name[:60]}") for name in NASTY]
    _, board, other, teacher = await begun(tabs, hosted)
    for person, words in zip(people, ("W" * 4096, *NASTY[::-1][1:]), strict=True):
        world.says(person, words)
        world.says(people[0], f"{words[:40]}，{person.user.first_name}說")
    world.says(people[0], "W" * 4096)
    await hosted.rehearsal.actions.settle()
    await teacher.get_by_role("button", name="公布立場").click()
    await teacher.get_by_role("button", name="顯示化名").click()
    await expect(board.locator("#latest li").first).to_contain_text("WWWW", timeout=60_000)
    await expect(board.locator("#latest li")).to_have_count(3)
    await expect(board.locator("#voices svg")).to_be_visible()
    assert await board.locator("main img, main script, main [onerror]").count() == 0
    await expect(teacher.locator("#overseen")).to_contain_text(NASTY[0])
    for page, high in ((board, 1080), (other, 768)):
        assert float(await page.evaluate(SMALLEST)) >= 0.033 * high
        assert await page.evaluate(DOWNWARDS) <= 0  # all of it on one screen
    for page in (board, teacher):
        for size in (PROJECTOR, PHONE):
            await page.set_viewport_size(size)
            assert await page.evaluate(SIDEWAYS) <= 0
    counts = await board.locator("#counts").bounding_box()
    assert counts is not None
    assert counts["height"] < 40, "one line on a phone, below round and time"


@asynccontextmanager
async def served(store: Store, opened: socket) -> AsyncIterator[Boards]:
    """Serve the boards of a store, as `wendu run` does between two restarts."""
    boards = Boards(store, our_packs, store.clock, f"http://127.0.0.1:{opened.getsockname()[1]}")
    server = make_server(Starlette(routes=[boards.mount()]))
    serving = asyncio.create_task(server.serve(sockets=[opened]))
    try:
        await server.ready.wait()
        yield boards
    finally:
        server.should_exit = True
        await serving
        opened.close()


async def test_a_machine_without_a_chinese_font_draws_with_ours(tmp_path: Path) -> None:
    """The browser fetches the bundled fonts where nothing else has the letters: no glyph is missing."""
    settings = tmp_path / "fonts.conf"
    settings.write_text("<fontconfig><dir>/usr/share/fonts/truetype/dejavu</dir></fontconfig>")
    store = Store.open(tmp_path / "wendu.db")
    seminar = store.seminars.bind(-1, title="班", pack="ai-film", language="zh-Hant")
    async with (
        served(store, open_port(None)) as boards,
        async_playwright() as playwright,
    ):
        browser = await playwright.chromium.launch(
            executable_path=CHROMIUM, args=ARGUMENTS, env={**os.environ, "FONTCONFIG_FILE": str(settings)}
        )
        page = await browser.new_page()
        await page.goto(boards.links(seminar.id)[0])
        await expect(page.locator("#prompt")).to_have_text("還沒有開始討論")
        await page.wait_for_function("[...document.fonts].every(face => face.status === 'loaded')")
        assert await page.evaluate("[...document.fonts].map(face => face.weight)") == ["400", "700"]
        await browser.close()
    store.close()


async def test_a_page_finds_its_board_again_after_a_restart_and_the_board_is_as_it_was(
    chromium: Browser, tmp_path: Path
) -> None:
    store = Store.open(tmp_path / "wendu.db")
    seminar = store.seminars.bind(-1, title="班", pack="ai-film", language="zh-Hant")
    store.rounds.open(seminar.id, prompt_slug="", prompt_text="誰是作者？", opened_by=None, at=store.clock())
    first = open_port(None)
    port = first.getsockname()[1]
    board, teacher = await chromium.new_page(), await chromium.new_page()
    async with served(store, first) as boards:
        for page, link in zip((board, teacher), boards.links(seminar.id), strict=True):
            await page.goto(link)
        await teacher.get_by_role("button", name="公布立場").click()
        await teacher.get_by_role("button", name="暫停畫面").click()
        await expect(board.locator("#notice")).to_have_text("畫面暫停中")
    await expect(board.locator("#notice")).to_contain_text("重新連線")
    store.close()
    again = Store.open(tmp_path / "wendu.db")
    async with served(again, open_port(port)):
        await expect(board.locator("#notice")).to_have_text("畫面暫停中")
        await expect(board.locator("#stances")).to_contain_text("還沒有人表態")
        await expect(teacher.get_by_role("button", name="公布立場")).to_have_attribute("aria-pressed", "true")
    again.close()
