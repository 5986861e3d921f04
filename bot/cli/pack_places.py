"""Where a pack is, said by its name among our packs or by its folder."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import click

PACKS = Path(__file__).resolve().parents[2] / "prompts"

packs_option: Callable[[Any], Any] = click.option(
    "--packs",
    type=click.Path(path_type=Path, file_okay=False),
    default=PACKS,
    envvar="WENDU_PACKS",
    show_envvar=True,
    help="教材包都放在哪裡 / the folder of packs.  [default: the packs that come with Wendu]",
)


def pack_folder(name: str, packs: Path) -> Path:
    """Return the folder of that pack: the folder itself, or the pack of that name.

    Raises:
        click.UsageError: there is neither.
    """
    for folder in (Path(name), packs / name):
        if folder.is_dir():
            return folder
    found = "、".join(path.name for path in all_packs(packs)) or "（無 / none）"
    raise click.UsageError(f"找不到教材包「{name}」，{packs} 裡有：{found} / there is no such pack or folder")


def all_packs(packs: Path) -> Iterable[Path]:
    """Return the folders of all packs, by name."""
    return sorted(path.parent for path in packs.glob("*/pack.md"))
