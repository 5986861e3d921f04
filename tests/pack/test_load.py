from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.pack.load import load_pack
from bot.pack.model import Pack
from bot.pack.problems import PackError, PackProblem
from tests.answering.tea import GOLDEN, PACK, SNIPPETS, write_tea


def problems(folder: Path) -> list[str]:
    with pytest.raises(PackError) as caught:
        load_pack(folder)
    return [str(problem) for problem in caught.value.problems]


def outcome(folder: Path) -> Pack | tuple[PackProblem, ...]:
    """Return the pack, or what is wrong with it."""
    try:
        return load_pack(folder)
    except PackError as error:
        return error.problems


def test_a_whole_pack_is_read(tmp_path: Path) -> None:
    pack = load_pack(write_tea(tmp_path))
    assert (pack.slug, pack.title, pack.author, pack.paragraph_count) == ("tea", "一杯茶的路", "林茶生", 12)
    assert [(s.title, s.first, s.last) for s in pack.sections] == [("產地", 1, 4), ("製茶", 5, 12)]
    baozhong = pack.by_slug["baozhong"]
    assert baozhong.paragraphs == (3, 4)
    assert baozhong.speaker == "林茶生"
    assert baozhong.aliases == ("坪林的茶", "包種茶為什麼叫包種")
    assert baozhong.absent == ("價格",)
    assert pack.by_slug["roasting"].paragraphs == (6, 8)
    assert pack.by_slug["unfinished"].draft


def test_list_items_in_a_text_stand_close_together(tmp_path: Path) -> None:
    text = load_pack(write_tea(tmp_path)).by_slug["steps"].text
    assert text == "製茶有三道工序：\n\n• 萎凋：曬掉水分\n• 焙火：去水帶香\n• 文山包種茶：用紙包起來"


def test_prompts_and_golden_questions_are_read(tmp_path: Path) -> None:
    pack = load_pack(write_tea(tmp_path))
    prompt = pack.prompts[0]
    assert (prompt.phase, prompt.minutes) == ("立場", 12)
    assert prompt.evidence_against == ("roasting-risks", "chen-ashui")
    assert prompt.follow_ups == ("誰來決定好不好喝？", "機器能記住火候嗎？")
    assert pack.golden[1].ways == (("roasting", "roasting-risks"),)
    assert pack.golden[2].ways == (("dongding",), ("chen-ashui",))
    assert pack.golden[3].slugs == ()
    assert pack.golden[3].kind == "不答"


@pytest.mark.parametrize("colon", [":", "：", " ： "])
@pytest.mark.parametrize("separator", [",", "，", "、", ";", "；"])
def test_keys_may_be_english_or_simplified(tmp_path: Path, colon: str, separator: str) -> None:
    snippet = f"## Oolong\nKeywords{colon}a tea{separator}b tea\n出处{colon}P1\n\nA text.\n"
    pack = load_pack(write_tea(tmp_path, snippets=snippet, golden="", discussion=""))
    assert pack.snippets[0].keywords == ("a tea", "b tea")
    assert pack.snippets[0].paragraphs == (1,)
    assert pack.snippets[0].slug == "oolong"


def test_a_slug_is_derived_by_pinyin(tmp_path: Path) -> None:
    pack = load_pack(write_tea(tmp_path, snippets="## 焙茶AI師傅\n\n內文。\n", golden="", discussion=""))
    assert pack.snippets[0].slug == "bei-cha-ai-shi-fu"


def test_a_colon_in_the_text_is_no_key(tmp_path: Path) -> None:
    text = "## 一\n關鍵詞：茶\n\n他說：這是茶。\n\n## 二\n師傅說：好茶。\n"
    pack = load_pack(write_tea(tmp_path, snippets=text, golden="", discussion=""))
    assert [s.text for s in pack.snippets] == ["他說：這是茶。", "師傅說：好茶。"]


def test_all_problems_are_told_at_once_with_line_and_mend(tmp_path: Path) -> None:
    wrong = SNIPPETS.replace("出處：P2\n", "出處：P20\n").replace("{#baozhong}", "{#dongding}")
    wrong = wrong.replace("關鍵詞：萎凋", "關鍵字詞：萎凋").replace(
        "相關：roasting\nEnglish: With", "相關：roastin\nEnglish: With"
    )
    found = problems(write_tea(tmp_path, snippets=wrong))
    assert any(line.startswith("snippets.md:6:") and "P20" in line and "P1 到 P12" in line for line in found)
    assert any("dongding" in line and "第 3 行" in line for line in found)
    assert any("關鍵字詞" in line and "關鍵詞" in line for line in found)
    assert any("roastin" in line and "是不是「roasting」" in line for line in found)
    assert len(found) >= 4
    assert all(" / " in line for line in found)


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"snippets": "## 空的\n關鍵詞：空\n"}, "沒有內文"),
        ({"snippets": "## \n\n內文\n"}, "標題是空的"),
        ({"snippets": "沒有標題的文字\n"}, "前面沒有"),
        ({"snippets": "## 一\n出處：第三段\n\n內文\n"}, "看不懂出處"),
        ({"snippets": "## 一\n出處：P3-P1\n\n內文\n"}, "看不懂出處"),
        ({"snippets": "## 一\n狀態：快好了\n\n內文\n"}, "不認得狀態"),
        ({"snippets": "## 一 {#No Good}\n\n內文\n"}, "不能用"),
        ({"snippets": "## 一\n關鍵詞：茶\n關鍵詞：酒\n\n內文\n"}, "寫了兩次"),
        ({"snippets": "## 一\n\n" + "長" * 700}, "太長"),
        ({"snippets": "\n"}, "一則摘解也沒有"),
        ({"pack": PACK.replace("段落：12", "段落：很多")}, "不是數字"),
        ({"pack": PACK.replace("段落：12\n", "")}, "沒有寫段落數"),
        ({"pack": PACK.replace("# 一杯茶的路", "")}, "沒有標題"),
        ({"pack": PACK.replace("- P1-P4 產地", "- 前四段 產地")}, "看不懂章節"),
        ({"pack": PACK.replace("P5-P12", "P5-P13")}, "不在讀物裡"),
        ({"discussion": "## 題\n階段：中場\n\n問題？\n"}, "不認得階段"),
        ({"discussion": "## 題\n正方：nobody\n\n問題？\n"}, "找不到摘解"),
        ({"discussion": "## 題\n時間：很久\n\n問題？\n"}, "不是數字"),
        ({"discussion": "## 題\n階段：暖身\n"}, "沒有題目"),
        ({"golden": GOLDEN + "- 少了箭頭\n"}, "看不懂這一題"),
        ({"golden": GOLDEN + "- 問題 -> nowhere\n"}, "找不到摘解"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, files: dict[str, str], said: str) -> None:
    assert any(said in line for line in problems(write_tea(tmp_path, **files)))


def test_a_missing_file_is_a_problem(tmp_path: Path) -> None:
    folder = write_tea(tmp_path)
    (folder / "snippets.md").unlink()
    assert any("缺少檔案 snippets.md" in line for line in problems(folder))


def test_a_pack_may_do_without_prompts_and_golden_questions(tmp_path: Path) -> None:
    folder = write_tea(tmp_path)
    (folder / "discussion.md").unlink()
    (folder / "golden.md").unlink()
    pack = load_pack(folder)
    assert pack.prompts == ()
    assert pack.golden == ()


@pytest.mark.parametrize("raw", [b"\xff\xfe\x00", b"## a\n\n\x00", "## 中文".encode("big5")])
def test_bytes_that_are_no_text_are_a_problem(tmp_path: Path, raw: bytes) -> None:
    folder = write_tea(tmp_path)
    (folder / "snippets.md").write_bytes(raw)
    assert any("UTF-8" in line for line in problems(folder))


@pytest.mark.parametrize(
    ("codec", "named"),
    [("big5", "Big5"), ("gb18030", "GBK"), ("utf-16", "UTF-16"), ("utf-16-le", "UTF-16")],
)
def test_a_file_as_older_programs_save_it_is_told_with_its_encoding(
    tmp_path: Path, codec: str, named: str
) -> None:
    folder = write_tea(tmp_path)
    text = "## 测试\n- 书 -> 無\n" if codec == "gb18030" else "## 測試\n- 書 -> 無\n"
    (folder / "golden.md").write_bytes(text.encode(codec))
    (problem,) = problems(folder)
    assert problem.startswith("golden.md:1: ")
    assert f"看起來是 {named}" in problem
    assert "編碼選 UTF-8" in problem


@pytest.mark.parametrize(("codec", "ends"), [("utf-8-sig", "\r\n"), ("utf-8", "\r"), ("utf-8-sig", "\n")])
def test_marks_and_line_ends_of_other_systems_change_nothing(tmp_path: Path, codec: str, ends: str) -> None:
    folder = write_tea(tmp_path)
    before = load_pack(folder)
    for path in folder.glob("*.md"):
        path.write_bytes(path.read_text(encoding="utf-8").replace("\n", ends).encode(codec))
    assert load_pack(folder) == before


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    folder = write_tea(tmp_path)
    (folder / "pack.md").write_bytes(b"\xef\xbb\xbf" + PACK.encode())
    assert load_pack(folder).title == "一杯茶的路"


def test_a_folder_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    assert any("缺少檔案 pack.md" in line for line in problems(tmp_path / "nothing"))


PIECES = [
    "## ",
    "# ",
    "關鍵詞：",
    "出處：P1",
    "出處：",
    "- ",
    "a -> b",
    "->",
    "{#x}",
    "\n",
    "\n\n",
    "茶",
    "：",
    "```",
]
ODD_PIECES = ["|", "> ", "狀態：草稿", "\t", "---", "[a](b)", "<b>", "P1-P2 章", "\u2028", "\ufeff", "*"]
MARKDOWN = st.lists(
    st.sampled_from([*PIECES, *ODD_PIECES]) | st.text(st.characters(codec="utf-8"), max_size=8), max_size=25
).map("".join)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(MARKDOWN, st.sampled_from(["pack", "snippets", "discussion", "golden"]))
def test_any_text_makes_a_pack_or_problems(tmp_path: Path, text: str, file: str) -> None:
    folder = write_tea(tmp_path, **{file: text})
    assert outcome(folder)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.binary(max_size=60), st.sampled_from(["pack", "snippets", "discussion", "golden"]))
def test_any_bytes_make_a_pack_or_problems(tmp_path: Path, raw: bytes, file: str) -> None:
    folder = write_tea(tmp_path)
    (folder / f"{file}.md").write_bytes(raw)
    assert outcome(folder)
