"""md: the discussion to read or print, replies indented below what they answer."""

from typing import IO

from db.exports.called import SCALE
from db.exports.dictionary import ALIASED, NAMED
from db.exports.job import Job
from db.exports.packing import text
from db.exports.threads import by_thread
from db.exports.transcript import transcript

_WHAT = """
---

## 關於這份紀錄 / About this file

- **誰** 時間，回覆誰，媒體種類，編輯次數；引文是原話，回覆縮排在所回覆的發言之下。
- **Who**, the time, whom it answers, what kind of media, how often it was edited; the words are quoted.
- 立場 / Stances：{scale}
"""


def write(job: Job, file: IO[bytes]) -> None:
    """Write the discussion, and below it what it is and how to read it."""
    about = job.about()
    chosen = "、".join(f"{key}={value}" for key, value in about["filters"].items() if value is not None)
    with text(file) as out:
        for line in transcript(job, by_thread):
            out.write(line + "\n")
        out.write(_WHAT.format(scale=SCALE))
        out.write(f"- {NAMED if job.names else ALIASED}\n")
        out.write(f"- Wendu {about['version']}，{about['made_at']}，{chosen}，{job.timezone}\n")
