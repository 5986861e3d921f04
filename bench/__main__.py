"""`python -m bench` runs every benchmark of this folder, each in a process of its own: a quarter of an hour.

`python -m bench answering load` runs only those named; `--full` takes the published sizes, and hours.
"""

import argparse
import subprocess
import sys
import time
from pathlib import Path

SAMPLES = Path(__file__).with_name("samples")
USUAL: dict[str, tuple[str, ...]] = {
    "answering": (),
    "retrieval": (str(SAMPLES),),
    "report": (),
    "exports": ("--rows", "100000"),
    "imports": ("--rows", "100000"),
    "load": ("--updates", "6400", "--seconds", "6"),
    "limits": ("--questions", "30"),
    "fuzz": ("--updates", "2000"),
    "crash": ("--remarks", "400", "--kills", "4", "--seconds", "8"),
}
FULL: dict[str, tuple[str, ...]] = {
    "exports": ("--rows", "1000000"),
    "imports": ("--rows", "1000000"),
    "load": ("--updates", "12800", "--rounds", "3", "--seconds", "15", "--soak", "1000000"),
    "limits": ("--questions", "80"),
    "fuzz": ("--updates", "100000"),
    "crash": ("--remarks", "10000", "--kills", "50", "--seconds", "300", "--life", "5", "--groups", "16"),
}


def run(names: list[str], sizes: dict[str, tuple[str, ...]]) -> list[str]:
    """Run those benchmarks and return the names of those that failed."""
    failed = []
    for name in names:
        print(f"\n== {name} {' '.join(sizes[name])}".rstrip() + " ==", flush=True)
        began = time.perf_counter()
        done = subprocess.run([sys.executable, "-m", f"bench.{name}", *sizes[name]], check=False)
        print(f"({time.perf_counter() - began:.0f} s)", flush=True)
        if done.returncode:
            failed.append(name)
    return failed


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="name", help=", ".join(USUAL))
    parser.add_argument("--full", action="store_true", help="the sizes that are published")
    given = parser.parse_args()
    if unknown := set(given.names) - set(USUAL):
        parser.error(f"no benchmark {', '.join(sorted(unknown))}")
    if failed := run(given.names or list(USUAL), USUAL | FULL if given.full else USUAL):
        sys.exit(f"failed: {', '.join(failed)}")


if __name__ == "__main__":
    main()
