"""Cutting quickly must be cutting as jieba does."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.text.dictionary import tokenizer
from bot.text.folding import fold
from bot.text.segmentation import Quick
from tests.dialogue import our_packs

JIEBA = tokenizer(["人文温度", "符号拼贴"])
QUICK = Quick(JIEBA)
RUNS = [
    run
    for pack in our_packs().packs.values()
    for snippet in pack.snippets
    for run in re.findall("[\u4e00-\u9fd5]+", fold(snippet.text))
]
LETTERS = sorted(set("".join(RUNS)))[:900]


@pytest.mark.parametrize("guessing", [True, False])
def test_the_reading_itself_is_cut_alike(guessing: bool) -> None:  # noqa: FBT001  a parameter of pytest
    for run in RUNS:
        assert list(QUICK.cut(run, HMM=guessing)) == list(JIEBA.cut(run, HMM=guessing))


@settings(deadline=None, max_examples=300)
@given(st.text(alphabet="".join(LETTERS) + "㗎啲佢冇嘅", max_size=40))
def test_nonsense_is_cut_alike(text: str) -> None:
    run = "".join(letter for letter in text if "\u4e00" <= letter <= "\u9fd5")  # jieba cuts no others
    assert list(QUICK.cut(run)) == list(JIEBA.cut(run))
