"""Discussions as other programs write them, for the tests of imports: names, ids and words are invented."""

import csv
import io
import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from db.exports.export import Job, reading, write_export
from db.imports.found import Discussion
from db.imports.import_file import read_moodle, read_telegram
from db.imports.merge import Merged, Target, merge
from db.imports.telegram import Choices
from db.store import Store

CHAT = -1001234567890
HELD = datetime(2026, 2, 2, 8, 0, tzinfo=UTC)
TAIPEI = ZoneInfo("Asia/Taipei")
COLUMNS = """
    id discussion parent userid userfullname created modified mailed subject message messageformat
    messagetrust attachment totalscore mailnow deleted privatereplyto
    privatereplytofullname wordcount
    charcount
""".split()  # noqa: SIM905  read as Moodle writes them
CREATED = 1769990400


def message(number: int, text: Any = "有溫度", **more: Any) -> dict[str, Any]:
    """Return a message as Telegram Desktop writes it."""
    sent = HELD + timedelta(minutes=number % 1_000_000)
    return {
        "id": number,
        "type": "message",
        "date": "2026-02-02T16:00:00",
        "date_unixtime": str(int(sent.timestamp())),
        "from": f"學生{number % 3}",
        "from_id": f"user{100 + number % 3}",
        "text": text,
        "text_entities": [],
        **more,
    }


def says(number: int, who: str, text: Any, **more: Any) -> dict[str, Any]:
    """Return a message of somebody by name, whose id follows from it."""
    peer = f"user{sum(map(ord, who))}"
    return message(number, text, **{"from": who, "from_id": peer, **more})


def command(number: int, who: str, name: str, rest: str = "", **more: Any) -> dict[str, Any]:
    return says(number, who, [{"type": "bot_command", "text": name}, rest], **more)


def service(number: int, action: str, **more: Any) -> dict[str, Any]:
    return {**message(number, ""), "type": "service", "action": action, **more}


def result(*messages: Any, **more: Any) -> dict[str, Any]:
    head = {"name": "讀書會", "type": "private_supergroup", "id": 1234567890}
    return {**head, **more, "messages": list(messages)}


def account(*chats: dict[str, Any], left: Sequence[dict[str, Any]] = ()) -> dict[str, Any]:
    about = {"about": "這是你要的資料", "personal_information": {"user_id": 5, "first_name": "安"}}
    lists = {"chats": {"about": "…", "list": list(chats)}, "left_chats": {"about": "…", "list": list(left)}}
    return {**about, "contacts": {"list": [{"first_name": "誰"}]}, **lists}


def saved(folder: Path, value: Any, name: str = "result.json") -> Path:
    path = folder / name
    path.write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")
    return path


def load(store: Store, folder: Path, value: Any, **choices: Any) -> Discussion:
    return read_telegram(store, saved(folder, value), Choices(**choices))


def bring(store: Store, found: Discussion, seminar_id: int | None = None, **more: Any) -> Merged:
    """Bring the discussion into the seminar, by default that of its chat."""

    def where() -> Target:
        into = seminar_id or store.seminars.bind(found.chat_id, pack="ai-film", language="zh-Hant").id
        return Target(into, TAIPEI, more.get("round_id"))

    return merge(store, found, where, dry_run=more.get("dry_run", False))


def brought(store: Store, folder: Path, *messages: Any, **head: Any) -> Merged:
    """Bring in the messages as an export of one group."""
    return bring(store, load(store, folder, result(*messages, **head)))


def log(store: Store) -> list[tuple[Any, ...]]:
    rows = store.all("SELECT message_id, version, text, reply_to_message_id FROM discussion_log")
    return [tuple(row) for row in rows]


def numbers(store: Store) -> list[int]:
    return [row[0] for row in log(store)]


def post(number: int, **more: object) -> dict[str, object]:
    """Return a row of Moodle's forum export."""
    base: dict[str, object] = dict.fromkeys(COLUMNS, "0")
    return base | {
        "id": number,
        "discussion": 1,
        "parent": 0 if number == 1 else 1,
        "userid": 10 + number % 2,
        "userfullname": f"學生{number % 2}",
        "created": CREATED + number,
        "modified": CREATED + number,
        "subject": "溫度" if number == 1 else "Re: 溫度",
        "message": f"<p>第{number}則</p>",
        "messageformat": "1",
        **more,
    }


def table(*posts: dict[str, object], separator: str = ",") -> str:
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, COLUMNS, delimiter=separator)
    writer.writeheader()
    writer.writerows(posts)
    return file.getvalue()


def saved_table(
    folder: Path, *posts: dict[str, object], encoding: str = "utf-8-sig", separator: str = ","
) -> Path:
    path = folder / "discussion.csv"
    path.write_bytes(table(*posts, separator=separator).encode(encoding))
    return path


def brought_table(
    store: Store, folder: Path, seminar_id: int, *posts: dict[str, object], **how: Any
) -> Merged:
    return bring(store, read_moodle(store, saved_table(folder, *posts, **how), seminar_id), seminar_id)


def exported(store: Store, seminar_id: int, path: Path, *, names: bool) -> dict[str, Any]:
    """Return our own Telegram export, written to that path."""
    with reading(Job(store, seminar_id, names=names)) as job, path.open("wb") as file:
        write_export(job, "telegram", file)
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return found
