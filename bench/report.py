"""The report of 10,000 remarks: how large without its fonts, how long beside jieba reading the text twice."""

import random
import re
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import jieba

from bot.answering.library import Library
from bot.config import OUR_PACKS
from bot.pack.model import Pack
from bot.pages.report.build import make_report
from bot.text.dictionary import tokenizer
from db.discussion.remarks import NewRemark
from db.exports.job import Job
from db.store import Store

REMARKS, PEOPLE, ROUNDS = 10_000, 60, 4
TURNS = 3
OPENED = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
FONTS = re.compile(r"url\([\"']?data:[^)]*\)")


def main() -> None:
    library = Library.open(OUR_PACKS)
    texts = remarks_of(library.packs["ai-film"])
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(Path(folder) / "wendu.db")
        seminar_id = hold(store, texts)
        make_report(Job(store, seminar_id), library)  # dictionaries and engine are loaded
        segment = tokenizer([]).lcut
        segment("暖身")
        report, twice, page = side_by_side(
            lambda: make_report(Job(store, seminar_id), library),
            lambda: [segment(text) for _ in range(2) for text in texts],
        )
        store.close()
    size, letters = len(FONTS.sub("", page).encode()), sum(map(len, texts))
    print(f"{len(texts):,} remarks, {letters:,} letters, {ROUNDS} rounds, {PEOPLE} people")
    print(f"report {report:.2f} s; jieba {jieba.__version__} twice over the text {twice:.2f} s")
    print(f"that is {report / twice:.0%} of it")
    print(f"{size:,} bytes without fonts, {len(page.encode()):,} with them")
    assert size < 1_000_000, "larger than a megabyte"
    assert report < twice, "slower than jieba twice"


def side_by_side(ours: Callable[[], str], theirs: Callable[[], object]) -> tuple[float, float, str]:
    """Return the shortest of some turns each, taken one after the other, and what ours made.

    Processor time, and the shortest: what a turn takes longer is what else the machine did.
    """
    turns = []
    for _ in range(TURNS):
        begun = time.process_time()
        made = ours()
        between = time.process_time()
        theirs()
        turns.append((between - begun, time.process_time() - between))
    report, twice = map(min, zip(*turns, strict=True))
    return report, twice, made


def remarks_of(pack: Pack) -> list[str]:
    """Return remarks put together from the sentences of our own snippets: so a class may speak."""
    sentences = [
        part for snippet in pack.snippets for part in re.split(r"(?<=[。？！])", snippet.text) if part.strip()
    ]
    chance = random.Random(7)
    return ["".join(chance.sample(sentences, chance.choice((1, 1, 2)))) for _ in range(REMARKS)]


def hold(store: Store, texts: list[str]) -> int:
    """Log the texts as remarks of some rounds, every third a reply, with stances before and after."""
    chance = random.Random(8)
    people = [store.people.meet(1000 + number, f"學生{number}號").id for number in range(PEOPLE)]
    seminar = store.seminars.bind(-1001, title="大班", pack="ai-film", language="zh-Hant")
    for number in range(ROUNDS):
        at = OPENED + timedelta(days=number)
        opened = store.rounds.open(
            seminar.id, prompt_slug="main-question", prompt_text="", opened_by=people[0], at=at
        )
        with store.writing():
            for place, text in enumerate(texts[number::ROUNDS]):
                message = number * REMARKS + place + 1
                store.remarks.log(
                    NewRemark(
                        round_id=opened.id,
                        person_id=chance.choice(people),
                        chat_id=-1001,
                        message_id=message,
                        sent_at=at + timedelta(seconds=place),
                        text=text,
                        reply_to=message - chance.randint(1, 20) if place > 20 and place % 3 == 0 else None,
                    )
                )
            for person in people:
                store.stances.set(opened.id, person, "before", chance.randint(1, 5), at)
                store.stances.set(opened.id, person, "after", chance.randint(1, 5), at)
        store.rounds.close(opened.id, by=people[0], at=at + timedelta(hours=1))
    return seminar.id


if __name__ == "__main__":
    main()
