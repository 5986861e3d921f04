"""The example class: how its play is read, and that the whole of it plays through the real house."""

import asyncio
import re
from pathlib import Path

import pytest

from bot.cli.rehearsal import play_when_watched, rehearsing
from bot.rehearsal.lesson import (
    LessonError,
    LessonStep,
    example_class,
    load_lesson,
    parse_lesson,
    seconds_before,
)
from tests.dialogue import our_packs

SMALL = """\
# 小課

> 註解不算台詞

## 人物

- 陳老師（教師）
- 小安

## 開場

陳老師：大家好
小安（回覆 陳老師）：老師好：）
小安（改成）：老師晚安
小安（按）：贊成
陳老師（打開私訊）：
"""


def test_a_play_is_read_line_by_line() -> None:
    lesson = parse_lesson(SMALL)
    assert lesson.title == "小課"
    assert [(member.name, member.teacher) for member in lesson.people] == [("陳老師", True), ("小安", False)]
    assert [(step.who, step.kind, step.to, step.text) for step in lesson.steps] == [
        ("陳老師", "say", "", "大家好"),
        ("小安", "reply", "陳老師", "老師好：）"),
        ("小安", "edit", "", "老師晚安"),
        ("小安", "press", "", "贊成"),
        ("陳老師", "start", "", ""),
    ]


def test_a_play_may_be_written_in_english_too() -> None:
    lesson = parse_lesson(
        "# Class\n## People\n- Ms Chen (teacher)\n- Ann\n## Talk\nAnn (reply Ms Chen): but why?"
    )
    assert lesson.steps == (LessonStep(6, "Ann", "reply", "but why?", "Ms Chen"),)


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("小安說大家好", "每一行請寫成"),
        ("小安（大叫）：喂", "不認得「（大叫）」"),
        ("小安：", "冒號後面沒有內容"),
        ("小美：大家好", "「小美」不在人物裡"),
        ("小安（回覆 小美）：對", "「小美」不在人物裡"),
    ],
)
def test_a_bad_line_is_refused_with_its_number_and_what_to_write(line: str, complaint: str) -> None:
    with pytest.raises(LessonError, match=r"lesson\.md:18: ") as caught:
        parse_lesson(f"{SMALL}\n{line}\n")
    assert complaint in str(caught.value)
    assert caught.value.line == 18


def test_a_class_without_a_teacher_is_refused() -> None:
    with pytest.raises(LessonError, match="教師"):
        parse_lesson("# 課\n## 人物\n- 小安\n## 開場\n小安：喂")


def test_the_example_class_is_a_class_of_six_that_argues_in_about_two_minutes() -> None:
    lesson = load_lesson()
    said = [step for step in lesson.steps if step.kind in {"say", "reply"} and not step.text.startswith("/")]
    assert len([member for member in lesson.people if not member.teacher]) == 6
    assert 35 <= len(said) <= 50
    assert {step.kind for step in lesson.steps} == {"say", "reply", "edit", "press", "start"}
    assert 80 <= sum(seconds_before(step) for step in lesson.steps) <= 130


async def test_the_example_class_plays_from_the_first_question_to_the_export(tmp_path: Path) -> None:
    async with rehearsing(tmp_path, our_packs(), key="k") as rehearsal:
        rehearsal.player.play(pace=0)
        progress = await rehearsal.player.finished()
        assert progress.state == "done", progress.reason
        world = rehearsal.world
        spoken = [post.text for post in world.posts(by_bot=True)]
        assert any("出處：" in text for text in spoken)
        summary = next(text for text in spoken if "第 1 輪總結" in text)
        assert "6 人" in re.sub(r"\s+", " ", summary)
        assert "更贊成 2 人" in summary
        assert "更反對 2 人" in summary
        private = world.posts(world.private("陳老師"), by_bot=True)
        assert [post.document.file_name for post in private if post.document]
        assert not [call for call in world.calls if not call.ok]


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
async def test_the_example_class_plays_when_the_bot_speaks_another_language(
    tmp_path: Path, language: str
) -> None:
    async with rehearsing(tmp_path, our_packs(), key="k", language=language) as rehearsal:
        rehearsal.player.play(pace=0)
        progress = await rehearsal.player.finished()
        assert progress.state == "done", progress.reason
        assert not [call for call in rehearsal.world.calls if not call.ok]


def test_the_english_class_is_the_same_class_in_english() -> None:
    chinese, english = example_class("zh-Hant"), example_class("en")
    assert [step.kind for step in english.steps] == [step.kind for step in chinese.steps]
    assert len(english.people) == len(chinese.people)
    assert all(step.text.isascii() or step.text[0] in "▶🔁…" for step in english.steps)
    assert example_class("zh-Hans") == chinese


async def test_in_an_english_rehearsal_private_chats_are_english_too(tmp_path: Path) -> None:
    async with rehearsing(tmp_path, our_packs(), key="k", language="en") as rehearsal:
        world = rehearsal.world
        world.starts_bot("Nora")
        await rehearsal.actions.settle()
        (welcome,) = world.posts(world.private("Nora"), by_bot=True)
        assert welcome.text.startswith("Hello, I am Wendu.")
        assert (world.group.title, world.bot.first_name) == ("Film and Warmth", "Wendu")


async def test_a_second_class_is_played_in_a_group_of_its_own(tmp_path: Path) -> None:
    async with rehearsing(tmp_path, our_packs(), key="k") as rehearsal:
        world = rehearsal.world
        world.says("陳老師", "這個群組已經有人說話")
        rehearsal.player.play(pace=0)
        progress = await rehearsal.player.finished()
        assert progress.state == "done", progress.reason
        assert progress.chat != world.group.id
        assert len(world.posts()) == 1


async def test_a_paused_class_waits_and_a_stopped_one_ends(tmp_path: Path) -> None:
    async with rehearsing(tmp_path, our_packs(), key="k") as rehearsal:
        player = rehearsal.player
        player.play(pace=100)
        player.pause()
        assert player.progress.as_dict() | {"state": "paused", "step": 0} == player.progress.as_dict()
        player.go_on()
        await player.stop()
        assert player.progress.state == "stopped"
        assert not player.running


async def test_the_class_begins_when_somebody_watches(tmp_path: Path) -> None:
    async with rehearsing(tmp_path, our_packs(), key="k") as rehearsal:
        ended = asyncio.Event()
        serving = asyncio.create_task(ended.wait())
        waiting = asyncio.create_task(play_when_watched(rehearsal, 100, serving))
        await asyncio.sleep(0)
        running_before = rehearsal.player.running
        rehearsal.live.watched.set()
        await waiting
        assert (running_before, rehearsal.player.running) == (False, True)
        ended.set()
        await serving
