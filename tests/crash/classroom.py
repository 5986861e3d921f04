"""A class that talks while the bot process is killed, again and again; and what came of it, counted."""

import os
import random
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from threading import Thread

from tests.crash.telegram import GROUP, SUPERGROUPS, TEACHER, TOKEN, Telegram

ROOT = Path(__file__).resolve().parents[2]
STUDENTS = [{"id": 100 + n, "is_bot": False, "first_name": f"學生{n}"} for n in range(12)]
QUESTION, TOPIC = "/ask 塔可夫斯基是誰？", "/discuss AI 能不能承載人文溫度？"
ASIDE = "/ask 今天第 {} 道菜要怎麼煮？"  # in a basic group, which has no links to an answer given above
ASKED_EVERY = 31  # messages: a prime, so that questions come to all groups alike, however many there are
PATIENCE = 400.0  # seconds for what still waits at the end: a group gets nineteen messages a minute
START = 30.0  # seconds that a busy machine may take to start the process
Command = Sequence[str]
WENDU: Command = (sys.executable, "-m", "bot", "run")


@dataclass
class Told:
    """What the class has said and asked."""

    remarks: dict[tuple[int, int], list[str]] = field(default_factory=dict)  # chat, message -> versions
    asked: set[tuple[int, int]] = field(default_factory=set)
    rounds: Counter[int] = field(default_factory=Counter)  # chat -> how many were opened


@dataclass(frozen=True)
class Outcome:
    """What was found afterwards."""

    remarks: int
    kills: int
    lost: int
    doubled: int
    out_of_order: int
    asked: int
    unanswered: int
    repeated: int  # answers that came twice in supergroups
    elsewhere: int  # answers, cards and summaries that came twice in basic groups
    rounds: int
    missing: int  # cards and summaries
    twice: int  # cards and summaries that came twice in supergroups
    overwritten: int

    def faults(self) -> dict[str, int]:
        """Return what went wrong, and how often."""
        kinds = (
            "lost",
            "doubled",
            "out_of_order",
            "unanswered",
            "repeated",
            "elsewhere",
            "missing",
            "twice",
            "overwritten",
        )
        return {kind: found for kind in kinds if (found := getattr(self, kind))}


@dataclass(frozen=True)
class Class:
    """How much is said, in how many groups, how fast, and how often the bot is killed meanwhile.

    Every fourth group is a basic one, whose messages are numbered together with those of others.
    """

    remarks: int = 600
    groups: int = 4
    a_round: int = 100  # messages in a group until its round is closed and another opened
    seconds: float = 8.0
    kills: int = 8
    seed: int = 5
    life: float = 0.5  # seconds after which the bot is killed at the latest, from when it takes updates

    def chats(self) -> list[dict[str, object]]:
        """Return the groups."""
        first = int(str(GROUP["id"]))
        return [
            {**GROUP, "id": -1000 - number, "type": "group"}
            if number % 4 == 3
            else {**GROUP, "id": first - number}
            for number in range(self.groups)
        ]


@contextmanager
def running(
    telegram: Telegram, database: Path, command: Command = WENDU
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a bot process in front of that Telegram; it is killed in the end if it still runs."""
    environment = {
        **os.environ,
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "WENDU_API_URL": telegram.url,
        "WENDU_DATABASE": str(database),
        "PYTHONPATH": str(ROOT),
    }
    if "--webhook" in command:
        environment |= _hook(database)
    with (database.parent / "bot.log").open("ab") as log:
        process = subprocess.Popen(command, cwd=database.parent, env=environment, stdout=log, stderr=log)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def _hook(database: Path) -> dict[str, str]:
    """Return where the webhook is: the same port at every start, so that Telegram finds it again."""
    kept = database.parent / "port"
    if not kept.exists():
        with socket.create_server(("127.0.0.1", 0)) as free:
            kept.write_text(str(free.getsockname()[1]))
    address = f"127.0.0.1:{kept.read_text()}"
    secret = "a-secret-that-stays-the-same"
    return {
        "WENDU_WEBHOOK_URL": f"http://{address}/telegram",
        "WENDU_LISTEN": address,
        "WENDU_WEBHOOK_SECRET": secret,
    }


def hold(class_: Class, folder: Path, *, command: Command = WENDU, rounds: bool = True) -> Outcome:
    """Let the class talk in front of a bot that is killed at random moments; count what came of it."""
    database, chance, told = folder / "wendu.db", random.Random(class_.seed), Told()
    with Telegram(latency=0.01) as telegram:
        with running(telegram, database, command):
            _open(telegram, class_, told, rounds=rounds)
        talk = Thread(target=_talk, args=(telegram, class_, told), kwargs={"rounds": rounds})
        talk.start()
        for _ in range(class_.kills):
            with running(telegram, database, command) as process:
                _wait_until_at_work(telegram)
                time.sleep(chance.uniform(0, class_.life))
                process.send_signal(signal.SIGKILL)
        talk.join()
        with running(telegram, database, command) as process:
            telegram.wait_until_confirmed(PATIENCE)
            if rounds:
                telegram.wait_until_answered(told.asked, PATIENCE)
                _close(telegram, class_, told)
            process.send_signal(signal.SIGTERM)
            process.wait(90)
        return _count(telegram, class_, told, logged(database))


def _open(telegram: Telegram, class_: Class, told: Told, *, rounds: bool) -> None:
    for chat in class_.chats() if rounds else []:
        _command(telegram, chat, TOPIC)
        told.rounds[int(str(chat["id"]))] += 1
    telegram.wait_until_confirmed(START)
    with telegram.news:
        enough = class_.groups if rounds else 0
        assert telegram.news.wait_for(lambda: telegram.count("sendMessage") >= enough, START)


def _close(telegram: Telegram, class_: Class, told: Told) -> None:
    """Close the last rounds, and wait for all cards and summaries."""
    for chat in class_.chats():
        _command(telegram, chat, "/close")
    with telegram.news:
        wanted = 2 * told.rounds.total()
        telegram.news.wait_for(lambda: len(set(telegram.headings())) >= wanted, PATIENCE)


def _command(telegram: Telegram, chat: dict[str, object], text: str, who: dict[str, object] = TEACHER) -> int:
    mark = [{"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0])}]
    return telegram.says(who, text, chat=chat, entities=mark)


def _wait_until_at_work(telegram: Telegram) -> None:
    """Wait until the process that was just started takes updates."""
    with telegram.news:
        before = telegram.count("getUpdates") + telegram.brought
        telegram.news.wait_for(lambda: telegram.count("getUpdates") + telegram.brought > before, START)


def _talk(telegram: Telegram, class_: Class, told: Told, *, rounds: bool) -> None:
    """Let students write; every tenth remark is edited, every 31st message is a question instead.

    Now and then the teacher closes a round and opens another.
    """
    chats = class_.chats()
    for number in range(class_.remarks):
        student, chat = STUDENTS[number % len(STUDENTS)], chats[number % len(chats)]
        place = int(str(chat["id"]))
        if rounds and number // len(chats) % class_.a_round == class_.a_round - 1:
            _command(telegram, chat, "/close")
            _command(telegram, chat, TOPIC)
            told.rounds[place] += 1
        if number % ASKED_EVERY == 17:
            question = QUESTION if place < SUPERGROUPS else ASIDE.format(number)
            told.asked.add((place, _command(telegram, chat, question, student)))
        else:
            message_id = telegram.says(student, f"第 {number} 則：我認為有溫度", chat=chat)
            told.remarks[place, message_id] = [f"第 {number} 則：我認為有溫度"]
            if number % 10 == 9:
                telegram.edits(student, message_id, f"第 {number} 則：我改變想法了", chat=chat)
                told.remarks[place, message_id].append(f"第 {number} 則：我改變想法了")
        time.sleep(class_.seconds / class_.remarks)  # this thread plays the class; nothing waits for it


def _count(telegram: Telegram, class_: Class, told: Told, rows: list[tuple[int, int, int, str]]) -> Outcome:
    said = {
        (*place, version, text)
        for place, texts in told.remarks.items()
        for version, text in enumerate(texts, start=1)
    }
    firsts = {
        place["id"]: [row[1] for row in rows if row[0] == place["id"] and row[2] == 1]
        for place in class_.chats()
    }
    answers, headings = telegram.answered, Counter(telegram.headings())
    again = {True: 0, False: 0}  # in supergroups, elsewhere
    for place, message in told.asked:
        again[place < SUPERGROUPS] += max(0, answers[place, message] - 1)
    more = {True: 0, False: 0}
    for (place, _), times in headings.items():
        more[place < SUPERGROUPS] += times - 1
    return Outcome(
        remarks=len(said),
        kills=class_.kills,
        lost=len(said - set(rows)),
        doubled=len(rows) - len(set(rows)),
        out_of_order=sum(later < earlier for ids in firsts.values() for earlier, later in pairwise(ids)),
        asked=len(told.asked),
        unanswered=sum(not answers[question] for question in told.asked),
        repeated=again[True],
        elsewhere=again[False] + more[False],
        rounds=told.rounds.total(),
        missing=2 * told.rounds.total() - len(headings),
        twice=more[True],
        overwritten=telegram.edited_wrongly,
    )


def logged(database: Path) -> list[tuple[int, int, int, str]]:
    """Return the log: chat, message, version, text."""
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute("SELECT chat_id, message_id, version, text FROM discussion_log").fetchall()
