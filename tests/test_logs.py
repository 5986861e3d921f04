import logging

import pytest

from bot.logs import Discreet

TOKEN = "123456789:AAErehearsal-only-not-a-real-token-0"


def formatted(message: str, *, error: BaseException | None = None) -> str:
    trace = (type(error), error, error.__traceback__) if error else None
    record = logging.LogRecord("wendu", logging.INFO, "x.py", 1, message, None, trace)
    return Discreet(TOKEN).format(record)


@pytest.mark.parametrize(
    "message",
    [
        f"POST https://telegram.example/bot{TOKEN}/getMe",
        "the second half alone: AAErehearsal-only-not-a-real-token-0",
        "quoted: 123456789%3AAAErehearsal-only-not-a-real-token-0",
    ],
)
def test_the_token_is_never_shown(message: str) -> None:
    text = formatted(message)
    assert "AAErehearsal" not in text
    assert "[token]" in text


def test_the_token_is_not_shown_in_a_traceback_either() -> None:
    with pytest.raises(ValueError, match="rejected") as caught:
        int(f"The token `{TOKEN}` was rejected by the server.")
    text = formatted("failed", error=caught.value)
    assert "AAErehearsal" not in text
    assert "ValueError" in text


def test_what_people_write_cannot_look_like_another_record() -> None:
    text = formatted("title: x\n2026-03-02 12:00:00,000 INFO    wendu: all is well\r\x1b[2J")
    assert [line.startswith("    2026") for line in text.split("\n")] == [False, True]
    assert "\r" not in text
    assert "\x1b" not in text
