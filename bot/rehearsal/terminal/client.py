"""Does what is typed in the terminal of a rehearsal: the same actions as the page's, one line each."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.rehearsal.actions.table import Actions
from bot.rehearsal.fake_telegram.attachments import StoredFile
from bot.rehearsal.fake_telegram.chats import Post
from bot.rehearsal.fake_telegram.markup import deep_link
from bot.rehearsal.lesson import LessonPlayer
from bot.rehearsal.terminal.commands import TerminalCommand, read_command
from bot.rehearsal.terminal.view import TerminalView, local
from bot.rehearsal.time_travel import TimeTravel
from bot.text.folding import to_simplified

REFUSALS = (LookupError, PermissionError, ValueError, OSError)
PATIENCE = 60.0  # seconds that a script waits for the bot after each line
PACES = {"慢": 0.5, "slow": 0.5, "一般": 1.0, "normal": 1.0, "快": 3.0, "fast": 3.0, "不等": 0.0}
TROUBLES: dict[str, dict[str, Any]] = {
    "斷線": {"outage": True},
    "outage": {"outage": True},
    "限流": {"counting": True},
    "counting": {"counting": True},
    "慢": {"seconds": 3},
    "slow": {"seconds": 3},
    "拒絕": {"refuse": 3, "retry_after": 5},
    "refuse": {"refuse": 3, "retry_after": 5},
    "弄丟": {"lose": 1},
    "lose": {"lose": 1},
    "正常": {"clear": True},
    "off": {"clear": True},
}
_TROUBLES = {to_simplified(word): switches for word, switches in TROUBLES.items()}


class Quit(Exception):  # noqa: N818  not a fault
    """Somebody has had enough."""


class TerminalClient:
    """Carries out one line after the other."""

    def __init__(
        self,
        view: TerminalView,
        actions: Actions,
        player: LessonPlayer,
        time_travel: TimeTravel,
        *,
        patient: bool,
    ) -> None:
        """A `patient` one waits after each line until the bot has answered, as a script needs it."""
        self.view = view
        self._actions, self._player, self._time_travel, self._patient = actions, player, time_travel, patient
        self._tasks: set[asyncio.Task[None]] = set()
        self._demo: Mapping[str, Any] = player.progress.as_dict()
        self._advanced = asyncio.Event()
        self._orders: dict[str, Callable[[TerminalCommand], Awaitable[None]]] = {
            "say": self._say,
            "press": self._press,
            "forward": self._forward,
            "help": self._help,
            "as": self._as,
            "chat": self._chat,
            "reply": self._reply,
            "edit": self._edit,
            "delete": self._delete,
            "react": self._react,
            "add": self._add,
            "save": self._save,
            "clock": self._clock,
            "next": self._next,
            "play": self._play,
            "pause": self._pause,
            "go": self._go,
            "step": self._step,
            "stop": self._stop,
            "trouble": self._trouble,
            "calls": self._calls,
            "quit": self._quit,
        }

    async def take(self, line: str) -> None:
        """Do what a line asks for; what cannot be done is said.

        Raises:
            Quit: it asks for the end.
        """
        if not line.strip():
            return
        try:
            order = read_command(line)
        except LookupError as error:
            self.view.tell("no_order", word=error.args[0])
            return
        try:
            await self._orders[order.name](order)
        except REFUSALS as error:
            self.view.refuse(error)
        await self._settle()

    async def end(self) -> None:
        """Let the class play to its end, where a script runs, and stop what still waits."""
        if self._patient:
            await self._player.finished()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def note(self, news: Mapping[str, Any]) -> None:
        """Take notice of what pages are told besides changes of the world."""
        if news["kind"] != "demo":
            return
        before, self._demo = self._demo, news
        self._advanced.set()
        if news["state"] == before["state"]:
            return
        if news["state"] == "playing" and before["state"] != "paused":
            self.view.go(self._actions.world.room(news["chat"]))
        if (key := f"demo_{news['state']}") in self.view.words:
            self.view.tell(key, reason=news["reason"])

    async def _settle(self) -> None:
        """Let the bot answer what was done."""
        if self._actions.world.updates.count:
            await self._run(self._actions.settle())

    async def _run(self, work: Coroutine[Any, Any, Any]) -> None:
        """Do it beside what is typed next; only a script waits for it, and only while Telegram is there."""

        async def carry_out() -> None:
            try:
                await work
            except REFUSALS as error:
                self.view.refuse(error)

        task = asyncio.create_task(carry_out())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        if self._patient and self._actions.reachable.is_set():
            await asyncio.wait({task}, timeout=PATIENCE)

    async def _act(self, name: str, **raw: Any) -> Mapping[str, Any]:
        where = {"person": self.view.me.id, "chat": self.view.room.id}
        return await self._actions.table[name]({**where, **raw})

    def _message(self, rest: str) -> tuple[Post, str]:
        """Return the message whose number begins a line, and what follows."""
        number, _, rest = rest.partition(" ")
        post = self.view.room.post(int(number)) if number.isdecimal() else None
        if post is None:
            raise LookupError(self.view.t("no_message"))
        return post, rest.strip()

    # Talking

    async def _say(self, order: TerminalCommand) -> None:
        await self._act("say", text=order.rest, topic=self.view.topic.id if self.view.topic else None)

    async def _reply(self, order: TerminalCommand) -> None:
        post, words = self._message(order.rest)
        await self._act("say", text=words, reply_to=post.id, topic=post.thread_id if post.in_topic else None)

    async def _edit(self, order: TerminalCommand) -> None:
        mine = [
            post for post in self.view.room.all_posts() if (post.author or post.sender).id == self.view.me.id
        ]
        last = next((post.id for post in reversed(mine) if post.text), None)
        await self._act("edit", message_id=last, text=order.rest)

    async def _delete(self, order: TerminalCommand) -> None:
        await self._act("delete", message_id=self._message(order.rest)[0].id)

    async def _react(self, order: TerminalCommand) -> None:
        post, emoji = self._message(order.rest)
        await self._act("react", message_id=post.id, emoji=emoji)

    async def _press(self, order: TerminalCommand) -> None:
        post = self._pressable(order.message)
        poll = post.extra.get("poll")
        if poll is not None:
            await self._act("vote", message_id=post.id, options=[order.number - 1])
            return
        buttons = [button for row in post.buttons for button in row]
        if not 0 < order.number <= len(buttons):
            raise LookupError(self.view.t("no_button", number=order.number))
        button = buttons[order.number - 1]
        if button.url:
            await self._open(button.url)
        else:
            await self._run(self._act("press", message_id=post.id, data=str(button.callback_data)))

    def _pressable(self, message: int | None) -> Post:
        if message is not None:
            return self._message(str(message))[0]
        seen = [post for post in self.view.room.all_posts() if self.view.sees(post)]
        found = next((post for post in reversed(seen) if post.buttons or "poll" in post.extra), None)
        if found is None:
            raise LookupError(self.view.t("no_button", number=1))
        return found

    async def _open(self, url: str) -> None:
        payload = deep_link(url, str(self._actions.world.bot.username))
        if payload is None:
            self.view.tell("opens", url=url)
            return
        self.view.go(self._actions.world.private(self.view.me))
        await self._act("start", payload=payload)

    async def _save(self, order: TerminalCommand) -> None:
        seen = [post for post in self.view.room.all_posts() if self.view.sees(post)]
        posts = [self._message(order.rest)[0]] if order.rest else seen[::-1]
        carried = next(
            (found for post in posts if (found := post.document or next(iter(post.photo), None))), None
        )
        stored = self._actions.world.files.by_id(carried.file_id) if carried else None
        if stored is None:
            raise LookupError(self.view.t("no_file"))
        self.view.tell("saved", path=_kept(stored))

    # People and places

    async def _as(self, order: TerminalCommand) -> None:
        people = list(self._actions.world.people.values())
        if not order.rest:
            self.view.tell("people")
            for number, person in enumerate(people, start=1):
                rank = self.view.t("teacher") if self.view.room.membership(person.user).is_admin else ""
                self.view.say(f"  {number:2} {person.name}  {rank}".rstrip())
            return
        chosen = (
            people[int(order.rest) - 1]
            if order.rest.isdecimal() and 0 < int(order.rest) <= len(people)
            else None
        )
        self.view.become(chosen or self._actions.world.person(order.rest))

    async def _chat(self, order: TerminalCommand) -> None:
        places = self.view.places()
        if order.rest.isdecimal() and 0 < int(order.rest) <= len(places):
            self.view.go(*places[int(order.rest) - 1])
            return
        if order.rest:
            self.view.refuse(self.view.t("no_chat", name=order.rest))
        self.view.tell("chats")
        for number, place in enumerate(places, start=1):
            mark = "▸" if place == (self.view.room, self.view.topic) else " "
            self.view.say(f"{mark} {number:2} {self.view.place_of(*place)}")

    async def _add(self, order: TerminalCommand) -> None:
        room = self.view.room if not self.view.room.is_private else self._actions.world.group
        made = await self._actions.table["add_person"]({"name": order.rest, "chat": room.id, "admin": False})
        self.view.become(self._actions.world.person(made["person"]))

    # The clock

    async def _forward(self, order: TerminalCommand) -> None:
        await self._time_travel.forward(timedelta(minutes=order.number))
        await self._clock(order)

    async def _next(self, order: TerminalCommand) -> None:
        await self._time_travel.to_next()
        await self._clock(order)

    async def _clock(self, _order: TerminalCommand) -> None:
        now = self._actions.world.now().astimezone()
        self.view.tell("clock", time=f"{now:%Y-%m-%d %H:%M}")
        coming = self._time_travel.coming()
        if not coming:
            self.view.tell("nothing_coming")
        for each in coming[:5]:
            when = each.at.astimezone()
            same = when.date() == now.date()
            words = f"{local(when) if same else f'{when:%m/%d %H:%M}'}  {self.view.t(f'coming_{each.kind}')}"
            self.view.say(f"  {words}  {each.what[:40]}".rstrip())

    # The example class

    async def _play(self, order: TerminalCommand) -> None:
        word = order.rest or "normal"
        pace = PACES.get(word)
        if pace is None:
            with suppress(ValueError):
                pace = float(word)
        if pace is None or not 0 <= pace <= 100:  # noqa: PLR2004  as on the page
            raise ValueError(self.view.t("pace"))
        if self._player.running:
            self._player.set_pace(pace)
            self._player.go_on()
        else:
            self._player.play(pace=pace)
        if self._patient:
            await self._player.finished()

    async def _pause(self, _order: TerminalCommand) -> None:
        self._player.pause()

    async def _go(self, _order: TerminalCommand) -> None:
        self._player.go_on()
        if self._patient:
            await self._player.finished()

    async def _step(self, _order: TerminalCommand) -> None:
        before = self._demo["step"] if self._player.running else 0
        self._player.step()
        while self._patient and self._player.running and self._demo["step"] <= before:
            self._advanced.clear()
            await self._advanced.wait()

    async def _stop(self, _order: TerminalCommand) -> None:
        await self._player.stop()

    # Behind the scenes, and the rest

    async def _trouble(self, order: TerminalCommand) -> None:
        word, _, number = order.rest.partition(" ")
        switches = _TROUBLES.get(to_simplified(word))
        if switches is None:
            raise ValueError(self.view.t("trouble"))
        if "seconds" in switches and number.strip().isdecimal():
            switches = {"seconds": int(number)}
        await self._actions.table["weather"](switches)
        if "clear" in switches:
            self.view.tell("trouble_off")
            await self._settle()
        else:
            self.view.tell("trouble_on", what=order.rest)

    async def _calls(self, _order: TerminalCommand) -> None:
        self.view.calls_shown = not self.view.calls_shown
        self.view.tell("calls_on" if self.view.calls_shown else "calls_off")

    async def _help(self, _order: TerminalCommand) -> None:
        self.view.tell("help")

    async def _quit(self, _order: TerminalCommand) -> None:
        raise Quit


def _kept(stored: StoredFile) -> Path:
    """Write a file into this folder, never over one that is there, and return where."""
    path = Path(Path(stored.name).name)
    with path.open("xb") as file:
        file.write(stored.data)
    return path
