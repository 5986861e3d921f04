from pathlib import Path

from bot.rehearsal.fake_telegram.state import Clock
from bot.rehearsal.fake_telegram.world import World
from tests.dialogue import MONDAY_MORNING, Seminar, holding


def a_world(*, privacy_mode: bool) -> World:
    world = World(clock=Clock(MONDAY_MORNING), privacy_mode=privacy_mode, bot_is_admin=False)
    world.add_person("陳老師", admin=True)
    world.add_person("小安")
    return world


async def test_a_group_that_is_ready_is_told_so(seminar: Seminar) -> None:
    await seminar.says("陳老師", "/setup")
    seminar.expects("我是管理員", "還沒收到過這個群組的一般發言")
    await seminar.says("小安", "大家早")
    await seminar.says("陳老師", "/setup")
    text = seminar.expects(
        "收到過大家的一般發言", "沒有分話題", "AI電影", "時區是 Asia/Taipei", "180 天"
    ).text
    assert "2026-03-02 09:00" in text
    assert f"這個群組的代號是 {seminar.store.reference(seminar.world.group.id)}" in text
    assert "❌" not in text


async def test_nothing_of_what_was_said_is_kept_to_know_that_it_was_heard(seminar: Seminar) -> None:
    await seminar.says("陳老師", "/setup")
    await seminar.says("小安", "只是打個招呼")
    assert seminar.store.seminars.heard_at(seminar.world.group.id) is not None
    assert "只是打個招呼".encode() not in seminar.store.path.read_bytes()
    assert seminar.store.all("SELECT * FROM remarks") == []


async def test_commands_and_replies_to_the_bot_do_not_count_as_heard(tmp_path: Path) -> None:
    async with holding(tmp_path, world=a_world(privacy_mode=True)) as seminar:
        await seminar.says("陳老師", "/setup")
        await seminar.replies("小安", "這篇在講什麼？")
        assert seminar.store.seminars.heard_at(seminar.world.group.id) is None


async def test_a_bot_that_hears_commands_only_says_both_ways_out(tmp_path: Path) -> None:
    async with holding(tmp_path, world=a_world(privacy_mode=True)) as seminar:
        await seminar.says("陳老師", "/setup")
        seminar.expects("❌ 我只收得到指令", "/setprivacy", "請先處理 ❌")
        seminar.world.promotes_bot("陳老師")
        await seminar.settle()
        await seminar.says("小安", "大家早")
        await seminar.says("陳老師", "/setup")
        assert "❌" not in seminar.expects("✅ 我是管理員", "✅ 可以釘選").text


async def test_without_privacy_mode_it_need_not_be_admin_but_cannot_pin(tmp_path: Path) -> None:
    async with holding(tmp_path, world=a_world(privacy_mode=False)) as seminar:
        await seminar.says("陳老師", "/setup")
        seminar.expects("✅ 隱私模式已關閉", "移出、重新加入", "🟡 不能釘選", "可以開始了")


async def test_each_topic_is_said_to_be_a_seminar_of_its_own(seminar: Seminar) -> None:
    forum = seminar.world.add_group("分話題的班", forum=True)
    seminar.world.joins("陳老師", chat=forum)
    seminar.world.promotes("陳老師", "陳老師", chat=forum)
    await seminar.settle()
    topic = seminar.world.opens_topic("陳老師", "第三週", chat=forum)
    await seminar.says("陳老師", "/setup", chat=forum, thread=topic.id)
    seminar.expects("✅ 這個話題自己是一個研討")
    await seminar.says("陳老師", "/setup", chat=forum)
    seminar.expects("✅ 這裡是 General")


async def test_a_pack_that_is_gone_is_a_fault(seminar: Seminar) -> None:
    await seminar.says("陳老師", "/setup")
    held = seminar.store.seminars.find(seminar.world.group.id)
    assert held is not None
    seminar.store.seminars.configure(held.id, pack="gone")
    await seminar.says("陳老師", "/setup")
    seminar.expects("❌ 讀不到教材包「gone」", "wendu pack check gone")


async def test_students_are_told_that_it_is_for_admins(seminar: Seminar) -> None:
    await seminar.says("小安", "/setup")
    seminar.expects("管理員")
    assert "準備好了嗎" not in seminar.last.text


async def test_it_speaks_the_seminars_language(tmp_path: Path) -> None:
    async with holding(tmp_path, language="en") as seminar:
        await seminar.says("陳老師", "/setup")
        seminar.expects(
            "Is this group ready?", "✅ I am an admin", "Asia/Taipei", "✅ The reading is in Chinese"
        )


def test_no_line_is_neither_fine_nor_a_thing_to_do(seminar: Seminar) -> None:
    for language, phrases in seminar.house.bot_data.speech.phrases.items():
        lines = {key: text for key, text in phrases.items() if key.startswith("check.")}
        for key, text in lines.items():
            if key.rpartition(".")[2] not in {"page", "ready", "nearly", "not_ready"}:
                assert text.lstrip()[0] in "✅🟡❌", (language, key)
