from pathlib import Path

import pytest

from bot.config import ConfigError, Settings, load_settings, shown

TOKEN = "123456789:AAEhBOweik6ad9r_QXMENQjcrGbqCr4K-bc"


def test_defaults_are_enough_when_there_is_a_token() -> None:
    settings = load_settings({"TELEGRAM_BOT_TOKEN": TOKEN})
    assert settings.token == TOKEN
    assert settings.api_url == "https://api.telegram.org"
    assert settings.database == Path("data/wendu.db")
    assert settings.language == "zh-Hant"
    assert settings.timezone.key == "Asia/Taipei"
    assert settings.packs.name == "prompts"


def test_the_repr_does_not_show_the_token() -> None:
    assert TOKEN not in repr(load_settings({"TELEGRAM_BOT_TOKEN": TOKEN}))
    assert TOKEN not in f"{Settings(token=TOKEN)}"


@pytest.mark.parametrize(
    ("variable", "value", "wants"),
    [
        ("TELEGRAM_BOT_TOKEN", "", "@BotFather"),
        ("TELEGRAM_BOT_TOKEN", "my-token", "123456789:AAE"),
        ("WENDU_API_URL", "api.telegram.org", "https://"),
        ("WENDU_API_URL", "ftp://x", "https://"),
        ("WENDU_LANGUAGE", "fr", "zh-Hans"),
        ("WENDU_TIMEZONE", "Taipei", "Asia/Taipei"),
        ("WENDU_TIMEZONE", "../etc", "Asia/Taipei"),
        ("WENDU_PACKS", "no/such/folder", "no/such/folder"),
        ("WENDU_DATABASE", ".", "data/wendu.db"),
        ("WENDU_OWNER", "@teacher", "@userinfobot"),
    ],
)
def test_an_error_names_the_variable_and_what_it_wants(variable: str, value: str, wants: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load_settings({"TELEGRAM_BOT_TOKEN": TOKEN, variable: value})
    assert caught.value.variable == variable
    chinese, english = str(caught.value).splitlines()
    assert chinese.startswith(f"{variable}：")
    assert english.startswith(f"{variable}: ")
    assert wants in chinese
    assert wants in english


def test_a_server_of_ones_own_may_give_out_other_tokens() -> None:
    own = {"TELEGRAM_BOT_TOKEN": "1:test", "WENDU_API_URL": "http://127.0.0.1:8081"}
    assert load_settings(own).token == "1:test"
    with pytest.raises(ConfigError):
        load_settings(own | {"TELEGRAM_BOT_TOKEN": "1:te st"})


def test_a_wrong_token_is_not_repeated_in_the_error() -> None:
    with pytest.raises(ConfigError) as caught:
        load_settings({"TELEGRAM_BOT_TOKEN": f'"{TOKEN}"'})
    assert TOKEN not in str(caught.value)


def test_the_file_is_read_and_the_environment_wins(tmp_path: Path) -> None:
    dotenv = tmp_path / ".env"
    dotenv.write_text(f"TELEGRAM_BOT_TOKEN={TOKEN}\nWENDU_LANGUAGE=en\nWENDU_TIMEZONE=Asia/Macau\n")
    settings = load_settings({"WENDU_LANGUAGE": "zh-hans"}, dotenv)
    assert settings.token == TOKEN
    assert settings.language == "zh-Hans"
    assert settings.timezone.key == "Asia/Macau"


def test_an_empty_variable_counts_as_not_set(tmp_path: Path) -> None:
    assert load_settings({"WENDU_LANGUAGE": " "}, tmp_path / "none", need_token=False).language == "zh-Hant"


def test_rehearsing_needs_no_token() -> None:
    assert load_settings({}, need_token=False).token == ""


def test_the_key_lies_beside_the_database() -> None:
    settings = load_settings({"WENDU_DATABASE": "/srv/wendu/class.db"}, need_token=False)
    assert settings.secret_key_file == Path("/srv/wendu/class.key")


def test_a_webhook_is_asked_for_only_where_it_is_used() -> None:
    wanted = {"TELEGRAM_BOT_TOKEN": TOKEN, "WENDU_WEBHOOK_URL": "https://bot.example.edu/wendu"}
    assert load_settings(wanted).webhook_url == ""
    assert load_settings(wanted).listen is None
    settings = load_settings(wanted, webhook=True)
    assert settings.webhook_url == "https://bot.example.edu/wendu"
    assert settings.listen == ("127.0.0.1", 8080)


def test_the_webhooks_secret_is_not_shown() -> None:
    secret = "a-secret-of-more-than-sixteen"
    settings = load_settings({"TELEGRAM_BOT_TOKEN": TOKEN, "WENDU_WEBHOOK_SECRET": secret})
    assert settings.webhook_secret == secret
    assert secret not in repr(settings)
    with pytest.raises(ConfigError) as caught:
        load_settings({"TELEGRAM_BOT_TOKEN": TOKEN, "WENDU_WEBHOOK_SECRET": f"{secret} with blanks"})
    assert secret not in str(caught.value)


@pytest.mark.parametrize("url", ["", "bot.example.edu", "http://bot.example.edu/wendu", "https://"])
def test_an_address_that_telegram_cannot_use_is_refused(url: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load_settings({"TELEGRAM_BOT_TOKEN": TOKEN, "WENDU_WEBHOOK_URL": url}, webhook=True)
    assert caught.value.variable == "WENDU_WEBHOOK_URL"


@pytest.mark.parametrize(
    ("text", "address"),
    [("0.0.0.0:80", ("0.0.0.0", 80)), (":9000", ("127.0.0.1", 9000)), ("[::1]:8443", ("::1", 8443))],
)
def test_where_to_listen_may_be_chosen(text: str, address: tuple[str, int]) -> None:
    assert load_settings({"TELEGRAM_BOT_TOKEN": TOKEN, "WENDU_LISTEN": text}).listen == address


@pytest.mark.parametrize("text", ["8080:", "localhost", "127.0.0.1:70000", "a:b", "1.2.3.4:-1"])
def test_an_address_without_a_port_is_refused(text: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load_settings({"TELEGRAM_BOT_TOKEN": TOKEN, "WENDU_LISTEN": text})
    assert caught.value.variable == "WENDU_LISTEN"


def test_who_runs_the_bot_is_a_number_or_nobody() -> None:
    assert load_settings({"TELEGRAM_BOT_TOKEN": TOKEN}).owner is None
    assert load_settings({"TELEGRAM_BOT_TOKEN": TOKEN, "WENDU_OWNER": "4711"}).owner == 4711


def test_the_boards_address_is_kept_without_its_last_slash() -> None:
    settings = load_settings({"TELEGRAM_BOT_TOKEN": TOKEN, "WENDU_BOARD_URL": "https://bot.example.edu/"})
    assert settings.board_url == "https://bot.example.edu"


def test_an_address_of_the_board_that_no_browser_opens_is_refused() -> None:
    with pytest.raises(ConfigError) as caught:
        load_settings({"TELEGRAM_BOT_TOKEN": TOKEN, "WENDU_BOARD_URL": "bot.example.edu"})
    assert caught.value.variable == "WENDU_BOARD_URL"


TOLD = (
    "API_URL",
    "BOARD_URL",
    "DATABASE",
    "KEY_FILE",
    "LANGUAGE",
    "LISTEN",
    "OWNER",
    "PACK",
    "PACKS",
    "TIMEZONE",
)


@pytest.mark.parametrize("secret", [TOKEN, f"https://api.telegram.org/bot{TOKEN}/", f"{TOKEN}:8080"])
@pytest.mark.parametrize("variable", [f"WENDU_{name}" for name in (*TOLD, "WEBHOOK_URL")])
def test_a_token_in_the_wrong_setting_is_refused_and_not_repeated(variable: str, secret: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load_settings({"TELEGRAM_BOT_TOKEN": TOKEN, variable: secret}, webhook=True)
    assert caught.value.variable == variable
    assert TOKEN.partition(":")[2] not in str(caught.value)
    assert "TELEGRAM_BOT_TOKEN" in str(caught.value)


@pytest.mark.parametrize(
    "variable",
    ["WENDU_LANGUAGE", "WENDU_TIMEZONE", "WENDU_OWNER", "WENDU_LISTEN", "WENDU_PACKS", "WENDU_BOARD_URL"],
)
def test_a_webhooks_secret_in_the_wrong_setting_is_not_repeated(variable: str) -> None:
    secret = "hunter2-hunter2-hunter2"
    with pytest.raises(ConfigError) as caught:
        load_settings({"TELEGRAM_BOT_TOKEN": TOKEN, variable: secret})
    assert secret not in str(caught.value)


def test_an_address_is_repeated_without_its_password_and_a_path_as_it_is() -> None:
    assert shown("ftp://teacher:swordfish@proxy.example/x") == "ftp://…@proxy.example/x"
    assert shown("data/2026/wendu.db") == "data/2026/wendu.db"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "big5", "gb18030"])
def test_the_file_may_be_in_any_encoding_that_an_editor_saves(tmp_path: Path, encoding: str) -> None:
    dotenv = tmp_path / ".env"
    dotenv.write_text(
        f"TELEGRAM_BOT_TOKEN={TOKEN}\r\n# 老師的中文\r\nWENDU_LANGUAGE=en\r\n", encoding, newline=""
    )
    settings = load_settings({}, dotenv)
    assert (settings.token, settings.language) == (TOKEN, "en")


@pytest.mark.parametrize(
    "raw", [b"\xff\xfe\x00\xd8\xff", b"\x80\xff" * 9, "WENDU=x".encode("utf-16-le"), b"\x7fELF\0\0"]
)
def test_a_file_that_is_no_text_is_named_with_what_to_do(tmp_path: Path, raw: bytes) -> None:
    dotenv = tmp_path / ".env"
    dotenv.write_bytes(raw)
    if raw.startswith(b"\xff"):
        assert load_settings({"TELEGRAM_BOT_TOKEN": TOKEN}, dotenv).token == TOKEN  # nothing in it has a name
        return
    with pytest.raises(ConfigError, match="UTF-8") as caught:
        load_settings({"TELEGRAM_BOT_TOKEN": TOKEN}, dotenv)
    assert caught.value.variable == str(dotenv)


def test_a_file_that_cannot_be_read_is_named_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreadable(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    dotenv = tmp_path / ".env"
    dotenv.write_text(f"TELEGRAM_BOT_TOKEN={TOKEN}")
    monkeypatch.setattr(Path, "read_bytes", unreadable)  # who runs the tests may be root, whom no rights bind
    with pytest.raises(ConfigError, match="chmod 600"):
        load_settings({}, dotenv)
