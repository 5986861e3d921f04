"""Plays a class over days through the whole house and writes down what the group got to read."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.rehearsal.fake_telegram.chats import Post, Room
from bot.rehearsal.lesson import Lesson, LessonStep, load_lesson
from tests.dialogue import Seminar

TIME = re.compile(r"> 時間：(\d+) (分|小時)")
VOTES = re.compile(r"> 表態：(.+)")
TAIPEI = ZoneInfo("Asia/Taipei")
READING = timedelta(seconds=20)  # between two people's words
PULSE = timedelta(minutes=1)  # how often the house looks at the clock while time goes by


@dataclass
class Play:
    """A play under way; `lines` is the transcript so far."""

    seminar: Seminar
    lesson: Lesson
    directions: dict[int, str]  # what stands between the lines, by line
    lines: list[str] = field(default_factory=list)
    _seen: set[tuple[int, int]] = field(default_factory=set)
    _joined: set[tuple[str, int]] = field(default_factory=set)
    _last: dict[str, Post] = field(default_factory=dict)

    async def run(self) -> str:
        """Play all of it and return the transcript as Markdown."""
        for room in self.seminar.world.rooms.values():  # what was said before the class is not part of it
            self._seen.update((room.id, post.id) for post in self.seminar.world.posts(room))
        steps = {step.line: step for step in self.lesson.steps}
        for line in sorted(steps.keys() | self.directions.keys()):
            if line in steps:
                await self._perform(steps[line])
                await self._pass(READING)
            else:
                await self._direct(self.directions[line])
        return "\n".join([f"# {self.lesson.title}", "", *self.lines]) + "\n"

    async def _perform(self, step: LessonStep) -> None:
        seminar = self.seminar
        if step.kind == "press":
            await self._press(step.who, step.text)
        elif step.kind == "private":
            await self._whisper(step.who, step.text)
        else:
            target = self._last[step.to] if step.kind == "reply" else None
            self._last[step.who] = await seminar.says(
                step.who, step.text, chat=seminar.world.group, reply_to=target
            )
        self._note()

    async def _press(self, who: str, label: str) -> None:
        for post in reversed(self.seminar.world.posts(self.seminar.world.group, by_bot=True)):
            for button in (each for row in post.buttons for each in row):
                if button.text.startswith(label):
                    await self.seminar.presses(who, str(button.callback_data), on=post)
                    self.lines.append(f"- *{who} 按「{button.text}」*")
                    return
        raise LookupError(f"no button {label!r}")

    async def _whisper(self, who: str, words: str) -> None:
        (running,) = self.seminar.store.rounds.all_open()
        if (who, running.id) not in self._joined:
            self._joined.add((who, running.id))
            await self.seminar.starts(who, f"say_{running.id}")
        await self.seminar.says(who, words, privately=True)
        answer = self.seminar.last.text.partition("\n")[0]
        self.lines.append(f"- *{who} 私訊：{words}　→ {answer}*")

    async def _direct(self, words: str) -> None:
        if found := TIME.match(words):
            await self._pass(timedelta(**{{"分": "minutes", "小時": "hours"}[found[2]]: int(found[1])}))
        elif found := VOTES.match(words):
            await self._vote(found[1])

    async def _vote(self, votes: str) -> None:
        (running,) = self.seminar.store.rounds.all_open()
        card = self.seminar.world.group.post(running.card_message_id or 0)
        assert card is not None
        chosen = {who: step for part in votes.split("、") for step, *names in [part.split()] for who in names}
        for student in (member.name for member in self.lesson.people if not member.teacher):
            await self.seminar.presses(student, chosen.get(student, "中立"), on=card)
        self.lines.append(f"- *全班按立場；最後一位看到：{self.seminar.toast.replace(chr(10), ' / ')}*")

    async def _pass(self, by: timedelta) -> None:
        """Let time go by with the house's clock ticking."""
        if by > READING:
            self.lines.append(f"- *（{_named(by)}後）*")
        pulse = min(PULSE, by)
        while by > timedelta():
            await self.seminar.ticks(seconds=min(pulse, by).total_seconds())
            by -= pulse
            self._note()

    def _note(self) -> None:
        """Write down what has appeared in the group, and what the teacher was told in private."""
        world = self.seminar.world
        teacher = next(member.name for member in self.lesson.people if member.teacher)
        for room in (world.group, world.private(teacher)):
            for post in self._new(room):
                self.lines += _shown(post, aside=room.is_private)

    def _new(self, room: Room) -> Iterator[Post]:
        for post in self.seminar.world.posts(room):
            if (room.id, post.id) not in self._seen and not post.is_service:
                self._seen.add((room.id, post.id))
                yield post


def read_play(path: Path) -> tuple[Lesson, dict[int, str]]:
    """Return the play and what stands between its lines."""
    texts = path.read_text(encoding="utf-8").splitlines()
    directions = {at: text for at, text in enumerate(texts, 1) if TIME.match(text) or VOTES.match(text)}
    return load_lesson(path), directions


def _shown(post: Post, *, aside: bool) -> list[str]:
    clock = post.at.astimezone(TAIPEI).strftime("%m/%d %H:%M")
    who = post.extra["sender_chat"].title if "sender_chat" in post.extra else post.sender.full_name
    answered = _named_reply(post.reply_to) if post.reply_to and not post.reply_to.is_service else ""
    words = post.versions[0].text if post.versions else "（圖）"
    place = "（私訊老師）" if aside else ""
    reply = f" → {answered}" if answered else ""
    lines = [f"**{who}**{reply}{place} {clock}", *(f"> {line}".rstrip() for line in words.splitlines())]
    labels = [f"[{button.text}]" for row in post.buttons for button in row]
    return ["", *lines, *(["> " + " ".join(labels)] if labels else []), ""]


def _named_reply(target: Post) -> str:
    """Return who is answered; of our own messages also how they begin, as we say much."""
    if target.keyboard is None and not target.sender.is_bot:
        return str(target.sender.full_name)
    words = target.text.splitlines()
    return f"{target.sender.full_name}「{' '.join(words)[:24]}…」"


def _named(by: timedelta) -> str:
    minutes = int(by.total_seconds() // 60)
    return f"{minutes // 60} 小時" if minutes >= 120 else f"{minutes} 分鐘"
