"""The board in a real Chromium: it follows the class of the rehearsal page, live, in tabs of its own."""

import os
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.async_api import BrowserContext, Page, ViewportSize, async_playwright, expect

from tests.rehearsal.browsing import ARGUMENTS, CHROMIUM, NASTY, accessible
from tests.rehearsal.hosted import Hosted

PROJECTOR = ViewportSize(width=1920, height=1080)
LOOKS: tuple[Literal["light", "dark"], ...] = ("light", "dark")
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SMALLEST = """Math.min(...[...document.querySelectorAll('body *')]
  .filter(one => one.checkVisibility())
  .filter(one => [...one.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
  .map(one => parseFloat(getComputedStyle(one).fontSize)))"""

pytestmark = pytest.mark.browser  # skipped, and said so, where there is no Chromium


@pytest.fixture
async def tabs(hosted: Hosted) -> AsyncIterator[BrowserContext]:
    """Tabs of one browser that fail the test when one complains or asks another host."""
    complaints: list[str] = []

    def watch(page: Page) -> None:
        page.set_default_timeout(10_000)
        page.on("console", lambda said: complaints.append(said.text) if said.type != "info" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "request",
            lambda asked: None if f"//{hosted.host}/" in asked.url else complaints.append(asked.url),
        )

    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        context = await browser.new_context(viewport=PROJECTOR, locale="zh-TW", reduced_motion="reduce")
        context.on("page", watch)
        page = await context.new_page()
        await page.goto(hosted.address)
        await expect(page.locator("body.ready")).to_be_attached()
        yield context
        await browser.close()
    assert complaints == []


async def say(page: Page, who: str, text: str) -> None:
    await page.get_by_role("radio", name=who).click()
    await page.locator("#box").fill(text)
    await page.keyboard.press("Enter")
    await expect(page.locator("#list > li.message").last).to_be_visible()


async def begun(tabs: BrowserContext, hosted: Hosted) -> tuple[Page, Page, Page]:
    """Open a round on the rehearsal page and both boards in further tabs; return all three."""
    (chat,) = tabs.pages
    await say(chat, "陳老師", "/discuss")
    await chat.locator(".key", has_text="立場").last.click()
    await chat.locator(".key", has_text="AI電影能承載").last.click()
    await chat.locator(".key", has_text="▶").last.click()
    await say(chat, "陳老師", "/board")
    link = chat.locator("#list a[href*='/board/']").last
    await expect(link).to_be_visible()
    board, teacher = await tabs.new_page(), await tabs.new_page()
    await board.goto(str(await link.get_attribute("href")))
    await teacher.goto(hosted.rehearsal.boards.links(1)[1])
    for page in (board, teacher):
        await expect(page.locator("#prompt")).to_have_text("AI電影能承載人文溫度嗎", timeout=20_000)
    return chat, board, teacher


async def test_the_board_follows_the_class_and_the_teacher_steers_it(
    tabs: BrowserContext, hosted: Hosted
) -> None:
    chat, board, teacher = await begun(tabs, hosted)
    await say(chat, "小安", "AI 的符號拼貼沒有溫度")
    await say(chat, "阿哲", "AI 的溫度是觀眾給的")
    await expect(board.locator("#latest")).to_contain_text("觀眾給的", timeout=20_000)  # loads dictionaries
    await expect(board.locator("#words")).to_contain_text("AI 2")
    for name, step in (("小安", "贊成"), ("阿哲", "強烈反對")):
        await chat.get_by_role("radio", name=name).click()
        await chat.locator("#list").get_by_role("button", name=step, exact=True).last.click()
    await expect(board.locator("#counts")).to_contain_text("2 人表態")
    await expect(board.locator("#stances")).to_contain_text("老師公布後")
    await teacher.get_by_role("button", name="公布立場").click()
    await expect(board.locator("#stances .s1 b")).to_have_text("1")
    await teacher.locator("#overseen button").first.click()
    await expect(board.locator("#latest")).not_to_contain_text("觀眾給的")
    await teacher.get_by_role("button", name="暫停畫面").click()
    await expect(board.locator("#notice")).to_have_text("畫面暫停中")
    await say(chat, "小安", "這句要等一下才看得到")
    await expect(teacher.locator("#overseen")).to_contain_text("等一下才看得到")
    await expect(board.locator("#latest")).not_to_contain_text("等一下才看得到")
    await teacher.get_by_role("button", name="暫停畫面").click()
    await expect(board.locator("#latest")).to_contain_text("等一下才看得到")
    assert "阿哲" not in await board.content()
    await take_picture(board)
    for language in ("zh-Hant", "zh-Hans", "en"):
        hosted.rehearsal.boards._store.configure(1, language=language)
        for page in (board, teacher):
            await page.reload()
            await expect(page.locator("body.ready")).to_be_attached()
            assert await page.evaluate("document.documentElement.lang") == language
            for look in LOOKS:
                await page.emulate_media(color_scheme=look)
                await accessible(page, f"{language} {look}")


async def take_picture(board: Page) -> None:
    """For looking at: WENDU_PICTURES=folder keeps what the board showed."""
    if folder := os.environ.get("WENDU_PICTURES"):
        for look in LOOKS:
            await board.emulate_media(color_scheme=look)
            await board.screenshot(path=Path(folder) / f"board-{look}.png")


async def test_the_board_is_readable_from_afar_whatever_is_said(tabs: BrowserContext, hosted: Hosted) -> None:
    chat, board, teacher = await begun(tabs, hosted)
    for words in (*NASTY, "W" * 4096):
        await say(chat, "小安", words)
    await expect(board.locator("#latest li").first).to_contain_text("WWWW", timeout=20_000)
    await expect(board.locator("#latest li")).to_have_count(4)
    assert await board.locator("#latest img, #latest script").count() == 0
    assert float(await board.evaluate(SMALLEST)) >= 0.033 * 1080
    for page in (board, teacher):
        for size in (PROJECTOR, ViewportSize(width=390, height=800)):
            await page.set_viewport_size(size)
            assert await page.evaluate(SIDEWAYS) <= 0
