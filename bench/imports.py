"""An import of many messages: seconds and peak memory, beside what it takes to read the file as one value.

    python -m bench imports                     # 100,000 messages
    python -m bench.imports --rows 1000000

Each is a process of its own. Memory must not grow with the file: at most 100 MB, our aim.
"""

import argparse
import json
import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench._classroom import PIECES

PEAK = 100  # MB, our aim
_START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
_WHOLE = "import json, sys; json.load(open(sys.argv[1], encoding='utf-8'))"


def main(rows: int = 100_000) -> None:
    with tempfile.TemporaryDirectory(prefix="wendu-bench-") as folder:
        path = Path(folder) / "result.json"
        with path.open("w", encoding="utf-8") as file:
            file.writelines(_lines(rows))
        print(f"{rows:,} messages, {path.stat().st_size / 1e6:.0f} MB")
        print(f"{'':34} {'seconds':>8} {'CPU':>8} {'peak MB':>8}")
        _run("json.load (the words only)", [sys.executable, "-c", _WHOLE, str(path)], path)
        peak = _run("wendu import", [sys.executable, "-m", "bot", "import", str(path)], path)
        _run("wendu import, again", [sys.executable, "-m", "bot", "import", str(path)], path, status=3)
    print(f"peak under {PEAK} MB: {'yes' if peak < PEAK else 'NO'} ({peak:.0f})")


def _lines(count: int) -> Iterator[str]:
    """Yield an export as Telegram Desktop writes it, line by line."""
    draw = random.Random(1)
    yield '{"name": "大班研討", "type": "private_supergroup", "id": 1234567890, "messages": [\n'
    for number in range(1, count + 1):
        at, text = _START + timedelta(seconds=20 * number), draw.choice(PIECES)
        message = {
            "id": number,
            "type": "message",
            "date": at.isoformat()[:19],
            "date_unixtime": str(int(at.timestamp())),
            "from": f"學生{number % 40}",
            "from_id": f"user{5_000_000_000 + number % 40}",
            "text": text,
            "text_entities": [{"type": "plain", "text": text}],
        }
        answered = {"reply_to_message_id": number - draw.randint(1, 9)} if number > 9 else {}
        yield json.dumps(message | answered, ensure_ascii=False, indent=1) + (",\n" if number < count else "")
    yield "]}\n"


def _run(name: str, command: list[str], path: Path, status: int = 0) -> float:
    """Run it and return its peak memory in megabytes."""
    environment = {
        **os.environ,
        "WENDU_DATABASE": str(path.with_name("wendu.db")),
        "TELEGRAM_BOT_TOKEN": "",
    }
    quiet = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    began = time.perf_counter()
    child = os.posix_spawn(command[0], command, environment, file_actions=quiet)
    _, ended, used = os.wait4(child, 0)
    if os.waitstatus_to_exitcode(ended) != status:
        sys.exit(f"{name} failed")
    peak = used.ru_maxrss / 1024
    seconds, cpu = time.perf_counter() - began, used.ru_utime + used.ru_stime
    print(f"{name:34} {seconds:8.2f} {cpu:8.2f} {peak:8.0f}", flush=True)
    return peak


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=100_000)
    main(parser.parse_args().rows)
