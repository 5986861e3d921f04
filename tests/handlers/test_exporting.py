import io
import zipfile

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
