from tests.dialogue import Seminar


async def test_topics_are_leafed_through_in_place(seminar: Seminar) -> None:
    await seminar.says("小安", "/topics")
    seminar.expects("第 1／")
    listed = seminar.last
    first = seminar.keyboard
    assert len(first) == 9
    assert first[-1] == ["下一頁 ›"]
    await seminar.presses("小安", "下一頁 ›")
    seminar.expects("第 2／")
    assert seminar.last is listed
    assert seminar.keyboard[-1] == ["‹ 上一頁", "下一頁 ›"]
    await seminar.presses("小安", "‹ 上一頁")
    assert seminar.keyboard == first


async def test_a_topic_opens_in_place_with_the_way_back(seminar: Seminar) -> None:
    await seminar.says("小安", "/topics")
    await seminar.presses("小安", "下一頁 ›")
    listed, label = seminar.last, seminar.keyboard[0][0]
    await seminar.presses("小安", label)
    seminar.expects(label, "出處")
    assert seminar.last is listed
    await seminar.presses("小安", "‹ 回到列表")
    seminar.expects("第 2／")


async def test_the_last_page_has_no_next_and_a_page_beyond_it_is_the_last(seminar: Seminar) -> None:
    await seminar.says("小安", "/topics")
    await seminar.presses("小安", "topics:999", on=seminar.last, forged=True)
    assert seminar.keyboard[-1] == ["‹ 上一頁"]


async def test_pressing_the_same_page_twice_does_no_harm(seminar: Seminar) -> None:
    await seminar.says("小安", "/topics")
    await seminar.presses("小安", "topics:1", on=seminar.last, forged=True)
    await seminar.presses("小安", "topics:1", on=seminar.last, forged=True)
    seminar.expects("第 2／")


async def test_a_made_up_topic_is_refused(seminar: Seminar) -> None:
    await seminar.says("小安", "/topics")
    await seminar.presses("小安", "topic:nothing:0", on=seminar.last, forged=True)
    assert seminar.toast == "這個按鈕已經失效了。"
