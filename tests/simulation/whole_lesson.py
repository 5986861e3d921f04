"""A lesson in which a class meets nearly everything that the bot says, in whichever language it is held.

Students write English, so what is left of another script is the reading's own, or a hole in ours.
"""

from typing import get_args

from bot.app import announce
from bot.handlers.common.buttons import tag
from bot.handlers.common.places import there
from bot.handlers.moves import deliver
from bot.handlers.moves.phrases import line_of
from bot.handlers.moves.scenes import scene_of
from bot.pack.model import PHASES
from bot.pages.board.server import Boards
from bot.rehearsal.fake_telegram.chats import Post
from bot.rehearsal.fake_telegram.state import Clock
from bot.rehearsal.fake_telegram.world import World
from bot.seminar.moves.records import Kind, Spotted, Trigger
from bot.seminar.summary import Outcome, Picture
from bot.speech import load_speech
from db.exports import FORMATS
from tests.dialogue import MONDAY_MORNING, Seminar, our_packs

TEACHER, STUDENTS = "Ms Rivera", ("Annabel", "Benno", "Carla", "Dimitri", "Emil")
LANGUAGES = ("zh-Hant", "zh-Hans", "en")  # as they stand in /settings
DIRECTED, COLLAGE = "Who directed 《大梦》?", "what about symbol collage, 符号拼贴, in paragraph nine?"
WORDS = (
    "I think a machine cannot feel anything, because it has not lived",
    "But the viewer feels, and that is what counts for me",
    f"Carla is right: {COLLAGE}",
    "79% similar is not 79% of the feeling, as the article says of Premiere Pro",
    "Tarkovsky filmed his own childhood, a machine has no childhood",
    "A machine has no childhood, but the viewer has one, and the viewer feels",
)
ABOUT = {"revoice": "symbol-collage", "evidence": "symbol-collage", "counter": "symbol-collage", "wake": "0"}


def a_class(language: str) -> World:
    """Return a group whose people have their Telegram in that language."""
    world = World(clock=Clock(MONDAY_MORNING), title="Film and Warmth", language=language.lower())
    world.add_person(TEACHER, username="rivera_teaches", admin=True)
    for student in STUDENTS:
        world.add_person(student)
    return world


class Lesson:
    """The lesson under way; `since` is the first call after the language was chosen."""

    def __init__(self, seminar: Seminar, language: str) -> None:
        self.seminar, self.language = seminar, language
        self.group = seminar.world.group
        self.boards = Boards(seminar.store, our_packs, seminar.clock, "http://board.test")
        self.outcomes: list[Outcome] = []
        self.since = 0
        seminar.house.bot_data.board = self.boards.links
        seminar.house.bot_data.pictures = self.draws

    def draws(self, outcome: Outcome, _: str) -> list[Picture]:
        """Keep what is to be drawn; letters in a picture cannot be read back."""
        self.outcomes.append(outcome)
        return []

    async def play(self) -> None:
        """Hold all of it."""
        await self.begins()
        await self.sets_up()
        await self.schedules()
        await self.asks()
        await self.talks_openly()
        await self.writes_first()
        await self.speaks_masked()
        await self.teaches()
        await self.takes_home()

    async def begins(self) -> None:
        """Let the teacher choose the language as the first thing."""
        await self.teacher("/settings")
        await self.presses(TEACHER, "settings:l", f"settings:l:{LANGUAGES.index(self.language)}")
        self.since = len(self.seminar.world.calls)
        await announce(self.seminar.house)

    async def sets_up(self) -> None:
        """Let the teacher try everything too early, and students what is not for them."""
        for name in "rdalzvf":
            await self.teacher("/settings")
            await self.presses(TEACHER, f"settings:{name}", "settings")
        await self.teacher("/setup", "/plan", "/schedule", "/report", "/unanswered", "/quiet", "/close")
        await self.teacher("/pack", "/board", "/export", "/plan nonsense", "/plan main-question")
        await self.seminar.says("Annabel", "/discuss", chat=self.group)
        for who in (TEACHER, *STUDENTS):
            await self.seminar.starts(who)
        await self.teacher("/unanswered", "/plan one-word")
        await self.everywhere(
            "Annabel", "/start", "/help", "/ask", "/topics", "/privacy", "/optout", "/optin"
        )

    async def schedules(self) -> None:
        """Schedule well and badly."""
        await self.teacher("/schedule 2026-03-09 09:00 warm-film", "/schedule tomorrow 20:00 3d What is art?")
        await self.teacher("/schedule every Wed 10:00", "/schedule timezone Europe/Berlin", "/schedule")
        await self.teacher("/schedule timezone Mars", "/schedule 2020-01-01 09:00 warm-film")
        await self.teacher("/schedule someday", "/schedule 2026-02-31 09:00", "/schedule tomorrow 9:00 90d")
        await self.teacher("/schedule tomorrow", "/schedule timezone Asia/Taipei", "/schedule")
        for number in (1, 2, 3):
            await self.presses(TEACHER, f"unschedule:{number}")

    async def asks(self) -> None:
        """Ask what there is, what there is not, and what nobody would."""
        for who in ("Annabel", "Benno"):
            await self.everywhere(who, "/ask Who is Tarkovsky?", "/why", "/para 3", "/para 99", "/para x")
            await self.everywhere(who, "/ask Which seven short films were shown?", f"/ask {DIRECTED}", "/why")
            await self.everywhere(who, "/ask thank you", "/why", "/ask Will it rain?", "/ask flying camera")
        await self.teacher("/ask Who is Tarkovsky?", "/ask Who is Tarkovsky?")
        await self.presses(TEACHER, self.label("button.not_helped"))
        self.seminar.world.sends_sticker("Annabel", b"x", chat=self.seminar.world.private("Annabel"))
        await self.seminar.says("Dimitri", "/topics", chat=self.group)
        await self.presses("Dimitri", "topics:1")
        await self.seminar.says("Dimitri", "/nonsense", privately=True)
        for query in ("Tarkovsky", "", "machine"):
            self.seminar.world.types_inline("Annabel", query)
            await self.seminar.settle()

    async def talks_openly(self) -> None:
        """Hold an open round with stances before and after, all moves, evidence and a summary."""
        await self.opens("main-question", "minutes_45", "facilitation_lively", "counts_hidden")
        await self.choose(1, 2, 4, 5, 3)
        for data in [str(each.callback_data) for row in self.card.buttons for each in row]:
            if data.startswith("evidence"):
                await self.presses("Annabel", data, on=self.card)
        for at, words in enumerate(WORDS):
            said = await self.seminar.says(STUDENTS[at % 4], words, chat=self.group)
            await self.seminar.ticks(minutes=2)
        await self.seminar.edits(STUDENTS[1], said, WORDS[-1] + ", edited")
        await self.seminar.replies("Emil", "I answer Benno, for the reason above", to=said)
        await self.moves(said)
        await self.teacher("/stance", "/discuss", "/quiet", "/quiet", "/pack")
        await self.everywhere("Annabel", "/stance", "/stance 4 as it moved me", "/stance because of Benno")
        await self.presses(TEACHER, f"again:{self.round}", on=self.card)
        await self.choose(2, 2, 3, 4, 3)
        await self.teacher("/close", "/close")
        await self.presses(TEACHER, f"summary:{self.round}", on=self.card)

    async def moves(self, said: Post) -> None:
        """Put each kind of move before the teacher, in the group, or before those who are quiet."""
        store, house = self.seminar.store, self.seminar.house
        running, found = store.rounds.by_id(self.round), store.seminars.by_id(1)
        assert running is not None
        assert found is not None
        place = there(house, found)
        scene = await scene_of(place, running)
        for at, kind in enumerate(get_args(Kind)):
            trigger = Trigger(self.group.id, said.id)
            spotted = Spotted(kind, self.seminar.clock(), trigger, ABOUT.get(kind, str(said.id)))
            text = line_of(place, running, spotted)
            move = store.moves.by_id(
                store.moves.note(running.id, spotted, text=text, due_at=self.seminar.clock())
            )
            assert move is not None
            if move.audience == "teacher":
                await deliver.tell_teacher(place, running, move, scene)
            elif move.audience == "students":
                await deliver.invite(place, running, move, scene)
            else:
                await deliver.offer(place, running, move, scene)
                offer = self.seminar.last_in(self.seminar.world.private(TEACHER))
                await self.presses(TEACHER, f"move:{move.id}:{1 if at % 3 else 0}", on=offer)

    async def writes_first(self) -> None:
        """Hold a round whose answers are shown together."""
        await self.opens("one-word", "visibility_post_first", "minutes_20")
        for who in STUDENTS[:3]:
            await self.seminar.starts(who, f"say_{self.round}")
            await self.seminar.says(who, f"Plastic, says {who}", privately=True)
        await self.privately("Annabel", "done")
        await self.presses(TEACHER, f"reveal:{self.round}", on=self.card)
        await self.seminar.starts("Emil", f"say_{self.round}")
        for _ in range(3):
            await self.seminar.ticks(minutes=10)

    async def speaks_masked(self) -> None:
        """Hold an anonymous round, and one in the teacher's own words."""
        await self.opens("seventy-nine", "visibility_relay")
        await self.presses(TEACHER, f"unmask:{self.round}", on=self.card)
        for who in STUDENTS[:2]:
            await self.seminar.starts(who, f"say_{self.round}")
            await self.seminar.says(who, "79% of what, if I may ask?", privately=True)
        await self.privately("Benno", self.label("button.take_back"))
        await self.presses(TEACHER, f"unmask:{self.round}", on=self.card)
        await self.privately(TEACHER, *self._backs("who:")[:1])
        await self.teacher("/close", "/discuss What is left to say?")
        await self.seminar.says("Annabel", "Nothing is left to say, really nothing", chat=self.group)
        await self.teacher("/close")

    async def teaches(self) -> None:
        """Let the teacher see to what had no answer."""
        await self.seminar.says(TEACHER, "/unanswered", privately=True)
        for verb in ("gap:", "others:", "teach:", "untaught:"):
            await self.privately(TEACHER, *self._backs(verb)[:1])

    async def takes_home(self) -> None:
        """Let the teacher fetch the report and every export, and a student her own data."""
        await self.teacher("/report", "/report 1", "/report 9", "/board", "/export")
        for at, found in enumerate(FORMATS.values()):
            await self.privately(TEACHER, "export:1", "export:1:0", f"export:1:0:{at}")
            if found.can_name:
                await self.privately(TEACHER, f"export:1:0:{at}:1", f"export:1:0:{at}", f"export:1:0:{at}:0")
        await self.everywhere("Annabel", "/mydata", "/optout", "/mydata", "/forgetme")
        await self.privately("Annabel", "forget:no", "forget:ask", "forget:yes")

    # How it is done

    def label(self, key: str, **fields: object) -> str:
        """Return what a button says in the lesson's language."""
        return load_speech().plain(self.language, key, **fields)

    async def teacher(self, *lines: str) -> None:
        for line in lines:
            await self.seminar.says(TEACHER, line, chat=self.group)

    async def everywhere(self, who: str, *lines: str) -> None:
        """Let somebody write the same into the group and to us in private."""
        for line in lines:
            await self.seminar.says(who, line, chat=self.group)
            await self.seminar.says(who, line, privately=True)

    async def presses(self, who: str, *buttons: str, on: Post | None = None) -> None:
        for each in buttons:
            await self.seminar.presses(who, each, on=on)

    async def privately(self, who: str, *buttons: str) -> None:
        for each in buttons:
            await self.seminar.presses(who, each, privately=True)

    async def opens(self, slug: str, *options: str) -> None:
        """Let the teacher look at every phase, then open a prompt with these options."""
        await self.teacher("/discuss")
        for at in range(len(PHASES)):
            await self.presses(TEACHER, f"phase:{at}:0", "menu")
        await self.presses(TEACHER, "random", "menu", "own", "menu")
        pack = our_packs().packs["ai-film"]
        prompt = pack.prompt(slug)
        assert prompt is not None
        phase = PHASES.index(prompt.phase)
        wanted = f"prompt:{tag(pack, slug)}"
        await self.presses(TEACHER, f"phase:{phase}:0")
        if not any(each.callback_data == wanted for row in self.seminar.last.buttons for each in row):
            await self.presses(TEACHER, f"phase:{phase}:1")
        labels = [self.label(f"option.{option}") for option in options]
        await self.presses(TEACHER, wanted, *labels, self.label("button.begin"))

    @property
    def round(self) -> int:
        """The latest round's number."""
        return self.seminar.store.rounds.of(1)[-1].id

    @property
    def card(self) -> Post:
        """The latest round's card."""
        card = self.group.post(self.seminar.store.rounds.of(1)[-1].card_message_id or 0)
        assert card is not None
        return card

    async def choose(self, *steps: int) -> None:
        """Let students take stances, on the card."""
        for who, step in zip(STUDENTS, steps, strict=True):
            await self.presses(who, f"stance:{self.round}:{step}", on=self.card)

    def _backs(self, verb: str) -> list[str]:
        """Return the data of buttons below what the teacher was last told in private."""
        last = self.seminar.last_in(self.seminar.world.private(TEACHER))
        found = [str(each.callback_data) for row in last.buttons for each in row]
        return [each for each in found if each.startswith(verb)]
