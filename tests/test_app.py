import json
from dataclasses import replace
from pathlib import Path

import pytest
from telegram.ext import CommandHandler

from bot.answering.library import Library
from bot.app import ALONE, EVERYBODY, OWNING, STEERING, announce, build, table
from bot.config import ConfigError
from tests.dialogue import Seminar


async def test_commands_are_announced_by_place_and_language(seminar: Seminar) -> None:
    await announce(seminar.house)
    announced = {}
    for call in seminar.calls("setMyCommands"):
        place = json.loads(call.parameters["scope"])["type"]
        commands = json.loads(call.parameters["commands"])
        announced[place, call.parameters.get("language_code", "")] = [
            (command["command"], command["description"]) for command in commands
        ]
    assert len(announced) == 9
    group = dict(announced["all_group_chats", ""])
    assert group["ask"] == "問這篇文章一個問題"
    assert "discuss" not in group
    assert dict(announced["all_chat_administrators", "zh"])["export"] == "导出讨论纪录（管理员）"
    assert dict(announced["all_private_chats", "en"])["help"] == "How this works"


async def test_failing_to_announce_is_not_fatal(seminar: Seminar) -> None:
    seminar.world.faults.outage = True
    await announce(seminar.house)
    assert seminar.calls("setMyCommands")


def test_every_announced_command_has_a_handler_and_the_other_way_round() -> None:
    handled = {name for entry in table() if isinstance(entry, CommandHandler) for name in entry.commands}
    assert handled == {*EVERYBODY, *STEERING, *ALONE, *OWNING}


async def test_nothing_is_left_to_two_handlers(seminar: Seminar) -> None:
    assert list(seminar.house.handlers) == [0]
    assert all(entry.block for entry in table())


async def test_a_pack_that_is_not_there_is_found_out_at_the_start(seminar: Seminar, tmp_path: Path) -> None:
    desk = seminar.house.bot_data
    with pytest.raises(ConfigError, match=r"WENDU_PACK.*ai-film"):
        build(replace(desk.settings, pack="nothing"), desk.store, desk.library)
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "pack.md").write_text("no title", "utf-8")
    with pytest.raises(ConfigError, match="wendu pack check broken"):
        build(replace(desk.settings, pack="broken"), desk.store, Library.open(tmp_path))
