"""Mutated updates through the whole house: by a seed, or with atheris, guided by what the intake covers.

`python -m bench.fuzz --updates 100000`; `--guided 100000` where atheris is installed, which it need not be.
"""

import argparse
import asyncio
import json
import logging
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

BATCH, ONE_HOUSE = 50, 10_000  # updates between two neighbours; until a new house is opened


def main(arguments: Sequence[str] = ()) -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.fuzz")
    parser.add_argument("--updates", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--guided", type=int, default=0, help="runs of atheris over the sorting desk")
    given = parser.parse_args(arguments)
    if given.guided:
        guided(given.guided)
        return
    logging.disable()  # what handlers stumble over; counted below is what was put aside
    began = time.perf_counter()
    aside = sum(asyncio.run(house(seed, count)) for seed, count in shares(given.seed, given.updates))
    took = time.perf_counter() - began
    print(f"{given.updates:,} updates, {aside:,} put aside, no neighbour lost; {took:,.0f} s", flush=True)


def shares(seed: int, updates: int) -> list[tuple[int, int]]:
    """Return seeds and how many updates each makes."""
    full, rest = divmod(updates, ONE_HOUSE)
    counts = [ONE_HOUSE] * full + [rest] * bool(rest)
    return [(seed * 1000 + number, count) for number, count in enumerate(counts)]


async def house(seed: int, updates: int) -> int:
    """Let a house stand so many; return how many it put aside.

    Raises:
        AssertionError: a neighbour was lost; the seed tells which updates did it.
    """
    from tests.intake.mutating import Mutator, as_it_comes  # noqa: PLC0415  atheris must be there before
    from tests.intake.neighbours import neighbours  # noqa: PLC0415

    mutator = Mutator(seed)
    with tempfile.TemporaryDirectory() as folder:
        async with neighbours(Path(folder)) as held:
            for start in range(0, updates, BATCH):
                raws = [as_it_comes(raw) for raw in mutator.updates(min(BATCH, updates - start))]
                assert await held.stand(raws), f"seed {seed}, updates {start} to {start + len(raws)}"
            aside = held.held.store.one("SELECT count(*) FROM journal WHERE reason IS NOT NULL")
            return int(aside[0])


def guided(runs: int) -> None:
    """Let atheris look for JSON that the sorting desk does not stand, or that the journal cannot keep."""
    import atheris  # type: ignore[import-untyped]  # noqa: PLC0415  only for who wants it

    with atheris.instrument_imports(include=["bot.intake", "db.updates"]):
        from bot.intake.triage import sort_update  # noqa: PLC0415
    from db.store import Store  # noqa: PLC0415
    from tests.intake.every_kind import all_kinds  # noqa: PLC0415
    from tests.intake.messages import BOT_ID, BOT_NAME, says  # noqa: PLC0415

    folder = tempfile.TemporaryDirectory()
    corpus = Path(folder.name) / "corpus"
    corpus.mkdir()
    for number, raw in enumerate(all_kinds().values()):
        (corpus / str(number)).write_text(json.dumps(raw))
    store = Store.open(Path(folder.name) / "wendu.db", key=bytes(32))
    number = newest = 0

    def one(data: bytes) -> None:
        nonlocal number, newest
        try:
            raw: Any = json.loads(data)
        except (ValueError, RecursionError):
            return
        number += 1
        neighbour = {**says(number, "前"), "update_id": number}
        with store.writing():
            store.journal.receive([sort_update(each, BOT_ID, BOT_NAME) for each in (raw, neighbour)])
        before, newest = newest, store.one("SELECT max(id) FROM journal")[0]
        assert newest > before, "the neighbour was lost"

    atheris.Setup([sys.argv[0], f"-atheris_runs={runs}", "-max_len=8000", str(corpus)], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1:])
