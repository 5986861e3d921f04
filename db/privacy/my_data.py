"""What is kept of a person, for themselves."""

import json
from typing import Any

from db.core.database import OpenDatabase
from db.privacy.data_inventory import HOLDINGS


class MyData:
    """What is kept of a person, for themselves."""

    def __init__(self, db: OpenDatabase) -> None:
        """Read and write in that database."""
        self._db = db

    def of(self, person_id: int) -> dict[str, Any]:
        """Return all that is kept of a person, table by table, ready for JSON; {} for who is unknown here."""
        data: dict[str, Any] = {}
        for table, holding in HOLDINGS.items():
            if holding.mine:
                rows = self._db.all(holding.mine, {"who": person_id})
                data["person" if table == "people" else table] = [dict(row) for row in rows]
        if not data["person"]:
            return {}
        (data["person"],) = data["person"]
        for question in data["questions"]:
            question["snippets"] = json.loads(question["snippets"])
        return data
