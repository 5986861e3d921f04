"""Take the pictures of prompts/README.md anew: `python -m docs.pictures.retake_evening`, with Chromium.

A teacher's evening is really gone through: every command is run on evening/night.txt, and what it prints is
photographed as a terminal shows it; the answers are those of the rehearsal.
"""  # noqa: INP001  beside its pictures

import asyncio
import html
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.async_api import Browser, BrowserContext, Page, ViewportSize, async_playwright, expect

from tests.rehearsal.hosted import hosting

HERE = Path(__file__).parent
EVENING = HERE / "evening"
SIZE = ViewportSize(width=1180, height=760)
WIDTH = 940  # of a picture of text, in pixels
FRAME = """<!doctype html><meta charset="utf-8"><style>
body {{ margin: 0; background: #f3ede4; display: inline-block; padding: 14px; }}
figure {{ margin: 0; width: {width}px; border-radius: 10px; overflow: hidden; background: {ground}; }}
figcaption {{ background: {bar}; color: {ink}; padding: 7px 14px;
  font: 13px "Noto Sans CJK TC", sans-serif; }}
pre {{ margin: 0; padding: 14px 18px 18px; color: {ink}; white-space: pre-wrap; overflow-wrap: anywhere;
  font: 15px/1.65 "Noto Sans Mono CJK TC", "Noto Sans CJK TC", monospace; }}
b {{ color: {mark}; font-weight: 600; }} i {{ color: {dim}; font-style: normal; }}
</style><figure><figcaption>{title}</figcaption><pre>{text}</pre></figure>"""
DARK = {"ground": "#1f2430", "bar": "#2c3342", "ink": "#e8e6e1", "mark": "#ffcf7d", "dim": "#a8b0c0"}
LIGHT = {"ground": "#fffdf9", "bar": "#e9e0d3", "ink": "#2b2622", "mark": "#9a3412", "dim": "#6b6259"}


async def main() -> None:
    """Go through the evening, and photograph every step."""
    with tempfile.TemporaryDirectory() as scratch:
        desk = Path(scratch)
        shutil.copy(EVENING / "night.txt", desk)
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
            )
            await _draft(browser, desk)
            await _write(browser, desk)
            await _rehearse(browser, desk)
            await browser.close()


async def _draft(browser: Browser, desk: Path) -> None:
    """Draft the pack, and show the stub that is to be written."""
    await _terminal(browser, "evening-new", desk, "pack", "new", "night.txt", "-o", "week-3")
    stubs = (desk / "week-3" / "snippets.md").read_text(encoding="utf-8")
    stub = next(part for part in stubs.split("\n\n## ") if part.startswith("「夜間客廳」"))
    await _text(browser, "evening-stub", "week-3/snippets.md", f"## {stub.strip()}")


async def _write(browser: Browser, desk: Path) -> None:
    """Write the pack: at first with two mistakes, then as it should be."""
    folder = desk / "week-3"
    for path in (EVENING / "written").glob("*.md"):
        shutil.copy(path, folder)
    _change(folder / "reading.md", "?!?/p>", "。")
    _change(folder / "reading.md", "沖擊", "衝擊")
    written = (folder / "snippets.md").read_text(encoding="utf-8")
    entry = next(part for part in written.split("\n\n## ") if part.startswith("夜間客廳"))
    await _text(browser, "evening-written", "week-3/snippets.md", f"## {entry.strip()}")
    _change(folder / "snippets.md", "出處：P4 吳明珠", "出處：P9 吳明珠")
    await _terminal(browser, "evening-error", desk, "pack", "check", "week-3")
    _change(folder / "snippets.md", "出處：P9 吳明珠", "出處：P4 吳明珠")
    _change(folder / "discussion.md", "反方：cost、safety\n", "")
    _change(folder / "golden.md", "- 夜班館員怎麼回家 -> safety\n", "")
    await _terminal(browser, "evening-check", desk, "pack", "check", "week-3")
    shutil.copy(EVENING / "written" / "discussion.md", folder)
    shutil.copy(EVENING / "written" / "golden.md", folder)
    _change(folder / "golden.md", "## 不該回答", "- 天亮以前誰最孤單 -> visitors\n\n## 不該回答")
    await _terminal(browser, "evening-test", desk, "pack", "test", "week-3")
    _change(folder / "golden.md", "- 天亮以前誰最孤單 -> visitors\n", "")


async def _rehearse(browser: Browser, desk: Path) -> None:
    """Ask as a student; then break the pack, and let the page tell of it."""
    folder = desk / "week-3"
    context = await browser.new_context(viewport=SIZE, reduced_motion="reduce", timezone_id="Asia/Taipei")
    async with hosting(desk, pack="week-3", packs=desk) as hosted:
        page = await context.new_page()
        await page.goto(hosted.address)
        await expect(page.locator("body.ready")).to_be_attached()
        await page.get_by_role("radio", name="小安").click()
        for question in ("什麼叫夜間客廳", "鎮長為什麼反對", "夜間客廳有冷氣嗎"):
            await _ask(page, f"/ask {question}")
        await page.screenshot(path=HERE / "evening-preview.png")
        _change(folder / "snippets.md", "出處：P4 吳明珠", "出處：P9 吳明珠")
        await expect(page.locator("#packs", has_text="P9")).to_be_visible(timeout=20_000)
        await page.screenshot(path=HERE / "evening-broken.png")


async def _ask(page: Page, text: str) -> None:
    messages = page.locator("#list > li.message")
    before = await messages.count()
    await page.locator("#box").fill(text)
    await page.keyboard.press("Enter")
    await expect(messages).to_have_count(before + 2, timeout=20_000)


def _change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    if old not in text:
        raise ValueError(f"{path.name} does not say {old!r} any more")
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


async def _terminal(browser: Browser, name: str, desk: Path, *command: str) -> None:
    """Run a command of ours, and photograph what it prints."""
    done = subprocess.run(  # noqa: ASYNC221, S603  one after another, our own program
        [sys.executable, "-m", "bot", *command],
        cwd=desk,
        capture_output=True,
        text=True,
        check=False,
        env={
            "PYTHONPATH": str(HERE.parents[1]),
            "PATH": "/usr/bin:/bin",
            "HOME": str(desk),
            "LANG": "C.UTF-8",
        },
    )
    shown = html.escape(done.stdout + done.stderr)
    shown = re.sub(r"^(✔.*|.*✔ 可以用.*|.*✘.*|.*錯誤（.*|答對.*)$", r"<b>\1</b>", shown, flags=re.MULTILINE)
    shown = re.sub(r"^(\s+→.*)$", r"<i>\1</i>", shown, flags=re.MULTILINE)
    await _picture(browser, name, "終端機 / terminal", f"<b>$ wendu {' '.join(command)}</b>\n{shown}", DARK)


async def _text(browser: Browser, name: str, title: str, text: str) -> None:
    """Photograph a piece of a file as an editor shows it."""
    shown = re.sub(r"^(## .*)$", r"<b>\1</b>", html.escape(text), flags=re.MULTILINE)
    shown = re.sub(r"^([^\s#：:]{2,7}[：:])", r"<i>\1</i>", shown, flags=re.MULTILINE)
    await _picture(browser, name, title, shown, LIGHT)


async def _picture(browser: Browser, name: str, title: str, text: str, colours: dict[str, str]) -> None:
    context: BrowserContext = await browser.new_context(viewport=ViewportSize(width=WIDTH + 40, height=200))
    page = await context.new_page()
    await page.set_content(FRAME.format(width=WIDTH, title=title, text=text.strip(), **colours))
    await page.locator("body").screenshot(path=HERE / f"{name}.png")
    await context.close()


if __name__ == "__main__":
    asyncio.run(main())
