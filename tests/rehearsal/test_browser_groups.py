"""Several groups and private chats on the rehearsal page, in a real Chromium: making, steering, leaving."""

import pytest
from playwright.async_api import Locator, Page, ViewportSize, expect

from tests.rehearsal.browsing import (
    DESKTOP,
    NASTY,
    PHONE,
    accessible,
    fits,
    last,
    picture,
    press,
    say,
    speak_as,
)
from tests.rehearsal.hosted import Hosted

NARROW = ViewportSize(width=320, height=640)
pytestmark = pytest.mark.browser  # skipped, and said so, where there is no Chromium


def chat(page: Page, name: str) -> Locator:
    """A row in the list of chats."""
    return page.locator("#chats .chat").filter(has_text=name)


def member(page: Page, name: str) -> Locator:
    """A row in the group's list of members."""
    return page.locator("#info .members li").filter(has_text=name)


async def found(page: Page, title: str, *, kind: str = "supergroup", bot: str = "administrator") -> None:
    await page.locator("#new-group").click()
    await page.locator("#group-title").fill(title)
    await page.locator("#group-kind").select_option(kind)
    await page.locator("#group-bot").select_option(bot)


async def create(page: Page) -> None:
    await page.get_by_role("button", name="建立", exact=True).click()
    await expect(page.locator("#group-dialog")).to_be_hidden()


async def test_a_second_group_is_made_with_chosen_people_and_unread_messages_are_counted(
    page: Page, hosted: Hosted
) -> None:
    await found(page, "週三晚間讀書會")
    people = page.locator("#group-people li")
    await people.filter(has_text="小安").get_by_label("管理員").check()
    await people.filter(has_text="大維").get_by_role("checkbox").first.uncheck()
    await accessible(page, "new group")
    await create(page)
    await expect(page.locator("#title")).to_have_text("週三晚間讀書會")
    await expect(page.locator("#subtitle")).to_have_text("7 位成員")
    await expect(page.locator("#list")).to_contain_text("陳老師 建立了群組")
    await expect(page.get_by_role("radio", name="小安")).to_contain_text("管理員")
    await expect(page.get_by_role("radio", name="大維")).to_contain_text("不在這個群組")
    hosted.rehearsal.world.says("阿哲", "在另一個群組說話")
    await expect(chat(page, "人文溫度讀書會").locator(".badge")).to_contain_text("1")
    await chat(page, "人文溫度讀書會").click()
    await expect(last(page)).to_contain_text("在另一個群組說話")
    await expect(page.locator("#chats .badge")).to_have_count(0)
    await chat(page, "週三晚間讀書會").click()
    await say(page, "/ask 什麼是符號拼貼？")
    await expect(last(page)).to_contain_text("出處：")


async def test_every_private_chat_that_was_begun_is_in_the_list_and_opens_as_its_owner(
    page: Page, hosted: Hosted
) -> None:
    for name in ("小安", "品妤"):
        hosted.rehearsal.world.starts_bot(name)
    await expect(page.locator(".chat[data-place=private]")).to_have_count(3)
    await chat(page, "品妤").click()
    await expect(page.get_by_role("radio", name="品妤")).to_be_checked()
    await expect(page.locator("#subtitle")).to_have_text("品妤 的私訊")
    await say(page, "/help")
    await expect(last(page)).to_contain_text("/ask")
    await page.locator("#title-button").click()
    await page.get_by_role("button", name="封鎖機器人").click()
    await expect(page.get_by_role("button", name="解除封鎖").first).to_be_visible()
    await page.locator("#info [data-close]").click()
    await expect(page.locator("#starter-hint")).to_contain_text("封鎖了機器人")
    await page.locator("#start").click()
    await expect(page.locator("#box")).to_be_visible()


async def test_people_and_the_bot_are_steered_in_the_groups_info(page: Page, hosted: Hosted) -> None:
    world = hosted.rehearsal.world
    await page.locator("#title-button").click()
    await member(page, "小安").get_by_role("button", name="設為管理員").click()
    await expect(member(page, "小安")).to_contain_text("取消管理員")
    await member(page, "大維").get_by_role("button", name="移出群組").click()
    await expect(member(page, "大維")).to_contain_text("不在這個群組")
    await member(page, "溫度").get_by_label("釘選訊息").uncheck()
    await expect(member(page, "溫度").get_by_label("釘選訊息")).not_to_be_checked()
    assert not world.group.membership(world.bot).can_pin
    await accessible(page, "info")
    await picture(page, "info")
    await page.set_viewport_size(NARROW)
    named = page.locator("#info .members bdi")
    assert await named.evaluate_all("all => all.every(one => one.offsetWidth >= one.scrollWidth)")
    about = await member(page, "溫度").locator(".about").bounding_box()
    assert about is not None
    assert about["width"] > 80, "on a narrow phone the buttons go below the name"
    await page.set_viewport_size(DESKTOP)
    await member(page, "溫度").get_by_role("button", name="移出群組").click()
    await expect(member(page, "溫度")).to_contain_text("機器人不在群組")
    await member(page, "溫度").get_by_role("button", name="加為管理員").click()
    await expect(member(page, "溫度")).to_contain_text("機器人・管理員")
    await page.locator("#info [data-close]").click()
    await speak_as(page, "大維")
    await expect(page.locator("#starter-hint")).to_have_text("大維 不在這個群組。")
    await page.get_by_role("button", name="加入群組").click()
    await say(page, "我回來了")
    await expect(last(page)).to_contain_text("我回來了")
    await page.locator("#title-button").click()
    await expect(page.locator("#info").get_by_role("button", name="移出群組")).to_have_count(0)
    await page.get_by_role("button", name="離開群組").click()
    await expect(page.locator("#list")).to_contain_text("大維 離開了群組")


async def test_a_basic_group_becomes_a_supergroup_and_the_page_goes_along(page: Page) -> None:
    await found(page, "小組", kind="group")
    await expect(page.locator("#group-forum")).to_be_disabled()
    await create(page)
    await page.locator("#title-button").click()
    await page.get_by_role("button", name="升級為超級群組").click()
    await expect(page.locator("#info-about")).to_contain_text("超級群組")
    await page.locator("#info").get_by_label("把討論分成幾個主題").check()
    await expect(page.locator("#info-about")).to_contain_text("有主題的群組")
    await page.locator("#info [data-close]").click()
    await expect(page.locator("#title")).to_have_text("小組")
    await expect(page.locator("#topics")).to_be_visible()


async def test_an_anonymous_admin_speaks_and_steers_as_the_group(page: Page) -> None:
    await page.locator("#title-button").click()
    await page.get_by_label("我匿名發言").check()
    await page.locator("#info [data-close]").click()
    await expect(page.locator("#box")).to_have_attribute("placeholder", "匿名發言，顯示為「人文溫度讀書會」…")
    await say(page, "/discuss AI 有溫度嗎？")
    await expect(page.locator("#list .own .name")).to_contain_text("匿名管理員")
    await expect(last(page)).to_contain_text("第 1 輪討論")
    await press(page, "⏹ 結束這一輪")  # comes from the teacher, as on Telegram
    await expect(last(page)).to_contain_text("第 1 輪總結")
    await speak_as(page, "小安")
    asked = page.locator("#list > li.message").first
    await expect(asked.locator(".name")).to_contain_text("人文溫度讀書會")
    assert "陳老師" not in await asked.inner_text()


async def test_names_of_groups_and_topics_are_text_and_break_nothing(page: Page, hosted: Hosted) -> None:
    for number, name in enumerate(NASTY):
        await found(page, name)
        await page.locator("#group-forum").check()
        await create(page)
        await page.get_by_role("button", name="新主題").click()
        await page.locator("#topic-name").fill(name)
        await page.keyboard.press("Enter")
        await expect(page.locator("#topics .topic[aria-current] bdi")).to_have_text(name[:128])
        await say(page, name)
        await expect(last(page).locator(".text")).to_have_text(name)
        await expect(page.locator("#chats .chat")).to_have_count(number + 3)
    post = hosted.rehearsal.world.rooms[min(hosted.rehearsal.world.rooms)].all_posts()[-1]
    hosted.rehearsal.world.pins("陳老師", post)
    await expect(page.locator("#pin-text")).to_contain_text("哈哈")
    await fits(page)
    await page.locator("#title-button").click()
    box = await page.locator("#info").bounding_box()
    assert box
    assert box["width"] <= PHONE["width"]
    assert await page.locator("#info").evaluate("one => one.scrollWidth <= one.clientWidth")
    assert await page.locator("#side img:not(.brand img), #list img, #topics img, #info img").count() == 0
