"""Opening the store for a command, with errors said plainly."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from bot.config import Settings
    from db.store import Store


@contextmanager
def opened(*, make: bool = False) -> Iterator[tuple["Store", "Settings"]]:
    """Give the store and the settings; without `make`, a database that is not there is an error.

    Raises:
        click.ClickException: the settings or the database cannot be used.
    """
    from bot.config import ConfigError, load_settings
    from db.core.errors import StoreError
    from db.core.keys import read_key
    from db.store import Store

    try:
        settings = load_settings(os.environ, Path(".env"), need_token=False)
        if not make and not settings.database.exists():
            raise click.ClickException(
                f"還沒有資料庫 {settings.database}\nThere is no database {settings.database} yet."
            )
        store = Store.open(settings.database, key=read_key(settings.secret_key_file))
    except (ConfigError, StoreError) as error:
        raise click.ClickException(str(error)) from error
    try:
        yield store, settings
    finally:
        store.close()
