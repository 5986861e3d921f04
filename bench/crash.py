"""Kill the bot while a class talks: Wendu by polling and by webhook, beside a plain bot of thirty lines.

Published: `python -m bench.crash --remarks 10000 --kills 50 --seconds 300 --life 5 --groups 16`, with
`--seed 5` and again with `--seed 6`.
"""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path

from tests.crash.classroom import WENDU, Class, Outcome, hold

PLAIN = (sys.executable, str(Path(__file__).with_name("_plain.py")))
BOTS = {
    "polling": (WENDU, True),
    "webhook": ((*WENDU, "--webhook"), True),
    "plain": (PLAIN, False),
}
COLUMNS = [field.name for field in fields(Outcome)]


def main(arguments: Sequence[str] = ()) -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.crash")
    parser.add_argument("--remarks", type=int, default=400, help="messages and questions")
    parser.add_argument("--kills", type=int, default=4)
    parser.add_argument("--seconds", type=float, default=8.0, help="how long the class talks")
    parser.add_argument("--groups", type=int, default=4)
    parser.add_argument("--life", type=float, default=0.5, help="seconds it lives at most")
    parser.add_argument("--seed", type=int, default=5, help="of the moments to be killed at")
    parser.add_argument("--only", choices=BOTS, action="append", help="Wendu by either way, or the plain bot")
    given = parser.parse_args(arguments)
    class_ = Class(
        given.remarks,
        given.groups,
        seconds=given.seconds,
        kills=given.kills,
        seed=given.seed,
        life=given.life,
    )
    print(f"{'':10}" + "".join(f"{name.replace('_', ' '):>14}" for name in COLUMNS), flush=True)
    for name in given.only or BOTS:
        command, rounds = BOTS[name]
        with tempfile.TemporaryDirectory() as folder:
            outcome = hold(class_, Path(folder), command=command, rounds=rounds)
        print(f"{name:10}" + "".join(f"{getattr(outcome, column):14,}" for column in COLUMNS), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
