"""Files that went through the rehearsal: bytes with Telegram's two kinds of id, and the size of a picture."""

import hashlib
import mimetypes
from dataclasses import dataclass
from pathlib import PurePath

from telegram import Document, File, PhotoSize, Sticker, Voice

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # JPEG segments that tell the size


@dataclass(frozen=True)
class Stored:
    """One file: its `kind` is document, photo, voice or sticker, `path` is what getFile answers."""

    file_id: str
    unique_id: str
    kind: str
    name: str
    mime_type: str
    data: bytes
    path: str
    size: tuple[int, int] = (0, 0)

    def as_document(self) -> Document:
        """Return PTB's object for it."""
        return Document(
            self.file_id,
            self.unique_id,
            file_name=self.name,
            mime_type=self.mime_type,
            file_size=len(self.data),
        )

    def as_photo(self) -> tuple[PhotoSize, ...]:
        """Return PTB's object for it, in its one size."""
        width, height = self.size
        return (PhotoSize(self.file_id, self.unique_id, width, height, file_size=len(self.data)),)

    def as_voice(self) -> Voice:
        """Return PTB's object for it; how long it is nobody looks at."""
        return Voice(self.file_id, self.unique_id, 1, mime_type="audio/ogg", file_size=len(self.data))

    def as_sticker(self) -> Sticker:
        """Return PTB's object for it: a still picture of the usual size, standing for a smile."""
        return Sticker(
            self.file_id,
            self.unique_id,
            width=512,
            height=512,
            is_animated=False,
            is_video=False,
            type=Sticker.REGULAR,
            emoji="🙂",
        )

    def as_file(self) -> File:
        """Return what getFile answers."""
        return File(self.file_id, self.unique_id, file_size=len(self.data), file_path=self.path)


class Files:
    """All files, by id and by path."""

    def __init__(self) -> None:
        self._by_id: dict[str, Stored] = {}
        self._by_path: dict[str, Stored] = {}

    def keep(self, kind: str, name: str, data: bytes) -> Stored:
        """Take in a file and return it with its ids."""
        number = len(self._by_id)
        suffix = PurePath(name).suffix
        stored = Stored(
            file_id=f"rehearsal-{kind}-{number}",
            unique_id=hashlib.sha256(data).hexdigest()[:16],
            kind=kind,
            name=name,
            mime_type=mimetypes.guess_type(name, strict=False)[0] or "application/octet-stream",
            data=data,
            path=f"{kind}s/file_{number}{suffix}",
            size=picture_size(data) or (0, 0),
        )
        self._by_id[stored.file_id] = self._by_path[stored.path] = stored
        return stored

    def by_id(self, file_id: str) -> Stored | None:
        """Return the file with that id."""
        return self._by_id.get(file_id)

    def by_path(self, path: str) -> Stored | None:
        """Return the file at that path."""
        return self._by_path.get(path)


def picture_size(data: bytes) -> tuple[int, int] | None:
    """Return width and height of a PNG, JPEG or GIF; None for anything else."""
    if data.startswith(_PNG):
        return int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")
    if data.startswith((b"GIF87a", b"GIF89a")):
        return int.from_bytes(data[6:8], "little"), int.from_bytes(data[8:10], "little")
    return _jpeg_size(data) if data.startswith(_JPEG) else None


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 <= len(data) and data[at] == _JPEG[0]:
        if data[at + 1] in _FRAMES:
            return int.from_bytes(data[at + 7 : at + 9], "big"), int.from_bytes(data[at + 5 : at + 7], "big")
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return None
