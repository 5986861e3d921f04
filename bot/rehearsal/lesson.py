"""The example class: a play in Markdown that a teacher can edit, played at a readable pace."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from bot.rehearsal.actions.table import Actions
from bot.rehearsal.fake_telegram.chats import Membership, Post, Room
from bot.text.folding import to_simplified

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
State = Literal["idle", "playing", "paused", "done", "stopped", "failed"]
PRESSING = 0.6  # seconds before a button is pressed
THINKING = 0.9  # seconds before anybody says anything
LETTER = 0.034  # seconds more for each character that somebody types, so that one can read along
LONGEST = 3.4
ANSWERED = 1.6  # seconds more after the bot was asked for something: its answers are longer


class LessonError(ValueError):
    """A line of the play cannot be read; says where, and what to write instead."""

    def __init__(self, file: str, line: int, chinese: str, english: str) -> None:
        """Say it in both languages."""
        super().__init__(f"{file}:{line}: {chinese}\n{file}:{line}: {english}")
        self.line = line


@dataclass(frozen=True)
class CastMember:
    """Somebody who plays in the class."""

    name: str
    teacher: bool = False


@dataclass(frozen=True)
class LessonStep:
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
    people: tuple[CastMember, ...]
    steps: tuple[LessonStep, ...]
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
    people: list[CastMember] = []
    steps: list[LessonStep] = []
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


def _member(file: str, number: int, line: str) -> CastMember:
    found = MEMBER.fullmatch(line)
    if not found:
        raise LessonError(
            file,
            number,
            "人物請寫成「- 小安」或「- 陳老師（教師）」",
            "write people as '- Ann' or '- Ms Chen (teacher)'",
        )
    return CastMember(found["name"], (found["role"] or "").strip().lower() in TEACHERS)


def _step(file: str, number: int, line: str) -> LessonStep:
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
    return LessonStep(number, found["who"].strip(), kind, found["text"].strip(), to.strip())


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


@dataclass(frozen=True)
class LessonProgress:
    """How far the class is; `reason` says why it failed."""

    state: State = "idle"
    step: int = 0
    steps: int = 0
    chat: int | None = None
    reason: str = ""
    pace: float = 1.0

    def as_dict(self) -> dict[str, Any]:
        """Return it as the page reads it."""
        return {"kind": "demo", **vars(self)}


class LessonPlayer:
    """Plays one class at a time."""

    def __init__(
        self, actions: Actions, lesson: Lesson, *, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    ) -> None:
        self.progress = LessonProgress(steps=len(lesson.steps))
        self.pace = 1.0  # 2.0 is twice as fast; 0.0 does not wait at all
        self._single = False  # whether to pause again after one line
        self._actions = actions
        self._lesson = lesson
        self._sleep = sleep
        self._going = asyncio.Event()
        self._going.set()
        self._task: asyncio.Task[None] | None = None
        self._last: dict[str, Post] = {}
        self._room = actions.world.group

    @property
    def running(self) -> bool:
        """Whether a class is being played, or waits in the middle."""
        return self._task is not None and not self._task.done()

    def play(self, *, pace: float = 1.0) -> None:
        """Begin the class from its start; one that already plays goes on."""
        self.pace = pace
        if not self.running:
            self._room = self._hall()
            self._going.set()
            self._task = asyncio.create_task(self._play())

    def pause(self) -> None:
        """Wait before the next line."""
        if self.running:
            self._going.clear()
            self._report("paused")

    def go_on(self) -> None:
        """Go on after a pause."""
        if self.running:
            self._going.set()
            self._report("playing")

    def step(self) -> None:
        """Play one line at once and pause again; of a class that has not begun, the first."""
        self._single = True
        if self.running:
            self._going.set()
        else:
            self.play(pace=self.pace)

    def set_pace(self, pace: float) -> None:
        """Play that much faster from the next line on."""
        self.pace = pace
        self._report(self.progress.state)

    async def stop(self) -> None:
        """End the class where it is."""
        self._single = False
        if self._task is None or self._task.done():
            return
        self._task.cancel()
        with suppress(asyncio.CancelledError):
            await self._task
        self._report("stopped")

    async def finished(self) -> LessonProgress:
        """Wait until the class is over and return how it ended."""
        if self._task is not None:
            await self._task
        return self.progress

    def _hall(self) -> Room:
        """Return an empty group with the whole class in it, with the people who are not there yet."""
        world = self._actions.world
        room = world.group if not world.posts() else world.add_group(self._lesson.title)
        for member in self._lesson.people:
            try:
                person = world.person(member.name)
            except LookupError:
                person = world.add_person(member.name, admin=member.teacher, joins=room)
            if not room.membership(person.user).present:
                room.set_member(Membership(person.user, "creator" if member.teacher else "member"))
        world.tell("chat", room.id, title=room.title, type=room.type, is_forum=room.is_forum)
        return room

    async def _play(self) -> None:
        steps = self._lesson.steps
        self._last.clear()
        self._report("playing" if self._going.is_set() else "paused", step=0)
        for number, step in enumerate(steps, start=1):
            await self._wait(seconds_before(step))
            try:
                await self._perform(step)
            except (LookupError, PermissionError) as error:
                self._single = False
                self._report("failed", step=number, reason=f"{step.line}: {error}")
                return
            if self._single and number < len(steps):
                self._going.clear()
            self._single = False
            self._report("playing" if self._going.is_set() else "paused", step=number)
            await self._wait(ANSWERED if step.text.startswith("/") else 0.0)
        self._report("done", step=len(steps))

    async def _wait(self, seconds: float) -> None:
        await self._going.wait()
        if self.pace > 0 and not self._single:
            await self._sleep(seconds / self.pace)
        await self._going.wait()

    async def _perform(self, step: LessonStep) -> None:
        world = self._actions.world
        if step.kind == "press":
            world.presses(step.who, *self._button(step))
        elif step.kind == "edit":
            world.edits(step.who, self._last_of(step.who), step.text)
        elif step.kind == "start":
            world.starts_bot(step.who, step.text)
        else:
            room = world.private(step.who) if step.kind == "private" else self._room
            target = self._last_of(step.to) if step.kind == "reply" else None
            self._last[step.who] = world.says(step.who, step.text, chat=room, reply_to=target)
        await self._actions.settle()

    def _last_of(self, name: str) -> Post:
        if name == self._lesson.bot:
            return self._actions.world.posts(self._room, by_bot=True)[-1]
        return self._last[name]

    def _button(self, step: LessonStep) -> tuple[Post, str]:
        """Return the newest message with a button that begins like that, and the data of the button."""
        wanted = tuple(to_simplified(label.strip()) for label in step.text.split("／"))
        for post in reversed(self._actions.world.posts(self._room, by_bot=True)):
            for button in (button for row in post.buttons for button in row):
                if to_simplified(button.text).startswith(wanted):
                    return post, str(button.callback_data or button.text)
        raise LookupError(f"no button {step.text!r}")

    def _report(self, state: State, **changes: Any) -> None:
        fields = {**vars(self.progress), "chat": self._room.id, "reason": "", **changes, "state": state}
        fields["pace"] = self.pace
        self.progress = LessonProgress(**fields)
        self._actions.tell(self.progress.as_dict())


def seconds_before(step: LessonStep) -> float:
    """Return how long one waits before a line at the normal pace."""
    if step.kind in {"press", "start"}:
        return PRESSING
    return min(LONGEST, THINKING + LETTER * len(step.text))
