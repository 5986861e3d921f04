from pathlib import Path

from bot.pack.authoring.renumber import renumber
from tests.pack.checks.test_checks import found

FILES = {
    "pack.md": "# 題\n段落：5\n\n## 章節\n- P1-P2 頭\n- P3 中\n- P4-P5 尾\n",
    "reading.md": "# 題\n\n[P1] 一。\n\n[P2] 二。\n\n[P4] 四。\n\n[P5] 五。\n",
    "snippets.md": (
        "## 甲 {#a}\n出處：P1、P3-P5 王老師\n\n文。\n"
        "\n## 乙 {#b}\n出處：P3\n\n<!--\n[P3] 三。\n[P5] 五。\n-->\n\n見第4段。\n"
        "\n## 丙 {#c}\nSource: P2\n\n文。\n"
    ),
    "discussion.md": "## 問 {#q}\n\n第5段說的是什麼？\n",
}


def test_sources_sections_and_count_follow_a_paragraph_that_was_removed() -> None:
    done = renumber(FILES)
    assert "[P3] 四。\n\n[P4] 五。" in done.files["reading.md"]
    assert done.files["pack.md"] == "# 題\n段落：4\n\n## 章節\n- P1-P2 頭\n- P3-P4 尾\n"
    snippets = done.files["snippets.md"]
    assert "出處：P1、P3、P4 王老師" in snippets
    assert "## 乙 {#b}\n\n" in snippets
    assert "[P?] 三。\n[P4] 五。" in snippets
    assert "Source: P2\n" in snippets


def test_what_cannot_follow_is_told_with_its_line() -> None:
    gone, mentioned, asked = renumber(FILES).left
    assert gone.startswith("snippets.md:7: 出處 P3 已經刪掉了")
    assert "第4段" in mentioned
    assert asked.startswith("discussion.md:3: 寫到「第5段」")


def test_a_reading_in_order_is_left_alone() -> None:
    once = {**FILES, **renumber(FILES).files}
    assert renumber(once).files == {}
    assert renumber(once).left == ()


def test_the_check_says_when_to_renumber(tmp_path: Path) -> None:
    reading = "[P1] 一。\n\n[P3] 三。\n"
    assert "reading-renumber" in {item.check for item in found(tmp_path, reading=reading)}
    reading = reading.replace("P3", "P2")
    assert "reading-renumber" not in {item.check for item in found(tmp_path, reading=reading)}
