"""First versions of messages, gathered in a transaction and written together: that takes half the time."""

from db.core.database import OpenDatabase
from db.core.timestamps import written
from db.updates.incoming import RemarkDraft

_REMARKS = """
INSERT INTO remarks (id, chat_id, message_id, round_id, person_id, sent_at, kind, reply_to_message_id)
VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (chat_id, message_id) DO NOTHING
"""
_VERSIONS = "INSERT INTO versions (written_at, text, remark_id, version) VALUES (?, ?, ?, 1)"
_VERSIONS_OF_NEW = """
INSERT INTO versions (written_at, text, remark_id, version) SELECT ?, ?, id, 1 FROM remarks WHERE id = ?
"""


class Gathered:
    """What has been admitted. Who reads the log must have it written first."""

    def __init__(self, db: OpenDatabase) -> None:
        """Gather for that database."""
        self._db = db
        self._drafts: list[tuple[int, int, RemarkDraft]] = []

    def add(self, round_id: int, person_id: int, draft: RemarkDraft) -> None:
        """Take in a message said in that round."""
        self._drafts.append((round_id, person_id, draft))

    def write(self) -> None:
        """Write what has been gathered, in its order."""
        if not self._drafts:
            return
        (last,) = self._db.one("SELECT coalesce(max(id), 0) FROM remarks")
        remarks, versions = [], []
        for number, (round_id, person_id, draft) in enumerate(self._drafts, last + 1):
            sent = written(draft.sent_at)
            message = (draft.chat_id, draft.message_id)
            remarks.append(
                (number, *message, round_id, person_id, sent, draft.kind, draft.reply_to_message_id)
            )
            versions.append((sent, draft.text, number))
        with self._db.places.untouched():
            all_new = self._db.run_each(_REMARKS, remarks) == len(remarks)
            self._db.run_each(_VERSIONS if all_new else _VERSIONS_OF_NEW, versions)
        self._drafts.clear()
