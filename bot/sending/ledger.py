"""Many small notes, one commit: whatever is to be written in the same moment shares a transaction."""

import asyncio
from collections.abc import Callable

from db.store import Store

Note = Callable[[Store], None]


class Ledger:
    """Writes notes into the store in the order in which they come."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._waiting: list[tuple[Note, asyncio.Future[None]]] = []

    async def write(self, note: Note) -> None:
        """Write a note; when this returns it is on disk.

        Raises:
            sqlite3.OperationalError: it is not.
        """
        await self.later(note)

    def later(self, note: Note) -> "asyncio.Future[None]":
        """Write a note in a moment; the future is done when it is on disk, and need not be awaited."""
        loop = asyncio.get_running_loop()
        if not self._waiting:
            loop.call_soon(self.flush)
        written: asyncio.Future[None] = loop.create_future()
        self._waiting.append((note, written))
        return written

    def flush(self) -> None:
        """Write what waits, now."""
        batch, self._waiting = self._waiting, []
        if not batch:
            return
        try:
            with self._store.writing():
                for note, _ in batch:
                    note(self._store)
        except Exception as error:  # noqa: BLE001  handed to each that waits
            _tell(batch, error)
        else:
            _tell(batch, None)


def _tell(batch: list[tuple[Note, "asyncio.Future[None]"]], error: Exception | None) -> None:
    for _, written in batch:
        if written.done():  # cancelled by who waited
            continue
        if error is None:
            written.set_result(None)
        else:
            written.set_exception(error)
            written.exception()  # seen: who does not wait for the note does not want to hear of it either
