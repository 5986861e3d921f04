"""What messages carry besides text: files with Telegram's two kinds of id, and polls with their votes."""

import hashlib
import mimetypes
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

from telegram import Document, File, PhotoSize, Poll, PollOption, Sticker, Voice

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # JPEG segments that tell the size


@dataclass(frozen=True)
class StoredFile:
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


class FileStore:
    """All files, by id and by path."""

    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}

    def keep(self, kind: str, name: str, data: bytes) -> StoredFile:
        """Take in a file and return it with its ids."""
        number = len(self._by_id)
        suffix = PurePath(name).suffix
        stored = StoredFile(
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

    def by_id(self, file_id: str) -> StoredFile | None:
        """Return the file with that id."""
        return self._by_id.get(file_id)

    def by_path(self, path: str) -> StoredFile | None:
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


@dataclass(eq=False)
class Ballot:
    """A poll with its votes: person id -> numbers of the options chosen."""

    id: str
    question: str
    options: tuple[str, ...]
    is_anonymous: bool = True
    allows_multiple_answers: bool = False
    allows_revoting: bool = True
    members_only: bool = False
    kind: str = "regular"
    correct: tuple[int, ...] = ()
    is_closed: bool = False
    votes: dict[int, tuple[int, ...]] = field(default_factory=dict)

    def poll(self) -> Poll:
        """Return PTB's poll as it stands."""
        return Poll(
            self.id,
            self.question,
            [
                PollOption(text, self._count(number), persistent_id=str(number))
                for number, text in enumerate(self.options)
            ],
            total_voter_count=sum(1 for chosen in self.votes.values() if chosen),
            is_closed=self.is_closed,
            is_anonymous=self.is_anonymous,
            type=self.kind,
            allows_multiple_answers=self.allows_multiple_answers,
            allows_revoting=self.allows_revoting,
            members_only=self.members_only,
            correct_option_ids=self.correct or None,
        )

    def answer(self, chosen: tuple[int, ...]) -> dict[str, Any]:
        """Return what a poll_answer says about the options; empty lists are said too."""
        ids = [str(number) for number in chosen]
        return {"poll_id": self.id, "option_ids": list(chosen), "option_persistent_ids": ids}

    def _count(self, number: int) -> int:
        return sum(number in chosen for chosen in self.votes.values())
