"""Many small notes, one commit: whatever is to be written in the same moment shares a transaction."""

import asyncio
from collections.abc import Callable

from db.core.errors import of_the_disk
from db.store import Store

Write = Callable[[Store], None]
_Waiting = tuple[Write, "asyncio.Future[None] | None"]  # None: nobody waits for it


class WriteBatch:
    """Writes notes into the store in the order in which they come."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._waiting: list[_Waiting] = []
        self._called = False  # the loop will flush

    async def write(self, note: Write) -> None:
        """Write a note; when this returns it is on disk.

        Raises:
            sqlite3.OperationalError: it is not.
        """
        written: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._add(note, written)
        await written

    def later(self, note: Write) -> None:
        """Write a note in a moment, for who need not know when: a full disk puts it off, in its place."""
        self._add(note, None)

    def flush(self) -> None:
        """Write what waits, now."""
        self._called = False
        batch, self._waiting = self._waiting, []
        if not batch:
            return
        try:
            with self._store.writing():
                for note, _ in batch:
                    note(self._store)
        except Exception as error:  # noqa: BLE001  handed to each that waits
            if of_the_disk(error):
                self._waiting = [(note, written) for note, written in batch if written is None]
            _tell(batch, error)
        else:
            _tell(batch, None)

    def _add(self, note: Write, written: "asyncio.Future[None] | None") -> None:
        if not self._called:
            self._called = True
            asyncio.get_running_loop().call_soon(self.flush)
        self._waiting.append((note, written))


def _tell(batch: list[_Waiting], error: Exception | None) -> None:
    for _, written in batch:
        if written is None or written.done():  # done: cancelled by who waited
            continue
        if error is None:
            written.set_result(None)
        else:
            written.set_exception(error)
            written.exception()  # seen, should the task be cancelled before it looks
