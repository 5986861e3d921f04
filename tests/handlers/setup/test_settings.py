"""/settings: every setting by buttons, for admins only; what is chosen holds at once."""

import pytest

from tests.dialogue import Seminar
from tests.handlers.test_replaying import again, heard, snapshot

OWN = "/discuss AI 能承載人文溫度嗎？"


async def opened(seminar: Seminar) -> None:
    await seminar.says("陳老師", "/settings")


@pytest.mark.parametrize(
    ("which", "choice", "field", "value"),
    [
        ("記錄誰", "同意才記錄", "consent_rule", "explicit"),
        ("保留多久", "30 天", "retention_days", 30),
        ("保留多久", "1095 天", "retention_days", 1095),
        ("化名", "代碼（P-7K3QX2MD）", "alias_mode", "code"),
        ("時區", "Asia/Tokyo", "timezone", "Asia/Tokyo"),
        ("怎麼討論", "匿名", "visibility", "relay"),
        ("引導", "不引導", "facilitation", "off"),
    ],
)
async def test_a_setting_is_chosen_by_two_presses(
    seminar: Seminar, which: str, choice: str, field: str, value: object
) -> None:
    await opened(seminar)
    await seminar.presses("陳老師", which)
    seminar.expects(which)
    assert sum(label.startswith("✓") for row in seminar.keyboard for label in row) == 1
    await seminar.presses("陳老師", choice)
    assert seminar.toast == "改好了。"
    seminar.expects("這個研討的設定", f"{which}：{choice}")
    assert getattr(seminar.store.seminars.all()[0], field) == value


async def test_the_language_changes_at_once(seminar: Seminar) -> None:
    await opened(seminar)
    await seminar.presses("陳老師", "語言")
    await seminar.presses("陳老師", "English")
    seminar.expects("Settings of this seminar")
    assert seminar.toast == "Changed."


async def test_one_may_go_back_without_choosing(seminar: Seminar) -> None:
    await opened(seminar)
    before = snapshot(seminar)
    await seminar.presses("陳老師", "化名")
    seminar.expects("對不起來")
    await seminar.presses("陳老師", "‹ 回到設定")
    seminar.expects("化名：動物名（青鳥、山羊）")
    assert snapshot(seminar) == before


@pytest.mark.parametrize("privately", [True, False])
async def test_students_may_not(seminar: Seminar, *, privately: bool) -> None:
    await seminar.starts("小安")
    await seminar.says(
        "小安", "/settings", chat=None if privately else seminar.world.group, privately=privately
    )
    seminar.expects("要在班級群組裡用" if privately else "只有群組管理員")


@pytest.mark.parametrize("data", ["settings", "settings:r", "settings:r:1"])
async def test_students_may_not_press_either(seminar: Seminar, data: str) -> None:
    await opened(seminar)
    before = snapshot(seminar)
    await seminar.presses("小安", data, on=seminar.last, forged=True)
    assert "只有群組管理員" in seminar.toast
    assert snapshot(seminar) == before


@pytest.mark.parametrize(
    "data",
    [
        "settings:x",
        "settings:r:9",
        "settings:r:-1",
        "settings:r:１",
        "settings:r:0:0",
        "settings:",
        "settings:r:",
    ],
)
async def test_made_up_buttons_change_nothing(seminar: Seminar, data: str) -> None:
    await opened(seminar)
    before = snapshot(seminar)
    await seminar.presses("陳老師", data, on=seminar.last, forged=True)
    assert seminar.toast == "這個按鈕已經失效了。"
    assert snapshot(seminar) == before


async def test_the_open_rounds_card_says_so_at_once(seminar: Seminar) -> None:
    await seminar.says("陳老師", OWN)
    card = seminar.last
    await opened(seminar)
    await seminar.presses("陳老師", "保留多久")
    await seminar.presses("陳老師", "30 天")
    seminar.later(minutes=1)
    await opened(seminar)
    await seminar.presses("陳老師", "記錄誰")
    await seminar.presses("陳老師", "同意才記錄")
    assert "保留 30 天" in card.text
    assert "✅ 同意記錄" in [each.text for row in card.buttons for each in row]
    await seminar.says("小安", "/privacy")
    seminar.expects("30 天", "只有按了「同意記錄」的人")


async def test_privacy_names_the_kind_of_alias(seminar: Seminar) -> None:
    await opened(seminar)
    await seminar.presses("陳老師", "化名")
    await seminar.presses("陳老師", "代碼（P-7K3QX2MD）")
    await seminar.says("小安", "/privacy")
    seminar.expects("用代碼（像 P-7K3QX2MD）代替姓名")


async def test_rounds_begin_as_the_settings_say(seminar: Seminar) -> None:
    await opened(seminar)
    for which, choice in (("怎麼討論", "先寫再看"), ("引導", "主動引導")):
        await seminar.presses("陳老師", which)
        await seminar.presses("陳老師", choice)
    await seminar.says("陳老師", OWN)
    running = seminar.store.rounds.open_of(1)
    assert running
    assert (running.visibility, running.facilitation) == ("post_first", "lively")


async def test_what_is_scheduled_keeps_its_hour_in_another_time_zone(seminar: Seminar) -> None:
    await seminar.says("陳老師", "/schedule 明天 20:00 AI 能不能有風格？")
    (before,) = seminar.store.schedules.of(1)
    await opened(seminar)
    await seminar.presses("陳老師", "時區")
    await seminar.presses("陳老師", "Asia/Tokyo")
    (after,) = seminar.store.schedules.of(1)
    assert (before.due_at - after.due_at).total_seconds() == 3600


async def test_pressed_twice_or_handled_twice_it_is_the_same(seminar: Seminar) -> None:
    await seminar.says("陳老師", OWN)
    await seminar.says("小安", "有溫度")
    await opened(seminar)
    await seminar.presses("陳老師", "化名")
    choices = seminar.last
    seminar.world.presses("陳老師", choices, "代碼（P-7K3QX2MD）")
    raws = heard(seminar)
    await seminar.settle()
    before = snapshot(seminar), seminar.store.aliases.all(1)
    await again(seminar, raws)
    await seminar.presses("陳老師", "settings:a:1", on=choices, forged=True)
    assert (snapshot(seminar), seminar.store.aliases.all(1)) == before
