import os
from pathlib import Path

from bot.pack.changed_packs import Look, changed


def make(folder: Path, name: str, text: str = "# 題") -> Path:
    (folder / name).mkdir(exist_ok=True)
    path = folder / name / "pack.md"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_first_look_names_every_pack(tmp_path: Path) -> None:
    make(tmp_path, "a")
    make(tmp_path, "b")
    assert changed(tmp_path, Look()).packs == {"a", "b"}


def test_what_stands_as_it_was_is_unchanged(tmp_path: Path) -> None:
    make(tmp_path, "a")
    assert changed(tmp_path, changed(tmp_path, Look())).packs == frozenset()


def test_a_changed_text_a_new_file_and_a_removed_one_are_seen(tmp_path: Path) -> None:
    first, second = make(tmp_path, "a"), make(tmp_path, "b")
    look = changed(tmp_path, Look())
    first.write_text("# 別的題目", encoding="utf-8")
    make(tmp_path, "c")
    second.unlink()
    look = changed(tmp_path, look)
    assert look.packs == {"a", "b", "c"}
    assert changed(tmp_path, look).packs == frozenset()


def test_a_file_that_was_only_touched_is_unchanged(tmp_path: Path) -> None:
    path = make(tmp_path, "a")
    look = changed(tmp_path, Look())
    os.utime(path, ns=(1, 1))
    assert changed(tmp_path, look).packs == frozenset()


def test_the_same_length_at_another_time_is_read_again(tmp_path: Path) -> None:
    path = make(tmp_path, "a", "# 甲")
    look = changed(tmp_path, Look())
    path.write_text("# 乙", encoding="utf-8")
    os.utime(path, ns=(5, 5))
    assert changed(tmp_path, look).packs == {"a"}
