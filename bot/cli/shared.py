"""What commands share: options, settings and store with errors said plainly, packs, files written whole."""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.config import Settings
    from bot.seminar.records import Round, Seminar
    from db.store import Store

from typing import BinaryIO

LANGUAGES = ("zh-Hant", "zh-Hans", "en")
DOTENV = Path(".env")
PACKS = Path(__file__).resolve().parents[2] / "prompts"

packs_option: Callable[[Any], Any] = click.option(
    "--packs",
    type=click.Path(path_type=Path, file_okay=False),
    default=PACKS,
    envvar="WENDU_PACKS",
    show_envvar=True,
    help="教材包都放在哪裡 / the folder of packs.  [default: the packs that come with Wendu]",
)
language_option: Callable[[Any], Any] = click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    envvar="WENDU_LANGUAGE",
    show_envvar=True,
    help="用哪一種語言說；不給就中英並列 / what is said in; without it Chinese and English.",
)
of_seminar = click.option(
    "--seminar",
    type=int,
    help="研討的編號；有好幾個時要寫 / the seminar's number; needed where there are several.",
)
of_round = click.option(
    "--round",
    "number",
    type=int,
    help="只要第幾輪；不寫就是全部 / only the round of that number; all rounds otherwise.",
)
to_file = click.option(
    "-o",
    "--output",
    metavar="FILE",
    help="寫到哪個檔案；- 是標準輸出 / the file to write; - for standard output.",
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


def read_settings() -> "Settings":
    """Return the settings, the token left aside.

    Raises:
        click.ClickException: one of them cannot be used.
    """
    from bot.config import ConfigError, load_settings

    try:
        return load_settings(os.environ, DOTENV, need_token=False)
    except ConfigError as error:
        raise click.ClickException(str(error)) from error


def need_database(settings: "Settings") -> None:
    """Raise a click.ClickException where there is no database yet."""
    if not settings.database.exists():
        raise click.ClickException(
            f"還沒有資料庫 {settings.database}\nThere is no database {settings.database} yet."
        )


@contextmanager
def open_store(*, make: bool = False) -> Iterator[tuple["Store", "Settings"]]:
    """Give the store and the settings; without `make`, a database that is not there is an error.

    One that had to be made goes again when the block raises: what fails leaves nothing behind.

    Raises:
        click.ClickException: the settings or the database cannot be used.
    """
    from db.core.errors import StoreError
    from db.core.keys import read_key
    from db.store import Store

    settings = read_settings()
    if not make:
        need_database(settings)
    files = () if settings.database.exists() else (settings.database, settings.secret_key_file)
    new = [path for path in files if not path.exists()]
    try:
        store = Store.open(settings.database, key=read_key(settings.secret_key_file))
    except StoreError as error:
        raise click.ClickException(str(error)) from error
    try:
        yield store, settings
    except BaseException:
        store.close()
        for path in new:
            path.unlink(missing_ok=True)
        raise
    store.close()


@contextmanager
def written_whole(path: Path) -> Iterator[BinaryIO]:
    """Give a file beside `path` that takes its place once all is written; what a class said is in it."""
    from db.core.scratch import scratch

    with scratch(path.absolute().parent) as folder:
        part = folder / path.name
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            yield file
        part.replace(path)


def choose_seminar(seminars: "Sequence[Seminar]", wanted: int | None) -> "Seminar":
    """Return the seminar of that number, the only one if none is named.

    Raises:
        click.UsageError: there is no such seminar, or there are several; the message lists them.
    """
    if wanted is None and len(seminars) == 1:
        return seminars[0]
    for seminar in seminars:
        if seminar.id == wanted:
            return seminar
    known = "\n".join(f"  {seminar.id}  {seminar.title}" for seminar in seminars) or "  (–)"
    raise click.UsageError(f"請用 --seminar 指定研討 / name one of these with --seminar:\n{known}")


def round_of(rounds: "Sequence[Round]", number: int) -> int:
    """Return the id of the round of that number.

    Raises:
        click.UsageError: there is none; the message lists those that are there.
    """
    for found in rounds:
        if found.number == number:
            return found.id
    known = "、".join(str(found.number) for found in rounds) or "–"
    raise click.UsageError(f"沒有第 {number} 輪，有：{known} / there is no round {number}")
