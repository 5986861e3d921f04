"""The rehearsal page in a real Chromium: how it is opened, and what every test of it does there."""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Locator, Page, ViewportSize, async_playwright, expect

from tests.rehearsal.hosted import Hosted

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP, PHONE = ViewportSize(width=1360, height=900), ViewportSize(width=390, height=800)
NASTY = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(2)>',
    "\u202eרע\u202c 和 עברית",
    "哈" * 4096,
)

expect.set_options(timeout=60_000)  # a machine may be busy


@asynccontextmanager
async def browsing() -> AsyncIterator[Browser]:
    """Give a Chromium until left."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        await browser.close()


@asynccontextmanager
async def looking_at(hosted: Hosted, chromium: Browser) -> AsyncIterator[Page]:
    """Give the page as `wendu rehearse` opens it; complaints and calls elsewhere are failures."""
    context = await chromium.new_context(viewport=DESKTOP, locale="zh-TW", timezone_id="Asia/Taipei")
    page = await context.new_page()
    page.set_default_timeout(60_000)
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type != "info" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("dialog", lambda dialog: complaints.append(dialog.message))
    page.on(
        "request",
        lambda request: None if f"//{hosted.host}/" in request.url else complaints.append(request.url),
    )
    await page.goto(hosted.address)
    await expect(page.locator("body.ready")).to_be_attached()
    yield page
    await context.close()
    assert complaints == []


async def speak_as(page: Page, name: str) -> None:
    await page.get_by_role("radio", name=name).click()


async def say(page: Page, text: str) -> None:
    await page.locator("#box").fill(text)
    await page.keyboard.press("Enter")


async def press(page: Page, label: str) -> None:
    """Press the newest button with that label."""
    await page.locator("#list").get_by_role("button", name=label, exact=True).last.click()


def last(page: Page) -> Locator:
    return page.locator("#list > li.message").last


async def accessible(page: Page, where: str) -> None:
    found = await Axe().run(page)
    problems = [
        (problem["id"], [node["target"] for node in problem["nodes"]])
        for problem in found.response["violations"]
    ]
    assert problems == [], where


async def fits(page: Page) -> None:
    """Nothing is wider than the screen, on a desktop and on a phone."""
    for size in (DESKTOP, PHONE):
        await page.set_viewport_size(size)
        width = await page.evaluate(
            "Math.max(document.documentElement.scrollWidth, document.body.scrollWidth)"
        )
        assert width <= size["width"]
        assert await page.locator("#feed").evaluate("feed => feed.scrollWidth <= feed.clientWidth")


async def picture(page: Page, name: str) -> None:
    """For looking at: WENDU_PICTURES=folder keeps what the page showed, light and dark."""
    if folder := os.environ.get("WENDU_PICTURES"):
        for look in ("light", "dark"):
            await page.locator("html").evaluate("(html, look) => html.dataset.look = look", look)
            await page.screenshot(path=Path(folder) / f"{name}-{look}.png")
        await page.locator("html").evaluate("html => delete html.dataset.look")
