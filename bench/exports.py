"""Exports of many remarks beside what is there already: seconds and peak memory, all in one run.

    python -m bench exports                     # 100,000 remarks
    python -m bench.exports --rows 1000000      # the aim: a million

Each is a process of its own, on the same file, to a file. `sqlite3 -csv` and `sqlite-utils rows` write the
view discussion_log as it is; ours replace names in texts, keep spreadsheets from seeing formulas, and pack.
"""

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from bench._classroom import fill

VIEW = "discussion_log"
PEAK = 150  # MB, our aim
TIMES = 4  # as long as the bare sqlite3 -csv, our aim


def main(rows: int = 100_000) -> None:
    with tempfile.TemporaryDirectory(prefix="wendu-bench-") as folder:
        path = Path(folder) / "wendu.db"
        began = time.perf_counter()
        fill(path, rows)
        size = path.stat().st_size / 1e6
        print(f"{rows:,} remarks, {size:.0f} MB, made in {time.perf_counter() - began:.0f} s")
        print(f"{'':34} {'seconds':>8} {'CPU':>8} {'peak MB':>8} {'MB out':>8}")
        taken = {name: _run(name, command, path) for name, command in _commands(path).items()}
    _judge(taken)


def _commands(path: Path) -> Mapping[str, Sequence[str]]:
    beside = Path(sys.executable).parent
    ours = [sys.executable, "-m", "bot", "export", "-o", str(path.with_name("ours"))]
    peers = {
        "sqlite3 -csv": [shutil.which("sqlite3") or "", "-csv", str(path), f"SELECT * FROM {VIEW}"],
        "sqlite-utils rows --csv": [str(beside / "sqlite-utils"), "rows", str(path), VIEW, "--csv"],
        "sqlite-utils rows --nl": [str(beside / "sqlite-utils"), "rows", str(path), VIEW, "--nl"],
    }
    there = {name: command for name, command in peers.items() if Path(command[0]).is_file()}
    return there | {f"wendu export --format {name}": [*ours, "--format", name] for name in ("csv", "jsonl")}


def _run(name: str, command: Sequence[str], path: Path) -> tuple[float, float, float]:
    """Run it with its output in a file; return seconds, CPU seconds and peak megabytes."""
    out = path.with_name("out")
    environment = {**os.environ, "WENDU_DATABASE": str(path), "TELEGRAM_BOT_TOKEN": ""}
    began = time.perf_counter()
    with out.open("wb") as file:
        child = os.posix_spawn(
            command[0], list(command), environment, file_actions=[(os.POSIX_SPAWN_DUP2, file.fileno(), 1)]
        )
        _, status, used = os.wait4(child, 0)
    seconds, peak = time.perf_counter() - began, used.ru_maxrss / 1024
    if status:
        sys.exit(f"{name} failed")
    ours = path.with_name("ours")
    written = max(out.stat().st_size, ours.stat().st_size if ours.exists() else 0) / 1e6
    ours.unlink(missing_ok=True)
    cpu = used.ru_utime + used.ru_stime
    print(f"{name:34} {seconds:8.2f} {cpu:8.2f} {peak:8.0f} {written:8.0f}", flush=True)
    return seconds, cpu, peak


def _judge(taken: Mapping[str, tuple[float, float, float]]) -> None:
    ours = taken["wendu export --format csv"][0]
    peak = max(taken[name][2] for name in taken if "wendu" in name)
    print(f"peak under {PEAK} MB: {'yes' if peak < PEAK else 'NO'} ({peak:.0f})")
    for peer, times in (("sqlite3 -csv", TIMES), ("sqlite-utils rows --csv", 1)):
        if peer in taken:
            ratio = ours / taken[peer][0]
            print(f"at most {times} × {peer} (seconds): {'yes' if ratio <= times else 'NO'} ({ratio:.2f})")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=100_000)
    main(parser.parse_args().rows)
