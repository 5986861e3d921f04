from tests.dialogue import Seminar

OWN = "/discuss AI 能承載人文溫度嗎？"


async def a_short_round(seminar: Seminar) -> None:
    await seminar.says("陳老師", OWN)
    await seminar.says("小安", "我覺得溫度來自生命經驗，小敏怎麼看？")
    await seminar.says("陳老師", "/close")


async def test_a_student_gets_no_report(seminar: Seminar) -> None:
    await seminar.starts("小安")
    await a_short_round(seminar)
    await seminar.says("小安", "/report")
    seminar.expects("只有群組管理員")
    assert seminar.documents(privately="小安") == []


async def test_the_report_goes_to_the_admins_private_chat_and_nowhere_else(seminar: Seminar) -> None:
    await seminar.starts("陳老師")
    await seminar.says("小敏", "/stance")  # somebody is known whose name others may write
    await a_short_round(seminar)
    await seminar.says("陳老師", "/report")
    seminar.expects("報告已經私訊給你了")
    assert seminar.documents() == []
    ((name, html),) = seminar.documents(privately="陳老師")
    assert name == "溫度-報告-人文溫度讀書會-2026-03-02.html"
    page = html.decode()
    assert page.startswith("<!DOCTYPE html>")
    assert "溫度來自生命經驗" in page
    assert "小安" not in page


async def test_one_round_alone_may_be_asked_for(seminar: Seminar) -> None:
    await seminar.starts("陳老師")
    await a_short_round(seminar)
    await seminar.says("陳老師", "/discuss 誰是作者？")
    await seminar.says("小敏", "作者是下指令的人")
    await seminar.says("陳老師", "/close")
    await seminar.says("陳老師", "/report 2")
    page = seminar.documents(privately="陳老師")[-1][1].decode()
    assert "作者是下指令的人" in page
    assert "溫度來自生命經驗" not in page
    await seminar.says("陳老師", "/report 9")
    seminar.expects("沒有第 9 輪；一共有 2 輪")


async def test_without_a_round_there_is_nothing_to_report(seminar: Seminar) -> None:
    await seminar.says("陳老師", "/report")
    seminar.expects("還沒有討論可以報告")


async def test_where_the_bot_may_not_write_yet_a_button_opens_the_way(seminar: Seminar) -> None:
    await a_short_round(seminar)
    await seminar.says("陳老師", "/report 1")
    seminar.expects("我還不能私訊你")
    await seminar.presses("陳老師", "打開私訊")
    ((_, html),) = seminar.documents(privately="陳老師")
    assert "溫度來自生命經驗" in html.decode()


async def test_the_way_is_closed_to_students_and_to_made_up_seminars(seminar: Seminar) -> None:
    await a_short_round(seminar)
    await seminar.says("陳老師", "/report")
    await seminar.presses("小安", "打開私訊")
    seminar.expects("只有那個群組的管理員", privately="小安")
    for payload in ("report_99", "report_x", "report_", "report_1-", "report_٣"):
        await seminar.starts("小安", payload)
        seminar.expects("只有那個群組的管理員", privately="小安")
    assert seminar.documents(privately="小安") == []
