"""The few characters that one document uses, as web fonts that travel inside it."""

from base64 import b64encode
from functools import lru_cache
from io import BytesIO

from bot.pages.fonts.coverage import FAMILY, FILES, coverage

WEIGHTS = {"regular": 400, "bold": 700}


@lru_cache(maxsize=8)
def woff2(weight: str, characters: frozenset[str]) -> bytes:
    """Return a WOFF2 font of that weight ("regular" or "bold") with those characters, where we have them."""
    from fontTools import subset  # type: ignore[import-untyped] # noqa: PLC0415 - 0.15 s, only for reports
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped] # noqa: PLC0415 - likewise

    options = subset.Options(layout_features=["kern"], desubroutinize=True, notdef_outline=True)
    options.name_IDs = [0, 1, 2, 13, 14]  # the licence travels with the font
    subsetter = subset.Subsetter(options)
    subsetter.populate(text="".join(characters & coverage()))
    out = BytesIO()
    with TTFont(FILES[weight], lazy=True, recalcTimestamp=False, recalcBBoxes=False) as font:
        subsetter.subset(font)
        font.flavor = "woff2"
        font.save(out)
    return out.getvalue()


def font_faces(regular: str, bold: str = "") -> str:
    """Return @font-face rules, fonts inside, for text of each weight; empty text needs no font."""
    used = {"regular": regular, "bold": bold}
    return "\n".join(_face(weight, frozenset(text)) for weight, text in used.items() if text)


def _face(weight: str, characters: frozenset[str]) -> str:
    data = b64encode(woff2(weight, characters)).decode("ascii")
    return (
        f'@font-face{{font-family:"{FAMILY}";font-weight:{WEIGHTS[weight]};font-display:block;'
        f'src:url("data:font/woff2;base64,{data}") format("woff2")}}'
    )
