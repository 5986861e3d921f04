"""/reload: edited packs are taken over without a restart, if they are sound, by who runs the bot."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.app import announce
from bot.config import OUR_PACKS
from tests.dialogue import TEACHER, Seminar, a_class, holding

NEW = "這是改過的教材"


@pytest.fixture
async def editing(tmp_path: Path) -> AsyncIterator[tuple[Seminar, Path]]:
    """A house of the teacher's own, with a pack that can be edited; another pack lies beside it."""
    packs = tmp_path / "packs"
    for name in ("ai-film", "lights-out"):
        shutil.copytree(OUR_PACKS / name, packs / name)
    world = a_class()
    async with holding(tmp_path, world=world, packs=packs, owner=world.person(TEACHER).id) as seminar:
        yield seminar, packs


def edit(packs: Path, old: str, new: str, file: str = "snippets.md") -> None:
    path = packs / "ai-film" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


async def test_an_edited_pack_is_used_from_then_on(editing: tuple[Seminar, Path]) -> None:
    seminar, packs = editing
    await seminar.says("小安", "/ask 影展有哪些短片？")
    title = seminar.last.text.splitlines()[0]
    edit(packs, f"## {title}", f"## {NEW}")
    await seminar.says(TEACHER, "/reload", privately=True)
    seminar.expects("已經換成新的教材", "代碼編織", "則摘解")
    await seminar.says("小敏", "/ask 影展有哪些短片？")
    seminar.expects(NEW)


async def test_what_was_taught_stays_taught(editing: tuple[Seminar, Path]) -> None:
    seminar, _ = editing
    wording = "那台會飛的空拍機叫啥"
    teacher = seminar.store.people.meet(seminar.world.person(TEACHER).id, TEACHER)
    slug = seminar.house.bot_data.library.packs["ai-film"].snippets[0].slug
    seminar.store.learned.add(pack="ai-film", slug=slug, wording=wording, by=teacher.id)
    await seminar.says(TEACHER, "/reload", privately=True)
    await seminar.says("小安", f"/ask {wording}")
    seminar.expects("出處")


async def test_a_pack_with_problems_is_not_taken_over(editing: tuple[Seminar, Path]) -> None:
    seminar, packs = editing
    before = seminar.house.bot_data.library
    edit(packs, "出處：P", "出處：P99", "snippets.md")
    await seminar.says(TEACHER, "/reload", privately=True)
    seminar.expects("沒有更換", "ai-film/snippets.md:")
    assert seminar.house.bot_data.library is before
    await seminar.says("小安", "/ask 塔可夫斯基是誰？")
    seminar.expects("出處")


async def test_the_pack_of_the_settings_must_be_there(editing: tuple[Seminar, Path]) -> None:
    seminar, packs = editing
    shutil.rmtree(packs / "ai-film")
    await seminar.says(TEACHER, "/reload", privately=True)
    seminar.expects("沒有更換", "ai-film")


async def test_nobody_else_may(editing: tuple[Seminar, Path]) -> None:
    seminar, _ = editing
    before = seminar.house.bot_data.library
    await seminar.says("小安", "/reload", privately=True)
    seminar.expects("只有架設我的人", "WENDU_OWNER")
    await seminar.says(TEACHER, "/reload", anonymous=True)
    seminar.expects("只有架設我的人")
    assert seminar.house.bot_data.library is before


async def test_where_no_owner_is_set_nobody_may(seminar: Seminar) -> None:
    await seminar.says(TEACHER, "/reload")
    seminar.expects("只有架設我的人")


async def test_it_is_offered_and_explained_to_the_owner_only(editing: tuple[Seminar, Path]) -> None:
    seminar, _ = editing
    await seminar.says(TEACHER, "/help", privately=True)
    seminar.expects("/reload")
    await announce(seminar.house)
    with_reload = [call for call in seminar.calls("setMyCommands") if "reload" in str(call.parameters)]
    owner = str(seminar.world.person(TEACHER).id)
    assert with_reload
    assert all(owner in call.parameters["scope"] for call in with_reload)
    await seminar.says("小安", "/help", privately=True)
    assert "/reload" not in seminar.last.text
