"""The updates that wait for the bot, ids, listeners, people and files."""

from datetime import timedelta

import pytest

from bot.rehearsal.fake_telegram.attachments import picture_size
from bot.rehearsal.fake_telegram.state import Change
from bot.rehearsal.fake_telegram.world import World
from tests.rehearsal.delivered import delivered, moves, only


def test_update_ids_rise_and_message_ids_count_within_the_supergroup(world: World) -> None:
    other = world.add_group("別班")
    world.add_person("阿哲", joins=other)
    world.says("小安", "一")
    world.says("阿哲", "二", chat=other)
    world.says("小安", "三")
    updates = delivered(world)
    first = updates[0].update_id
    assert [update.update_id for update in updates] == [first, first + 1, first + 2]
    assert [update.message.message_id for update in updates] == [1, 1, 2]


def test_private_chats_share_one_count_of_messages(world: World) -> None:
    one, two = world.starts_bot("小安"), world.starts_bot("小敏")
    assert (one.id, two.id) == (1, 2)


def test_ids_of_people_and_groups_are_too_big_for_32_bits(world: World) -> None:
    assert world.person("小安").id > 2**32
    assert world.group.id < -(2**31)


def test_updates_older_than_a_day_are_gone(world: World) -> None:
    world.says("小安", "昨天")
    moves(world, timedelta(hours=23))
    world.says("小安", "今天")
    moves(world, timedelta(hours=2))
    assert only(world).message.text == "今天"


def test_update_ids_may_start_again_lower(world: World) -> None:
    world.says("小安", "一")
    world.updates.restart_ids(5)
    world.says("小安", "二")
    first, second = delivered(world)
    assert second.update_id == 5 < first.update_id


def test_listeners_are_told_of_changes_until_they_stop(world: World) -> None:
    heard: list[Change] = []
    stop = world.listen(heard.append)
    post = world.says("小安", "一")
    world.edits("小安", post, "壹")
    world.deletes("小安", post)
    stop()
    world.says("小安", "二")
    assert [change.kind for change in heard] == ["message", "edited", "deleted"]
    assert heard[1].data["message"]["rehearsal"]["versions"][0]["text"] == "一"


def test_people_are_found_by_name_and_user_name_and_id(world: World) -> None:
    person = world.person("小安")
    assert world.person("xiaoan") is person
    assert world.person(person.id) is person
    with pytest.raises(LookupError, match="誰"):
        world.person("誰")


def test_each_person_has_a_colour_of_telegrams(world: World) -> None:
    assert len({person.colour for person in world.people.values()}) == 3


@pytest.mark.parametrize(
    ("data", "size"),
    [
        (b"GIF89a" + (3).to_bytes(2, "little") + (4).to_bytes(2, "little"), (3, 4)),
        (b"\xff\xd8\xff\xe0\0\x04ab\xff\xc0\0\x11\x08\0\x04\0\x03\x03", (3, 4)),
        (b"\xff\xd8\xff\xe0", None),
        (b"PK", None),
    ],
)
def test_the_size_of_a_picture_is_read_from_its_head(data: bytes, size: tuple[int, int] | None) -> None:
    assert picture_size(data) == size
