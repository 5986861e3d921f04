"""The file to be read, among what people have: a folder, a zip, another format; and how it is encoded."""

import codecs
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import IO

from charset_normalizer import from_bytes

from db.imports.found import LARGEST, Unreadable

BROKEN = (UnicodeDecodeError, OSError, EOFError, zipfile.BadZipFile, zlib.error)  # what reading may raise
_PIECE = 1 << 17
_SAMPLE = 1 << 18  # bytes by which an encoding is guessed
_GUESSES = ["cp950", "big5hkscs", "gb18030", "utf_16_le", "utf_16_be", "shift_jis", "euc_kr", "cp1252"]
_PAIR = re.compile(rb"[\x81-\xfe][\x40-\x7e\xa1-\xfe]")
_RARE = b"\xc7"  # Big5's second level begins there
_SURE = 0.9  # of running text, 99 of 100 characters are everyday ones
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # begins like UTF-16's
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HTML = (
    "這是 HTML 格式的匯出；請重新匯出，格式選「機器可讀 JSON」"
    " / this is the export as HTML: export again and choose “Machine-readable JSON”"
)
_NO_RESULT = "裡面沒有 result.json / there is no result.json in it"


@dataclass(frozen=True)
class ExportFile:
    """A file by itself, or in a zip."""

    path: Path
    member: str = ""  # its name in the zip

    def open(self) -> IO[bytes]:
        """Return its bytes."""
        if not self.member:
            return self.path.open("rb")
        with zipfile.ZipFile(self.path) as archive:
            return archive.open(self.member)  # it stays open without the archive

    @cached_property
    def head(self) -> bytes:
        """Its first bytes.

        Raises:
            Unreadable: it cannot be read.
        """
        try:
            with self.open() as file:
                return file.read(_SAMPLE)
        except BROKEN as error:
            raise Unreadable(f"讀不到 {self.path} / cannot read {self.path}: {error}") from error

    @cached_property
    def encoding(self) -> str:
        """How its text is encoded: UTF-8 where all of it is valid, else what charset-normalizer finds.

        Raises:
            Unreadable: nothing fits.
        """
        for mark, name in _MARKS:
            if self.head.startswith(mark):
                return name
        if b"\0" not in self.head[:1000]:  # else it is UTF-16 without its mark
            if self._is_utf8():
                return "utf-8"
            if _is_nearly_utf8(self.head):
                raise Unreadable("UTF-8 已損壞 / this is UTF-8, but damaged")
            if _is_cp950(self.head):
                return "cp950"
        guess = from_bytes(self.head[: len(self.head) // 2 * 2], cp_isolation=_GUESSES).best()
        if guess is None:
            raise Unreadable("看不出文字編碼，請另存為 UTF-8 / unknown encoding: save the file as UTF-8")
        return guess.encoding

    def text(self) -> IO[str]:
        """Return its text; what is not of its encoding raises UnicodeDecodeError."""
        encoding = self.encoding
        return io.TextIOWrapper(self.open(), encoding=encoding, newline="")

    def pieces(self) -> Iterator[str]:
        """Yield its text piece by piece; one that breaks off within a character ends before that."""
        decoder = codecs.getincrementaldecoder(self.encoding)()
        with self.open() as file:
            while piece := file.read(_PIECE):
                yield decoder.decode(piece)

    def _is_utf8(self) -> bool:
        decoder = codecs.getincrementaldecoder("utf-8")()
        with self.open() as file:
            try:
                while piece := file.read(1 << 20):
                    decoder.decode(piece)
            except UnicodeDecodeError:
                return False
        return True


def find_export(path: Path) -> ExportFile:
    """Return Telegram Desktop's result.json: the file itself, or the one in that folder or zip.

    Raises:
        Unreadable: it is missing, too large, or something else; the message says what to choose.
    """
    found = _inside(path) if path.is_dir() else _checked(path)
    start = found.head.lstrip(b"\xef\xbb\xbf \t\r\n")[:9].lower()
    if start.startswith((b"<!doctype", b"<html")):
        raise Unreadable(_HTML)
    return found


def find_table(path: Path) -> ExportFile:
    """Return Moodle's CSV.

    Raises:
        Unreadable: it is missing, too large, or of another format that Moodle exports.
    """
    found = _checked(path)
    head = found.head.lstrip(b"\xef\xbb\xbf \t\r\n")[:200]
    other = next((name for start, name in _FORMATS if head.lower().startswith(start)), "")
    if other or found.member:
        raise Unreadable(
            f"這是 {other or '壓縮檔'}；請在 Moodle 重新匯出，格式選「逗點分隔值 (.csv)」"
            f" / this is {other or 'a zip'}: export again and choose “Comma separated values (.csv)”"
        )
    return found


_FORMATS = (
    (b"pk\x03\x04", "Excel、ODS"),
    (b"\xd0\xcf\x11\xe0", "Excel"),
    (b"%pdf", "PDF"),
    (b"<", "HTML"),
    (b"[", "JSON"),
    (b"{", "JSON"),
)


def _is_nearly_utf8(sample: bytes) -> bool:
    """Return whether it is UTF-8 with a few bytes that are not: any other encoding would read it wrongly."""
    text = sample.decode("utf-8", "replace")
    return sum(not char.isascii() for char in text) > 10 * text.count("\ufffd")


def _is_cp950(sample: bytes) -> bool:
    """Return whether it is what Excel in Taiwan writes: charset-normalizer takes short texts for Japanese.

    Big5 puts the characters of everyday use first; what is valid GB 2312 too is rather that.
    """
    pairs = _PAIR.findall(sample)
    everyday = sum(pair < _RARE for pair in pairs)
    return bool(pairs) and everyday >= _SURE * len(pairs) and _decodes(sample, "cp950", "gb2312")


def _decodes(sample: bytes, encoding: str, but_not: str) -> bool:
    def fits(name: str) -> bool:
        try:
            codecs.getincrementaldecoder(name)().decode(sample)  # the sample may end within a character
        except UnicodeDecodeError:
            return False
        return True

    return fits(encoding) and not fits(but_not)


def _checked(path: Path) -> ExportFile:
    try:
        size = path.stat().st_size
        packed = size > 0 and zipfile.is_zipfile(path)
    except OSError as error:
        raise Unreadable(f"讀不到 {path} / cannot read {path}: {error.strerror}") from error
    if packed:
        return _packed(path)
    if size > LARGEST:
        raise Unreadable(
            f"{path} 有 {size:,} 位元組，超過上限 {LARGEST:,} / larger than {LARGEST:,} bytes is refused"
        )
    return ExportFile(path)


def _inside(folder: Path) -> ExportFile:
    """Return the result.json of an export's folder, or of the one folder in it that has one."""
    results = [folder / "result.json"] if (folder / "result.json").is_file() else []
    results = results or sorted(folder.glob("*/result.json"))
    if len(results) == 1:
        return _checked(results[0])
    pages = any(folder.glob("messages*.html")) or any(folder.glob("*/messages*.html"))
    raise Unreadable(_several(list(map(str, results))) if results else _HTML if pages else _NO_RESULT)


def _packed(path: Path) -> ExportFile:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except zipfile.BadZipFile as error:
        raise Unreadable(f"{path} 已損壞 / is damaged") from error
    results = [each for each in entries if Path(each.filename).name == "result.json"]
    if len(results) == 1 and results[0].file_size <= LARGEST and not results[0].flag_bits & 1:
        return ExportFile(path, results[0].filename)
    if any(Path(each.filename).name.startswith("messages") for each in entries) and not results:
        raise Unreadable(_HTML)
    if any(each.filename in {"xl/workbook.xml", "content.xml"} for each in entries):
        return ExportFile(path)  # a spreadsheet: said by who wants a table
    raise Unreadable(_several([each.filename for each in results]) if results else _NO_RESULT)


def _several(names: list[str]) -> str:
    shown = "、".join(names[:5])
    return f"有好幾個 result.json，或不能解開，請選一個：{shown} / choose one of these: {shown}"
