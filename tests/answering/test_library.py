import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.answering.library import Library
from bot.pack.problems import PackError
from tests.answering.tea import write_tea


def test_all_packs_of_a_folder_are_there(tmp_path: Path) -> None:
    write_tea(tmp_path)
    library = Library.open(tmp_path)
    assert list(library.packs) == ["tea"]
    assert library.engine("tea") is library.engine("tea")
    assert library.engine("tea").answer("陳阿水").answered


def test_a_broken_pack_does_not_keep_others_out(tmp_path: Path) -> None:
    write_tea(tmp_path)
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "pack.md").write_text("無", encoding="utf-8")
    library = Library.open(tmp_path)
    assert list(library.packs) == ["tea"]
    assert library.broken["broken"]
    with pytest.raises(PackError):
        library.engine("broken")


def test_an_unknown_pack_is_a_key_error(tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        Library.open(tmp_path).engine("none")


def test_an_empty_or_missing_folder_has_no_packs(tmp_path: Path) -> None:
    assert Library.open(tmp_path / "nowhere").packs == {}


def test_chats_that_ask_at_once_wait_for_one_engine(tmp_path: Path) -> None:
    write_tea(tmp_path)
    library = Library.open(tmp_path)
    with ThreadPoolExecutor(8) as threads:
        engines = set(threads.map(library.engine, ["tea"] * 8))
    assert len(engines) == 1


def test_jieba_may_be_needed_first_by_many_threads_at_once() -> None:
    program = """
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from bot.text.dictionary import tokenizer
start = Barrier(8)
def make(_):
    start.wait()
    return tokenizer(["溫度"])
with ThreadPoolExecutor(8) as threads:
    print(len(list(threads.map(make, range(8)))))
"""
    made = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert made.stdout.strip() == "8", made.stderr
