import io
import zipfile

from db.exports.export import FORMATS
from tests.dialogue import Seminar

OWN = "/discuss AI 能承載人文溫度嗎？"


def contents(document: tuple[str, bytes]) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(document[1])) as archive:
        return {name: archive.read(name).decode("utf-8-sig") for name in archive.namelist()}


async def a_short_round(seminar: Seminar) -> None:
    await seminar.says("陳老師", OWN)
    await seminar.says("小安", "我覺得溫度來自生命經驗")
    await seminar.says("陳老師", "/close")


async def test_a_student_may_not_export(seminar: Seminar) -> None:
    await seminar.starts("小安")
    await a_short_round(seminar)
    await seminar.says("小安", "/export")
    seminar.expects("只有群組管理員")
    assert seminar.documents(privately="小安") == []


async def test_the_log_goes_to_the_admins_private_chat_and_nowhere_else(seminar: Seminar) -> None:
    await seminar.starts("陳老師")
    await a_short_round(seminar)
    await seminar.says("陳老師", "/export")
    seminar.expects("紀錄已經私訊給你了")
    assert seminar.documents() == []
    (document,) = seminar.documents(privately="陳老師")
    assert document[0] == "溫度-人文溫度讀書會-2026-03-02.zip"
    files = contents(document)
    assert {"remarks.csv", "remarks.jsonl", "questions.csv", "stances.csv", "discussion.md"} <= files.keys()
    assert "我覺得溫度來自生命經驗" in files["remarks.csv"]
    assert "小安" not in "".join(files.values())


async def test_the_discussion_is_told_on_the_seminars_own_clock(seminar: Seminar) -> None:
    await seminar.starts("陳老師")
    await a_short_round(seminar)
    await seminar.says("陳老師", "/schedule timezone Europe/Berlin", chat=seminar.world.group)
    await seminar.says("陳老師", "/export", chat=seminar.world.group)
    (document,) = seminar.documents(privately="陳老師")
    assert "2026-03-02 02:00 CET" in contents(document)["discussion.md"]


async def test_an_english_seminars_export_shows_its_prompt_in_english_first(seminar: Seminar) -> None:
    await seminar.says("陳老師", "/topics")
    seminar.store.seminars.configure(1, language="en")
    await seminar.starts("陳老師")
    await seminar.says("陳老師", "/discuss", chat=seminar.world.group)
    for label in ("Stances (7)", "Can AI film carry human warmth?", "▶ Begin"):
        await seminar.presses("陳老師", label)
    await seminar.says("陳老師", "/close")
    await seminar.says("陳老師", "/export")
    (document,) = seminar.documents(privately="陳老師")
    text = contents(document)["discussion.md"]
    assert "## Round 1: Can AI film carry human warmth?\n\n代碼編織的技術之網" in text


async def test_where_the_bot_may_not_write_yet_a_button_opens_the_way(seminar: Seminar) -> None:
    await a_short_round(seminar)
    await seminar.says("陳老師", "/export")
    seminar.expects("我還不能私訊你")
    await seminar.presses("陳老師", "打開私訊")
    (document,) = seminar.documents(privately="陳老師")
    assert "我覺得溫度來自生命經驗" in contents(document)["remarks.csv"]


async def test_the_way_is_closed_to_students(seminar: Seminar) -> None:
    await a_short_round(seminar)
    await seminar.says("陳老師", "/export")
    await seminar.presses("小安", "打開私訊")
    seminar.expects("只有那個群組的管理員", privately="小安")
    assert seminar.documents(privately="小安") == []


async def test_made_up_seminars_cannot_be_exported(seminar: Seminar) -> None:
    for payload in ("export_99", "export_x", "export_", "export_1_2"):
        await seminar.starts("陳老師", payload)
        seminar.expects("只有那個群組的管理員")


async def test_an_anonymous_admin_gets_the_button(seminar: Seminar) -> None:
    await a_short_round(seminar)
    seminar.world.promotes("陳老師", "小敏", anonymous=True)
    seminar.later(seconds=11)
    await seminar.says("小敏", "/export", anonymous=True)
    seminar.expects("匿名管理員")
    seminar.expects("打開私訊")
    await seminar.presses("小敏", "打開私訊")
    assert len(seminar.documents(privately="小敏")) == 1


async def test_an_export_in_private_needs_a_group(seminar: Seminar) -> None:
    await seminar.starts("陳老師")
    await seminar.says("陳老師", "/export", privately=True)
    seminar.expects("要在班級群組裡用")


async def test_a_seminar_without_rounds_exports_too(seminar: Seminar) -> None:
    await seminar.starts("陳老師")
    await seminar.says("陳老師", "/export")
    assert len(seminar.documents(privately="陳老師")) == 1


async def a_menu(seminar: Seminar) -> None:
    await seminar.starts("陳老師")
    await a_short_round(seminar)
    await seminar.says("陳老師", "/export")
    await seminar.presses("陳老師", "其他格式、單輪、姓名…", privately=True)


async def test_below_the_file_a_menu_leads_to_one_round_in_another_format(seminar: Seminar) -> None:
    await a_menu(seminar)
    seminar.expects("要匯出哪一輪", privately="陳老師")
    await seminar.presses("陳老師", "第 1 輪", privately=True)
    seminar.expects("要哪一種格式", privately="陳老師")
    await seminar.presses("陳老師", "閱讀版（.md）", privately=True)
    seminar.expects("第 1 輪", "化名", privately="陳老師")
    await seminar.presses("陳老師", "化名（建議）", privately=True)
    name, content = seminar.documents(privately="陳老師")[-1]
    assert name == "溫度-人文溫度讀書會-2026-03-02.md"
    assert "我覺得溫度來自生命經驗" in content.decode()
    assert "小安" not in content.decode()
    assert seminar.documents(chat=seminar.world.group) == [], "nothing in the group"


async def test_names_come_after_a_warning_and_the_file_says_so(seminar: Seminar) -> None:
    await a_menu(seminar)
    for label in ("全部", "JSON Lines（.jsonl）", "附上姓名…"):
        await seminar.presses("陳老師", label, privately=True)
    seminar.expects("誰拿到都知道誰說了什麼", privately="陳老師")
    assert len(seminar.documents(privately="陳老師")) == 1, "not yet"
    await seminar.presses("陳老師", "我了解，附上姓名", privately=True)
    content = seminar.documents(privately="陳老師")[-1][1].decode()
    assert '"name": "小安"' in content
    assert "含真實姓名" in content


async def test_every_format_can_be_had(seminar: Seminar) -> None:
    await a_menu(seminar)
    await seminar.presses("陳老師", "全部", privately=True)
    choices = seminar.last_in(seminar.world.private("陳老師"))
    labels = [each.text for row in choices.buttons for each in row][:-1]
    assert len(labels) == len(FORMATS)
    for number, name in enumerate(FORMATS):
        names = len(seminar.documents(privately="陳老師"))
        await seminar.presses(
            "陳老師",
            f"export:1:0:{number}:0",
            on=seminar.last_in(seminar.world.private("陳老師")),
            forged=True,
        )
        found, content = seminar.documents(privately="陳老師")[-1]
        assert len(seminar.documents(privately="陳老師")) == names + 1
        assert found.endswith(FORMATS[name].suffix)
        assert content


async def test_the_menu_is_closed_to_who_is_no_admin_any_more(seminar: Seminar) -> None:
    await a_menu(seminar)
    await seminar.starts("小安")
    await seminar.says("小安", "/help", privately=True)
    for data in ("export:1", "export:1:0:3:2", "export:99"):
        await seminar.presses("小安", data, on=seminar.last_in(seminar.world.private("小安")), forged=True)
        assert "管理員" in seminar.toast
    assert seminar.documents(privately="小安") == []


async def test_made_up_buttons_lead_nowhere(seminar: Seminar) -> None:
    await a_menu(seminar)
    before = seminar.documents(privately="陳老師")
    for data in (
        *("export", "export:x", "export:1:99", "export:1:0:99", "export:1:0:3:9", "export:1:0:3:0:0"),
        f"export:1:0:{list(FORMATS).index('sqlite')}:2",
    ):
        await seminar.presses(
            "陳老師", data, on=seminar.last_in(seminar.world.private("陳老師")), forged=True
        )
        assert seminar.toast, data
    assert seminar.documents(privately="陳老師") == before
