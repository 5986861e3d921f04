"""What the program says about itself on the terminal: one line a record, and never the token."""

import logging
import re
import sys
from types import TracebackType
from urllib.parse import quote

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\x80-\x9f\u2028\u2029]")


class Discreet(logging.Formatter):
    """Formats a record, its traceback included, without the secrets; a record cannot fake another one."""

    def __init__(self, *secrets: str) -> None:
        """Keep what must never be shown; a token's second half is a secret by itself."""
        super().__init__("%(asctime)s %(levelname)-7s %(name)s: %(message)s")
        halves = [half for secret in secrets for half in secret.split(":", 1)[1:]]
        shapes = {shape for secret in (*secrets, *halves) if secret for shape in (secret, quote(secret, ""))}
        self._secrets = sorted(shapes, key=len, reverse=True)

    def format(self, record: logging.LogRecord) -> str:
        """Return the record's text, discreet, its further lines indented."""
        text = super().format(record)
        for secret in self._secrets:
            text = text.replace(secret, "[token]")
        return _CONTROL.sub("?", text).replace("\n", "\n    ")


def set_up(*secrets: str, level: int = logging.INFO) -> None:
    """Log to standard error from now on, uncaught exceptions too."""
    handler = logging.StreamHandler()
    handler.setFormatter(Discreet(*secrets))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in ("httpx", "httpcore", "telegram", "telegram.ext"):
        logging.getLogger(name).setLevel(logging.WARNING)  # addresses with the token in them, at INFO
    logging.getLogger("telegram.request").setLevel(logging.CRITICAL)  # would quote an unreadable answer whole
    sys.excepthook = _log_uncaught


def _log_uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    logging.getLogger("wendu").critical("stopped by an error", exc_info=(kind, error, trace))
