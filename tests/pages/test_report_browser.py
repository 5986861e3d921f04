"""Reports opened from disk in a real Chromium."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page, ViewportSize, async_playwright

from bot.pages.report.html import Report, render
from bot.pages.texts import LANGUAGES
from tests.pages.sample_reports import FULL, HOSTILE

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
DESKTOP, PHONE = ViewportSize(width=1100, height=900), ViewportSize(width=360, height=740)
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SHOWN = (
    "[...document.querySelectorAll('svg')].filter(one => one.checkVisibility())"
    ".map(one => one.viewBox.baseVal.width)"
)
CHINESE = """(() => {
  const found = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { data, parentElement } = walker.currentNode;
    if (/[\\u4e00-\\u9fff]/.test(data) && !parentElement.closest("title, desc"))
      found.push([parentElement.closest("[lang]").getAttribute("lang"), data.trim()]);
  }
  return found;
})()"""

pytestmark = pytest.mark.browser  # skipped, and said so, where there is no Chromium


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        await browser.close()


@pytest.fixture
async def page(browser: Browser) -> AsyncIterator[Page]:
    """A page that fails the test when it complains, or asks for anything but the file."""
    page = await browser.new_page(viewport=DESKTOP)
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("dialog", lambda dialog: complaints.append(dialog.message))
    page.on("request", lambda asked: complaints.append(asked.url) if _from_elsewhere(asked.url) else None)
    yield page
    assert not complaints


def _from_elsewhere(url: str) -> bool:
    return not url.startswith(("file:", "data:"))


async def opened(page: Page, report: Report, language: str, folder: Path) -> None:
    path = folder / f"report-{language}.html"
    path.write_text(render(report, language), encoding="utf-8")
    await page.goto(path.as_uri())
    await page.evaluate("document.fonts.ready.then(() => true)")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("report", [FULL, HOSTILE], ids=["ordinary", "hostile"])
async def test_axe_finds_nothing(page: Page, report: Report, language: str, tmp_path: Path) -> None:
    await opened(page, report, language, tmp_path)
    for summary in await page.locator("summary").all():
        await summary.click()
    found = await Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_piece_of_chinese_says_so_in_its_own_script(
    page: Page, language: str, tmp_path: Path
) -> None:
    await opened(page, FULL, language, tmp_path)
    found = {said: spoken for spoken, said in await page.evaluate(CHINESE)}
    assert "ja" not in found.values()
    assert found["青鳥"] == "zh-Hant"
    assert found["讨论"] == "zh-Hans"


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
async def test_the_layout_holds_whatever_people_wrote(
    page: Page, viewport: ViewportSize, tmp_path: Path
) -> None:
    await page.set_viewport_size(viewport)
    await opened(page, HOSTILE, "zh-Hant", tmp_path)
    for summary in await page.locator("summary").all():
        await summary.click()
    assert await page.evaluate(SIDEWAYS) <= 0


async def test_wide_and_narrow_pages_get_the_drawing_that_fits(page: Page, tmp_path: Path) -> None:
    await opened(page, FULL, "zh-Hant", tmp_path)
    assert await page.evaluate(SHOWN) == [880] * 7
    await page.set_viewport_size(PHONE)
    assert await page.evaluate(SHOWN) == [1080] * 7


async def test_the_fonts_inside_are_used(page: Page, tmp_path: Path) -> None:
    await opened(page, FULL, "zh-Hant", tmp_path)
    loaded = "[...document.fonts].map(face => face.weight + face.status)"
    assert sorted(await page.evaluate(loaded)) == ["400loaded", "700loaded"]


async def test_tables_open_without_script_and_by_keyboard(page: Page, tmp_path: Path) -> None:
    await opened(page, FULL, "en", tmp_path)
    first = page.locator("details").first
    assert not await first.locator("table").is_visible()
    await first.locator("summary").focus()
    await page.keyboard.press("Enter")
    assert await first.locator("table").is_visible()


@pytest.mark.parametrize("report", [FULL, HOSTILE], ids=["ordinary", "hostile"])
async def test_it_prints_on_a4_without_cutting_a_chart(page: Page, report: Report, tmp_path: Path) -> None:
    await opened(page, report, "zh-Hant", tmp_path)
    await page.emulate_media(media="print")
    assert await page.evaluate(SHOWN) == [880] * 7
    assert not await page.locator("nav").is_visible()
    printable = (297 - 2 * 16) / 25.4 * 96
    await page.set_viewport_size(ViewportSize(width=680, height=900))  # 180 mm between the margins
    charts = "[...document.querySelectorAll('figure:not(.excerpt)')]"
    tall = f"{charts}.map(one => one.getBoundingClientRect().height)"
    assert max(await page.evaluate(tall)) <= printable
    assert (await page.pdf(prefer_css_page_size=True)).startswith(b"%PDF")
