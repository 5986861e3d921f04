"""Nobody is unmasked by counting: what a class can see is the same, whoever wears the mask."""

import zipfile
from pathlib import Path

from bot.pages.board.snapshot import SnapshotReader, state
from bot.pages.report.build import make_report
from db.core.keys import LENGTH
from db.exports.export import Job
from tests.db.exports.exported import export_zip
from tests.dialogue import Seminar, holding, our_packs
from tests.handlers.rounds.test_relay import whispers
from tests.handlers.rounds.test_time import timed


async def seen_where(wearer: str, folder: Path) -> dict[str, str]:
    """Return all that a class sees of a round in which two speak openly and the wearer speaks masked."""
    make_house(folder)
    async with holding(folder) as seminar:
        await timed(seminar, "匿名")
        await seminar.says("小安", "公開說一句")
        await seminar.says("小敏", "我也公開說")
        await whispers(seminar, wearer, "我其實沒有感覺", "真的沒有")
        during = board(seminar)
        await seminar.says("陳老師", "/close")
        return {
            "group": "\n".join(seminar.said(chat=seminar.world.group)),
            "board": during,
            "report": make_report(Job(seminar.store, 1), our_packs()),
            "export": exported(seminar, folder / "log.zip"),
        }


def make_house(folder: Path) -> None:
    """Make a folder with the key that all have, so that aliases and masks are drawn alike."""
    folder.mkdir()
    key = folder / "wendu.key"
    key.write_bytes(b"k" * LENGTH)
    key.chmod(0o600)


def board(seminar: Seminar) -> str:
    scene = SnapshotReader(seminar.store, our_packs).scene(1)
    return repr(state(scene, seminar.clock()))


def exported(seminar: Seminar, path: Path) -> str:
    with zipfile.ZipFile(export_zip(path, Job(seminar.store, 1))) as archive:
        names = [name for name in archive.namelist() if name.endswith(".md")]
        return "\n".join(archive.read(name).decode() for name in names)


async def test_the_class_sees_the_same_whoever_wears_the_mask(tmp_path: Path) -> None:
    first, second, third = [
        await seen_where(who, tmp_path / str(number)) for number, who in enumerate(("小安", "小敏", "阿哲"))
    ]
    assert "3 人發言" in first["board"]
    for where in first:
        assert first[where] == second[where] == third[where], where
