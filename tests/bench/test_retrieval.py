import subprocess
import sys
from pathlib import Path

import pytest

from bench.reading_sets import Article, Question, SetError, load, load_folder
from bench.retrieval import RANKERS, Tally, measure, table

SAMPLES = Path(__file__).parent / "samples"  # of our own writing, in the formats of the public sets


def test_drcd_articles_keep_their_paragraphs() -> None:
    harbour, tea = load(SAMPLES / "drcd.json")
    assert (harbour.title, len(harbour.paragraphs)) == ("燈塔與漁港", 3)
    assert tea.questions[-1] == Question("住民宿可以看什麼？", 2)


@pytest.mark.parametrize("name", ["cmrc2018.json", "cmrc_flat.json"])
def test_cmrc_contexts_are_put_together(name: str) -> None:
    (together,) = load(SAMPLES / name)
    assert len(together.paragraphs) == 6
    assert Question("民宿有幾個房間？", 5) in together.questions


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"data": [{}]}', '{"data": 3}', "not json"])
def test_a_file_of_another_kind_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.json").write_text(text, encoding="utf-8")
    with pytest.raises(SetError, match=r"a\.json"):
        load_folder(tmp_path)


def test_a_folder_without_sets_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SetError):
        load_folder(tmp_path)


def test_every_ranker_finds_what_is_plainly_there() -> None:
    tallies = measure(load(SAMPLES / "drcd.json"))
    assert set(tallies) == set(RANKERS)
    for name, tally in tallies.items():
        assert tally.asked == 12, name
        assert tally.right >= 9, name
        assert len(tally.off_topic) == 12


def test_refusal_is_counted_below_the_score_that_keeps_the_others() -> None:
    tally = Tally(on_topic=[1.0] * 95 + [0.1] * 5, off_topic=[0.5, 0.5, 2.0, 0.0], asked=100)
    assert tally.refused() == pytest.approx(0.75)


def test_the_table_has_a_row_for_each_ranker_and_one_for_the_engine_alone() -> None:
    article = Article("題", ("一段。", "兩段。"), (Question("一段？", 0),))
    assert len(table(measure([article, article]))) == len(RANKERS) + 2


def test_it_runs_on_a_folder() -> None:
    command = [sys.executable, "-m", "bench.retrieval", str(SAMPLES), "--articles", "2"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "wendu by itself" in done.stdout
