"""Messages in rare shapes: edits that change nothing, captions, albums, people without a name."""

from typing import Any

import pytest

from tests.dialogue import Seminar

ANN = {"id": 11, "is_bot": False, "first_name": "Ann"}


class Raw:
    """Sends raw updates of one person into the class's group, or into their private chat."""

    def __init__(self, seminar: Seminar) -> None:
        self.seminar, self.count = seminar, 500_000_000

    async def __call__(
        self, kind: str = "message", *, user: dict[str, Any] = ANN, private: bool = False, **fields: Any
    ) -> None:
        self.count += 1
        group = {"id": self.seminar.world.group.id, "type": "supergroup", "title": "Class"}
        chat = {"id": user["id"], "type": "private", "first_name": "Ann"} if private else group
        date = int(self.seminar.clock().timestamp())
        message = {"message_id": self.count, "from": user, "chat": chat, "date": date, **fields}
        self.seminar._begin(self.seminar.room)
        await self.seminar.intake.receive([{"update_id": self.count, kind: message}])
        await self.seminar.settle()


@pytest.fixture
def raw(seminar: Seminar) -> Raw:
    return Raw(seminar)


def said(seminar: Seminar) -> list[str]:
    (place,) = seminar.store.seminars.all()
    running = seminar.store.rounds.open_of(place.id)
    return [remark.text for remark in seminar.store.remarks.of(running.id)] if running else []


async def test_an_edit_without_its_date_logs_nothing_from_before_the_round(
    seminar: Seminar, raw: Raw
) -> None:
    await raw(message_id=1000, text="my grade is F")
    await seminar.says("陳老師", "/discuss AI 能承載人文溫度嗎？")
    await raw("edited_message", message_id=1000, text="my grade is F")
    assert said(seminar) == []


async def test_an_edit_without_its_date_changes_no_remark(seminar: Seminar, raw: Raw) -> None:
    await seminar.says("陳老師", "/discuss AI 能承載人文溫度嗎？")
    await raw(message_id=1000, text="可以")
    await raw("edited_message", message_id=1000, text="可以")
    assert said(seminar) == ["可以"]


async def test_a_message_that_says_when_it_was_edited_is_a_new_one_all_the_same(
    seminar: Seminar, raw: Raw
) -> None:
    await seminar.says("陳老師", "/discuss AI 能承載人文溫度嗎？")
    await raw(text="可以", edit_date=int(seminar.clock().timestamp()))
    assert said(seminar) == ["可以"]


async def test_a_command_in_a_caption_is_obeyed_and_is_no_remark(seminar: Seminar, raw: Raw) -> None:
    await seminar.says("陳老師", "/discuss AI 能承載人文溫度嗎？")
    marks = [{"type": "bot_command", "offset": 0, "length": 4}]
    await raw(photo=PHOTO, caption="/ask 什麼是符號拼貼？", caption_entities=marks)
    assert said(seminar) == []
    seminar.expects("符號拼貼")


async def test_a_mention_in_a_caption_is_answered_and_is_no_remark(seminar: Seminar, raw: Raw) -> None:
    await seminar.says("陳老師", "/discuss AI 能承載人文溫度嗎？")
    name = f"@{seminar.world.bot.username}"
    marks = [{"type": "mention", "offset": 0, "length": len(name)}]
    await raw(photo=PHOTO, caption=f"{name} 什麼是符號拼貼？", caption_entities=marks)
    assert said(seminar) == []
    seminar.expects("符號拼貼")


async def test_an_album_is_one_contribution(seminar: Seminar, raw: Raw) -> None:
    await seminar.says("陳老師", "/discuss AI 能承載人文溫度嗎？")
    await raw(photo=PHOTO, media_group_id="7", caption="三張劇照")
    await raw(photo=PHOTO, media_group_id="7")
    await raw(photo=PHOTO, media_group_id="7")
    assert said(seminar) == ["三張劇照"]


async def test_words_under_a_later_picture_of_an_album_are_kept(seminar: Seminar, raw: Raw) -> None:
    await seminar.says("陳老師", "/discuss AI 能承載人文溫度嗎？")
    await raw(photo=PHOTO, media_group_id="7")
    await raw(photo=PHOTO, media_group_id="7", caption="看這一張")
    await raw(photo=PHOTO, media_group_id="8")
    assert said(seminar) == ["", "看這一張", ""]


async def test_an_album_in_private_gets_one_answer(seminar: Seminar, raw: Raw) -> None:
    await seminar.starts("小安")
    user = {"id": seminar.world.person("小安").id, "is_bot": False, "first_name": "小安"}
    before = len(seminar.said(privately="小安"))
    for _ in range(5):
        await raw(user=user, private=True, photo=PHOTO, media_group_id="7")
    assert len(seminar.said(privately="小安")) == before + 1


@pytest.mark.parametrize("name", [{"first_name": ""}, {}, {"first_name": "\u2060\u3164"}])
async def test_who_has_no_name_is_logged_and_may_say_no(
    seminar: Seminar, raw: Raw, name: dict[str, str]
) -> None:
    await seminar.says("陳老師", "/discuss AI 能承載人文溫度嗎？")
    nameless = {"id": 5_000_000_012, "is_bot": False, **name}
    await raw(user=nameless, text="可以")
    assert said(seminar) == ["可以"]
    marks = [{"type": "bot_command", "offset": 0, "length": 7}]
    await raw(user=nameless, text="/optout", entities=marks)
    await raw(user=nameless, text="不說了")
    assert said(seminar) == ["可以"]
    assert seminar.errors == []


PHOTO = [{"file_id": "f", "file_unique_id": "u", "width": 90, "height": 90}]
