"""Reports gathered from a class that was really held, in front of the rehearsal's Telegram."""

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.pages.report import chart_sections
from bot.pages.report.build import gather, make_report
from bot.pages.report.class_record import read_class
from bot.pages.report.html import Report
from bot.pages.texts import phrases
from bot.seminar.records import Person
from db.discussion.remarks import NewRemark
from db.exports.export import Filters, Job, reading
from tests.dialogue import Seminar, holding, our_packs

TAIPEI = ZoneInfo("Asia/Taipei")
SAY = phrases("zh-Hant")["gathering"]


def known(seminar: Seminar, name: str) -> Person:
    user = seminar.world.person(name).user
    return seminar.store.people.meet(user.id, user.full_name)


@pytest.fixture
async def held(tmp_path: Path) -> AsyncIterator[Seminar]:
    """Two rounds: one with stances before and after and a reply, one in the teacher's own words."""
    async with holding(tmp_path) as seminar:
        store = seminar.store
        await seminar.says("陳老師", "/discuss")
        seminar_id = store.seminars.all()[0].id
        teacher = known(seminar, "陳老師")
        first = store.rounds.open(
            seminar_id, prompt_slug="main-question", prompt_text="", opened_by=teacher.id, at=seminar.clock()
        )
        said = await seminar.says("小安", "AI 電影裡的 AI 只是符號拼貼，因為它沒有活過")
        await seminar.replies("小敏", "我同意小安，符號拼貼不算 AI 的創作", to=said)
        await seminar.says("小敏", "/ask 系統性的失真是什麼意思？")
        await seminar.says("小敏", "/ask 系統性的失真是什麼意思？")
        people = [known(seminar, name) for name in ("小安", "小敏")]
        for person, before, after in zip(people, (1, 3), (4, 3), strict=True):
            store.stances.set(first.id, person.id, "before", before, seminar.clock())
            store.stances.set(first.id, person.id, "after", after, seminar.clock())
        seminar.later(minutes=20)
        store.rounds.close(first.id, by=teacher.id, at=seminar.clock())
        await seminar.says("陳老師", "/discuss 誰是作者？")
        await seminar.says("阿哲", "下指令的人就是作者嗎")
        await seminar.says("陳老師", "/close")
        yield seminar


def gathered(seminar: Seminar, language: str = "zh-Hant", round_id: int | None = None) -> Report:
    with reading(Job(seminar.store, 1, Filters(round_id), timezone=TAIPEI)) as job:
        return gather(read_class(job, our_packs(), language))


def test_rounds_are_compared_in_numbers(held: Seminar) -> None:
    first, second = gathered(held).rounds
    assert (first.name, first.people, first.remarks, first.moved) == ("第 1 輪", 2, 2, 1)
    assert (first.before, first.after) == ("2.0", "3.5")
    assert first.minutes >= 20
    assert (second.people, second.remarks, second.before) == (1, 1, "–")


def test_stances_and_who_moved_are_drawn_from_pairs(held: Seminar) -> None:
    report = gathered(held)
    assert report.stances
    assert [one.before for one in report.stances.rounds] == [(1, 0, 1, 0, 0)]
    assert [one.after for one in report.stances.rounds] == [(0, 0, 1, 1, 0)]
    (moves,) = report.moves
    assert moves.summary() == (0, 1, 1)


def test_nobodys_alias_is_among_the_words_in_place_of_a_name(held: Seminar) -> None:
    named = [one.text for one in held.store.remarks.of(1)]
    assert "小安" in named[1]
    for number in range(3):
        held.store.remarks.log(
            NewRemark(
                round_id=1,
                person_id=known(held, "小敏").id,
                chat_id=-1,
                message_id=number,
                sent_at=held.clock(),
                text="小安說得對",
                via="group",
            )
        )
    report = gathered(held)
    assert report.words
    assert not {*held.store.aliases.all(1).values()} & dict(report.words.words).keys()


def test_replies_make_the_network_and_nobody_has_a_name(held: Seminar) -> None:
    report = gathered(held)
    assert report.network
    assert [reply.count for reply in report.network.replies] == [1]
    names = {name for name, _ in report.network.people}
    assert not names & {"小安", "小敏", "阿哲"}
    whole = make_report(Job(held.store, 1), our_packs())
    assert not re.search("小安|小敏|阿哲", whole)  # in what others wrote either


def test_evidence_is_told_by_side_and_counts_the_remarks_that_touch_it(held: Seminar) -> None:
    evidence = gathered(held).evidence
    assert evidence
    assert [group.name for group in evidence.groups][:2] == ["支持這一邊的證據", "另一邊的證據"]
    counts = {piece.name: piece.times for group in evidence.groups for piece in group.pieces}
    assert counts["符號拼貼"] >= 1
    assert 0 in counts.values()


def test_the_same_question_is_listed_once_with_how_often(held: Seminar) -> None:
    (asked,) = gathered(held).questions
    assert (asked.times, asked.answered) == (2, True)


def test_words_said_twice_are_counted_as_written_without_those_of_arguing(held: Seminar) -> None:
    words = gathered(held).words
    assert words
    assert dict(words.words)["AI"] == 3
    assert not {"不算", "沒有", "同意", "ai"} & set(dict(words.words))


def test_one_round_alone_is_titled_by_its_prompt(held: Seminar) -> None:
    report = gathered(held, round_id=held.store.rounds.of(1)[0].id)
    assert report.title == "AI電影能承載人文溫度嗎"
    assert len(report.rounds) == 1
    assert report.held.startswith("2026 年 3 月 2 日・2")


@pytest.mark.parametrize(
    ("language", "words"),
    [("zh-Hant", "第 1 輪"), ("zh-Hans", "第 1 轮"), ("en", "Round 1")],
)
def test_the_report_speaks_three_languages(held: Seminar, language: str, words: str) -> None:
    page = make_report(Job(held.store, 1, timezone=TAIPEI), our_packs(), language=language)
    assert f'<html lang="{language}">' in page
    assert words in page


def test_a_prompt_is_called_by_its_english_wording_in_english(held: Seminar) -> None:
    html = make_report(Job(held.store, 1), our_packs(), language="en")
    assert "Can AI film carry human warmth?" in html
    assert "AI電影能承載人文溫度嗎" not in html


async def test_a_seminar_without_rounds_has_a_report_that_says_so(seminar: Seminar) -> None:
    await seminar.says("小安", "/help")
    assert gathered(seminar).held == "還沒有舉行過討論"
    assert "還沒有舉行過討論" in make_report(Job(seminar.store, 1), our_packs())


def test_there_is_no_report_of_no_seminar(held: Seminar) -> None:
    with pytest.raises(LookupError, match="no seminar 99"):
        make_report(Job(held.store, 99), our_packs())


def test_the_most_frequent_replies_are_drawn_and_the_rest_is_owned_up_to(held: Seminar) -> None:
    with reading(Job(held.store, 1)) as job:
        found = read_class(job, our_packs(), "zh-Hant")
    (one, *others) = found.rounds
    crowd = tuple(
        replace(
            one.remarks[0], alias=f"化名{place}", message_id=1000 + place, reply_to_message_id=999 + place
        )
        for place in range(400)
    )
    network = chart_sections.network(replace(found, rounds=(replace(one, remarks=crowd), *others)), SAY)
    assert network
    assert len(network.replies) == chart_sections.MOST_PAIRS
    assert network.subtitle == "只畫出 399 對中回應最多的 240 對"
