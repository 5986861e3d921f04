"""Settings from the environment and `.env`, checked once; an error names the variable and what it wants."""

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from dotenv import dotenv_values

from bot.text.encodings import UnknownEncodingError, decode

LANGUAGES = ("zh-Hant", "zh-Hans", "en")
TELEGRAM = "https://api.telegram.org"
OUR_PACKS = Path(__file__).resolve().parent.parent / "prompts"
TOKEN_SHAPE = re.compile(r"[0-9]{1,20}:[A-Za-z0-9_-]{20,}")
ANY_TOKEN = re.compile(r"[A-Za-z0-9_:-]+")  # a Bot API server of one's own gives out tokens as it likes
MAYBE_SECRET = re.compile(r"[A-Za-z0-9_-]{16,}|(?<=//)[^/@]*(?=@)")  # a token, our secrets, a password


class ConfigError(ValueError):
    """A setting is missing or wrong."""

    def __init__(self, variable: str, chinese: str, english: str) -> None:
        """Say which variable, and what it wants, in both languages."""
        super().__init__(f"{variable}：{chinese}\n{variable}: {english}")
        self.variable = variable


@dataclass(frozen=True)
class Settings:
    """All that may be set from outside. The token is left out of the repr."""

    token: str = field(repr=False)
    api_url: str = TELEGRAM
    database: Path = Path("data/wendu.db")
    packs: Path = OUR_PACKS
    pack: str = "ai-film"
    language: str = "zh-Hant"
    timezone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Asia/Taipei"))
    secret_key_file: Path = Path("data/wendu.key")
    owner: int | None = None  # the Telegram id of who runs the bot
    webhook_url: str = ""  # empty: updates are fetched
    webhook_secret: str = field(default="", repr=False)  # empty: a new one at every start
    listen: tuple[str, int] | None = None  # where webhook, board, health are served; None: nowhere
    board_url: str = ""  # how people reach what is served there; empty: by that address

    def zone(self, name: str | None) -> ZoneInfo:
        """Return the time zone of that name, else the house's."""
        return ZoneInfo(name) if name else self.timezone


def shown(value: object) -> str:
    """Return a setting as it may be repeated to a person: a secret may have been pasted into any of them."""
    return MAYBE_SECRET.sub("…", str(value))


def load_settings(
    environ: Mapping[str, str],
    dotenv: Path | None = None,
    *,
    need_token: bool = True,
    webhook: bool = False,
) -> Settings:
    """Return the settings; what stands in the environment wins over the file `dotenv`.

    The address of a webhook is asked for, and returned, only if `webhook`.

    Raises:
        ConfigError: a variable is missing or wrong; its text names the variable and what it wants.
    """
    found = _both(environ, dotenv)
    _refuse_strayed(found)
    api_url = _url(found.get("WENDU_API_URL", TELEGRAM))
    database = Path(found.get("WENDU_DATABASE", "data/wendu.db")).expanduser()
    return Settings(
        token=_token(found.get("TELEGRAM_BOT_TOKEN", ""), needed=need_token, at_telegram=api_url == TELEGRAM),
        api_url=api_url,
        database=_file(database),
        packs=_packs(found.get("WENDU_PACKS")),
        pack=found.get("WENDU_PACK", "ai-film"),
        language=_language(found.get("WENDU_LANGUAGE", "zh-Hant")),
        timezone=_zone(found.get("WENDU_TIMEZONE", "Asia/Taipei")),
        secret_key_file=Path(found.get("WENDU_KEY_FILE", database.with_suffix(".key"))).expanduser(),
        owner=_owner(found.get("WENDU_OWNER", "")),
        webhook_url=_webhook(found.get("WENDU_WEBHOOK_URL", "")) if webhook else "",
        webhook_secret=_secret(found.get("WENDU_WEBHOOK_SECRET", "")),
        board_url=_board(found.get("WENDU_BOARD_URL", "")),
        listen=_listen(found.get("WENDU_LISTEN", "127.0.0.1:8080" if webhook else "")),
    )


def _both(environ: Mapping[str, str], dotenv: Path | None) -> dict[str, str]:
    """Return file and environment together; what is empty counts as not set."""
    written = {} if dotenv is None else dotenv_values(stream=io.StringIO(_text(dotenv)), interpolate=False)
    together = {**{name: value or "" for name, value in written.items()}, **environ}
    return {name: value.strip() for name, value in together.items() if value.strip()}


def _text(dotenv: Path) -> str:
    """Return what is in the file, in whichever encoding an editor saved it; empty: there is none."""
    try:
        text = decode(dotenv.read_bytes()) if dotenv.is_file() else ""
    except OSError as error:
        raise ConfigError(
            str(dotenv),
            f"讀不到（{error.strerror}）；請檢查檔案的擁有者和權限（chmod 600，擁有者是執行溫度的帳號）",
            f"cannot be read ({error.strerror}): let it belong to the account that runs Wendu, chmod 600",
        ) from error
    except UnknownEncodingError:
        text = "\0"
    if "\0" in text:
        raise ConfigError(
            str(dotenv),
            "不是文字檔，或編碼不明；請用記事本另存新檔，編碼選 UTF-8",
            "is no text file, or in an unknown encoding: save it as UTF-8",
        )
    return text


def _refuse_strayed(found: Mapping[str, str]) -> None:
    """Refuse a token in a setting that would show it: as a file's name, in an address, in the log."""
    for name, value in found.items():
        if name.startswith("WENDU_") and name != "WENDU_WEBHOOK_SECRET" and TOKEN_SHAPE.search(value):
            raise ConfigError(
                name,
                "這裡面有一個 Telegram 權杖，它只能放在 TELEGRAM_BOT_TOKEN；請移過去",
                "has a Telegram token in it, which belongs into TELEGRAM_BOT_TOKEN only: move it there",
            )


def _token(text: str, *, needed: bool, at_telegram: bool) -> str:
    if not text and not needed:
        return ""
    if not text:
        raise ConfigError(
            "TELEGRAM_BOT_TOKEN",
            "還沒有設定。請向 Telegram 的 @BotFather 申請，寫進環境變數或 .env（想先試試：make rehearse）",
            "is not set. Ask @BotFather on Telegram for one and put it into the environment or .env"
            " (or try `make rehearse`, which needs none)",
        )
    if not (TOKEN_SHAPE if at_telegram else ANY_TOKEN).fullmatch(text):
        raise ConfigError(  # the value is not shown: a token with one wrong letter is still a secret
            "TELEGRAM_BOT_TOKEN",
            "格式不對，應像 123456789:AAE…（數字、冒號、一長串英數字），不含空白或引號",
            "does not look like a token: digits, a colon, a long run of letters, such as 123456789:AAE…",
        )
    return text


def _url(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ConfigError(
            "WENDU_API_URL",
            f"要一個以 http:// 或 https:// 開頭的網址，例如 {TELEGRAM}；現在是「{shown(text)}」",
            f"wants an address with http:// or https:// in front, such as {TELEGRAM}; it is {shown(text)!r}",
        )
    return text.rstrip("/")


def _board(text: str) -> str:
    parts = urlsplit(text)
    if text and (parts.scheme not in {"http", "https"} or not parts.hostname):
        raise ConfigError(
            "WENDU_BOARD_URL",
            f"要一個 http:// 或 https:// 開頭的網址，例如 https://bot.example.edu；現在是「{shown(text)}」",
            f"wants an address such as https://bot.example.edu; it is {shown(text)!r}",
        )
    return text.rstrip("/")


def _webhook(text: str) -> str:
    parts = urlsplit(text)
    local = parts.hostname in {"127.0.0.1", "localhost", "::1"}
    if (parts.scheme != "https" and not (parts.scheme == "http" and local)) or not parts.hostname:
        raise ConfigError(
            "WENDU_WEBHOOK_URL",
            "用 --webhook 時要設定，是 Telegram 連得到的 https:// 網址，例如 https://bot.example.edu/wendu；"
            f"現在是「{shown(text)}」",
            "--webhook wants the https:// address at which Telegram reaches this program, such as"
            f" https://bot.example.edu/wendu; it is {shown(text)!r}",
        )
    return text


def _secret(text: str) -> str:
    if text and not re.fullmatch(r"[A-Za-z0-9_-]{16,256}", text):
        raise ConfigError(  # not shown: it is a secret
            "WENDU_WEBHOOK_SECRET",
            "要 16 到 256 個英文字母、數字、底線或連字號；不設定就每次啟動自動產生",
            "wants 16 to 256 letters, digits, _ or -; leave it out and a new one is drawn at every start",
        )
    return text


def _listen(text: str) -> tuple[str, int] | None:
    if not text:
        return None
    host, _, port = text.rpartition(":")
    if not port.isascii() or not port.isdigit() or int(port) > 65535:  # noqa: PLR2004  the last port
        raise ConfigError(
            "WENDU_LISTEN",
            f"要「位址:連接埠」，例如 127.0.0.1:8080；現在是「{shown(text)}」",
            f"wants address:port, such as 127.0.0.1:8080; it is {shown(text)!r}",
        )
    return host.strip("[]") or "127.0.0.1", int(port)


def _file(path: Path) -> Path:
    if path.is_dir():
        raise ConfigError(
            "WENDU_DATABASE",
            f"要一個檔案的路徑，例如 data/wendu.db；「{shown(path)}」是資料夾",
            f"wants the path of a file, such as data/wendu.db; {shown(path)!r} is a folder",
        )
    return path


def _packs(text: str | None) -> Path:
    path = Path(text).expanduser() if text else OUR_PACKS
    if not path.is_dir():
        raise ConfigError(
            "WENDU_PACKS",
            f"要一個放教材包的資料夾；找不到「{shown(path)}」",
            f"wants the folder that holds the packs; there is none at {shown(path)!r}",
        )
    return path


def _owner(text: str) -> int | None:
    if not text:
        return None
    if not re.fullmatch(r"[0-9]{1,15}", text):
        raise ConfigError(
            "WENDU_OWNER",
            f"要你自己的 Telegram 編號（一串數字，可以問 @userinfobot）；現在是「{shown(text)}」",
            f"wants your own Telegram id, a run of digits (@userinfobot tells it); it is {shown(text)!r}",
        )
    return int(text)


def _language(text: str) -> str:
    known = {name.lower(): name for name in LANGUAGES}
    if text.lower() not in known:
        raise ConfigError(
            "WENDU_LANGUAGE",
            f"只能是 {'、'.join(LANGUAGES)} 其中之一；現在是「{shown(text)}」",
            f"wants one of {', '.join(LANGUAGES)}; it is {shown(text)!r}",
        )
    return known[text.lower()]


def _zone(text: str) -> ZoneInfo:
    try:
        return ZoneInfo(text)
    except (OSError, ValueError, KeyError) as error:  # a folder's name, ../.., an unknown zone
        raise ConfigError(
            "WENDU_TIMEZONE",
            f"要一個時區名稱，例如 Asia/Taipei、Asia/Macau；不認得「{shown(text)}」",
            f"wants the name of a time zone, such as Asia/Taipei or Asia/Macau; {shown(text)!r} is not one",
        ) from error
