"""What the program says about itself: for people on a terminal, as lines of JSON elsewhere.

We, Telegram's library, asyncio, warnings and errors nobody caught go through one chain: no token, nobody's
words, and what is logged cannot look like a line of its own. Each line of an update names it: bot/intake.
"""

import json
import logging
import os
import re
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, TextIO
from urllib.parse import quote

import structlog
from structlog.typing import EventDict, Processor

MOST_FRAMES, MOST_CAUSES = 6, 4
REPEATED_AFTER = 60.0  # seconds: one line a minute for what fails again and again
# Control characters but line feed, half characters, and what is not seen or turns the direction of writing.
_UNSEEN = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    r"\ud800-\udfff\U000e0000-\U000e0fff]"
)
_OBJECT = re.compile(r"<.*>", re.DOTALL)


def where(trace: TracebackType | None) -> str:
    """Return file:line of the innermost frames, innermost last."""
    frames: list[str] = []
    while trace is not None:
        path = Path(trace.tb_frame.f_code.co_filename)
        frames.append(f"{path.parent.name}/{path.name}:{trace.tb_lineno}")
        trace = trace.tb_next
    return " > ".join(frames[-MOST_FRAMES:])


def told(error: BaseException) -> str:
    """Return an error and its causes by kind and place: its own text may quote what somebody wrote."""
    return " <- ".join(_each(error))


def _each(error: BaseException | None) -> Iterator[str]:
    for _ in range(MOST_CAUSES):
        if error is None:
            return
        yield f"{type(error).__name__}{_detail(error)} in {where(error.__traceback__) or '?'}"
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _detail(error: BaseException) -> str:
    """Return the kind's own code, which is nobody's words."""
    if isinstance(error, BaseExceptionGroup):
        return " of " + ", ".join(sorted({type(inner).__name__ for inner in error.exceptions}))
    code = getattr(error, "sqlite_errorname", None) or getattr(error, "strerror", None)
    return f" ({code})" if isinstance(code, str) else ""


def _with_error(_logger: object, _method: str, event: EventDict) -> EventDict:
    """Put errors in words of ours, in place of a traceback."""
    error = event.pop("exc_info", None)
    if isinstance(error, tuple):
        error = error[1]
    if isinstance(error, BaseException):
        event["error"] = told(error)
    event.pop("stack_info", None)
    return event


def _without_objects(_logger: object, _method: str, event: EventDict) -> EventDict:
    """Cut out of asyncio's complaints the task itself: it shows its error's text, and ids in its name."""
    if event.get("logger") == "asyncio":
        event["event"] = _OBJECT.sub("<…>", str(event["event"]))
    return event


def seen(text: str) -> str:
    """Return the text with all that is not seen, or would steer a terminal, written as an escape."""
    return _UNSEEN.sub(lambda found: found[0].encode("unicode_escape", "surrogatepass").decode(), text)


def _seen(_logger: object, _method: str, event: EventDict) -> EventDict:
    return {
        seen(name): value if isinstance(value, int | float | None | logging.LogRecord) else seen(str(value))
        for name, value in event.items()
    }


def _in_order(_logger: object, _method: str, event: EventDict) -> EventDict:
    first = {name: event.pop(name) for name in ("timestamp", "level", "logger", "event") if name in event}
    return {**first, **event}


def _indented(_logger: object, _method: str, event: EventDict) -> EventDict:
    event["event"] = str(event["event"]).replace("\n", "\n    ")
    return event


def _written(event: EventDict, **_: Any) -> str:
    return json.dumps(event, ensure_ascii=False)


def _chain(*, terminal: bool) -> list[Processor]:
    """Return what every record goes through, whoever made it."""
    common: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        _without_objects,
        _with_error,
    ]
    if terminal:
        colors = sys.platform != "win32" and not os.environ.get("NO_COLOR")
        times = structlog.processors.TimeStamper(fmt="%Y-%m-%d %H:%M:%S", utc=False)
        show: Processor = structlog.dev.ConsoleRenderer(colors=colors, sort_keys=False, pad_event_to=0)
        return [*common, times, _seen, _indented, show]
    times = structlog.processors.TimeStamper(fmt="iso", utc=True)
    return [*common, times, _seen, _in_order, structlog.processors.JSONRenderer(_written)]


class Discreet(structlog.stdlib.ProcessorFormatter):
    """Formats a record without secrets and without anybody's words; a record cannot fake another one."""

    def __init__(self, *secrets: str, terminal: bool = False) -> None:
        """Keep what must never be shown; a token's second half is a secret by itself."""
        *chain, show = _chain(terminal=terminal)
        super().__init__(show, foreign_pre_chain=chain)
        halves = [half for secret in secrets for half in secret.split(":", 1)[1:]]
        shapes = {shape for secret in (*secrets, *halves) if secret for shape in (secret, quote(secret, ""))}
        self._secrets = sorted(shapes, key=len, reverse=True)

    def format(self, record: logging.LogRecord) -> str:
        """Return the record's text, discreet."""
        text = super().format(record)
        for secret in self._secrets:
            text = text.replace(secret, "[token]")
        return text


class Repeats(logging.Filter):
    """Lets a fault that comes again and again through once a minute, and says how often it came meanwhile."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        """Take the time, in seconds that only go forward, from `now`."""
        super().__init__()
        self._now = now
        self._since: dict[
            tuple[object, ...], tuple[float, int]
        ] = {}  # when it was let through, how many since

    def filter(self, record: logging.LogRecord) -> bool:
        """Return whether the record is to be written; what is about different updates is not the same."""
        if record.levelno < logging.WARNING:
            return True
        error = record.exc_info[1] if record.exc_info else None
        try:
            said, of = record.getMessage(), told(error) if error else ""
        except (TypeError, ValueError):  # cannot be written: the handler says so
            return True
        about = (record.name, record.levelno, said, of, *structlog.contextvars.get_contextvars().items())
        now = self._now()
        first, held_back = self._since.get(about, (-REPEATED_AFTER, 0))
        if now - first < REPEATED_AFTER:
            self._since[about] = (first, held_back + 1)
            return False
        self._since = {key: each for key, each in self._since.items() if now - each[0] < 2 * REPEATED_AFTER}
        self._since[about] = (now, 0)
        if held_back:
            record.msg, record.args = f"{said}（又 {held_back} 次 / {held_back} more）", ()
        return True


class _Handler(logging.StreamHandler[TextIO]):
    """Writes records, and never raises: of one that cannot be written it says so, where it still can."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802  logging's name
        """Go on without the record: where a disk is full or a pipe closed, the class goes on."""
        broken = (
            f"a record of {record.name}, {Path(record.pathname).name}:{record.lineno}, could not be written"
        )
        with suppress(OSError, ValueError):
            self.stream.write(json.dumps({"level": "error", "event": broken}) + self.terminator)


def set_up(*secrets: str, level: int = logging.INFO, stream: TextIO | None = None) -> None:
    """Log to standard error (or `stream`) from now on; warnings and uncaught errors too."""
    out = stream or sys.stderr
    handler = _Handler(out)
    handler.addFilter(Repeats())
    handler.setFormatter(Discreet(*secrets, terminal=out.isatty()))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.captureWarnings(capture=True)
    for name in ("httpx", "httpcore", "telegram", "telegram.ext"):
        logging.getLogger(name).setLevel(logging.WARNING)  # addresses with the token in them, at INFO
    logging.getLogger("telegram.request").setLevel(logging.CRITICAL)  # would quote an unreadable answer whole
    sys.excepthook = _log_uncaught
    sys.unraisablehook = lambda left: _log_uncaught(left.exc_type, left.exc_value, left.exc_traceback)
    threading.excepthook = lambda left: _log_uncaught(left.exc_type, left.exc_value, left.exc_traceback)


def _log_uncaught(
    kind: type[BaseException], error: BaseException | None, trace: TracebackType | None
) -> None:
    if error is not None and not issubclass(kind, KeyboardInterrupt):
        logging.getLogger("wendu").critical(
            "未預期的錯誤 / an error nobody expected", exc_info=(kind, error, trace)
        )
