"""Take the pictures of README and guides anew: `make pictures`, with Chromium and an emoji font."""  # noqa: INP001  beside its pictures

import asyncio
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from playwright.async_api import (
    Browser,
    BrowserContext,
    FloatRect,
    Page,
    ViewportSize,
    async_playwright,
    expect,
)

from bot.pages.report.build import make_report
from db.exports.job import Job
from db.store import Store
from tests.dialogue import our_packs
from tests.rehearsal.hosted import Hosted, hosting

HERE = Path(__file__).parent
SIZE, TALL = ViewportSize(width=1280, height=860), ViewportSize(width=1280, height=1500)
PROJECTOR, SHEET = ViewportSize(width=1600, height=900), ViewportSize(width=1000, height=1500)


@dataclass(frozen=True)
class Lesson:
    """A guide's lesson: its reading, who says what, and by which words the answers are found."""

    pack: str
    language: str
    ending: str
    student: str
    teacher: str
    asked: str
    hello: str
    answer: str
    setup: str
    presses: tuple[str, ...]
    options: str
    card: str


CHINESE = Lesson(
    *("lights-out", "zh-Hant", "", "小安", "陳老師", "看不見的繞路是什麼意思？", "大家好", "出處："),
    *("這個群組準備好了嗎", ("立場", "看星星是一種權利嗎", "20 分"), "私下建議", "第 1 輪討論"),
)
ENGLISH = Lesson(
    *(
        "kept-drum",
        "en",
        ".en",
        "Nora",
        "Ms Rivera",
        "What does Teloi mean by losing the drummers?",
        "Hello everybody",
        "Source",
    ),
    *("ready", ("Stance", "Better kept than used", "20 min"), "private", "Round 1"),
)


async def main() -> None:
    """Play the example class and photograph its end; then a lesson's steps, one by one."""
    with tempfile.TemporaryDirectory() as folder:
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
            )
            async with hosting(Path(folder)) as hosted:
                await _example_class(browser, hosted, Path(folder))
            for lesson in (CHINESE, ENGLISH):
                place = Path(folder, lesson.pack)
                async with hosting(place, language=lesson.language, pack=lesson.pack) as hosted:
                    await _guide(await _opened(browser, hosted, TALL), lesson)
            await browser.close()


async def _opened(browser: Browser, hosted: Hosted, size: ViewportSize) -> Page:
    context = await browser.new_context(
        viewport=size, device_scale_factor=1, reduced_motion="reduce", timezone_id="Asia/Taipei"
    )
    page = await context.new_page()
    await page.goto(hosted.address)
    await expect(page.locator("body.ready")).to_be_attached()
    return page


async def _example_class(browser: Browser, hosted: Hosted, folder: Path) -> None:
    page = await _opened(browser, hosted, SIZE)
    hosted.rehearsal.player.play(pace=0)
    await hosted.rehearsal.player.finished()
    await expect(page.locator(".toast")).to_have_count(0, timeout=20_000)
    keyboard = page.locator(".keyboard", has_text="強烈贊成").last
    await keyboard.evaluate("keys => keys.scrollIntoView({block: 'end'})")
    await page.locator("#feed").evaluate("feed => feed.scrollBy(0, 24)")
    await page.screenshot(path=HERE / "rehearsal.png")
    await page.set_viewport_size(TALL)
    await _message(page, "第 1 輪總結", "guide-summary.png")
    await _board(page.context, hosted)
    await _report(page.context, folder / "rehearsal.db")


async def _guide(page: Page, lesson: Lesson) -> None:
    """Photograph what the teacher's guide shows, message by message."""
    await _says(page, lesson.student, f"/ask {lesson.asked}")
    await _says(page, lesson.student, lesson.hello)
    await _message(page, lesson.answer, f"guide-ask{lesson.ending}.png")
    await _says(page, lesson.teacher, "/setup")
    await _message(page, lesson.setup, f"guide-setup{lesson.ending}.png")
    await _says(page, lesson.teacher, "/discuss")
    for label in lesson.presses:
        await _press(page, label)
    await _message(page, lesson.options, f"guide-options{lesson.ending}.png")
    await _press(page, "▶")
    await _message(page, lesson.card, f"guide-card{lesson.ending}.png")


async def _says(page: Page, who: str, text: str) -> None:
    await page.get_by_role("radio", name=who).click()
    before = await page.locator("#list > li.message").count()
    await page.locator("#box").fill(text)
    await page.keyboard.press("Enter")
    answers = 2 if text.startswith("/") else 1
    await expect(page.locator("#list > li.message")).to_have_count(before + answers, timeout=20_000)


async def _press(page: Page, label: str) -> None:
    await page.locator("#list").get_by_role("button", name=label).last.click()


async def _message(page: Page, text: str, picture: str) -> None:
    """Photograph the newest message with that text, and its buttons."""
    message = page.locator("#list > li.message", has_text=text).last
    await expect(message).to_be_visible()
    await expect(page.locator(".toast")).to_have_count(0, timeout=20_000)
    await message.evaluate("message => message.scrollIntoView({block: 'center'})")
    box = await message.bounding_box()
    if box is None:
        raise LookupError(text)
    edge, width = 10, min(box["width"], 604)  # what stands beside it is only wallpaper
    clip = FloatRect(
        x=box["x"] - edge, y=box["y"] - edge, width=width + 2 * edge, height=box["height"] + 2 * edge
    )
    await page.screenshot(path=HERE / picture, clip=clip)


async def _board(context: BrowserContext, hosted: Hosted) -> None:
    """Photograph the board, its stances revealed, as a projector shows it."""
    teacher, board = await context.new_page(), await context.new_page()
    ours, theirs = hosted.rehearsal.boards.links(1)
    await teacher.goto(theirs)
    await teacher.locator("[data-act=reveal]").click()
    await board.set_viewport_size(PROJECTOR)
    await board.goto(ours)
    await expect(board.get_by_role("img", name="立場")).to_be_visible(timeout=20_000)
    await board.screenshot(path=HERE / "board.png")


async def _report(context: BrowserContext, database: Path) -> None:
    """Photograph the first screens of the report."""
    store = Store.open(database)
    path = database.with_name("report.html")
    path.write_text(make_report(Job(store, 1), our_packs()), encoding="utf-8")
    store.close()
    page = await context.new_page()
    await page.set_viewport_size(SHEET)
    await page.goto(path.as_uri())
    await page.screenshot(path=HERE / "report.png")


if __name__ == "__main__":
    asyncio.run(main())
