import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.answering.engine import Engine
from bot.pack.load import load_pack
from bot.text.disk_cache import MOST_FILES, ROOMS, cached, folder, state_of
from tests.answering.tea import write_tea


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return folder()


def files(kept: Path) -> list[Path]:
    return sorted(kept.glob("*"))


def test_a_thing_is_made_once(kept: Path) -> None:
    assert cached("thing", lambda: {"a": [1, 2.5, "茶"]}) == {"a": [1, 2.5, "茶"]}
    assert cached("thing", lambda: "made again") == {"a": [1, 2.5, "茶"]}
    assert len(files(kept)) == 1


@pytest.mark.parametrize("damage", [b"", b"{}", b"abc\n{}", b"\x00" * 50])
def test_a_damaged_file_is_made_anew(kept: Path, damage: bytes) -> None:
    cached("thing", lambda: 1)
    files(kept)[0].write_bytes(damage)
    assert cached("thing", lambda: 2) == 2
    assert cached("thing", lambda: 3) == 2


def test_a_flipped_bit_is_noticed(kept: Path) -> None:
    cached("thing", lambda: [1, 2, 3])
    raw = bytearray(files(kept)[0].read_bytes())
    raw[-2] ^= 1
    files(kept)[0].write_bytes(bytes(raw))
    assert cached("thing", lambda: "new") == "new"


def test_many_writers_at_once_leave_one_whole_file(kept: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(lambda _: tuple(cached("thing", lambda: [1] * 999)), range(40))) == {(1,) * 999}
    assert len(files(kept)) == 1


def test_a_folder_that_cannot_be_written_does_no_harm(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert cached("thing", lambda: 7) == 7


def test_the_folder_does_not_grow_for_ever(kept: Path) -> None:
    for number in range(MOST_FILES + 10):
        cached(f"thing-{number}", lambda: 1)
    assert len(files(kept)) <= MOST_FILES


def test_an_engine_from_the_cache_answers_alike(kept: Path, tmp_path: Path) -> None:
    pack = load_pack(write_tea(tmp_path / "packs"))
    asked = ["東頂烏龍", "焙火的優點和缺點", "明天會下雨嗎", "陳師傅的電話", "who is Chen Ashui"]
    first = [Engine(pack).answer(text) for text in asked]
    assert any(path.name.startswith("pack-") for path in files(kept))
    assert [Engine(pack).answer(text) for text in asked] == first


def test_the_state_tells_of_every_room_that_a_prepared_pack_is_made_by(tmp_path: Path) -> None:
    for room in ROOMS:
        (tmp_path / room / "deep").mkdir(parents=True)
        (tmp_path / room / "deep" / "rule.py").write_text("1")
    states = {state_of(tmp_path)}
    for room in ROOMS:
        (tmp_path / room / "deep" / "rule.py").write_text(f"{room} changed")
        states.add(state_of(tmp_path))
    assert len(states) == 1 + len(ROOMS)


def test_the_rooms_of_the_state_are_all_that_a_prepared_pack_imports() -> None:
    code = (
        "import sys; from bot.answering.engine import Engine; "
        "print(*{name.split('.')[1] for name in sys.modules if name.startswith('bot.')})"
    )
    imported = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    assert set(imported.split()) == set(ROOMS)
