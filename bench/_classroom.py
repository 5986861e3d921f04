"""A log of many remarks for the export benchmark, made without the bot: straight into the tables."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from db.store import Store

PEOPLE = 40
ROUNDS = 50
EDITED = 20  # every twentieth remark has a second version
_START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
_SURNAMES = "陳林黃張李王吳劉蔡楊許鄭謝洪郭邱曾廖賴徐"
_GIVEN = ("怡君", "志明", "淑芬", "家豪", "雅婷", "宗翰", "佳穎", "冠宇", "詩涵", "承恩")
PIECES = (
    "我覺得AI做得出畫面，做不出溫度",
    "可是觀眾會被感動，那不算溫度嗎？",
    "第十二段提到技術之網，我想到的是攝影機剛出現的時候也有人這樣說",
    "同意，但是要看誰按下了快門",
    "😀😀 哈哈",
    "這裡的「承載」是什麼意思？\n是作者的意圖，還是觀眾的經驗？",
    "AI generates frames; warmth comes from a life lived",
    "=這不是公式",
)


def fill(path: Path, remarks: int) -> int:
    """Make a database with that many remarks of forty people in fifty rounds; return the seminar's id."""
    store = Store.open(path, key=bytes(range(32)))
    seminar = store.seminars.bind(-1001234567890, title="大班研討", pack="ai-film", language="zh-Hant").id
    people = []
    for number in range(PEOPLE):
        name = _SURNAMES[number % len(_SURNAMES)] + _GIVEN[number % len(_GIVEN)]
        people.append(store.people.meet(1000 + number, name, f"student_{number:02}"))
        store.aliases.of(seminar, people[-1].id)
    store.conn.executemany(
        "INSERT INTO rounds (id, seminar_id, number, prompt_text, opened_at, closed_at)"
        " VALUES (?, ?, ?, 'AI 能否承載人文溫度？', ?, ?)",
        [(number, seminar, number, _at(0), _at(remarks)) for number in range(1, ROUNDS + 1)],
    )
    names = [person.name for person in people]
    with store.writing():
        store.conn.executemany(
            "INSERT INTO remarks (id, chat_id, message_id, round_id, person_id, sent_at, reply_to_message_id)"
            " VALUES (?, -1001234567890, ?, ?, ?, ?, ?)",
            _remarks(remarks, [person.id for person in people]),
        )
        store.conn.executemany("INSERT INTO versions VALUES (?, ?, ?, ?)", _versions(remarks, names))
    store.close()
    return seminar


def _remarks(count: int, people: list[int]) -> Iterator[tuple[object, ...]]:
    draw = random.Random(1)
    for number in range(1, count + 1):
        reply = number - draw.randint(1, 9) if draw.random() < 0.4 and number > 9 else None
        round_id = 1 + (number - 1) * ROUNDS // count
        yield number, number, round_id, draw.choice(people), _at(number), reply


def _versions(count: int, names: list[str]) -> Iterator[tuple[object, ...]]:
    draw = random.Random(2)
    for number in range(1, count + 1):
        words = "，".join(draw.choices(PIECES, k=draw.randint(1, 3)))
        if draw.random() < 0.1:
            words = f"{draw.choice(names)}說得對，{words}"
        yield number, 1, _at(number), words
        if number % EDITED == 0:
            yield number, 2, _at(number + 30), f"{words}（改）"


def _at(second: int) -> str:
    return (_START + timedelta(seconds=second)).isoformat(timespec="seconds")
