"""Topics, reactions, pins, forwarding and deleting on the rehearsal page, in a real Chromium."""

from base64 import b64decode
from datetime import timedelta

import pytest
from playwright.async_api import Page, expect

from bot.rehearsal.bot_api.parameters import Parameters
from bot.rehearsal.bot_api.server import carry_out
from tests.rehearsal.browsing import PHONE, accessible, last, picture, say, speak_as
from tests.rehearsal.hosted import PNG, Hosted

WEBP = b64decode("UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==")
pytestmark = pytest.mark.browser  # skipped, and said so, where there is no Chromium


async def choose(page: Page, label: str) -> None:
    """Choose from the menu of the newest message."""
    await last(page).click(button="right", position={"x": 30, "y": 12})
    await page.get_by_role("menu").get_by_text(label, exact=True).click()


async def open_topic(page: Page, name: str) -> None:
    await page.get_by_role("button", name="新主題").click()
    await page.locator("#topic-name").fill(name)
    await page.keyboard.press("Enter")
    await expect(page.locator("#topics .topic[aria-current]")).to_have_text(name)


async def test_in_a_forum_each_topic_has_its_own_messages_and_the_bot_answers_where_it_is_asked(
    page: Page, hosted: Hosted
) -> None:
    world = hosted.rehearsal.world
    world.becomes_forum()
    await open_topic(page, "第三週")
    await say(page, "/ask 什麼是符號拼貼？")
    await expect(last(page)).to_contain_text("出處：")
    assert world.posts(by_bot=True)[-1].thread_id == min(world.group.topics)
    # Its question is quoted, the note that opened the topic is not.
    await expect(page.locator("#list .quote")).to_have_count(1)
    await open_topic(page, "閒聊")
    await expect(page.locator("#list > li.message")).to_have_count(0)
    world.says("小安", "回到第三週", thread=min(world.group.topics))
    third = page.locator("#topics .topic").filter(has_text="第三週")
    await expect(third.locator(".badge")).to_contain_text("1")
    await third.click()
    await expect(last(page)).to_contain_text("回到第三週")
    await expect(page.locator("#topics .badge")).to_have_count(0)
    await accessible(page, "topics")
    await picture(page, "topics")
    await page.set_viewport_size(PHONE)
    await accessible(page, "topics on a phone")
    await picture(page, "topics-phone")
    await page.locator("#topics .topic").filter(has_text="一般").click()
    await say(page, "大廳")
    assert not world.posts()[-1].in_topic


async def test_a_topic_is_closed_opened_again_and_deleted(page: Page, hosted: Hosted) -> None:
    hosted.rehearsal.world.becomes_forum()
    await open_topic(page, "第三週")
    await page.get_by_role("button", name="這個主題的選單").click()
    await page.get_by_role("menuitem", name="關閉主題").click()
    await expect(page.locator("#topics .topic[aria-current]")).to_contain_text("已關閉")
    await speak_as(page, "小安")
    await expect(page.locator("#starter-hint")).to_contain_text("這個主題已經關閉")
    await expect(page.locator("#box")).to_be_hidden()
    await speak_as(page, "陳老師")
    await say(page, "管理員還可以說話")
    await expect(last(page)).to_contain_text("還可以說話")
    await page.get_by_role("button", name="這個主題的選單").click()
    await page.get_by_role("menuitem", name="重新開啟主題").click()
    await expect(page.locator("#list")).to_contain_text("陳老師 重新開啟了主題")
    await page.get_by_role("button", name="這個主題的選單").click()
    await page.get_by_role("menuitem", name="刪除主題和訊息").click()
    await expect(page.locator("#topics .topic[aria-current]")).to_have_text("一般")
    await expect(page.locator("#topics .topic:not(.new)")).to_have_count(1)


async def test_reactions_are_counted_on_the_message_and_taken_back(page: Page, hosted: Hosted) -> None:
    world = hosted.rehearsal.world
    heard: list[str] = []
    world.listen(lambda change: heard.append(str(change.data)) if change.kind == "update" else None)
    await say(page, "溫度是什麼？")
    for name in ("陳老師", "小安"):
        await speak_as(page, name)
        await choose(page, "👍")
    chip = last(page).locator(".reaction")
    await expect(chip).to_have_text("👍2")
    await expect(chip).to_have_attribute("aria-pressed", "true")
    await expect(chip).to_have_attribute("title", "陳老師、小安")
    await accessible(page, "reactions")
    await picture(page, "reactions")
    await chip.click()
    await expect(chip).to_have_text("👍1")
    post = world.posts()[-1]
    sent = {"chat_id": world.group.id, "message_id": post.id, "reaction": [{"type": "emoji", "emoji": "🎉"}]}
    await carry_out(world, "setmessagereaction", Parameters(sent))
    await expect(last(page).locator(".reaction")).to_have_count(2)
    await expect(last(page).get_by_role("button", name="🎉 溫度")).to_be_visible()
    assert sum("message_reaction" in each for each in heard) == 3


async def test_a_menu_is_worked_with_the_keyboard(page: Page) -> None:
    await say(page, "溫度是什麼？")
    await last(page).focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("menuitem", name="回覆")).to_be_focused()
    await page.keyboard.press("Home")
    await page.keyboard.press("ArrowRight")
    await expect(page.get_by_role("menuitemcheckbox", name="回應 ❤")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(last(page).locator(".reaction")).to_have_text("❤1")


async def test_messages_are_deleted_by_their_authors_admins_and_the_bot(page: Page, hosted: Hosted) -> None:
    world = hosted.rehearsal.world
    question = world.says("小安", "我問了一個問題")
    world.replies("阿哲", question, "我回答了")
    await expect(last(page).locator(".quote")).to_contain_text("我問了一個問題")
    await speak_as(page, "品妤")
    await last(page).click(button="right")
    await expect(page.get_by_role("menuitem", name="刪除")).to_have_count(0)
    await page.keyboard.press("Escape")
    world.deletes("小安", question)
    await expect(last(page).locator(".quote")).to_have_text("（訊息已刪除）")
    await expect(page.locator("#list > li.message")).to_have_count(1)
    await page.reload()
    await expect(last(page).locator(".quote")).to_have_text("（訊息已刪除）")
    await speak_as(page, "陳老師")
    await choose(page, "刪除")
    await expect(page.locator("#list > li.message")).to_have_count(0)
    post = world.says("小安", "請機器人刪掉")
    await expect(last(page)).to_contain_text("刪掉")
    await carry_out(world, "deletemessage", Parameters({"chat_id": world.group.id, "message_id": post.id}))
    await expect(page.locator("#list > li.message")).to_have_count(0)


async def test_a_long_history_is_drawn_as_one_scrolls_up_to_it(page: Page, hosted: Hosted) -> None:
    world = hosted.rehearsal.world
    speakers = [person.user for person in world.people.values()]
    for number in range(400):
        world.place(world.group, speakers[number % 3], f"第 {number} 句", author=speakers[number % 3])
    world.replies("小安", world.posts()[0], "說到第一句")
    await page.reload()
    drawn = page.locator("#list > li.message")
    await expect(drawn).to_have_count(150)
    await page.locator("#feed").evaluate("feed => { feed.scrollTop = 0; }")
    await expect(drawn).to_have_count(300)
    assert await page.locator("#feed").evaluate("feed => feed.scrollTop > feed.clientHeight")
    await page.locator("#jump").click()
    await last(page).locator(".quote").click()
    await expect(drawn.first).to_be_in_viewport()
    await expect(drawn.first).to_contain_text("第 0 句")
    await expect(drawn.first).to_be_focused()


async def test_a_picture_and_a_file_are_attached_with_a_caption(page: Page) -> None:
    await page.locator("#box").fill("板書")
    files = page.locator("#attach-file")
    await files.set_input_files({"name": "板書.png", "mimeType": "image/png", "buffer": PNG})
    await expect(last(page).locator("img")).to_be_visible()
    await expect(last(page).locator(".text")).to_have_text("板書")
    await expect(page.locator("#box")).to_have_value("")
    await files.set_input_files({"name": "<b>筆記.pdf", "mimeType": "application/pdf", "buffer": b"%PDF"})
    await expect(last(page).locator("a.file bdi")).to_have_text("<b>筆記.pdf")
    await files.set_input_files({"name": "說.ogg", "mimeType": "audio/ogg", "buffer": b"OggS"})
    await expect(last(page)).to_contain_text("語音訊息")
    await files.set_input_files({"name": "笑.webp", "mimeType": "image/webp", "buffer": WEBP})
    await expect(last(page).get_by_role("img", name="貼圖")).to_be_visible()
    await expect(page.locator("#chats .chat").first).to_contain_text("貼圖")
    await files.set_input_files({"name": "x", "mimeType": "", "buffer": b"0" * (8 * 1024 * 1024 + 1)})
    await expect(page.locator(".toast")).to_contain_text("太大")


async def test_a_message_is_pinned_found_again_and_forwarded(page: Page, hosted: Hosted) -> None:
    world = hosted.rehearsal.world
    await say(page, "本週題目：AI 有溫度嗎？")
    await choose(page, "釘選")
    await expect(page.locator("#pin")).to_contain_text("本週題目")
    for number in range(40):
        world.says("小安", f"第 {number} 句")
    await page.locator("#pin").click()
    first = page.locator("#list > li.message").first
    await expect(first).to_be_in_viewport()
    await expect(first).to_be_focused()
    await first.click(button="right")
    await page.get_by_role("menuitem", name="取消釘選").click()
    await expect(page.locator("#pin")).to_be_hidden()
    world.clock.forward(timedelta(minutes=1))  # type: ignore[attr-defined] # a rehearsal's clock can be moved
    world.starts_bot("陳老師")
    await first.click(button="right")
    await page.get_by_role("menuitem", name="轉傳").click()
    await accessible(page, "forward")
    await page.locator("#forward-to .chat").filter(has_text="與機器人私訊").click()
    await expect(page.locator(".toast")).to_contain_text("已轉傳")
    await page.locator(".chat[data-place=private]").first.click()
    forwarded = page.locator("#list > li.message").filter(has_text="本週題目").first
    await expect(forwarded).to_contain_text("轉傳自 陳老師")
