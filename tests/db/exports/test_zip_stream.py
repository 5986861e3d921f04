"""Files inside a zip, written behind the reader's back: nothing lost, nothing out of order, errors told."""

import io
from zipfile import ZipFile

import pytest

from db.exports.zip_stream import entry, packed


class FullDisk(io.BytesIO):
    """Takes so many bytes and no more."""

    def __init__(self, room: int) -> None:
        super().__init__()
        self.room = room

    def write(self, data: object, /) -> int:
        self.room -= len(bytes(data))  # type: ignore[call-overload]
        if self.room < 0:
            raise OSError(28, "No space left on device")
        return super().write(data)  # type: ignore[arg-type]


def _lines() -> list[str]:
    return [f"{number},第{number}則發言，{'很長' * (number % 50)}\r\n" for number in range(60_000)]


def test_many_blocks_come_out_in_order() -> None:
    out = io.BytesIO()
    with packed(out) as archive:
        for name in ("a.csv", "b.csv"):
            with entry(archive, name) as file:
                file.writelines(_lines())
    with ZipFile(out) as archive:
        assert archive.testzip() is None
        for name in ("a.csv", "b.csv"):
            assert archive.read(name).decode() == "".join(_lines())


def test_a_full_disk_is_told() -> None:
    with (
        pytest.raises(OSError, match="No space left"),
        packed(FullDisk(200_000)) as archive,
        entry(archive, "a.csv") as file,
    ):
        file.writelines(_lines())
