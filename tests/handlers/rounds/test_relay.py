"""Anonymous relay: words under a mask, taken back at will, lifted by admins only, never without a trace."""

import io
import zipfile
from pathlib import Path

import pytest
from telegram import ChatMember, ChatMemberRestricted

from bot.rehearsal.bot_api.server import METHODS
from bot.rehearsal.fake_telegram.world import World
from bot.text.folding import to_simplified
from db.discussion.masks import ALL, ENGLISH
from db.exports.export import Job
from tests.db.exports.exported import export_zip
from tests.dialogue import Seminar
from tests.handlers.rounds.test_post_first import card_of
from tests.handlers.rounds.test_time import timed

SPEAK = "🎭 匿名發言"
RIGHTS = [name for name in ChatMemberRestricted.__slots__ if name.startswith("can_")]


async def whispers(seminar: Seminar, who: str, *words: str) -> None:
    """Go to the private chat by the card's button, and write there."""
    await seminar.presses(who, SPEAK, on=card_of(seminar))
    for each in words:
        await seminar.says(who, each, privately=True)


async def test_words_go_to_the_group_under_one_mask_a_person(seminar: Seminar) -> None:
    await timed(seminar, "匿名")
    await whispers(seminar, "小安", "我其實沒有感覺", "真的沒有")
    await whispers(seminar, "小敏", "我有")
    said = seminar.said(chat=seminar.world.group)[-3:]
    masks = [each.partition("\n")[0] for each in said]
    assert masks[0] == masks[1] != masks[2]
    assert not any(name in each for each in said for name in ("小安", "小敏"))
    seminar.expects("已經用", masks[2], privately="小敏")
    logged = seminar.store.remarks.of(1)
    assert [(one.text, one.alias, one.via) for one in logged] == [
        ("我其實沒有感覺", masks[0], "relay"),
        ("真的沒有", masks[0], "relay"),
        ("我有", masks[2], "relay"),
    ]


async def test_who_was_thrown_out_speaks_to_the_class_no_more(seminar: Seminar) -> None:
    await timed(seminar, "匿名")
    await whispers(seminar, "小安", "搗亂")
    seminar.world.removes("陳老師", "小安")
    await seminar.says("小安", "還在搗亂", privately=True)
    assert "還在搗亂" not in "\n".join(seminar.said(chat=seminar.world.group))
    seminar.expects("找不到", privately="小安")
    assert [one.text for one in seminar.store.remarks.of(1)] == ["搗亂"]


@pytest.mark.parametrize("is_member", [True, False])
async def test_who_is_restricted_may_speak_while_in_the_class(
    seminar: Seminar, monkeypatch: pytest.MonkeyPatch, *, is_member: bool
) -> None:
    def restricted(world: World, _: object) -> ChatMemberRestricted:
        raw = dict.fromkeys(RIGHTS, False) | {"status": "restricted", "is_member": is_member, "until_date": 0}
        member = ChatMember.de_json(raw | {"user": world.person("小安").user.to_dict()})
        assert isinstance(member, ChatMemberRestricted)
        return member

    monkeypatch.setitem(METHODS, "getchatmember", restricted)
    await timed(seminar, "匿名")
    await whispers(seminar, "小安", "我說")
    assert [one.text for one in seminar.store.remarks.of(1)] == ["我說"] * is_member


async def test_masks_are_drawn_anew_for_every_round(seminar: Seminar) -> None:
    seminar.store.key = b"one in fifty keys draws a mask twice in three rounds; not this one"
    for number in (1, 2, 3):
        await timed(seminar, "匿名")
        await whispers(seminar, "小安", "又是我")
        await seminar.says("陳老師", "/close", chat=seminar.world.group)
        assert len(seminar.store.rounds.of(1)) == number
    assert len({seminar.store.masks.all(number)[0] for number in (1, 2, 3)}) == 3


async def test_a_mask_is_called_as_the_seminar_speaks_and_no_two_are_the_same_in_translation(
    seminar: Seminar,
) -> None:
    await timed(seminar, "匿名")
    people = [classmate(seminar, number) for number in range(len(ALL))]
    drawn = []
    for number, person_id in enumerate(people):
        seminar.store.seminars.configure(1, language=("zh-Hant", "zh-Hans", "en")[number % 3])
        drawn.append(seminar.store.masks.of(1, person_id))
    same = {form: one for one in ALL for form in (one, to_simplified(one), ENGLISH[one])}
    assert {same[one] for one in drawn} == {*ALL}
    assert ENGLISH[same[drawn[2]]] == drawn[2]
    assert seminar.store.masks.of(1, classmate(seminar, len(ALL))) not in drawn


def classmate(seminar: Seminar, number: int) -> int:
    return seminar.store.people.meet(9_000 + number, f"同學{number}").id


async def test_a_reply_to_a_mask_is_a_remark(seminar: Seminar) -> None:
    await timed(seminar, "匿名")
    await whispers(seminar, "小安", "我其實沒有感覺")
    relayed = seminar.last_in(seminar.world.group)
    await seminar.replies("阿哲", "為什麼沒有？", to=relayed)
    seminar.expects_silence()
    assert seminar.store.remarks.of(1)[-1].reply_to_message_id == relayed.id


async def test_what_slipped_out_can_be_taken_back_from_group_and_log(seminar: Seminar) -> None:
    await timed(seminar, "匿名")
    await whispers(seminar, "小安", "這句不該說")
    relayed = seminar.last_in(seminar.world.group)
    await seminar.presses("小安", "↩️ 收回這一則", privately=True)
    seminar.expects("收回了")
    assert relayed.deleted
    assert seminar.store.remarks.of(1) == []
    await whispers(seminar, "小敏", "別人的話")
    message = seminar.store.remarks.of(1)[0].message_id
    await seminar.presses(
        "小安", f"unsay:1:{message}", on=seminar.last_in(seminar.world.private("小安")), forged=True
    )
    assert seminar.toast == "這個按鈕已經失效了。"
    assert len(seminar.store.remarks.of(1)) == 1


async def test_after_the_round_nothing_can_be_taken_back(seminar: Seminar) -> None:
    await timed(seminar, "匿名")
    await whispers(seminar, "小安", "我說的")
    await seminar.says("陳老師", "/close", chat=seminar.world.group)
    await seminar.presses("小安", "↩️ 收回這一則", privately=True)
    assert "收不回來" in seminar.toast
    await seminar.says("小安", "塔可夫斯基是誰？", privately=True)
    seminar.expects("出處：")


async def test_only_an_admin_can_lift_a_mask_and_it_is_written_down(seminar: Seminar) -> None:
    await timed(seminar, "匿名")
    card = card_of(seminar)
    await whispers(seminar, "小安", "是誰說的？")
    alias = seminar.store.masks.all(1)[0]
    await seminar.presses("小敏", "🎭 查化身（管理員）", on=card)
    assert "只有群組管理員" in seminar.toast
    await seminar.presses("陳老師", "🎭 查化身（管理員）", on=card)
    assert "打開我的私訊" in seminar.toast
    await seminar.starts("陳老師")
    await seminar.presses("陳老師", "🎭 查化身（管理員）", on=card)
    assert seminar.toast == "名單私訊給你了。"
    await seminar.presses("陳老師", alias, privately=True)
    assert seminar.alert
    assert "小安" in seminar.toast
    assert not any("小安" in said for said in seminar.said(privately="陳老師"))
    (trace,) = seminar.store.all("SELECT round_id, alias, asked_by FROM unmaskings")
    teacher = seminar.store.people.meet(seminar.world.person("陳老師").id, "陳老師", "teacher_chen")
    assert tuple(trace) == (1, alias, teacher.id)
    await seminar.starts("小敏")
    await seminar.presses("小敏", "who:1:0", on=seminar.last, forged=True)
    assert "只有群組管理員" in seminar.toast
    assert len(seminar.store.all("SELECT * FROM unmaskings")) == 1


async def test_without_masks_there_is_nothing_to_lift(seminar: Seminar) -> None:
    await timed(seminar, "匿名")
    await seminar.presses("陳老師", "🎭 查化身（管理員）")
    assert seminar.toast == "還沒有人匿名發言。"
    await seminar.starts("陳老師")
    for data in ("who:1:0", "who:99:0"):
        await seminar.presses("陳老師", data, on=seminar.last, forged=True)
        assert seminar.toast == "這個按鈕已經失效了。"


async def test_exports_show_masks_and_no_names_even_where_names_are_asked_for(
    seminar: Seminar, tmp_path: Path
) -> None:
    await timed(seminar, "匿名")
    await whispers(seminar, "小安", "我其實沒有感覺")
    await seminar.says("小安", "這句我公開說", chat=seminar.world.group)
    mask = seminar.store.masks.all(1)[0]
    alias = seminar.store.aliases.of(1, seminar.store.people.meet(seminar.world.person("小安").id, "小安").id)
    path = export_zip(tmp_path / "log.zip", Job(seminar.store, 1, names=True))
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
        rows = archive.read("remarks.csv").decode("utf-8-sig").splitlines()
    masked = next(row for row in rows if "沒有感覺" in row)
    openly = next(row for row in rows if "公開說" in row)
    assert mask in masked
    assert "小安" not in masked
    assert alias not in masked
    assert "小安" in openly
    assert mask not in openly


async def test_who_said_no_is_not_relayed(seminar: Seminar) -> None:
    await timed(seminar, "匿名")
    await seminar.presses("小安", "🙈 不要記錄我")
    await whispers(seminar, "小安", "我想說")
    assert seminar.store.remarks.of(1) == []
    assert not any("我想說" in said for said in seminar.said(chat=seminar.world.group))


async def test_forgetting_somebody_takes_mask_and_masked_words_along(seminar: Seminar) -> None:
    await timed(seminar, "匿名")
    await whispers(seminar, "小安", "忘了我")
    person = seminar.store.people.meet(seminar.world.person("小安").id, "小安")
    assert seminar.store.people.data_of(person.id)["masks"][0]["alias"] == seminar.store.masks.all(1)[0]
    seminar.store.erasure.forget(person.id)
    assert seminar.store.masks.all(1) == []
    assert seminar.store.remarks.of(1) == []
