"""The example class: a play in Markdown that a teacher can edit, read into steps. `director.py` plays it."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

LESSONS = Path(__file__).parent / "lessons"
CAST_TITLES = frozenset({"人物", "people"})
TEACHERS = frozenset({"教師", "老師", "teacher"})
HOWS: dict[str, "Kind"] = {
    "": "say",
    "回覆": "reply",
    "reply": "reply",
    "改成": "edit",
    "edit": "edit",
    "按": "press",
    "press": "press",
    "私訊": "private",
    "private": "private",
    "打開私訊": "start",
    "start": "start",
}
LINE = re.compile(
    r"(?P<who>[^：:（(#>-][^：:（(]*?)\s*(?:[（(](?P<how>[^）)]*)[）)])?\s*[：:]\s*(?P<text>.*)"
)
MEMBER = re.compile(r"-\s*(?P<name>[^（(]+?)\s*(?:[（(](?P<role>[^）)]*)[）)])?\s*")

Kind = Literal["say", "reply", "edit", "press", "private", "start"]


class LessonError(ValueError):
    """A line of the play cannot be read; says where, and what to write instead."""

    def __init__(self, file: str, line: int, chinese: str, english: str) -> None:
        """Say it in both languages."""
        super().__init__(f"{file}:{line}: {chinese}\n{file}:{line}: {english}")
        self.line = line


@dataclass(frozen=True)
class Member:
    """Somebody who plays in the class."""

    name: str
    teacher: bool = False


@dataclass(frozen=True)
class Step:
    """One line: who does what. `to` is whose last message is answered; `text` what is said, or labels."""

    line: int
    who: str
    kind: Kind
    text: str
    to: str = ""


@dataclass(frozen=True)
class Lesson:
    """A whole class, checked: everybody who acts is among its people."""

    title: str
    people: tuple[Member, ...]
    steps: tuple[Step, ...]
    bot: str = "溫度"


def load_lesson(path: Path = LESSONS / "ai-film.md", *, bot: str = "溫度") -> Lesson:
    """Return the class written in that file; `bot` is the name under which its lines answer the bot.

    Raises:
        LessonError: a line cannot be read, or names somebody who is not among the people.
        OSError: there is no such file.
    """
    return parse_lesson(path.read_text(encoding="utf-8"), file=path.name, bot=bot)


def example_class(language: str) -> Lesson:
    """Return the example class that comes with Wendu, in English where the rehearsal is."""
    return load_lesson(LESSONS / "ai-film.en.md", bot="Wendu") if language == "en" else load_lesson()


def parse_lesson(text: str, *, file: str = "lesson.md", bot: str = "溫度") -> Lesson:
    """Return the class written in `text`.

    Raises:
        LessonError: as `load_lesson`.
    """
    title, heading = "", ""
    people: list[Member] = []
    steps: list[Step] = []
    for number, line in enumerate(text.splitlines(), start=1):
        stripped = line.strip()
        if stripped.startswith("##"):
            heading = stripped.strip("# ")
        elif stripped.startswith("#"):
            title = stripped.strip("# ")
        elif not stripped or stripped.startswith(">"):
            continue
        elif heading.lower() in CAST_TITLES:
            people.append(_member(file, number, stripped))
        else:
            steps.append(_step(file, number, stripped))
    lesson = Lesson(title, tuple(people), tuple(steps), bot)
    _check(lesson, file)
    return lesson


def _member(file: str, number: int, line: str) -> Member:
    found = MEMBER.fullmatch(line)
    if not found:
        raise LessonError(
            file,
            number,
            "人物請寫成「- 小安」或「- 陳老師（教師）」",
            "write people as '- Ann' or '- Ms Chen (teacher)'",
        )
    return Member(found["name"], (found["role"] or "").strip().lower() in TEACHERS)


def _step(file: str, number: int, line: str) -> Step:
    found = LINE.fullmatch(line)
    if not found:
        raise LessonError(
            file, number, "每一行請寫成「名字：要說的話」", "write every line as 'Name: what they say'"
        )
    how, _, to = (found["how"] or "").strip().partition(" ")
    kind = HOWS.get(how.lower())
    if kind is None:
        raise LessonError(
            file,
            number,
            f"不認得「（{how}）」；可以寫：回覆 名字、改成、按、私訊、打開私訊",
            f"({how}) is not known; write reply NAME, edit, press, private or start",
        )
    if not found["text"] and kind != "start":
        raise LessonError(file, number, "冒號後面沒有內容", "there is nothing after the colon")
    return Step(number, found["who"].strip(), kind, found["text"].strip(), to.strip())


def _check(lesson: Lesson, file: str) -> None:
    names = {member.name for member in lesson.people}
    for step in lesson.steps:
        for name in {step.who, *([step.to] if step.kind == "reply" else [])} - names - {lesson.bot}:
            raise LessonError(
                file,
                step.line,
                f"「{name}」不在人物裡；請加到「## 人物」",
                f"{name!r} is not among the people; add them under '## People'",
            )
    if not any(member.teacher for member in lesson.people):
        raise LessonError(file, 1, "人物裡要有一位（教師）", "one of the people must be a (teacher)")
