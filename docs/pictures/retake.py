"""Take the README's pictures anew: `python -m docs.pictures.retake`, with Chromium and an emoji font."""  # noqa: INP001  beside its pictures

import asyncio
import shutil
import tempfile
from pathlib import Path

from playwright.async_api import BrowserContext, ViewportSize, async_playwright, expect

from bot.pages.report.gathering import make_report
from db.store import Store
from tests.dialogue import our_packs
from tests.rehearsal.hosted import Hosted, hosting

HERE = Path(__file__).parent
SIZE = ViewportSize(width=1280, height=860)
PROJECTOR, SHEET = ViewportSize(width=1600, height=900), ViewportSize(width=1000, height=1500)


async def main() -> None:
    """Play the example class and photograph its last quarter of an hour."""
    with tempfile.TemporaryDirectory() as folder:
        async with hosting(Path(folder)) as hosted, async_playwright() as playwright:
            browser = await playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
            )
            context = await browser.new_context(
                viewport=SIZE, device_scale_factor=1, reduced_motion="reduce", timezone_id="Asia/Taipei"
            )
            page = await context.new_page()
            await page.goto(hosted.address)
            await expect(page.locator("body.ready")).to_be_attached()
            hosted.rehearsal.director.play(pace=0)
            await hosted.rehearsal.director.finished()
            await expect(page.locator(".toast")).to_have_count(0, timeout=20_000)
            keyboard = page.locator(".keyboard", has_text="強烈贊成").last
            await keyboard.evaluate("keys => keys.scrollIntoView({block: 'end'})")
            await page.locator("#feed").evaluate("feed => feed.scrollBy(0, 24)")
            await page.screenshot(path=HERE / "rehearsal.png")
            await _board(context, hosted)
            await _report(context, Path(folder) / "rehearsal.db")
            await browser.close()


async def _board(context: BrowserContext, hosted: Hosted) -> None:
    """Photograph the board, its stances revealed, as a projector shows it."""
    teacher, board = await context.new_page(), await context.new_page()
    ours, theirs = hosted.rehearsal.boards.links(1)
    await teacher.goto(theirs)
    await teacher.locator("[data-act=reveal]").click()
    await board.set_viewport_size(PROJECTOR)
    await board.goto(ours)
    await expect(board.locator("#stances .step").first).to_be_visible(timeout=20_000)
    await board.screenshot(path=HERE / "board.png")


async def _report(context: BrowserContext, database: Path) -> None:
    """Photograph the first screens of the report."""
    store = Store.open(database)
    path = database.with_name("report.html")
    path.write_text(make_report(store, our_packs(), 1), encoding="utf-8")
    store.close()
    page = await context.new_page()
    await page.set_viewport_size(SHEET)
    await page.goto(path.as_uri())
    await page.screenshot(path=HERE / "report.png")


if __name__ == "__main__":
    asyncio.run(main())
