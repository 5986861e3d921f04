"""The rehearsal page for everybody: axe on every drawer and dialog, language, keyboard, narrow screens, calm.

The page's views, the board and the report are held to axe in the tests beside theirs.
"""

from collections.abc import Sequence
from pathlib import Path

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page, ViewportSize, expect

from tests.rehearsal.browsing import last, looking_at, picture, say, speak_as
from tests.rehearsal.hosted import Hosted, hosting

pytestmark = [
    pytest.mark.browser,  # skipped, and said so, where there is no Chromium
    # PTB says at every 429 that the type of its `retry_after` will change; we do not read that.
    pytest.mark.filterwarnings("ignore:.*retry_after"),
]

NARROW = ViewportSize(width=320, height=640)  # WCAG 1.4.10
# The WCAG 2.2 rule that axe leaves off: what is pressed must be 24 pixels wide and high, or stand apart.
RULES = {"rules": {"target-size": {"enabled": True}}}
DIALOGS = {
    "group-dialog": "#new-group",
    "newcomer": "#add-person",
    "help": "#help-button",
    "info": "#title button",
}
# Chinese words that are read out by an English voice; a name in an English sentence is none.
MISREAD = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const { data, parentElement } = walker.currentNode;
    const [han, latin] = [/\\p{Script=Han}/gu, /[a-z]/gi].map((kind) => data.match(kind)?.length ?? 0);
    if (han <= latin || !parentElement.checkVisibility()) continue;
    if (parentElement.closest("[aria-hidden=true]")) continue; // initials: a picture, not words
    if (!parentElement.closest("[lang]").lang.startsWith("zh")) found.push(data.trim().slice(0, 40));
  }
  return found;
}"""
TO_REACH = """() => {
  const all = document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]");
  const found = [...all].filter((one) => one.checkVisibility() && !one.disabled && one.tabIndex >= 0);
  for (const one of found) one.dataset.toReach = "";
  return found.length;
}"""
HERE = """() => {
  const one = document.activeElement;
  if (one === document.body) return null;
  delete one.dataset.toReach;
  const outlined = [getComputedStyle(one), getComputedStyle(one, "::after")].some(
    (style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
  );
  return [one.id || one.className || one.tagName, outlined];
}"""
UNREACHED = (
    "() => [...document.querySelectorAll('[data-to-reach]')].map((one) => one.outerHTML.slice(0, 120))"
)


async def no_barrier(page: Page, parts: Sequence[str], where: str) -> None:
    found = await Axe().run(page, context={"include": [[part] for part in parts]}, options=RULES)
    assert [
        (one["id"], [node["target"] for node in one["nodes"]]) for one in found.response["violations"]
    ] == [], where


async def wear(page: Page, language: str, look: str) -> None:
    await page.evaluate("([id, value]) => document.getElementById(id).value = value", ["language", language])
    await page.locator("#language").dispatch_event("change")
    await page.locator("#look").select_option(look)
    await expect(page.locator(f"html[lang={language}][data-look={look}]")).to_be_attached()


async def make_a_mess(page: Page, hosted: Hosted) -> None:
    """Have all that can be shown shown: a question, bad days, a broken pack, a class that is paused."""
    await speak_as(page, "小安")
    await say(page, "/ask 什麼是符號拼貼？")
    await expect(last(page)).to_contain_text("出處：")
    await page.locator("#backstage-button").click()
    actions = hosted.rehearsal.actions
    await actions.table["weather"]({"refuse": 1, "retry_after": 1})
    await actions.table["react"](
        {
            "person": actions.world.person("小安").id,
            "chat": actions.world.group.id,
            "message_id": 2,
            "emoji": "👍",
        }
    )
    await say(page, "/ask 導演是誰？")
    await expect(page.locator("#calls-list .error").first).to_be_visible()
    await expect(page.locator("#list > li.message")).to_have_count(4)
    await actions.table["weather"]({"counting": True})
    problem = "snippets.md:1: 「空的」沒有內文 / “空的” has no text → 寫內文 / write it"
    actions.tell({"kind": "pack", "state": "broken", "pack": "tea", "title": "茶", "problems": [problem]})
    hosted.rehearsal.player.play(pace=1)
    hosted.rehearsal.player.pause()
    await expect(page.locator("#lesson")).to_be_visible()
    await page.locator("#chats .chat").first.click()
    await page.locator("#calls-list summary").first.click()


@pytest.mark.parametrize("language", ["zh-Hant", "zh-Hans", "en"])
async def test_axe_finds_no_barrier_in_drawers_and_dialogs(page: Page, hosted: Hosted, language: str) -> None:
    await make_a_mess(page, hosted)
    for look in ("light", "dark"):
        await wear(page, language, look)
        await page.locator("#clock").click()
        await no_barrier(page, ["#times", "#backstage", "#chat"], f"backstage {look}")
        await page.keyboard.press("Escape")
        for dialog, opener in DIALOGS.items() if look == "light" or language == "en" else ():
            await page.locator(opener).click()
            await expect(page.locator(f"#{dialog}")).to_be_visible()
            await no_barrier(page, [f"#{dialog}"], f"{dialog} {look}")
            await page.keyboard.press("Escape")
    await picture(page, f"mess-{language}")


async def test_chinese_is_marked_as_chinese_on_the_english_page_whatever_is_open(
    page: Page, hosted: Hosted
) -> None:
    await make_a_mess(page, hosted)
    await wear(page, "en", "light")
    await page.locator("#clock").click()
    assert await page.evaluate(MISREAD) == []
    await page.keyboard.press("Escape")
    await page.locator("#box").fill("/")
    await expect(page.locator("#suggestions")).to_be_visible()
    assert await page.evaluate(MISREAD) == []
    await page.locator("#box").fill("")
    for dialog, opener in DIALOGS.items():
        await page.locator(opener).click()
        assert await page.evaluate(MISREAD) == [], dialog
        await page.keyboard.press("Escape")


async def test_a_class_in_chinese_is_marked_as_such_though_the_bot_speaks_english(
    tmp_path: Path, chromium: Browser
) -> None:
    async with (
        hosting(tmp_path, language="en") as hosted,
        looking_at(hosted, chromium) as page,
    ):
        hosted.rehearsal.player.play(pace=0)
        await hosted.rehearsal.player.finished()
        await expect(page.locator("#list")).to_contain_text("What could follow")
        assert await page.evaluate(MISREAD) == []
        await page.locator("#chats .chat[data-place=private]").first.click()
        await expect(page.locator("a.file").first).to_be_visible()
        assert await page.evaluate(MISREAD) == []


async def test_tab_reaches_everything_and_one_sees_where_one_is(page: Page, hosted: Hosted) -> None:
    await make_a_mess(page, hosted)
    await page.evaluate("document.activeElement.blur()")
    count = await page.evaluate(TO_REACH)
    assert count > 25
    seen: list[tuple[str, bool]] = []
    for _ in range(count + 5):
        await page.keyboard.press("Tab")
        found = await page.evaluate(HERE)
        if found is not None:  # None: once around, past the page's end
            seen.append((found[0], found[1]))
    assert [name for name, visible in seen if not visible] == []
    assert await page.evaluate(UNREACHED) == []


async def test_every_dialog_has_the_one_frame_of_the_page(page: Page) -> None:
    frames = await page.evaluate("""() => [...document.querySelectorAll("dialog[data-title]")].map((one) => [
      one.id, ...["h3", ".problem", "[data-close]"].map((part) => one.querySelectorAll(part).length),
      document.getElementById(one.getAttribute("aria-labelledby"))?.closest("dialog") === one,
      Boolean(one.querySelector("form [type=submit]")?.textContent) === Boolean(one.dataset.submit)])""")
    assert {name for name, *_ in frames} == {*DIALOGS, "topic-dialog", "forward"}
    assert [frame for frame in frames if frame[1:] != [1, 1, 1, True, True]] == []
    assert await page.locator("template#frame").count() == 1


async def test_what_went_wrong_in_a_dialog_is_gone_when_it_is_opened_again(page: Page) -> None:
    await page.locator("#new-group").click()
    problem = page.locator("#group-dialog .problem")
    await problem.evaluate("problem => { problem.textContent = '不行'; }")
    await expect(problem).to_be_visible()
    await page.locator("#group-dialog").get_by_role("button", name="取消").click()
    await page.locator("#new-group").click()
    await expect(problem).to_be_empty()


async def test_nothing_is_cut_off_on_a_screen_of_320_pixels(page: Page, hosted: Hosted) -> None:
    await make_a_mess(page, hosted)
    await page.set_viewport_size(NARROW)
    for what in ("backstage", "chat", "clock"):
        if what == "chat":
            await page.locator("#backstage-close").click()
        if what == "clock":
            await page.locator("#clock").click()
        await picture(page, f"narrow-{what}")
        cut = await page.evaluate("""() => [...document.querySelectorAll("body *")]
          .filter((one) => one.checkVisibility() && !one.closest(".hidden, .skip, svg"))
          .filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
          .map((one) => one.outerHTML.slice(0, 120))""")
        assert cut == [], what


async def test_nothing_moves_for_those_who_asked_for_calm(page: Page) -> None:
    await page.emulate_media(reduced_motion="reduce")
    await speak_as(page, "小安")
    await say(page, "/ask 什麼是符號拼貼？")
    await expect(last(page)).to_contain_text("出處：")
    await last(page).locator(".quote").click()
    await page.locator("#backstage-button").click()
    assert await page.evaluate("document.getAnimations().length") == 0
