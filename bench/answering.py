"""Answering: how fast, how often right, beside three peers in the same run; building, memory, cold start."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from bench._peers import PEERS
from bench._synthetic import pack_of
from bot.answering.engine import Engine
from bot.pack.load import load_pack
from bot.pack.model import Pack

PROMPTS = Path(__file__).resolve().parents[1] / "prompts"
COLD_RUNS = 9
ROUNDS = 2
SIZES = (1_000, 10_000)


def main() -> None:
    with tempfile.TemporaryDirectory() as cache:
        os.environ["XDG_CACHE_HOME"] = cache
        pack = load_pack(PROMPTS / "ai-film")
        asked = [(golden.question, {pack.by_slug[s].slug for s in golden.slugs}) for golden in pack.golden]
        numbers = {snippet.slug: number for number, snippet in enumerate(pack.snippets)}
        compare(
            "ai-film", pack, [(text, {numbers[slug] for slug in slugs}) for text, slugs in asked if slugs]
        )
        for size in SIZES:
            made, questions = pack_of(size)
            compare(f"synthetic {size:,}", made, [(text, {number}) for text, number in questions])
        cold_start()
        memory()


def compare(title: str, pack: Pack, questions: Sequence[tuple[str, set[int]]]) -> None:
    print(f"\n{title}: {len(pack.snippets):,} snippets, {len(questions)} questions")
    print(f"{'':<28}{'right first':>12}{'p50 ms':>9}{'p99 ms':>9}{'build s':>9}")
    numbers = {snippet.slug: number for number, snippet in enumerate(pack.snippets)}

    def ours() -> Callable[[str], int]:
        engine = Engine(pack)

        def find(text: str) -> int:
            found = engine.answer(text).snippets
            return numbers[found[0].slug] if found else -1

        return find

    row("Wendu", ours, questions)
    for peer in PEERS:
        row(peer.name, lambda peer=peer: peer(pack.snippets).find, questions)  # type: ignore[misc]


def row(
    name: str, make: Callable[[], Callable[[str], int]], questions: Sequence[tuple[str, set[int]]]
) -> None:
    begun = time.perf_counter()
    find = make()
    built = time.perf_counter() - begun
    right = sum(find(text) in wanted for text, wanted in questions)  # also the first round, not timed
    times = sorted(_timed(find, text) for text, _ in questions for _ in range(ROUNDS))
    p50, p99 = times[len(times) // 2], times[int(len(times) * 0.99)]
    print(f"{name:<28}{right / len(questions):>12.1%}{p50:>9.2f}{p99:>9.2f}{built:>9.2f}", flush=True)


def _timed(find: Callable[[str], int], text: str) -> float:
    begun = time.perf_counter()
    find(text)
    return (time.perf_counter() - begun) * 1000


def cold_start() -> None:
    print(f"\ncold start, median of {COLD_RUNS} (a new process each)")
    loading = "import jieba, logging; jieba.setLogLevel(logging.ERROR); jieba.initialize()"
    asking = [sys.executable, "-m", "bot", "ask"]
    for name, command in (
        ("loading jieba's dictionary", [sys.executable, "-W", "ignore", "-c", loading]),
        ("wendu ask, a name", [*asking, "塔可夫斯基是誰"]),
        ("wendu ask, a typo", [*asking, "塔可夫司基是什麼樣的人"]),
        ("wendu ask, not covered", [*asking, "明天會下雨嗎"]),
    ):
        runs = [_process(command) for _ in range(COLD_RUNS + 1)][1:]  # the first one fills the caches
        took, peak = (statistics.median(values) for values in zip(*runs, strict=True))
        print(f"{name:<28}{took:>9.0f} ms{peak:>8.0f} MB", flush=True)


# A small process in between: a child's peak memory counts what its parent held when it was forked.
MEASURE = """
import resource, subprocess, sys, time
begun = time.perf_counter()
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
print((time.perf_counter() - begun) * 1000, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def _process(command: Sequence[str]) -> tuple[float, float]:
    """Return the wall time in ms and the peak memory in MB of one process."""
    measured = subprocess.run(
        [sys.executable, "-c", MEASURE, *command], capture_output=True, text=True, check=True
    )
    took, peak = map(float, measured.stdout.split())
    return took, peak / (1e6 if sys.platform == "darwin" else 1e3)


def memory() -> None:
    print("\npeak memory of a process that prepares a pack and answers once")
    for size in SIZES:
        code = (
            "from bench._synthetic import pack_of; from bot.answering.engine import Engine; "
            f"p, q = pack_of({size}); Engine(p).answer(q[0][0])"
        )
        print(f"synthetic {size:<18,}{_process([sys.executable, '-c', code])[1]:>20.0f} MB", flush=True)


if __name__ == "__main__":
    main()
