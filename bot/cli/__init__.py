"""The command `wendu`: each command lives in a file of its own and is imported only when it is called."""

import codecs
import io
import os
import sys
from importlib import import_module
from typing import Any, cast

import click

COMMANDS = {
    "ask": "bot.cli.ask:ask",
    "pack": "bot.cli.pack:pack",
    "run": "bot.cli.run:run",
    "rehearse": "bot.cli.rehearse:rehearse",
    "export": "bot.cli.export:export",
    "report": "bot.cli.report:report",
    "import": "bot.cli.import_log:import_",
    "backup": "bot.cli.backup:backup",
    "restore": "bot.cli.backup:restore",
    "doctor": "bot.cli.doctor:doctor",
    "health": "bot.cli.doctor:health",
}
SIGNS = {"✅": "[ok]", "🟡": "[?]", "❌": "[!]", "✔": "[ok]"}


class Commands(click.Group):
    """Finds commands in the table, so that asking does not pay for importing Telegram."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run a command, on any console, in any shell."""
        os.umask(os.umask(0o022) | 0o022)  # nobody else writes into what is made, whatever the shell says
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="spelled")
        return super().main(*args, **kwargs)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  click's signature
        """Return the names of all commands, in the table's order."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  click's signature
        """Return the command of that name, imported now, or None."""
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name].split(":")
        return cast("click.Command", getattr(import_module(module), name))


@click.command(cls=Commands)
@click.version_option(package_name="wendu")
def main() -> None:
    """溫度：在 Telegram 群組裡讀一篇文章、開一場研討 / A class seminar on one reading, in Telegram."""


def _spelled(error: UnicodeError) -> tuple[str | bytes, int]:
    """Put what a console in cp950 or latin-1 cannot show in other words."""
    if isinstance(error, UnicodeEncodeError) and (known := SIGNS.get(error.object[error.start])):
        return known, error.start + 1
    return codecs.backslashreplace_errors(error)


codecs.register_error("spelled", _spelled)
