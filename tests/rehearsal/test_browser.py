"""A small class held on the rehearsal page, in a real Chromium, as people would hold it."""

import zipfile
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from bot.rehearsal.bot_api.parameters import Parameters, Upload
from bot.rehearsal.bot_api.server import carry_out
from tests.rehearsal.browsing import DESKTOP, NASTY, PHONE, accessible, fits, last, press, say, speak_as
from tests.rehearsal.hosted import PNG, Hosted, hosting

pytestmark = pytest.mark.browser  # skipped, and said so, where there is no Chromium


async def test_a_newcomer_holds_a_small_seminar_and_takes_the_log_home(page: Page) -> None:
    await ask(page)
    await open_round(page)
    await argue(page)
    await close_round(page)
    log = await take_home(page)
    assert {"remarks.csv", "remarks.jsonl", "questions.csv", "stances.csv", "discussion.md"} <= set(
        log.namelist()
    )
    remarks = log.read("remarks.csv").decode("utf-8-sig")
    assert "那是紙上留下的猶豫" in remarks
    assert "阿哲" not in remarks


async def ask(page: Page) -> None:
    """A student asks, with the first thing that the page proposes, and says that the answer helped."""
    await page.locator("#welcome [data-try=ask]").click()
    await page.keyboard.press("Enter")
    await expect(last(page)).to_contain_text("出處：")
    await press(page, "👍 有幫助")
    await expect(page.locator(".toast")).to_contain_text("謝謝")


async def open_round(page: Page) -> None:
    """A student may not; the teacher does, through the suggestions and the menu."""
    await say(page, "/discuss")
    await expect(last(page)).to_contain_text("只有群組管理員")
    await speak_as(page, "陳老師")
    await page.locator("#box").press_sequentially("/dis")
    await expect(page.locator("#suggestions").get_by_role("option")).to_contain_text("/discuss")
    await page.keyboard.press("Enter")
    await page.keyboard.press("Enter")
    await page.locator(".key", has_text="立場").last.click()
    await page.locator(".key", has_text="AI電影能承載").last.click()
    await page.locator(".key", has_text="▶").last.click()
    await expect(last(page)).to_contain_text("第 1 輪討論")


async def argue(page: Page) -> None:
    """Three take a stance; one replies to another through the menu, and mends a typo with the arrow key."""
    for name, step in (("小安", "贊成"), ("阿哲", "強烈反對"), ("品妤", "中立")):
        await speak_as(page, name)
        await press(page, step)
        await expect(page.locator(".toast")).to_contain_text(step)
    await say(page, "手工溫度那段我還沒想通")
    await speak_as(page, "阿哲")
    await expect(last(page)).to_contain_text("還沒想通")
    await last(page).hover()
    await last(page).get_by_role("button", name="這則訊息的選單").click()
    await page.get_by_role("menuitem", name="回覆").click()
    await expect(page.locator("#context")).to_contain_text("回覆 品妤")
    await say(page, "那是紙上留下的猶預")
    await expect(last(page).locator(".text")).to_have_text("那是紙上留下的猶預")
    await expect(last(page).locator(".quote")).to_contain_text("手工溫度那段")
    await page.keyboard.press("ArrowUp")
    await expect(page.locator("#context")).to_contain_text("編輯訊息")
    await say(page, "那是紙上留下的猶豫")
    await expect(last(page)).to_contain_text("已編輯")


async def close_round(page: Page) -> None:
    """The teacher asks for stances again, one has moved, and the summary says so."""
    await speak_as(page, "陳老師")
    await page.locator(".key", has_text="再表態一次").last.click()
    await expect(last(page)).to_contain_text("請大家再表態一次")
    await speak_as(page, "阿哲")
    await press(page, "反對")
    await expect(page.locator(".toast")).to_contain_text("反對")
    await speak_as(page, "陳老師")
    await say(page, "/close")
    await expect(last(page)).to_contain_text("第 1 輪總結")
    await expect(last(page)).to_contain_text("更贊成 1 人")


async def take_home(page: Page) -> zipfile.ZipFile:
    """The bot may not write to the teacher yet: a deep link leads to where the log arrives."""
    await say(page, "/export")
    await page.locator(".key", has_text="打開私訊").click()
    await page.get_by_role("button", name="開始", exact=True).click()
    async with page.expect_download() as downloading:
        await page.locator("a.file").click()
    download = await downloading.value
    assert download.suggested_filename.endswith(".zip")
    return zipfile.ZipFile(await download.path())


async def test_the_report_of_a_class_opens_from_the_download_with_a_table_for_every_chart(
    page: Page, chromium: Browser, tmp_path: Path
) -> None:
    await ask(page)
    await open_round(page)
    await speak_as(page, "品妤")
    await say(page, NASTY[0])
    await argue(page)
    await close_round(page)
    await say(page, "/report 1")
    await page.locator(".key", has_text="打開私訊").click()
    await page.get_by_role("button", name="開始", exact=True).click()
    async with page.expect_download() as downloading:
        await page.locator("a.file").click()
    path = tmp_path / (await downloading.value).suggested_filename
    await (await downloading.value).save_as(path)
    assert path.suffix == ".html"
    await read_report(await chromium.new_page(viewport=DESKTOP), path)


async def read_report(report: Page, path: Path) -> None:
    """Open the file as a teacher would: its charts have tables, and it asks nobody for anything."""
    complaints: list[str] = []
    report.on("console", lambda said: complaints.append(said.text))
    report.on("pageerror", lambda error: complaints.append(str(error)))
    report.on(
        "request",
        lambda asked: complaints.append(asked.url) if not asked.url.startswith(("file:", "data:")) else None,
    )
    await report.goto(path.as_uri())
    await expect(report.get_by_role("heading", level=1)).to_have_text("AI電影能承載人文溫度嗎")
    charts = report.locator("main figure:not(.excerpt)")
    assert await charts.count() >= 6
    for chart in await charts.all():
        await chart.locator("summary").click()
        assert await chart.locator("td").count() > 0
    await expect(report.locator("#excerpts")).to_contain_text(NASTY[0])
    assert "阿哲" not in await report.content()
    await accessible(report, "report")
    assert complaints == []


async def test_names_and_words_of_any_kind_are_shown_as_text_and_break_nothing(page: Page) -> None:
    await page.get_by_role("button", name="加一個人").click()
    await page.locator("#new-name").fill(NASTY[1])
    await page.get_by_role("button", name="加入").click()
    await expect(page.get_by_role("radio", name="onerror")).to_be_checked()
    for words in NASTY:
        await say(page, words)
        await expect(last(page).locator(".text")).to_have_text(words)
        await speak_as(page, "小安")
    assert await page.locator("#list img, #list script, #people img").count() == 0
    await fits(page)


async def test_the_example_class_plays_while_one_watches(page: Page) -> None:
    await page.locator("#welcome [data-play]").click()
    await expect(page.locator("#lesson")).to_be_visible()
    await expect(page.locator("#list")).to_contain_text("各位晚安")
    await page.get_by_role("button", name="暫停").click()
    await expect(page.locator("#lesson-text")).to_have_text("示範課已暫停")
    await page.locator("#lesson-pace").select_option("0")
    await page.get_by_role("button", name="繼續").click()
    await expect(page.locator("#lesson")).to_be_hidden(timeout=60_000)
    await expect(page.locator("#list")).to_contain_text("第 1 輪總結")
    await expect(page.locator(".chat[data-place=private] .badge")).to_be_visible()
    await page.locator(".chat[data-place=private]").click()
    await expect(page.locator("a.file")).to_be_visible()
    await expect(page.locator(".chat[data-place=private] .badge")).to_have_count(0)


async def test_polls_pictures_and_alerts_look_and_work_like_telegrams(page: Page, hosted: Hosted) -> None:
    world = hosted.rehearsal.world
    chat = {"chat_id": world.group.id}
    options = [{"text": "手工溫度"}, {"text": "79%"}]
    asked = {**chat, "question": "哪個證據最有力？", "options": options, "is_anonymous": False}
    await carry_out(world, "sendpoll", Parameters(asked))
    await press(page, "0% 手工溫度")
    await expect(last(page)).to_contain_text("1 人已投票")
    await expect(last(page).locator(".share").first).to_have_text("100%")

    picture = Parameters(
        {**chat, "caption": "<b>一張圖</b>", "parse_mode": "HTML"}, {"photo": Upload("a.png", PNG)}
    )
    await carry_out(world, "sendphoto", picture)
    await expect(last(page).locator("strong")).to_have_text("一張圖")
    assert (
        await last(page).locator("img").evaluate("image => image.decode().then(() => image.naturalWidth)")
        == 1
    )

    button = {"inline_keyboard": [[{"text": "舊按鈕", "callback_data": "from-another-time"}]]}
    await carry_out(world, "sendmessage", Parameters({**chat, "text": "按按看", "reply_markup": button}))
    await press(page, "舊按鈕")
    await expect(page.get_by_role("dialog").or_(page.locator(".toast"))).to_contain_text("失效")


async def test_markup_is_drawn_from_entities_and_leads_nowhere_dangerous(page: Page, hosted: Hosted) -> None:
    html = (
        '<b>粗<i>斜</i></b> <a href="https://example.org/">外面</a> <tg-spoiler>底</tg-spoiler>'
        "<blockquote>引用</blockquote><pre>一\n二</pre><code>&lt;b&gt;</code> /ask"
    )
    sent = {"chat_id": hosted.rehearsal.world.group.id, "text": html, "parse_mode": "HTML"}
    await carry_out(hosted.rehearsal.world, "sendmessage", Parameters(sent))
    text = last(page).locator(".text")
    await expect(text.locator("strong em")).to_have_text("斜")
    await expect(text.locator("blockquote")).to_have_text("引用")
    await expect(text.locator("pre")).to_have_text("一\n二")
    await expect(text.locator("code")).to_have_text("<b>")
    link = text.get_by_role("link", name="外面")
    await expect(link).to_have_attribute("rel", "noopener noreferrer")
    await text.get_by_role("button", name="底").click()
    await expect(text.get_by_role("button", name="底")).to_have_attribute("aria-expanded", "true")
    await text.get_by_role("button", name="/ask").click()
    await expect(page.locator("#box")).to_have_value("/ask")


async def test_everything_can_be_done_with_the_keyboard_alone(page: Page) -> None:
    await page.keyboard.press("Tab")
    await expect(page.locator(".skip")).to_be_focused()
    await page.locator("#people [aria-checked=true]").focus()
    await page.keyboard.press("ArrowDown")
    await expect(page.get_by_role("radio", name="小安")).to_be_checked()
    await expect(page.get_by_role("radio", name="小安")).to_be_focused()
    await page.locator("#box").focus()
    await page.keyboard.type("/ask 什麼是符號拼貼？")
    await page.keyboard.press("Enter")
    await expect(last(page)).to_contain_text("出處：")
    await page.keyboard.press("Shift+Tab")
    for _ in range(8):
        if await page.evaluate("document.activeElement.matches('#list .key')"):
            break
        await page.keyboard.press("Shift+Tab")
    await page.keyboard.press("ArrowLeft")
    await page.keyboard.press("Enter")
    await expect(page.locator(".toast")).to_be_visible()
    await last(page).focus()
    await page.keyboard.press("ArrowUp")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("menu")).to_be_visible()
    await expect(page.get_by_role("menuitem", name="回覆")).to_be_focused()
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await expect(page.locator("#context")).to_contain_text("編輯訊息")
    await page.keyboard.press("Escape")
    await expect(page.locator("#context")).to_be_hidden()


async def test_axe_finds_no_barrier_on_any_view_in_any_language_or_look(page: Page, hosted: Hosted) -> None:
    await accessible(page, "welcome")
    world = hosted.rehearsal.world
    hosted.rehearsal.player.play(pace=0)
    await hosted.rehearsal.player.finished()
    world.says("小安", "看這裡 https://example.org")
    await page.locator("#help-button").click()
    await accessible(page, "help")
    await page.keyboard.press("Escape")
    await page.locator("#box").fill("/")
    await accessible(page, "suggestions")
    await page.locator("#box").fill("")
    for language in ("en", "zh-Hans", "zh-Hant"):
        for look in ("dark", "light"):
            await page.locator("#language").select_option(language)
            await page.locator("#look").select_option(look)
            await accessible(page, f"{language} {look}")
    await page.set_viewport_size(PHONE)
    for view in ("chats", "group", "private", "people", "more"):
        await page.locator(f"#tabs [data-view={view}]").click()
        await accessible(page, f"phone {view}")


async def test_the_page_speaks_three_languages_and_remembers_which(page: Page) -> None:
    for language, words in (("en", "Speak as"), ("zh-Hans", "以谁的身分发言"), ("zh-Hant", "以誰的身分發言")):
        await page.locator("#language").select_option(language)
        await expect(page.locator("#people-title")).to_have_text(words)
        await page.reload()
        await expect(page.locator("#people-title")).to_have_text(words)
        assert await page.evaluate("document.documentElement.lang") == language


async def test_on_a_phone_one_view_fills_the_screen(page: Page) -> None:
    await page.set_viewport_size(PHONE)
    await expect(page.locator("#side")).to_be_hidden()
    await page.locator("#tabs [data-view=people]").click()
    await expect(page.locator("#chat")).to_be_hidden()
    await speak_as(page, "品妤")
    await expect(page.locator("#chat")).to_be_visible()
    await say(page, "用手機也可以")
    await expect(last(page)).to_contain_text("用手機也可以")
    await page.locator("#tabs [data-view=private]").click()
    await page.get_by_role("button", name="開始", exact=True).click()
    await expect(last(page)).to_contain_text("溫度")


async def test_a_page_whose_rehearsal_has_ended_says_so(tmp_path: Path, chromium: Browser) -> None:
    page = await chromium.new_page(viewport=DESKTOP)
    async with hosting(tmp_path) as hosted:
        await page.goto(hosted.address)
        await expect(page.locator("body.ready")).to_be_attached()
    await expect(page.locator("#strip")).to_contain_text("連線中斷")
    await say(page, "還在嗎")
    await expect(page.locator(".toast")).to_contain_text("連線中斷")
    await expect(page.locator("#box")).to_have_value("還在嗎")
    await expect(page.locator("#strip")).to_contain_text("排練已經結束", timeout=60_000)
