"""How much a bot takes, and how soon it answers: Wendu beside plain bots of three libraries, in one run.

`python -m bench load`, or with sizes `python -m bench.load --updates 20000 --rates 50,200,1000 --seconds 20`;
`--rounds 3` does the backlog three times and prints medians; `--soak 1000000`
sends that many through one Wendu process and watches its memory.
"""

import argparse
import json
import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench._telegram import ANSWERED, CLASS, TALK, questions, update
from bot.answering.library import Library
from bot.config import OUR_PACKS

NAMES = {
    "wendu": "Wendu (journal, outbox)",
    "ptb": "python-telegram-bot, run_polling",
    "ptb_plain": "the same, SQLite as it comes (no WAL)",
    "aiogram": "aiogram 3",
    "telebot": "pyTelegramBotAPI, async",
}
ROUND_TRIP = 0.05  # seconds that Telegram takes for a call, while latencies are measured
UNLOADED = 10.0  # questions and presses a second, and nothing else
STARTING = 60.0  # seconds that a bot may take to ask for updates
STUCK = 15.0  # seconds in which nothing moves, after which a bot has failed


@dataclass(frozen=True)
class Run:
    """What one bot did in front of one Telegram."""

    rate: float  # updates a second, from the first to the last
    sustained: float  # the same over the second half, when all have met and caches are warm
    p50: float  # milliseconds
    p99: float
    cpu: float  # milliseconds an update
    memory: float  # MB at most
    answered: int
    done: bool


@contextmanager
def telegram(total: int, rate: float, latency: float, kinds: str = CLASS) -> Iterator[str]:
    """Give the address of a Telegram with that plan."""
    command = [sys.executable, "-m", "bench._telegram", str(total), str(rate), str(latency), kinds]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            yield f"http://127.0.0.1:{process.stdout.readline().strip()}"
        finally:
            process.kill()


def measure(  # noqa: PLR0913  which bot, and the plan
    name: str, total: int, *, rate: float = 0.0, latency: float = 0.0, kinds: str = CLASS, watch: Any = None
) -> Run:
    """Let a bot work through the plan, and return how it did from the first update on."""
    with tempfile.TemporaryDirectory() as folder, telegram(total, rate, latency, kinds) as url:
        command = [sys.executable, "-m", "bench._bots", name, url, f"{folder}/bench.db"]
        with Path(folder, "bot.log").open("w") as log:
            process = subprocess.Popen(
                command, stdout=log, stderr=log, env={**os.environ, "PYTHONWARNINGS": "ignore"}
            )
        try:
            start(url, process)
            before, _ = used(process.pid)
            ask(f"{url}/go")
            report = wait(url, process, watch)
            cpu, memory = used(process.pid)
        finally:
            process.kill()
            process.wait()
        seconds = max(report["seconds"], 1e-9)
        return Run(
            rate=report["confirmed"] / seconds,
            sustained=total / 2 / max(report["second_half"], 1e-9) if report["done"] else 0.0,
            p50=report["p50"] * 1000,
            p99=report["p99"] * 1000,
            cpu=(cpu - before) * 1000 / max(report["confirmed"], 1),
            memory=memory,
            answered=report["answered"],
            done=report["done"],
        )


def ask(url: str) -> bytes:
    """Return what our Telegram says."""
    with urllib.request.urlopen(url) as answer:
        told: bytes = answer.read()
    return told


def start(url: str, process: "subprocess.Popen[bytes]") -> None:
    """Wait until the bot asks for updates; one that never does is seen to do nothing."""
    until = time.monotonic() + STARTING
    while (
        time.monotonic() < until and process.poll() is None and not json.loads(ask(f"{url}/report"))["asking"]
    ):
        time.sleep(0.1)
    time.sleep(1)  # what it still does after its first call, such as telling its commands


def wait(url: str, process: "subprocess.Popen[bytes]", watch: Any) -> dict[str, Any]:
    """Return Telegram's report once all is confirmed and answered, or nothing moves any more."""
    moved, before = time.monotonic(), (-1, -1)
    while True:
        report: dict[str, Any] = json.loads(ask(f"{url}/report"))
        state = (report["confirmed"], report["answered"])
        if state != before:
            moved, before = time.monotonic(), state
        if watch:
            watch(report, process.pid)
        if report["done"] or time.monotonic() - moved > STUCK or process.poll() is not None:
            return report
        time.sleep(0.1)


def used(pid: int) -> tuple[float, float]:
    """Return seconds of CPU, and the most memory in MB; zeros where there is no /proc."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0, 0.0
    ticks = os.sysconf("SC_CLK_TCK")
    peak = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return (int(fields[11]) + int(fields[12])) / ticks, int(peak.split()[1]) / 1024


def floors(count: int = 2000) -> tuple[float, float]:
    """Return how many bare commits, and how many bare parses of an update, this machine does a second."""
    with tempfile.TemporaryDirectory() as folder:
        db = sqlite3.connect(f"{folder}/floor.db", isolation_level=None)
        db.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE log (text TEXT)")
        began = time.perf_counter()
        for number in range(count):
            db.execute("INSERT INTO log VALUES (?)", (f"第 {number} 則",))
        commits = count / (time.perf_counter() - began)
        db.close()
    written = [json.dumps(update(number)) for number in range(count)]
    began = time.perf_counter()
    for text in written:
        json.loads(text)
    return commits, count / (time.perf_counter() - began)


def understanding(count: int = 300) -> float:
    """Return how many updates a second the engine alone allows, which all bots share: one in 32 is asked."""
    engine = Library.open(OUR_PACKS).engine("ai-film")
    engine.answer("塔可夫斯基是誰？")
    asked = questions()[:count]
    began = time.process_time()
    for question in asked:
        engine.answer(question)
    return len(asked) * len(CLASS) / (time.process_time() - began)


def backlogs(updates: int, rounds: int) -> None:
    """Print how each bot works off a backlog, of a class and of talk alone, beside what holds them all."""
    print(f"\nA backlog of {updates:,} updates from 200 groups, its second half; medians of {rounds}")
    print("\nA class: 1 in 32 a question, a press, an edit each")
    backlog(updates, rounds, CLASS)
    print(f"{'floor: the engine alone':38}{understanding():10,.0f}")
    print("\nTalk: messages, 1 in 32 an edit")
    backlog(updates, rounds, TALK)
    commits, parses = floors()
    print(f"{'floor: bare SQLite commits':38}{commits:10,.0f}")
    print(f"{'floor: bare JSON parsing':38}{parses:10,.0f}")


def backlog(updates: int, rounds: int, kinds: str) -> None:
    """Print medians over the rounds, in which all bots take turns."""
    print(f"{'':38}{'updates/s':>10}{'times PTB':>10}{'CPU ms':>8}{'MB':>6}{'answered':>10}", flush=True)
    runs: dict[str, list[Run]] = {name: [] for name in NAMES}
    for _ in range(rounds):
        for name, done in runs.items():
            done.append(measure(name, updates, kinds=kinds))
    for name, label in NAMES.items():
        done = runs[name]
        rate, cpu, memory = (
            statistics.median(getattr(run, what) for run in done) for what in ("sustained", "cpu", "memory")
        )
        pairs = zip(done, runs["ptb"], strict=True)
        times = statistics.median(run.sustained / max(plain.sustained, 1e-9) for run, plain in pairs)
        note = "" if all(run.done for run in done) else "  (did not finish)"
        print(
            f"{label:38}{rate:10,.0f}{times:10.2f}{cpu:8.3f}{memory:6.0f}{done[-1].answered:10,}{note}",
            flush=True,
        )


def latencies(rates: Sequence[float], seconds: float) -> None:
    """Print how long each bot takes to answer, by itself and while a class talks."""
    print(
        f"\nReply latency in ms, p50 / p99, a round trip of {ROUND_TRIP * 1000:.0f} ms, {seconds:.0f} s each"
    )
    heads = ["unloaded", *(f"{rate:g}/s" for rate in rates)]
    print(f"{'':38}" + "".join(f"{head:>18}" for head in heads), flush=True)
    for name, label in NAMES.items():
        alone = measure(name, int(UNLOADED * seconds), rate=UNLOADED, latency=ROUND_TRIP, kinds=ANSWERED)
        runs = [alone, *(measure(name, int(rate * seconds), rate=rate, latency=ROUND_TRIP) for rate in rates)]
        cells = [f"{run.p50:.0f} / {run.p99:.0f}" + ("" if run.done else "!") for run in runs]
        print(f"{label:38}" + "".join(f"{cell:>18}" for cell in cells), flush=True)


def soak(updates: int) -> None:
    """Send so many through one process, and print its memory on the way."""
    print(f"\nSoak: {updates:,} updates through one Wendu process")
    marks = [updates * tenth // 10 for tenth in range(1, 11)]

    def watch(report: dict[str, Any], pid: int) -> None:
        while marks and report["confirmed"] >= marks[0]:
            status = Path(f"/proc/{pid}/status").read_text()
            now = next(line for line in status.splitlines() if line.startswith("VmRSS"))
            print(f"{marks.pop(0):12,} updates {int(now.split()[1]) / 1024:8.1f} MB", flush=True)

    run = measure("wendu", updates, watch=watch)
    print(f"{run.rate:,.0f} updates/s, {run.answered:,} answered, done: {run.done}")


def main(arguments: Sequence[str] = ()) -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.load")
    parser.add_argument("--updates", type=int, default=6400, help="length of the backlog")
    parser.add_argument("--rounds", type=int, default=1, help="how often each bot works it off")
    parser.add_argument("--rates", default="50,200,1000", help="updates a second, with commas")
    parser.add_argument("--seconds", type=float, default=6.0, help="how long each rate is held")
    parser.add_argument("--soak", type=int, default=0, help="so many updates through one process, too")
    parser.add_argument("--only-soak", action="store_true", help="nothing but the soak")
    given = parser.parse_args(arguments)
    if not given.only_soak:
        backlogs(given.updates, given.rounds)
        latencies([float(rate) for rate in given.rates.split(",")], given.seconds)
    if given.soak:
        soak(given.soak)


if __name__ == "__main__":
    main(sys.argv[1:])
