import re

import pytest

from bot.pages.board.server import Boards
from tests.dialogue import Seminar, our_packs


@pytest.fixture
def served(seminar: Seminar) -> Seminar:
    """The seminar in a house that serves pages."""
    boards = Boards(seminar.store, our_packs, seminar.clock, "http://127.0.0.1:8080")
    seminar.house.bot_data.board = boards.links
    return seminar


async def test_the_class_gets_its_link_and_the_teacher_another_in_private(served: Seminar) -> None:
    await served.starts("陳老師")
    await served.says("陳老師", "/board")
    ours = re.search(r"http\S+", served.expects("即時看板").text)
    theirs = re.search(r"http\S+", served.expects("老師看板", privately="陳老師").text)
    assert ours
    assert theirs
    assert ours[0].startswith("http://127.0.0.1:8080/board/")
    assert ours[0] != theirs[0]
    assert theirs[0] not in "".join(served.said(chat=served.world.group))


async def test_a_student_gets_no_board(served: Seminar) -> None:
    await served.says("小安", "/board")
    served.expects("只有群組管理員")


async def test_where_the_bot_may_not_write_yet_a_button_opens_the_way(served: Seminar) -> None:
    await served.says("陳老師", "/board")
    served.expects("我還不能私訊你")
    await served.presses("小安", "打開私訊")
    served.expects("只有那個群組的管理員", privately="小安")
    await served.says("陳老師", "/board")
    await served.presses("陳老師", "打開私訊")
    served.expects("老師看板", privately="陳老師")


async def test_a_house_that_serves_no_pages_says_so(seminar: Seminar) -> None:
    await seminar.says("陳老師", "/board")
    seminar.expects("看板還沒有開放", "WENDU_LISTEN")
