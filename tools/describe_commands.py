"""Write docs/commands.md from the commands themselves: `python -m tools.describe_commands`.

A test compares; who changes an option or a command runs this again.
"""

from collections.abc import Iterator
from pathlib import Path

import click

from bot.app import ALONE, EVERYBODY, OWNING, STEERING
from bot.cli import main
from bot.speech import load_speech

TARGET = Path(__file__).parent.parent / "docs" / "commands.md"
WIDTH = 100
HEAD = """\
# 所有指令 / All commands

<!-- Made by `python -m tools.describe_commands`; a test compares it with the program. Do not edit. -->
"""
CHAT = """
## 在 Telegram 裡 / In Telegram

| 指令 / command | 誰、在哪裡 / who, where | 說明 | meaning |
|---|---|---|---|"""
TERMINAL = """
## 在終端機 / In the terminal

設定見 / settings: [operators.md](operators.md)"""
PLACES = (
    (STEERING, "群組管理員 / admins of the group"),
    (EVERYBODY, "群組裡的人 / everybody in the group"),
    (ALONE, "私訊 / in private"),
    (OWNING, "架設的人，私訊 / who runs the bot, in private"),
)


def describe() -> str:
    """Return the page."""
    return "\n".join([HEAD.rstrip(), CHAT, *_chat(), TERMINAL, *_terminal(main, "wendu", None)]) + "\n"


def _chat() -> Iterator[str]:
    """Yield a row for each command of the bot, with all places where it is offered."""
    speech = load_speech()
    names = dict.fromkeys(name for commands, _ in PLACES for name in commands)
    for name in names:
        places = "；".join(place for commands, place in PLACES if name in commands)
        chinese, english = (speech.plain(language, f"command.{name}") for language in ("zh-Hant", "en"))
        yield f"| `/{name}` | {places} | {chinese} | {english} |"


def _terminal(command: click.Command, path: str, parent: click.Context | None) -> Iterator[str]:
    """Yield the help of a command, and of those below it."""
    context = click.Context(
        command,
        info_name=path.rpartition(" ")[2],
        parent=parent,
        max_content_width=WIDTH,
        terminal_width=WIDTH,
    )
    yield f"\n### {path}\n\n```text\n{command.get_help(context)}\n```"
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            if below is not None:
                yield from _terminal(below, f"{path} {name}", context)


if __name__ == "__main__":
    TARGET.write_text(describe(), encoding="utf-8")
