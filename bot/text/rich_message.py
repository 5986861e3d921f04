"""The words of a rich message (Bot API 10.1), from raw JSON."""

from typing import Any

_DEEP = 40


def rich_text(rich: Any) -> str:
    """Return the words of a rich message, one block a line."""
    if not isinstance(rich, dict):
        return _inline(rich)
    return "\n".join(line for line in _lines(rich) if line.strip())


def _lines(block: Any, depth: int = 0) -> list[str]:
    if not isinstance(block, dict) or depth > _DEEP:
        return [_inline(block)]
    lines = [_inline(block[key]) for key in ("label", "summary", "text", "expression") if key in block]
    for key in ("blocks", "items"):
        inner = block.get(key)
        for part in inner if isinstance(inner, list) else ():
            lines += _lines(part, depth + 1)
    cells = block.get("cells")
    for row in cells if isinstance(cells, list) else ():
        lines.append(" | ".join(map(_inline, row)) if isinstance(row, list) else _inline(row))
    caption = block.get("caption")
    if isinstance(caption, dict):
        lines += _lines(caption, depth + 1)
    elif caption is not None:
        lines.append(_inline(caption))
    return lines + ([_inline(block["credit"])] if "credit" in block else [])


def _inline(part: Any, depth: int = 0) -> str:
    """Return the words of a piece of rich text: a string, a list of pieces, or a piece in some dress."""
    if isinstance(part, str):
        return part
    if depth > _DEEP:
        return ""
    if isinstance(part, list):
        return "".join(_inline(inner, depth + 1) for inner in part)
    if isinstance(part, dict):
        for key in ("text", "expression", "alternative_text", "button"):
            if key in part:
                return _inline(part[key], depth + 1)
    return ""
