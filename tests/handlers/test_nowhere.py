"""What somebody says who is not to be logged is nowhere: files, exports, logs are searched for it."""

import io
import json
import logging
import zipfile
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from db.exports.export import FORMATS, Job, reading, write_export
from tests.dialogue import STUDENTS, Seminar

ME, OTHER = STUDENTS[0], STUDENTS[1]
TEACHER = "陳老師"


class Words:
    """Words that nobody else uses, each another one, and where they can be found."""

    def __init__(self, seminar: Seminar, caplog: pytest.LogCaptureFixture) -> None:
        self.seminar, self.caplog = seminar, caplog
        self.said: list[str] = []

    def __call__(self) -> str:
        """Return a sentence with a new secret in it."""
        secret = f"只有我知道的祕密{len(self.said)}號"
        self.said.append(secret)
        return f"{secret}，有溫度"

    def assert_nowhere(self) -> None:
        places = {"the logs": self.caplog.text.encode(), **files(self.seminar.store.path.parent)}
        found = [
            (word, place) for place, there in places.items() for word in self.said if stands_in(word, there)
        ]
        assert not found


def files(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def stands_in(word: str, there: bytes) -> bool:
    escaped = json.dumps(word)[1:-1]
    return any(form.encode() in there for form in (word, escaped, escaped.replace("\\", "\\\\")))


@pytest.fixture
def words(seminar: Seminar, caplog: pytest.LogCaptureFixture) -> Words:
    caplog.set_level(logging.DEBUG)
    for name in ("httpx", "httpcore", "telegram", "telegram.ext"):  # as bot/logs.py has it
        caplog.set_level(logging.WARNING, logger=name)
    caplog.set_level(logging.CRITICAL, logger="telegram.request")
    return Words(seminar, caplog)


async def by_command(seminar: Seminar) -> None:
    await seminar.says(ME, "/optout")


async def by_command_in_private(seminar: Seminar) -> None:
    await seminar.starts(ME)
    await seminar.says(ME, "/optout", privately=True)


async def by_the_card(seminar: Seminar) -> None:
    await seminar.says(TEACHER, "/discuss 先開一輪")
    await seminar.presses(ME, "🙈 不要記錄我")
    await seminar.says(TEACHER, "/close")


async def by_never_agreeing(seminar: Seminar) -> None:
    await seminar.says(TEACHER, "/settings")
    await seminar.presses(TEACHER, "記錄誰")
    await seminar.presses(TEACHER, "同意才記錄")
    await seminar.says(OTHER, "/optin")


async def before_being_forgotten(seminar: Seminar) -> None:
    await by_command_in_private(seminar)
    await seminar.says(ME, "/forgetme", privately=True)
    await seminar.presses(ME, "確定刪除")


WAYS = [by_command, by_command_in_private, by_the_card, by_never_agreeing, before_being_forgotten]


async def visibility(seminar: Seminar, which: str) -> None:
    """Open a round that is held in this way."""
    await seminar.says(TEACHER, "/settings")
    await seminar.presses(TEACHER, "怎麼討論")
    await seminar.presses(TEACHER, which)
    await seminar.says(TEACHER, "/discuss AI 能承載人文溫度嗎？")


async def talks(seminar: Seminar, words: Words) -> None:
    """Say something in all the ways in which a round can be spoken in."""
    await visibility(seminar, "公開")
    card = seminar.last
    post = await seminar.says(ME, words())
    await seminar.edits(ME, post, words())
    await seminar.replies(ME, words(), to=card)
    await seminar.presses(ME, "贊成", on=card)
    await seminar.says(ME, f"/stance 4 {words()}")
    await seminar.says(ME, "/stance")
    await seminar.says(OTHER, "我說我的")
    answered = await seminar.says(ME, words())
    await seminar.says(OTHER, "@WenduBot 這是什麼意思？", reply_to=answered)
    await seminar.says(TEACHER, "/close")


async def asks(seminar: Seminar, words: Words) -> None:
    """Ask in all the ways in which the reading can be asked."""
    await seminar.says(ME, f"@WenduBot 塔可夫斯基是誰？{words()}")
    await seminar.replies(ME, f"那大理石呢？{words()}")
    post = await seminar.says(ME, f"/ask 影展有哪些短片？{words()}")
    await seminar.edits(ME, post, f"/ask {words()}")
    await seminar.says(ME, f"/why {words()}")
    await seminar.says(ME, f"/mydata {words()}")


async def writes_privately(seminar: Seminar, words: Words) -> None:
    """Try to have words collected, or posted under a mask."""
    for which in ("先寫再看", "匿名"):
        await visibility(seminar, which)
        await seminar.starts(ME, f"say_{seminar.store.rounds.all_open()[0].id}")
        await seminar.says(ME, words(), privately=True)
        await seminar.says(TEACHER, "/close")
    said = "\n".join(seminar.said(chat=seminar.world.group))
    assert not [word for word in words.said[-2:] if word in said]


@pytest.mark.parametrize("say_no", WAYS)
async def test_words_of_somebody_who_is_not_logged_are_nowhere(
    seminar: Seminar, words: Words, say_no: Callable[[Seminar], Awaitable[None]]
) -> None:
    await seminar.starts(ME)
    await seminar.says(OTHER, "/start")
    await say_no(seminar)
    for act in (talks, asks, writes_privately):
        await act(seminar, words)
        words.assert_nowhere()
    await seminar.ticks(hours=30)
    words.assert_nowhere()


@pytest.mark.parametrize("name", FORMATS)
async def test_words_of_somebody_who_is_not_logged_are_in_no_export(
    seminar: Seminar, words: Words, name: str
) -> None:
    await by_command(seminar)
    await talks(seminar, words)
    await asks(seminar, words)
    job, file = Job(seminar.store, seminar.store.seminars.all()[0].id), io.BytesIO()
    with reading(job) as ready:
        write_export(ready, name, file)
    whole = file.getvalue() + unpacked(file)
    assert stands_in("我說我的", whole), "what others said is there"
    assert not [word for word in words.said if stands_in(word, whole)]


def unpacked(file: io.BytesIO) -> bytes:
    if not zipfile.is_zipfile(file):
        return b""
    with zipfile.ZipFile(file) as archive:
        return b"\n".join(archive.read(each) for each in archive.namelist())


async def test_words_that_a_handler_fails_over_are_nowhere(seminar: Seminar, words: Words) -> None:
    await by_command(seminar)
    with seminar.failing() as errors:
        seminar.world.faults.outage = True
        await seminar.says(ME, f"/ask {words()}")
        seminar.world.faults.outage = False
    assert errors
    words.assert_nowhere()


async def test_what_was_said_before_is_gone_once_forgotten(seminar: Seminar, words: Words) -> None:
    await seminar.starts(ME)
    await talks(seminar, words)
    await asks(seminar, words)
    await writes_privately_and_is_heard(seminar, words)
    there = b"".join(files(seminar.store.path.parent).values())
    assert sum(stands_in(word, there) for word in words.said) > len(words.said) // 2
    await seminar.says(ME, "/forgetme", privately=True)
    await seminar.presses(ME, "確定刪除")
    words.said.append(ME)
    words.assert_nowhere()
    assert seminar.store.people.known(seminar.world.person(ME).id) is None


async def writes_privately_and_is_heard(seminar: Seminar, words: Words) -> None:
    for which in ("先寫再看", "匿名"):
        await visibility(seminar, which)
        await seminar.starts(ME, f"say_{seminar.store.rounds.all_open()[0].id}")
        await seminar.says(ME, words(), privately=True)
        if which == "先寫再看":
            await seminar.presses(TEACHER, "📬 公布大家的想法", on=seminar.last_in(seminar.world.group))
        await seminar.says(TEACHER, "/close")
