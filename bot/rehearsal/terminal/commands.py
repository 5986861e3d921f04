"""What one types for the terminal itself: lines that begin with a colon, in Chinese or English."""

import re
from dataclasses import dataclass

from bot.text.folding import to_simplified

COLONS = (":", "：")
NAMES: dict[str, tuple[str, ...]] = {
    "help": ("help", "h", "?", "說明"),
    "as": ("as", "我是"),
    "chat": ("chat", "到"),
    "reply": ("reply", "r", "回"),
    "edit": ("edit", "e", "改"),
    "delete": ("delete", "刪"),
    "react": ("react", "心情"),
    "add": ("add", "加人"),
    "save": ("save", "存"),
    "clock": ("clock", "鐘"),
    "next": ("next", "下一件"),
    "play": ("play", "播"),
    "pause": ("pause", "停一下"),
    "go": ("go", "繼續"),
    "step": ("step", "一句"),
    "stop": ("stop", "停"),
    "trouble": ("trouble", "狀況"),
    "calls": ("calls", "呼叫"),
    "quit": ("quit", "q", "exit", "離開"),
}
_BY_NAME = {to_simplified(name): key for key, names in NAMES.items() for name in names}
_PRESS = re.compile(r"(?:(\d+)[.．])?(\d+)")
_FORWARD = re.compile(r"[+＋]\s*(\d+)\s*(h|小時|小时|d|天|m|min|分|分鐘|分钟)?", re.IGNORECASE)
_UNITS = {"h": 60, "小": 60, "d": 1440, "天": 1440}


@dataclass(frozen=True)
class TerminalCommand:
    """An order and what follows it; `name` is a key of NAMES, "press", "forward" or "say"."""

    name: str
    rest: str = ""
    message: int | None = None  # of press: which message, None for the newest with buttons
    number: int = 0  # of press: which button, from 1; of forward: minutes


def read_command(line: str) -> TerminalCommand:
    """Return what a line asks for.

    Raises:
        LookupError: it begins with a colon, and there is no such order.
    """
    line = line.strip()
    if not line.startswith(COLONS):
        return TerminalCommand("say", line)
    asked = line[1:].strip()
    if asked.startswith(COLONS):  # two colons: somebody wants to say one
        return TerminalCommand("say", asked)
    if found := _PRESS.fullmatch(asked):
        return TerminalCommand("press", message=int(found[1]) if found[1] else None, number=int(found[2]))
    if found := _FORWARD.fullmatch(asked):
        unit = _UNITS.get((found[2] or "m")[0].lower(), 1)
        return TerminalCommand("forward", number=int(found[1]) * unit)
    word, _, rest = asked.partition(" ")
    name = _BY_NAME.get(to_simplified(word.lower()))
    if name is None:
        raise LookupError(word)
    return TerminalCommand(name, rest.strip())
