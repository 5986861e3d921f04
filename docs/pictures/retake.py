"""Take the README's pictures anew: `python -m docs.pictures.retake`, with Chromium and an emoji font."""  # noqa: INP001  beside its pictures

import asyncio
import shutil
import tempfile
from pathlib import Path

from playwright.async_api import ViewportSize, async_playwright, expect

from tests.rehearsal.hosted import hosting

HERE = Path(__file__).parent
SIZE = ViewportSize(width=1280, height=860)


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
            await browser.close()


if __name__ == "__main__":
    asyncio.run(main())
