"""What the bot says about itself: phrases from `locales/*.toml`, rendered for Telegram's HTML."""

import html
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import opencc

from bot.text.folding import is_english

LOCALES = Path(__file__).parent / "locales"
WRITTEN = ("zh-Hant", "en")  # zh-Hans is derived from zh-Hant
SUBJECTS = (
    "answering",
    "asking",
    "exporting",
    "moves",
    "privacy",
    "rounds",
    "setup",
)  # folders of their own, as one file would be too long to look after
TEXT_LIMIT = 4096  # Telegram's, in UTF-16 units after the markup is taken off
TOAST_LIMIT = 200
TOKEN = re.compile(r"<(/?)([a-z]+)[^>]*>|&(?:#\d+|\w+);|.", re.DOTALL)
TAG = re.compile(r"</?[a-z]+[^>]*>")
HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")


class Markup(str):
    """Text that is HTML already: the only kind of field that is not escaped."""

    __slots__ = ()


@dataclass(frozen=True)
class Speech:
    """All phrases, by language and dotted key."""

    phrases: Mapping[str, Mapping[str, str]]

    def say(self, language: str, key: str, **fields: object) -> str:
        """Return the phrase as HTML for a message; fields are escaped unless they are Markup."""
        shown = {
            name: value if isinstance(value, Markup) else html.escape(str(value), quote=False)
            for name, value in fields.items()
        }
        return self.phrases[language][key].format_map(shown)

    def plain(self, language: str, key: str, **fields: object) -> str:
        """Return the phrase without markup: for buttons, toasts, file names and command descriptions."""
        return html.unescape(TAG.sub("", self.phrases[language][key])).format_map(fields)


@cache
def load_speech(folder: Path = LOCALES) -> Speech:
    """Return the phrases of all languages; simplified Chinese is derived from traditional."""
    written = {name: dict(_read(folder, name)) for name in WRITTEN}
    simplify = opencc.OpenCC("tw2sp")  # with Taiwan's words turned into the mainland's: 檔案 -> 文件
    simplified = {key: simplify.convert(text) for key, text in written["zh-Hant"].items()}
    return Speech({**written, "zh-Hans": simplified})


def fitting_language(code: str | None, otherwise: str) -> str:
    """Return our language for a Telegram language code such as `zh-hans` or `en-GB`."""
    code = (code or "").lower()
    if code.startswith("en"):
        return "en"
    if code in {"zh-hans", "zh-cn", "zh-sg"}:
        return "zh-Hans"
    if code.startswith("zh"):
        return otherwise if otherwise.startswith("zh") else "zh-Hant"
    return otherwise


def answering_language(question: str, otherwise: str) -> str:
    """Return the language to answer in: whoever asks in Chinese reads Chinese, whatever their phone says.

    A Chinese name or title in an English question does not make it Chinese.
    """
    if HAN.search(question) and not is_english(question):
        return otherwise if otherwise.startswith("zh") else "zh-Hant"
    return "en" if re.search(r"[A-Za-z]{2}", question) else otherwise


def visible_length(markup: str) -> int:
    """Return how many UTF-16 units Telegram will count, tags taken off and entities resolved."""
    return sum(_units(match) for match in TOKEN.finditer(markup))


def shorten(text: str, limit: int) -> str:
    """Return plain text of at most `limit` UTF-16 units, with … where it was cut."""
    text = text.strip()
    if len(text.encode("utf-16-le", "surrogatepass")) // 2 <= limit:
        return text
    kept, used = [], 1
    for char in text:
        used += 1 + (ord(char) > 0xFFFF)  # noqa: PLR2004  beyond it a character takes two units
        if used > limit:
            break
        kept.append(char)
    return "".join(kept).rstrip() + "…"


def pieces(markup: str, limit: int = TEXT_LIMIT) -> list[str]:
    """Return the message in parts that Telegram takes: cut at line ends where it can, tags kept whole."""
    if 0 < len(TAG.sub("", markup).strip()) <= limit // 2:  # nearly always: at most two units a character
        return [markup.rstrip()]
    parts: list[str] = []
    current, used, open_tags = "", 0, list[str]()
    for line in _lines(markup, limit):
        units = visible_length(line)
        if current and used + units > limit:
            parts.append(current.rstrip() + _closing(open_tags))
            current, used = "".join(f"<{tag}>" for tag in open_tags), 0
        current, used = current + line, used + units
        _follow(line, open_tags)
    return [part for part in [*parts, current.rstrip()] if visible_length(part)]


def _lines(markup: str, limit: int) -> Iterator[str]:
    """Yield lines with their ends; one longer than the limit in several, never cut inside a tag."""
    for line in markup.splitlines(keepends=True):
        piece, used = "", 0
        for match in TOKEN.finditer(line):
            if used + _units(match) > limit:
                yield piece
                piece, used = "", 0
            piece, used = piece + match.group(), used + _units(match)
        yield piece


def _units(match: re.Match[str]) -> int:
    if match.group(2):
        return 0
    return 2 if ord(html.unescape(match.group())[0]) > 0xFFFF else 1  # noqa: PLR2004  as above


def _follow(line: str, open_tags: list[str]) -> None:
    """Note which tags the line leaves open. Our phrases open none that has attributes over a line's end."""
    for match in TOKEN.finditer(line):
        if match.group(2) and not match.group(1):
            open_tags.append(match.group(2))
        elif match.group(2) and match.group(2) in open_tags:
            open_tags.remove(match.group(2))


def _closing(open_tags: list[str]) -> str:
    return "".join(f"</{tag}>" for tag in reversed(open_tags))


def _read(folder: Path, name: str) -> Iterator[tuple[str, str]]:
    """Yield a language's phrases: those of the folder itself, then those of its subjects."""
    for part in (folder, *(folder / subject for subject in SUBJECTS)):
        if (path := part / f"{name}.toml").exists():
            yield from _flat(tomllib.loads(path.read_text("utf-8")))


def _flat(table: Mapping[str, object], path: str = "") -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{path}{name}.")
        else:
            yield f"{path}{name}", str(value).strip()
