"""Files inside a zip, and text on a stream of bytes: written bit by bit, to a pipe too."""

import io
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

BOM = "\ufeff"  # without it, Excel reads UTF-8 as something else
QUICK = 1  # of deflate's levels: a fifth larger than the usual 6, in a third of the time
_BUFFER = 1 << 18
_AHEAD = 4  # blocks that may wait to be packed: memory stays flat


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
        ThreadPoolExecutor(1) as packer,
        _Behind(raw, packer) as behind,
        io.BufferedWriter(behind, _BUFFER) as buffered,
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


class _Behind(io.RawIOBase):
    """A file whose blocks are written by another thread, in order: rows are read while others are packed.

    What fails there is raised here, at a later block or when it is closed.
    """

    def __init__(self, file: IO[bytes], thread: ThreadPoolExecutor) -> None:
        super().__init__()
        self._file = file
        self._thread = thread
        self._under_way: deque[Future[int]] = deque()

    def writable(self) -> bool:
        return True

    def write(self, block: "ReadableBuffer", /) -> int:
        if len(self._under_way) == _AHEAD:
            self._under_way.popleft().result()
        copied = bytes(block)
        self._under_way.append(self._thread.submit(self._file.write, copied))
        return len(copied)

    def close(self) -> None:
        try:
            while self._under_way:
                self._under_way.popleft().result()
        finally:
            super().close()
