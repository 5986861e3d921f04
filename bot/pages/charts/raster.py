"""A drawing as a picture, with the bundled fonts and no others."""

import resvg_py

from bot.pages.fonts.coverage import FILES


def to_png(svg: str, *, width: int | None = None) -> bytes:
    """Return the drawing as PNG, in its own size or that many pixels wide; ValueError if it is not SVG."""
    return resvg_py.svg_to_bytes(
        svg_string=svg, width=width, skip_system_fonts=True, font_files=[str(path) for path in FILES.values()]
    )
