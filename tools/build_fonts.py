"""Cut the fonts that the pages and pictures draw with, from Debian's fonts-noto-cjk.

Run it again when the character set changes:  apt-get install fonts-noto-cjk
                                              python tools/build_fonts.py
It writes bot/pages/font_files/{regular,bold}.otf and metrics.json (coverage, advance widths). The result is
the same byte for byte for the same source fonts, so a rebuild without a change leaves nothing to commit.
"""

import json
import unicodedata
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path

import click
from fontTools import subset  # type: ignore[import-untyped] # it ships no types
from fontTools.ttLib import TTFont  # type: ignore[import-untyped] # likewise

SOURCE = Path("/usr/share/fonts/opentype/noto")
TARGET = Path(__file__).parent.parent / "bot/pages/font_files"
TRADITIONAL_CHINESE = 3  # its place in the collection: JP, KR, SC, TC, HK
FAMILY = "Wendu Sans"  # a modified font gets a name of its own, and no system font can stand in for it
EM = 1000
CODECS = ("big5", "cp950", "big5hkscs", "gb2312")
# Letters, punctuation, arrows, boxes, kana, circled numbers, full-width forms: what Noto has of them, but no
# Hangul. Ideographs beyond U+9FA5 come in through the codecs (HKSCS) only.
BLOCKS = (
    range(0x20, 0x1100),
    range(0x1E00, 0x3130),
    range(0x31A0, 0x3200),
    range(0x3220, 0x3260),
    range(0x3280, 0x3400),
    range(0x4E00, 0x9FA6),
    range(0xFE30, 0xFFA0),
    range(0xFFE0, 0xFFEF),
    range(0x1F100, 0x1F300),
)
# Not drawn at all: controls, joiners and bidi marks, and marks that stack on other letters.
INVISIBLE = {"Cc", "Cf", "Co", "Cs", "Mn", "Mc", "Me", "Zl", "Zp"}


def codec_characters(codec: str) -> set[int]:
    """Return the code points of a two-byte encoding."""
    found: set[int] = set()
    for lead in range(0x81, 0xFF):
        for trail in range(0x40, 0xFF):
            try:
                found.update(map(ord, bytes((lead, trail)).decode(codec)))
            except UnicodeDecodeError:
                continue
    return found


def wanted() -> set[int]:
    """Return the code points that the fonts should have, whether Noto has them or not."""
    points = set().union(*BLOCKS, *(codec_characters(codec) for codec in CODECS))
    return {point for point in points if unicodedata.category(chr(point)) not in INVISIBLE}


def cut(source: Path, points: set[int], style: str) -> TTFont:
    """Return the font with those characters only, renamed, without hints or vertical metrics."""
    options = subset.Options(
        layout_features=["kern"], hinting=False, notdef_outline=True, glyph_names=False, name_IDs=[0, 13, 14]
    )
    options.drop_tables += ["BASE", "VORG", "vhea", "vmtx"]
    font = TTFont(source, fontNumber=TRADITIONAL_CHINESE, recalcTimestamp=False)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=points)
    subsetter.subset(font)
    names = {1: FAMILY, 2: style, 3: f"{FAMILY} {style}", 4: f"{FAMILY} {style}", 6: f"WenduSans-{style}"}
    for number, name in names.items():
        font["name"].setName(name, number, 3, 1, 0x409)
    top = font["CFF "].cff
    top.fontNames = [f"WenduSans-{style}"]
    top.topDictIndex[0].FullName = f"{FAMILY} {style}"
    top.topDictIndex[0].FamilyName = FAMILY
    return font


def spans(points: Iterable[int]) -> list[list[int]]:
    """Return runs of neighbouring code points as [first, last]."""
    runs = groupby(enumerate(sorted(points)), key=lambda pair: pair[1] - pair[0])
    return [[run[0][1], run[-1][1]] for run in ([*members] for _, members in runs)]


def widths(font: TTFont) -> dict[str, str]:
    """Return the characters that are not one em wide, by width in thousandths of an em."""
    advances = font["hmtx"].metrics
    by_width: dict[int, list[int]] = {}
    for point, glyph in font.getBestCmap().items():
        by_width.setdefault(advances[glyph][0], []).append(point)
    by_width.pop(EM, None)
    return {str(width): "".join(map(chr, sorted(by_width[width]))) for width in sorted(by_width)}


@click.command()
@click.option("--source", default=SOURCE, type=click.Path(path_type=Path), help="Folder of the .ttc files.")
def main(source: Path) -> None:
    """Write the two fonts and their metrics."""
    points = wanted()
    fonts = {style: cut(source / f"NotoSansCJK-{style}.ttc", points, style) for style in ("Regular", "Bold")}
    covered = set.intersection(*(set(font.getBestCmap()) for font in fonts.values()))
    for style, font in fonts.items():
        path = TARGET / f"{style.lower()}.otf"
        font.save(path)
        click.echo(f"{path.name}: {path.stat().st_size:,} bytes, {font['maxp'].numGlyphs:,} glyphs")
    metrics = {
        "coverage": spans(covered),
        "widths": {style.lower(): widths(font) for style, font in fonts.items()},
    }
    path = TARGET / "metrics.json"
    path.write_text(json.dumps(metrics, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    click.echo(f"{path.name}: {path.stat().st_size:,} bytes, {len(covered):,} characters")


if __name__ == "__main__":
    main()
