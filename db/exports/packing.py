"""Files inside a zip, and text on a stream of bytes: written bit by bit, to a pipe too."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, cast
from zipfile import ZIP_DEFLATED, ZipFile

BOM = "\ufeff"  # without it, Excel reads UTF-8 as something else
QUICK = 1  # of deflate's levels: a fifth larger than the usual 6, in a third of the time
_BUFFER = 1 << 16


@contextmanager
def packed(file: IO[bytes]) -> Iterator[ZipFile]:
    """Give a zip that goes to `file`, which need not be seekable."""
    with ZipFile(file, "w", ZIP_DEFLATED, compresslevel=QUICK) as archive:
        yield archive


@contextmanager
def entry(archive: ZipFile, name: str) -> Iterator[IO[str]]:
    """Give a text file inside the zip: UTF-8, line ends as they are written."""
    with (
        archive.open(name, "w", force_zip64=True) as raw,
        io.BufferedWriter(cast("io.RawIOBase", raw), _BUFFER) as buffered,
        io.TextIOWrapper(buffered, encoding="utf-8", newline="") as file,
    ):
        yield file


@contextmanager
def text(file: IO[bytes]) -> Iterator[IO[str]]:
    """Give `file` as UTF-8 text, line ends as they are written; it stays open afterwards."""
    wrapper = io.TextIOWrapper(file, encoding="utf-8", newline="")
    try:
        yield wrapper
    finally:
        wrapper.flush()
        wrapper.detach()
