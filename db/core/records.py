"""Rows as records: each column goes into the field of its name and is read as the field's type says."""

import json
from collections.abc import Callable
from dataclasses import is_dataclass
from datetime import datetime
from functools import cache, partial
from typing import Any, TypeVar, get_type_hints

from db.core.timestamps import maybe, read

Record = TypeVar("Record")
_BY_TYPE: dict[Any, Callable[[Any], Any]] = {
    bool: bool,
    bool | None: lambda value: None if value is None else bool(value),
    datetime: read,
    datetime | None: maybe,
    tuple[str, ...]: lambda text: tuple(json.loads(text)),
    dict[str, str]: json.loads,
    dict[str, Any] | None: lambda text: None if text is None else json.loads(text),
}


def from_row(kind: Callable[..., Record], row: Any) -> Record:
    """Return the record that the row holds; a record inside it is made of the same row."""
    return kind(
        *(
            row[name] if convert is None else convert(row[name] if column else row)
            for name, convert, column in _fields(kind)
        )
    )


@cache
def _fields(kind: Any) -> list[tuple[str, Callable[[Any], Any] | None, bool]]:
    """Return each field's name, what makes its value, and whether that is made of one column."""
    return [
        (name, partial(from_row, hint), False)
        if isinstance(hint, type) and is_dataclass(hint)
        else (name, _BY_TYPE.get(hint), True)
        for name, hint in get_type_hints(kind).items()
    ]
