"""What people with bad intentions try, over the whole house; docs/security.md says which test proves what."""

import logging
import re
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from telegram.ext import CallbackQueryHandler

from bot.app import table
from bot.logs import Discreet
from bot.rehearsal.fake_telegram.chats import Membership, Room
from tests.dialogue import Seminar

ROOT = Path(__file__).resolve().parents[1]
OWN = "/discuss 只有這一班知道的題目"
VERBS = sorted(
    {
        handler.pattern.pattern.removeprefix("^").partition("(")[0]
        for handler in table()
        if isinstance(handler, CallbackQueryHandler) and isinstance(handler.pattern, re.Pattern)
    }
)
HARMLESS = {"forget", "log"}  # about the presser's own words, wherever they press
ODD = ("", "00044", "-1", "²", "٣", " 1", "1\n", "x", "9" * 15, "9" * 19)
FORMS = (":{}", ":1:{}", ":r:{}", ":{}:1:1", ":1:{}:1", ":1:1:{}")
INJECTIONS = (
    "'; DROP TABLE remarks; --",
    '"); DELETE FROM people; --',
    "<b>粗</b><a href='tg://user?id=1'>x</a>",
    "&lt;script&gt; & < >",
    "*_`[x](http://evil)",
    '=HYPERLINK("http://evil")',
    "\u202e右到左\u0007\x1b[31m",
    "%s %d {0} {token} ${HOME}",
    "\0=1+1",
)


def kept(seminar: Seminar) -> dict[str, list[Any]]:
    """Return what the class's teachers decide, and what stands in the log."""
    tables = ("rounds", "remarks", "versions", "stances", "seminars", "aliases")
    return {name: [tuple(row) for row in seminar.store.all(f"SELECT * FROM {name}")] for name in tables}


async def two_classes(seminar: Seminar) -> Room:
    """Open a round in the class; return another group, in which 小敏 is the owner and nobody else is."""
    await seminar.says("陳老師", OWN)
    await seminar.says("小安", "這一班的秘密發言")
    other = seminar.world.add_group("隔壁班")
    other.set_member(Membership(seminar.world.person("小敏").user, "creator"))
    await seminar.says("小敏", "/topics", chat=other)
    return other


@pytest.mark.parametrize("verb", [verb for verb in VERBS if verb and verb not in HARMLESS])
async def test_no_forged_button_reaches_another_groups_round(seminar: Seminar, verb: str) -> None:
    other = await two_classes(seminar)
    under, before = seminar.last_in(other), kept(seminar)
    for tail in ("", ":1", ":1:5", ":1:1:1", ":-1", ":1 OR 1=1", f":{'9' * 30}"):
        data = verb + tail
        with seminar.failing() as errors:
            await seminar.presses("小敏", data, on=under, forged=True)
        assert not errors, data
    after = kept(seminar)
    assert after["rounds"][: len(before["rounds"])] == before["rounds"]
    assert (after["remarks"], after["versions"], after["stances"]) == (
        before["remarks"],
        before["versions"],
        before["stances"],
    )
    told = "\n".join([*seminar.said(chat=other), *seminar.said(privately="小敏")])
    assert "只有這一班知道的題目" not in told
    assert "秘密發言" not in told


@pytest.mark.parametrize("who", ["小敏", "陳老師"])
async def test_no_made_up_button_is_a_fault_of_ours(seminar: Seminar, who: str) -> None:
    """Whatever stands behind a verb that we know is answered: by a student in private, a teacher in class."""
    await two_classes(seminar)
    await seminar.starts("小敏")
    room = seminar.world.private(who) if who == "小敏" else seminar.world.group
    for verb in VERBS:
        for tail in (form.format(odd) for form in FORMS for odd in ODD):
            with seminar.failing() as errors:
                await seminar.presses(who, verb + tail, on=seminar.last_in(room), forged=True)
            assert not errors, verb + tail


@pytest.mark.parametrize(
    "payload",
    [
        "export_1",
        "export_2",
        "export_-1",
        "export_1 OR 1=1",
        "own_1",
        "post_1",
        "mydata_1",
        "round_1",
        "1",
        "../etc",
    ],
)
async def test_no_forged_deep_link_tells_of_a_group_that_one_is_not_in(
    seminar: Seminar, payload: str
) -> None:
    await seminar.says("陳老師", OWN)
    await seminar.says("小安", "這一班的秘密發言")
    seminar.world.add_person("外人", joins=seminar.world.add_group("別處"))
    before = kept(seminar)
    with seminar.failing() as errors:
        await seminar.starts("外人", payload)
        await seminar.says("外人", "讓我進去", privately=True)
    assert not errors
    told = "\n".join(seminar.said(privately="外人"))
    assert "只有這一班知道的題目" not in told
    assert "秘密發言" not in told
    assert seminar.documents(privately="外人") == []
    assert kept(seminar)["remarks"] == before["remarks"]


@pytest.mark.parametrize("words", INJECTIONS)
async def test_whatever_is_written_is_only_ever_words(seminar: Seminar, words: str) -> None:
    person = seminar.world.add_person(words[:30], username=None)
    with seminar.failing() as errors:
        await seminar.says("陳老師", f"/discuss {words}")
        await seminar.says(person, words)
        await seminar.says(person, f"/ask {words}")
        await seminar.presses(person, "贊成")
        await seminar.says(person, f"/stance 4 {words}")
        await seminar.says("陳老師", "/close")
        await seminar.starts("陳老師")
        await seminar.says("陳老師", "/export", chat=seminar.world.group)
    assert not errors
    assert seminar.documents(privately="陳老師")
    (closed,) = seminar.store.rounds.of(seminar.store.seminars.all()[0].id)
    said = words.replace("\0", "\ufffd")
    assert [remark.text for remark in seminar.store.remarks.of(closed.id)] == [said, said]
    links = [entity for post in seminar.world.posts(by_bot=True) for entity in post.entities]
    assert not [entity for entity in links if entity.type == "text_link" and "evil" in (entity.url or "")]
    assert not [entity for entity in links if entity.type == "text_mention"]


async def test_the_token_stands_in_no_log_error_database_or_export(
    seminar: Seminar, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    token = seminar.world.token
    secret = token.partition(":")[2]
    with caplog.at_level(logging.DEBUG, logger="bot"):
        await seminar.says("陳老師", OWN)
        await seminar.says("小安", "有溫度")
        seminar.world.faults.revoked = True
        with seminar.failing() as errors:
            await seminar.says("小安", "/ask 塔可夫斯基是誰？")
        seminar.world.faults.clear()
        await seminar.starts("陳老師")
        await seminar.says("陳老師", "/export", chat=seminar.world.group)
    assert errors, "a revoked token is an error"
    discreet = Discreet(token)
    assert not [record for record in caplog.records if secret in discreet.format(record)]
    assert secret not in "".join(record.getMessage() for record in caplog.records)
    (exported,) = seminar.documents(privately="陳老師")
    with ZipFile(BytesIO(exported[1])) as opened:
        files = [opened.read(name) for name in opened.namelist()]
    assert files
    everything = files + [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]  # noqa: ASYNC240  a test
    assert not [data for data in everything if secret.encode() in data]


def test_every_line_of_the_threat_model_names_tests_that_are_there() -> None:
    text = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(test_\w+)`", text))
    written = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    assert len(named) > 30
    assert not [name for name in named if f"def {name}(" not in written]
