from tests.dialogue import Seminar


async def test_starting_in_private_says_what_this_is_and_what_to_do(seminar: Seminar) -> None:
    await seminar.starts("小安")
    seminar.expects("溫度", "代碼編織的技術之網", "/discuss", "/privacy")
    assert seminar.keyboard == [["看看可以問什麼", "怎麼用"], ["📖 換一篇讀物"], ["把我加進群組"]]


async def test_the_welcome_leads_to_the_topics_and_stays(seminar: Seminar) -> None:
    await seminar.starts("小安")
    await seminar.presses("小安", "看看可以問什麼")
    seminar.expects("第 1／")
    assert any("/discuss" in said for said in seminar.said())


async def test_the_welcome_leads_to_help(seminar: Seminar) -> None:
    await seminar.starts("小安")
    await seminar.presses("小安", "怎麼用")
    seminar.expects("/ask", "@WenduBot")


async def test_starting_in_a_group_is_short(seminar: Seminar) -> None:
    await seminar.says("小安", "/start")
    seminar.expects("/ask", "/discuss")
    assert seminar.keyboard == []


async def test_help_in_a_group_tells_who_may_do_what(seminar: Seminar) -> None:
    await seminar.says("小安", "/help")
    seminar.expects("每個人", "/stance", "老師", "/close")


async def test_help_in_private_is_about_asking(seminar: Seminar) -> None:
    await seminar.starts("小安")
    await seminar.says("小安", "/help", privately=True)
    seminar.expects("直接打字就好")


async def test_an_unknown_command_in_private_gets_help(seminar: Seminar) -> None:
    await seminar.starts("小安")
    await seminar.says("小安", "/weather 台北", privately=True)
    seminar.expects("還不會這個指令", "/ask")


async def test_an_unknown_command_in_a_group_may_be_for_another_bot(seminar: Seminar) -> None:
    await seminar.says("小安", "/weather 台北")
    seminar.expects_silence()


async def test_a_command_for_another_bot_is_not_ours(seminar: Seminar) -> None:
    await seminar.says("小安", "/help@OtherBot")
    seminar.expects_silence()


async def test_a_command_with_our_name_is_ours(seminar: Seminar) -> None:
    await seminar.says("小安", "/help@WenduBot")
    seminar.expects("/ask")


async def test_an_edited_command_is_not_obeyed_again(seminar: Seminar) -> None:
    post = await seminar.says("小安", "/help")
    await seminar.edits("小安", post, "/help 現在")
    seminar.expects_silence()


async def test_a_made_up_deep_link_still_gets_the_welcome(seminar: Seminar) -> None:
    await seminar.starts("小安", "nonsense")
    seminar.expects("你好")


async def test_a_button_of_an_earlier_version_is_answered(seminar: Seminar) -> None:
    await seminar.starts("小安")
    await seminar.presses("小安", "vote:1", on=seminar.last, forged=True)
    assert seminar.toast == "這個按鈕已經失效了。"
