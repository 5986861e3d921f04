"""md: the discussion to read or print, replies indented below what they answer."""

from typing import IO

from db.exports.column_descriptions import ALIASED, NAMED
from db.exports.job import Job
from db.exports.labels import SCALE, joined
from db.exports.threads import by_thread
from db.exports.transcript import transcript
from db.exports.zip_stream import text


def write(job: Job, file: IO[bytes]) -> None:
    """Write the discussion, and below it what it is and how to read it."""
    about = job.about()
    filters = (f"{key}={value}" for key, value in about["filters"].items() if value is not None)
    chosen = joined(filters, job.language, comma="、")
    with text(file) as out:
        for line in transcript(job, by_thread):
            out.write(line + "\n")
        out.write(f"\n{job.say('transcript.about', scale=job.told(SCALE))}\n")
        out.write(f"- {job.told(NAMED if job.names else ALIASED)}\n")
        made = {key: about[key] for key in ("version", "made_at")}
        out.write(job.say("transcript.made", **made, chosen=chosen, zone=job.timezone) + "\n")
