"""What is kept of a person, for themselves."""

import json
from typing import Any

from db.core.database import Ground
from db.privacy.data_inventory import HOLDINGS


def my_data(ground: Ground, person_id: int) -> dict[str, Any]:
    """Return all that is kept of a person, table by table, ready for JSON; {} for who is unknown here."""
    data: dict[str, Any] = {}
    for table, holding in HOLDINGS.items():
        if holding.mine:
            rows = ground.all(holding.mine, {"who": person_id})
            data["person" if table == "people" else table] = [dict(row) for row in rows]
    if not data["person"]:
        return {}
    (data["person"],) = data["person"]
    for question in data["questions"]:
        question["snippets"] = json.loads(question["snippets"])
    return data
