"""Packs that are edited while a rehearsal runs: what pages and the terminal are told, what is answered."""

import os
import shutil
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from bot.pack.load import load_pack
from bot.rehearsal.pack_reload import FolderState, PackWatcher, look_for_changes
from tests.answering.tea import SNIPPETS, write_tea
from tests.dialogue import TEACHER, Seminar, holding, our_packs
from tests.rehearsal.hosted import hosting
from tests.rehearsal.test_server import act, live, until

BROKEN = "## 空的\n"


@dataclass
class Watched:
    """A shelf with the tea pack in a class's rehearsal, and what was told of it."""

    seminar: Seminar
    folder: Path
    shelf: PackWatcher
    events: list[Mapping[str, Any]] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)

    async def saved(self, **files: str) -> Mapping[str, Any]:
        """Save the pack with these files, let the shelf look once, and return the last event."""
        write_tea(self.folder, **files)
        await self.shelf.look()
        return self.events[-1]


@pytest.fixture
async def watched(tmp_path: Path) -> AsyncIterator[Watched]:
    packs = tmp_path / "packs"
    packs.mkdir()
    tea = load_pack(write_tea(packs))
    async with holding(tmp_path) as seminar:
        desk = seminar.house.bot_data
        desk.library = our_packs().renewed(tea)
        await seminar.says("小安", "/pack", privately=True)
        await seminar.presses("小安", "一杯茶的路")
        events: list[Mapping[str, Any]] = []
        lines: list[str] = []
        shelf = PackWatcher(desk, packs, tell=events.append, say=lines.append)
        yield Watched(seminar, packs, shelf, events, lines)


async def asked(watched: Watched, question: str) -> str:
    await watched.seminar.says("小安", question, privately=True)
    return watched.seminar.last.text


async def test_what_was_saved_is_answered_from_then_on(watched: Watched) -> None:
    assert "半發酵" in await asked(watched, "凍頂烏龍茶")
    told = await watched.saved(snippets=SNIPPETS.replace("屬於半發酵茶", "是茶農的驕傲"))
    assert (told["kind"], told["state"], told["pack"], told["snippets"]) == ("pack", "loaded", "tea", 7)
    assert "已重新載入" in watched.lines[-1]
    assert "是茶農的驕傲" in await asked(watched, "鹿谷的茶叫什麼")


async def test_a_look_at_what_stands_as_it_was_tells_nothing(watched: Watched) -> None:
    await watched.shelf.look()
    assert (watched.events, watched.lines) == ([], [])


async def test_what_cannot_be_read_is_told_in_words_and_the_old_pack_stays(watched: Watched) -> None:
    told = await watched.saved(snippets=BROKEN)
    assert told["state"] == "broken"
    assert told["problems"][0].startswith("snippets.md:1: 「空的」沒有內文")
    assert "先用原來的" in watched.lines[-1]
    assert "    snippets.md:1: " in watched.lines[-1]
    assert watched.shelf.broken() == [told]
    assert "半發酵" in await asked(watched, "凍頂烏龍茶")


async def test_once_mended_it_is_loaded_and_broken_no_more(watched: Watched) -> None:
    await watched.saved(snippets=BROKEN)
    assert (await watched.saved())["state"] == "loaded"
    assert watched.shelf.broken() == []


async def test_a_pack_that_was_not_there_can_be_chosen(watched: Watched) -> None:
    shutil.copytree(watched.folder / "tea", watched.folder / "more-tea")
    head = watched.folder / "more-tea" / "pack.md"
    head.write_text(head.read_text(encoding="utf-8").replace("一杯茶的路", "第二杯茶"), encoding="utf-8")
    await watched.shelf.look()
    assert watched.events[-1]["title"] == "第二杯茶"
    await watched.seminar.says("小敏", "/pack", privately=True)
    await watched.seminar.presses("小敏", "第二杯茶")
    watched.seminar.expects("第二杯茶")


async def test_a_folder_that_went_is_told_and_still_answers(watched: Watched) -> None:
    shutil.rmtree(watched.folder / "tea")
    await watched.shelf.look()
    assert watched.events[-1]["state"] == "gone"
    assert "不見了" in watched.lines[-1]
    assert "半發酵" in await asked(watched, "凍頂烏龍茶")


async def test_what_was_taught_stays_taught(watched: Watched) -> None:
    seminar, wording = watched.seminar, "阿嬤那罐黑黑的"
    teacher = seminar.store.people.meet(seminar.world.person(TEACHER).id, TEACHER)
    seminar.store.learned.add(pack="tea", slug="roasting", wording=wording, by=teacher.id)
    await watched.saved(snippets=SNIPPETS.replace("屬於半發酵茶", "是茶農的驕傲"))
    assert "帶出炭香" in await asked(watched, wording)


async def test_pages_hear_of_it_and_pages_opened_later_see_what_is_broken(tmp_path: Path) -> None:
    packs = tmp_path / "packs"
    packs.mkdir()
    write_tea(packs)
    async with hosting(tmp_path, pack="tea", packs=packs) as hosted:
        async with live(hosted) as page:
            assert (await until(page, "snapshot"))["packs"] == []
            write_tea(packs, snippets=BROKEN)
            assert (await until(page, "pack"))["state"] == "broken"
        async with live(hosted) as page:
            (told,) = (await until(page, "snapshot"))["packs"]
            assert told["pack"] == "tea"
            write_tea(packs)
            assert (await until(page, "pack"))["state"] == "loaded"


async def test_the_teacher_of_a_rehearsal_may_reload(tmp_path: Path) -> None:
    packs = tmp_path / "packs"
    packs.mkdir()
    write_tea(packs)
    async with hosting(tmp_path, pack="tea", packs=packs) as hosted, live(hosted) as page:
        begun = await until(page, "snapshot")
        teacher = next(person["id"] for person in begun["people"] if person["admin"])
        await act(page, "start", person=teacher)
        await act(page, "say", person=teacher, chat=teacher, text="/reload")
        while "已經換成新的教材" not in (await until(page, "message"))["message"].get("text", ""):
            pass


def make(folder: Path, name: str, text: str = "# 題") -> Path:
    (folder / name).mkdir(exist_ok=True)
    path = folder / name / "pack.md"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_first_look_names_every_pack(tmp_path: Path) -> None:
    make(tmp_path, "a")
    make(tmp_path, "b")
    assert look_for_changes(tmp_path, FolderState()).packs == {"a", "b"}


def test_what_stands_as_it_was_is_unchanged(tmp_path: Path) -> None:
    make(tmp_path, "a")
    assert look_for_changes(tmp_path, look_for_changes(tmp_path, FolderState())).packs == frozenset()


def test_a_changed_text_a_new_file_and_a_removed_one_are_seen(tmp_path: Path) -> None:
    first, second = make(tmp_path, "a"), make(tmp_path, "b")
    look = look_for_changes(tmp_path, FolderState())
    first.write_text("# 別的題目", encoding="utf-8")
    make(tmp_path, "c")
    second.unlink()
    look = look_for_changes(tmp_path, look)
    assert look.packs == {"a", "b", "c"}
    assert look_for_changes(tmp_path, look).packs == frozenset()


def test_a_file_that_was_only_touched_is_unchanged(tmp_path: Path) -> None:
    path = make(tmp_path, "a")
    look = look_for_changes(tmp_path, FolderState())
    os.utime(path, ns=(1, 1))
    assert look_for_changes(tmp_path, look).packs == frozenset()


def test_the_same_length_at_another_time_is_read_again(tmp_path: Path) -> None:
    path = make(tmp_path, "a", "# 甲")
    look = look_for_changes(tmp_path, FolderState())
    path.write_text("# 乙", encoding="utf-8")
    os.utime(path, ns=(5, 5))
    assert look_for_changes(tmp_path, look).packs == {"a"}
