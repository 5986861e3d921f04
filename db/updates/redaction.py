"""What may be kept of an update that cannot be handled: its shape, and the reason, without words or ids."""

from typing import Any

_DEEP = 12
_MANY = 20
_LONG = 300


def shape(value: Any, depth: int = 0) -> Any:
    """Return what a value is made of: keys and types, no words and no ids."""
    if isinstance(value, dict) and depth < _DEEP:
        return {_key(key): shape(inner, depth + 1) for key, inner in value.items()}
    if isinstance(value, list) and depth < _DEEP:
        return [shape(inner, depth + 1) for inner in value[:_MANY]]
    return type(value).__name__


def _key(key: object) -> str:
    text = str(key)
    return text if text.isascii() and text.isidentifier() and len(text) <= 40 else "?"  # noqa: PLR2004  no field's name is longer


def without_words(reason: str, raw: Any) -> str:
    """Return the reason with everything taken out that the update itself said."""
    for said in sorted(_strings(raw), key=len, reverse=True):
        reason = reason.replace(said, "…")
    return reason[:_LONG]


def _strings(value: Any, depth: int = 0) -> set[str]:
    if isinstance(value, str):
        return {value, *value.split()} - {""}
    if depth > _DEEP:
        return set()
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return set().union(*(_strings(part, depth + 1) for part in inner))
