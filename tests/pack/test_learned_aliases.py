"""Learned aliases written back: only 別名 lines change, and merging again changes nothing."""

import difflib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.pack.learned_aliases import clean, merge
from bot.pack.problems import PackProblems
from bot.pack.snippets_file import parse_snippets
from tests.answering.tea import SNIPPETS

OURS = Path(__file__).parents[2] / "prompts" / "ai-film" / "snippets.md"
BARE = "## 焙火 {#roasting}\n關鍵詞：焙火\n出處：P1\n\n焙火去掉水分。\n\n## 萎凋 {#withering}\n\n失去水分。"


def aliases(text: str, slug: str, count: int = 12) -> tuple[str, ...]:
    return next(s.aliases for s in parse_snippets(text, count, PackProblems()) if s.slug == slug)


def changed(before: str, after: str) -> list[str]:
    lines = difflib.ndiff(before.splitlines(), after.splitlines())
    return [line for line in lines if line[0] in "+-"]


def test_a_wording_joins_the_line_of_aliases_and_nothing_else_changes() -> None:
    done = merge(SNIPPETS, {"roasting": ["阿嬤的黑茶怎麼來的"]}, 12)
    old, new = changed(SNIPPETS, done.text)
    assert old.startswith("- 別名：")
    assert new == "+ " + old[2:] + "；阿嬤的黑茶怎麼來的"
    assert done.added == (("roasting", "阿嬤的黑茶怎麼來的"),)
    assert done.left_out == ()


def test_merging_again_changes_nothing() -> None:
    learned = {"roasting": ["阿嬤的黑茶"], "dongding": ["山上那種茶", "高山茶嗎"]}
    once = merge(SNIPPETS, learned, 12).text
    again = merge(once, learned, 12)
    assert again.text == once
    assert again.added == ()


def test_a_snippet_without_aliases_gets_a_line_below_its_keywords() -> None:
    done = merge(BARE, {"roasting": ["烘茶"]}, 3)
    assert changed(BARE, done.text) == ["+ 別名：烘茶"]
    assert "關鍵詞：焙火\n別名：烘茶\n出處：P1" in done.text


def test_a_snippet_without_any_keys_gets_a_line_below_its_heading() -> None:
    done = merge(BARE, {"withering": ["曬茶"]}, 3)
    assert changed(BARE, done.text) == ["+ 別名：曬茶"]
    assert aliases(done.text, "withering", 3) == ("曬茶",)


@pytest.mark.parametrize("text", [BARE.replace("\n", "\r\n"), BARE + "\n\n\n", BARE.replace("\n\n", "\n \n")])
def test_line_ends_and_blank_lines_stay_as_they_are(text: str) -> None:
    done = merge(text, {"roasting": ["烘茶"]}, 3)
    end = "\r\n" if "\r\n" in text else "\n"
    assert done.text.replace(f"別名：烘茶{end}", "") == text


def test_what_is_there_but_for_spelling_is_passed_over() -> None:
    there = aliases(SNIPPETS, "roasting")[0]
    assert merge(SNIPPETS, {"roasting": [f"{there}？", there]}, 12).text == SNIPPETS


def test_a_wording_with_separators_becomes_one_alias() -> None:
    done = merge(SNIPPETS, {"roasting": ["焙火，好嗎？還是、不好；說說"]}, 12)
    assert aliases(done.text, "roasting")[-1] == "焙火 好嗎？還是 不好 說說"


@pytest.mark.parametrize("wording", ["*火*", "<b>火</b>", "[火](x)", "`火`", "火_火_", "# 火", "\\火"])
def test_marks_of_markdown_are_escaped(wording: str) -> None:
    done = merge(SNIPPETS, {"roasting": [wording]}, 12)
    assert aliases(done.text, "roasting")[-1] == wording


def test_what_fits_nowhere_is_left_out_and_said_so() -> None:
    done = merge(SNIPPETS, {"gone": ["什麼"], "roasting": ["烘茶"]}, 12)
    assert done.left_out == (("gone", "什麼"),)
    assert done.added == (("roasting", "烘茶"),)


def test_our_own_pack_changes_in_one_line_only() -> None:
    text = OURS.read_text(encoding="utf-8")
    slug = parse_snippets(text, 99, PackProblems())[0].slug
    assert len(changed(text, merge(text, {slug: ["從來沒人這樣問過"]}, 99).text)) <= 2


@given(st.text(min_size=1, max_size=30))
def test_whatever_is_merged_either_becomes_that_alias_or_is_left_out(wording: str) -> None:
    done = merge(BARE, {"roasting": [wording]}, 3)
    if done.added:
        assert aliases(done.text, "roasting", 3) == (clean(wording),)
        assert aliases(done.text, "withering", 3) == ()
    else:
        assert done.text == BARE
