"""Ask at twice the rate that Telegram lets a bot answer in a group: Wendu beside a plain bot of thirty lines.

`python -m bench.limits --questions 80` takes about five minutes, in which hardly anything is computed.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bench.crash import BOTS
from tests.crash.classroom import QUESTION, START, STUDENTS, Command, running
from tests.crash.telegram import Limits, Telegram

A_MINUTE = 40  # questions; a group gets twenty messages a minute
COLUMNS = ("asked", "answered", "repeated", "refused (429)", "seconds")


def main(arguments: Sequence[str] = ()) -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.limits")
    parser.add_argument("--questions", type=int, default=20)
    given = parser.parse_args(arguments)
    print(f"{'':10}" + "".join(f"{name:>16}" for name in COLUMNS), flush=True)
    with ThreadPoolExecutor() as beside:
        names = ("polling", "plain")
        for name, found in zip(
            names, beside.map(lambda name: ask(BOTS[name][0], given.questions), names), strict=True
        ):
            print(f"{name:10}" + "".join(f"{value:16,}" for value in found), flush=True)


def ask(command: Command, questions: int) -> tuple[int, ...]:
    """Ask so many; return how many were asked, answered, answered again, refused; and the seconds."""
    mark = [{"type": "bot_command", "offset": 0, "length": 4}]
    with tempfile.TemporaryDirectory() as folder, Telegram(latency=0.01) as telegram:
        telegram.limits = Limits()
        with running(telegram, Path(folder) / "wendu.db", command):
            telegram.wait_for("getUpdates", seconds=START)
            began, asked = time.monotonic(), set[int]()
            for number in range(questions):
                asked.add(telegram.says(STUDENTS[number % len(STUDENTS)], QUESTION, entities=mark))
                time.sleep(60 / A_MINUTE)
            with telegram.news:
                telegram.news.wait_for(lambda: len(telegram.answered) >= questions, 60 + questions * 60 / 19)
            took = time.monotonic() - began
        answers = telegram.answered
        again = sum(times > 1 for times in answers.values())
        return len(asked), len(answers), again, telegram.refused, round(took)


if __name__ == "__main__":
    main(sys.argv[1:])
