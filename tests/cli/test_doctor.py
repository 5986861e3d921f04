import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from bot.speech import LOCALES, load_speech
from tests.crash.telegram import TOKEN, Telegram


def wendu(folder: Path, *arguments: str, **settings: str) -> Result:
    environment = {"WENDU_DATABASE": str(folder / "wendu.db"), "TELEGRAM_BOT_TOKEN": "", **settings}
    return CliRunner().invoke(main, arguments, env=environment)


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # a developer's .env is none of the tests' business


def test_where_all_is_well_it_is_green_and_ends_with_0(tmp_path: Path) -> None:
    with Telegram() as there:
        done = wendu(tmp_path, "doctor", TELEGRAM_BOT_TOKEN=TOKEN, WENDU_API_URL=there.url)
    assert done.exit_code == 0, done.output
    assert {line[0] for line in done.output.splitlines()} <= {"✅", "🟡"}
    for subject in ("Telegram", "隱私模式", "時鐘", "資料庫", "金鑰", "磁碟", "ai-film", "字型"):
        assert subject in done.output
    assert TOKEN.split(":")[1] not in done.output


def test_what_is_red_ends_with_1_and_says_what_to_do(tmp_path: Path) -> None:
    done = wendu(tmp_path, "doctor", "--language", "en")
    assert done.exit_code == 1
    assert "❌ Token: TELEGRAM_BOT_TOKEN is not set. Ask @BotFather" in done.output


def test_a_wrong_setting_is_named(tmp_path: Path) -> None:
    done = wendu(tmp_path, "doctor", WENDU_TIMEZONE="Mars/Olympus")
    assert done.exit_code == 1
    assert "❌ 設定：WENDU_TIMEZONE" in done.output
    assert "wants" not in done.output
    english = wendu(tmp_path, "doctor", "--language", "en", TELEGRAM_BOT_TOKEN="not a token")
    assert "❌ Settings: TELEGRAM_BOT_TOKEN: does not look like a token" in english.output
    assert "not a token" not in english.output


def test_it_need_not_ask_telegram(tmp_path: Path) -> None:
    assert wendu(tmp_path, "doctor", "--offline").exit_code == 0


def test_every_line_is_said_in_both_languages_with_the_same_fields() -> None:
    phrases = load_speech(LOCALES / "doctor").phrases
    assert set(phrases["zh-Hant"]) == set(phrases["en"])


class Door(BaseHTTPRequestHandler):
    status = 200

    def do_GET(self) -> None:
        self.send_response(self.status if self.path == "/healthz" else 404)
        self.end_headers()
        self.wfile.write(json.dumps({"database": "writable"}).encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(params=[200, 503])
def door(request: pytest.FixtureRequest) -> Iterator[tuple[int, int]]:
    handler = type("OneDoor", (Door,), {"status": request.param})
    server = HTTPServer(("127.0.0.1", 0), handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield request.param, server.server_address[1]
    server.shutdown()
    server.server_close()
    thread.join()


def test_health_is_what_the_bot_says_of_itself(tmp_path: Path, door: tuple[int, int]) -> None:
    status, port = door
    done = wendu(tmp_path, "health", WENDU_LISTEN=f"127.0.0.1:{port}")
    assert (done.exit_code, "writable" in done.output) == (0 if status == 200 else 1, True)
    everywhere = wendu(tmp_path, "health", WENDU_LISTEN=f"0.0.0.0:{port}")
    assert everywhere.exit_code == done.exit_code


def test_a_bot_that_does_not_answer_is_not_well(tmp_path: Path) -> None:
    assert wendu(tmp_path, "health", WENDU_LISTEN="127.0.0.1:9").exit_code == 1
    assert wendu(tmp_path, "health").exit_code == 2


@pytest.mark.parametrize("console", ["cp950", "latin-1"])
def test_a_console_that_lacks_a_sign_shows_the_rest(tmp_path: Path, console: str) -> None:
    there = {"WENDU_DATABASE": str(tmp_path / "wendu.db")}
    done = CliRunner(charset=console).invoke(main, ["doctor", "--offline"], env=there)
    assert "[ok] " in done.output
    assert "wendu.db" in done.output
    assert CliRunner(charset=console).invoke(main, ["--help"]).exit_code == 0
