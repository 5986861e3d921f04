"""Methods by which the bot says what it is and what it can do."""

import re
from typing import Any

from telegram import User

from bot.rehearsal import rules
from bot.rehearsal.methods.parameters import Method, Parameters
from bot.rehearsal.world import World

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")


def get_me(world: World, _given: Parameters) -> User:
    """Describe the bot."""
    return world.me


def set_my_commands(world: World, given: Parameters) -> bool:
    """Set the list of commands for a scope and a language."""
    commands = given.json("commands") or []
    if len(commands) > rules.COMMANDS:
        raise rules.bad_request(rules.COMMANDS_TOO_MUCH)
    for command in commands:
        if not _COMMAND.fullmatch(str(command.get("command", "")).removeprefix("/")):
            raise rules.bad_request(rules.COMMAND_INVALID)
        if not 1 <= len(str(command.get("description", ""))) <= rules.COMMAND_DESCRIPTION:
            raise rules.bad_request(rules.COMMAND_DESCRIPTION_INVALID)
    world.settings[_commands_key(given)] = commands
    world.tell("commands", None, commands=commands, language=given.text("language_code"))
    return True


def get_my_commands(world: World, given: Parameters) -> list[Any]:
    """Return the list of commands of a scope and a language."""
    return list(world.settings.get(_commands_key(given), []))


def delete_my_commands(world: World, given: Parameters) -> bool:
    """Forget the list of commands of a scope and a language."""
    world.settings.pop(_commands_key(given), None)
    return True


def _commands_key(given: Parameters) -> str:
    scope = given.json("scope") or {"type": "default"}
    place = ":".join(str(scope.get(part, "")) for part in ("type", "chat_id", "user_id"))
    return f"commands {place} {given.text('language_code')}"


def _setting(name: str) -> tuple[Method, Method]:
    """Return the pair of methods that set and get one text, by language."""

    def write(world: World, given: Parameters) -> bool:
        world.settings[f"{name} {given.text('language_code')}"] = given.text(name)
        return True

    def read(world: World, given: Parameters) -> dict[str, str]:
        return {name: world.settings.get(f"{name} {given.text('language_code')}", "")}

    return write, read


_NAME, _DESCRIPTION, _SHORT = (_setting(name) for name in ("name", "description", "short_description"))

METHODS: dict[str, Method] = {
    "getMe": get_me,
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
    "setMyName": _NAME[0],
    "getMyName": _NAME[1],
    "setMyDescription": _DESCRIPTION[0],
    "getMyDescription": _DESCRIPTION[1],
    "setMyShortDescription": _SHORT[0],
    "getMyShortDescription": _SHORT[1],
}
