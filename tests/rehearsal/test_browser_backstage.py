"""The clock, the calls, Telegram's bad days and the example class's controls, in a real Chromium."""

from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from bot.pack.load import load_pack
from tests.answering.tea import write_tea
from tests.rehearsal.browsing import DESKTOP, PHONE, fits, last, looking_at, picture, press, say, speak_as
from tests.rehearsal.hosted import Hosted, hosting

pytestmark = [
    pytest.mark.browser,  # skipped, and said so, where there is no Chromium
    # PTB says at every 429 that the type of its `retry_after` will change; we do not read that.
    pytest.mark.filterwarnings("ignore:.*retry_after"),
]


async def open_timed_round(page: Page) -> None:
    await speak_as(page, "陳老師")
    await say(page, "/discuss")
    for label in ("立場", "AI電影能承載", "20 分", "▶"):
        await page.locator(".key", has_text=label).last.click()
    await expect(page.locator("#list")).to_contain_text("第 1 輪討論")


async def test_the_clock_is_moved_and_what_was_due_happens_in_the_group(page: Page) -> None:
    await open_timed_round(page)
    await expect(page.locator("#clock-next")).to_contain_text("再表態一次")
    await page.locator("#clock").press("Enter")
    times = page.get_by_role("dialog", name="排練的時鐘")
    await expect(times.locator("#coming li")).to_have_count(2)
    await expect(times.locator("#coming")).to_contain_text("討論結束")
    await picture(page, "clock")
    await times.get_by_role("button", name="到下一件事").click()
    await expect(page.locator("#list")).to_contain_text("請大家再表態一次")
    await expect(times).to_contain_text("比這部電腦快 16 分鐘")
    await expect(page.locator("#clock-next")).to_contain_text("討論結束")
    await times.get_by_role("button", name="＋1 小時").click()
    await expect(page.locator("#list")).to_contain_text("第 1 輪總結")
    await expect(times).to_contain_text("比這部電腦快 76 分鐘")
    await expect(times).to_contain_text("沒有排定的事")
    await page.keyboard.press("Escape")
    await expect(times).to_be_hidden()
    await expect(page.locator("#clock")).to_be_focused()
    await page.reload()  # a page that opens later knows the time too
    await expect(page.locator("#times-ahead")).to_have_text("比這部電腦快 76 分鐘")


async def test_every_call_is_shown_as_it_happens_and_can_be_unfolded_and_filtered(
    page: Page, hosted: Hosted
) -> None:
    await speak_as(page, "小安")
    await say(page, "/ask 什麼是符號拼貼？")
    await expect(last(page)).to_contain_text("出處：")
    await page.get_by_role("button", name="幕後").click()
    calls = page.locator("#calls-list")
    await expect(calls.locator("summary", has_text="sendMessage").first).to_be_visible()
    await page.locator("#calls-find").fill("sendMessage")
    await expect(calls.locator("li")).to_have_count(1)
    await calls.locator("summary").click()
    await expect(calls.locator("pre").first).to_contain_text('"parse_mode": "HTML"')
    await expect(calls.locator("pre").last).to_contain_text('"ok": true')
    await page.locator("#calls-find").fill("")
    await page.locator("#calls-kind").select_option("in")
    await expect(calls.locator("summary").first).to_contain_text("message")
    await say(page, "這句也會出現")
    await expect(calls.locator("li")).to_have_count(2)
    await page.locator("#calls-kind").select_option("errors")
    await expect(page.locator("#no-calls")).to_be_visible()
    assert hosted.rehearsal.world.token.partition(":")[2] not in await page.content()


async def test_telegram_misbehaves_on_demand_and_the_bot_gets_through(page: Page, hosted: Hosted) -> None:
    await page.get_by_role("button", name="幕後").click()
    storm, calls = page.locator("#storm"), page.locator("#calls-list")
    await page.get_by_label("斷線").check()
    await expect(storm).to_contain_text("Telegram 斷線中。")
    await speak_as(page, "小安")
    await say(page, "/ask 什麼是符號拼貼？")
    await expect(storm).to_contain_text("1 則在等著送給溫度。")
    await expect(page.locator("#list > li.message")).to_have_count(1)
    await picture(page, "outage")
    await storm.get_by_role("button", name="恢復正常").click()
    await expect(storm).to_be_empty()
    await expect(last(page)).to_contain_text("出處：")

    await page.get_by_role("button", name="做了，但弄丟").click()
    await say(page, "/ask 肯特里奇怎麼做動畫？")
    await expect(calls.locator(".error", has_text="502 Bad Gateway")).to_be_visible()
    await expect(last(page)).to_contain_text("出處：")
    await expect(page.locator("#list > li.message")).to_have_count(4)

    await page.get_by_role("button", name="拒絕下 3 個").click()
    await expect(storm).to_contain_text("還會拒絕 3 個呼叫。")
    await hosted.rehearsal.actions.table["weather"](
        {"refuse": 1, "retry_after": 1}
    )  # quicker than 15 seconds
    await say(page, "/ask 導演是誰？")
    await expect(calls.locator(".error", has_text="429 Too Many Requests: retry after 1")).to_be_visible()
    await expect(page.locator("#list > li.message")).to_have_count(6)  # it waits, and then says it
    await page.get_by_label("計數").check()
    await page.locator("#clear-up").click()
    await expect(page.locator("#weather-now")).to_contain_text("Telegram 一切正常。")
    await expect(page.locator("#clear-up")).to_be_disabled()


async def test_the_example_class_is_slowed_quickened_stepped_and_stopped(page: Page) -> None:
    await page.locator("#welcome [data-play]").click()
    lesson = page.locator("#lesson")
    await expect(lesson.get_by_label("速度")).to_have_value("1")
    await lesson.get_by_label("速度").select_option(label="慢")
    await lesson.get_by_role("button", name="暫停").click()
    await expect(page.locator("#lesson-text")).to_have_text("示範課已暫停")
    said = page.locator("#list > li.message")
    before = await said.count()
    await lesson.get_by_role("button", name="下一句").click()
    await expect(said).not_to_have_count(before)
    await expect(page.locator("#lesson-text")).to_have_text("示範課已暫停")
    await lesson.get_by_label("速度").select_option(label="不等")
    await page.set_viewport_size(PHONE)
    await picture(page, "lesson-phone")
    for button in await lesson.get_by_role("button").all():
        box = await button.bounding_box()
        assert box
        assert box["height"] < 44  # on one line
    await page.set_viewport_size(DESKTOP)
    await lesson.get_by_role("button", name="停止").click()
    await expect(lesson).to_be_hidden()


async def test_backstage_works_with_the_keyboard_alone_and_fits_a_phone(page: Page) -> None:
    for words in ("早安", "大家早"):
        await say(page, words)
    await page.locator("#backstage-button").focus()
    await page.keyboard.press("Enter")
    await expect(page.locator("#backstage-close")).to_be_focused()
    await page.locator("#calls-kind").focus()
    await page.keyboard.press("Tab")
    first = page.locator("#calls-list summary").first
    await expect(first).to_be_focused()
    await page.keyboard.press("ArrowDown")
    await expect(page.locator("#calls-list summary").nth(1)).to_be_focused()
    await page.keyboard.press("Home")
    await page.keyboard.press("Enter")
    await expect(page.locator("#calls-list details").first).to_have_attribute("open", "")
    await fits(page)
    for _ in range(12):  # on a phone it covers everything: nobody lands behind it
        await page.keyboard.press("Tab")
        assert await page.evaluate("document.activeElement.closest('#side, #chat, #tabs')") is None
    await page.locator("#backstage-close").focus()
    await page.keyboard.press("Escape")
    await expect(page.locator("#backstage")).to_be_hidden()
    await expect(page.locator("#backstage-button")).to_be_focused()


async def test_a_pack_that_is_edited_answers_anew_and_its_mistakes_are_shown(
    tmp_path: Path, chromium: Browser
) -> None:
    packs = tmp_path / "packs"
    packs.mkdir()
    tea = load_pack(write_tea(packs))
    async with (
        hosting(tmp_path, pack=tea.slug, packs=packs) as hosted,
        looking_at(hosted, chromium) as page,
    ):
        write_tea(packs, snippets="## 空的\n")
        await expect(page.locator("#packs summary")).to_contain_text("個問題，先用原來的")
        await expect(page.locator("#packs li").first).to_contain_text("snippets.md:")
        await picture(page, "broken-pack")
        write_tea(packs)
        await expect(page.locator("#packs")).to_be_empty()
        await expect(page.locator(".toast")).to_contain_text("已重新載入")


async def test_a_press_while_telegram_is_slow_shows_that_it_is_under_way(page: Page) -> None:
    await speak_as(page, "小安")
    await say(page, "/ask 什麼是符號拼貼？")
    await expect(last(page)).to_contain_text("出處：")
    await page.get_by_role("button", name="幕後").click()
    await page.locator("#slow").select_option("1")
    await press(page, "👍 有幫助")
    await expect(last(page).locator(".key[aria-busy=true]")).to_have_count(1)
    await expect(page.locator(".toast")).to_contain_text("謝謝")


async def test_on_a_phone_a_broken_pack_is_a_line_that_opens(page: Page, hosted: Hosted) -> None:
    await page.set_viewport_size(PHONE)
    problems = [
        f"snippets.md:{line}: 「某一則」沒有內文 / “one” has no text → 寫內文 / write it"
        for line in range(20)
    ]
    news = {"kind": "pack", "state": "broken", "pack": "tea", "title": "茶", "problems": problems}
    hosted.rehearsal.actions.tell(news)
    packs = page.locator("#packs")
    await expect(packs.locator("summary")).to_be_visible()
    await expect(packs.locator("li").first).to_be_hidden()
    closed = await packs.bounding_box()
    assert closed is not None
    assert closed["height"] < PHONE["height"] / 12
    await packs.locator("summary").click()
    await expect(packs.locator("li").first).to_be_visible()
    opened, feed = await packs.bounding_box(), await page.locator("#feed").bounding_box()
    assert opened is not None
    assert feed is not None
    assert opened["height"] < feed["height"]
    await picture(page, "phone-broken-pack")
