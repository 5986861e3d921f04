from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import openpyxl  # type: ignore[import-untyped]
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from bot.reading.pack import Golden, Pack, Prompt, Section, Snippet
from bot.reading.parsing import PackError, load_pack
from bot.reading.sheets import SheetError, located, open_workbook, save_workbook, to_files, to_sheets
from bot.reading.writing import (
    PROMPT_KEYS,
    SNIPPET_KEYS,
    Aside,
    golden_row,
    head_row,
    prompt_row,
    read_aside,
    render_entries,
    render_golden,
    render_head,
    snippet_row,
)

PROMPTS = Path(__file__).resolve().parents[2] / "prompts"


def write(folder: Path, files: dict[str, str]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    return folder


def texts(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.md")}


def without_lines(pack: Pack) -> Pack:
    return replace(
        pack,
        snippets=tuple(replace(item, line=0) for item in pack.snippets),
        prompts=tuple(replace(item, line=0) for item in pack.prompts),
        golden=tuple(replace(item, line=0) for item in pack.golden),
    )


def there_and_back(folder: Path, scratch: Path) -> Path:
    scratch.mkdir(exist_ok=True)
    save_workbook(to_sheets(load_pack(folder), texts(folder)), scratch / "pack.xlsx")
    return write(scratch / folder.name, to_files(open_workbook(scratch / "pack.xlsx")))


def small(folder: Path, text: str = "一盞燈亮著。", keyword: str = "燈") -> Path:
    """Write a pack of one snippet, with a text and a keyword of one's choice."""
    pack = Pack("x", "題", "甲", "乙", "丙", 2, "zh-Hant", sections=(Section("開頭", 1, 2),))
    snippet = Snippet("lamp", "燈", text, (keyword,), paragraphs=(1,))
    return write(
        folder,
        {
            "pack.md": render_head(head_row(pack), pack.sections),
            "snippets.md": render_entries([snippet_row(snippet, Aside())], SNIPPET_KEYS),
        },
    )


@pytest.mark.parametrize("name", ["ai-film", "lights-out"])
def test_our_packs_come_back_as_they_went(tmp_path: Path, name: str) -> None:
    back = there_and_back(PROMPTS / name, tmp_path)
    assert without_lines(load_pack(back)) == without_lines(load_pack(PROMPTS / name))


def test_comments_and_group_headings_come_back(tmp_path: Path) -> None:
    folder = small(tmp_path / "commented")
    path = folder / "snippets.md"
    path.write_text(
        "# 第一組\n\n" + path.read_text() + "\n<!-- 寫的時候看這裡\n[P1] 原文 -->\n", encoding="utf-8"
    )
    before = read_aside(path.read_text(encoding="utf-8"))
    after = read_aside((there_and_back(folder, tmp_path / "b") / "snippets.md").read_text(encoding="utf-8"))
    assert after == before
    assert before == Aside({"lamp": "寫的時候看這裡\n[P1] 原文"}, {"lamp": "第一組"})


def test_notes_of_an_included_reading_come_back(tmp_path: Path) -> None:
    folder = small(tmp_path / "included")
    head = folder / "pack.md"
    head.write_text(head.read_text(encoding="utf-8").replace("不收錄", "收錄"), encoding="utf-8")
    reading = "# 題\n\n## 開頭\n\n[P1] 一。\n\n[P2] 二。\n\n> 本文只供課堂使用\n"
    (folder / "reading.md").write_text(reading, encoding="utf-8")
    back = there_and_back(folder, tmp_path / "b")
    assert (back / "reading.md").read_text(encoding="utf-8") == reading


@pytest.mark.parametrize("formula", ["=1+1", "+886", "-3", "@SUM(A1)", '=HYPERLINK("http://x")', "＝1"])
def test_no_cell_is_ever_a_formula(tmp_path: Path, formula: str) -> None:
    folder = small(tmp_path / "formula", text=f"{formula} 是什麼", keyword=formula)
    save_workbook(to_sheets(load_pack(folder), texts(folder)), tmp_path / "pack.xlsx")
    book = openpyxl.load_workbook(tmp_path / "pack.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert formula in [cell.value for cell in cells]
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.quotePrefix for cell in cells if cell.value == formula)
    back = write(tmp_path / "b" / "formula", to_files(open_workbook(tmp_path / "pack.xlsx")))
    assert without_lines(load_pack(back)) == without_lines(load_pack(folder))


def edit(path: Path, sheet: str, cell: str, value: object) -> None:
    book = openpyxl.load_workbook(path)
    book[sheet][cell] = value
    book.save(path)


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    folder = small(tmp_path / "given")
    save_workbook(to_sheets(load_pack(folder), texts(folder)), tmp_path / "given.xlsx")
    return tmp_path / "given.xlsx"


def test_what_a_teacher_types_as_a_number_or_on_several_lines_is_understood(workbook: Path) -> None:
    edit(workbook, "摘解", "C2", "燈\n路燈\n")
    edit(workbook, "討論題", "A2", "first")
    edit(workbook, "討論題", "B2", "開場")
    edit(workbook, "討論題", "D2", 8.0)
    edit(workbook, "討論題", "H2", "你看見什麼？")
    pack = load_pack(write(workbook.parent / "b", to_files(open_workbook(workbook))))
    assert pack.snippets[0].keywords == ("燈", "路燈")
    assert (pack.prompts[0].minutes, pack.prompts[0].text) == (8, "你看見什麼？")


def test_a_formula_that_somebody_typed_is_read_as_text_and_not_worked_out(workbook: Path) -> None:
    edit(workbook, "摘解", "J2", "=1+1")
    assert open_workbook(workbook).rows("摘解")[0]["內文"] == "=1+1"


def test_a_mistake_is_told_with_sheet_and_row(workbook: Path) -> None:
    edit(workbook, "摘解", "E2", "P99")
    files = to_files(open_workbook(workbook))
    with pytest.raises(PackError) as caught:
        load_pack(write(workbook.parent / "b", files))
    (problem,) = caught.value.problems
    assert located(problem.file, problem.line, files[problem.file]) == "工作表「摘解」第 2 列"


@pytest.mark.parametrize(
    ("sheet", "cell", "value", "hint"),
    [
        ("摘解", "M1", "心得", "不認得「心得」"),
        ("摘解", "A1", "別的", "少了「代號」"),
        ("章節", "A2", "第一", "不是段落的數字"),
        ("教材", "A2", "書名", "不認得「書名」"),
    ],
)
def test_a_table_of_another_shape_is_refused_with_what_is_wrong(
    workbook: Path, sheet: str, cell: str, value: str, hint: str
) -> None:
    edit(workbook, sheet, cell, value)
    if cell == "M1":
        edit(workbook, sheet, "M2", "一段話")
    with pytest.raises(SheetError, match=hint):
        to_files(open_workbook(workbook))


def test_a_file_that_is_no_workbook_is_said_so(tmp_path: Path) -> None:
    path = tmp_path / "pack.xlsx"
    path.write_bytes(b"PK\x03\x04 nothing")
    with pytest.raises(SheetError, match="打得開"):
        open_workbook(path)


def test_a_workbook_without_its_sheets_is_said_so(tmp_path: Path) -> None:
    openpyxl.Workbook().save(tmp_path / "pack.xlsx")
    with pytest.raises(SheetError, match="少了工作表"):
        open_workbook(tmp_path / "pack.xlsx")


def test_a_text_too_long_for_a_cell_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    pack = Pack("x", "題", "甲" * 40_000, "", "", 1)
    with pytest.raises(SheetError, match="太長"):
        save_workbook(to_sheets(pack, {}), tmp_path / "pack.xlsx")
    assert not (tmp_path / "pack.xlsx").exists()


# Everything that Markdown, key lines, lists and spreadsheets give a meaning to.
PIECES = (
    *(
        "夜",
        "燈",
        "比較",
        "P1",
        "a",
        "B",
        "1",
        " ",
        "  ",
        "\n\n",
        "\n",
        "。",
        "，",
        "、",
        "；",
        ";",
        ":",
        "：",
        "-",
    ),
    *(
        "- ",
        "• ",
        "#",
        "## ",
        "*",
        "**",
        "_",
        "`",
        "```",
        "~~~",
        "[x]",
        "[x]: y",
        "(",
        ")",
        "!",
        "\\",
        "|",
        ">",
        "<b>",
    ),
    *(
        "&amp;",
        "&",
        "=",
        "+",
        "@",
        "1. ",
        "1) ",
        "---",
        "***",
        "「",
        "」",
        "《",
        "》",
        "“",
        "”",
        "'",
        '"',
        "\t",
        "😀",
        "_x000D_",
    ),
    *("{#x}", "->", "出處：", "狀態：草稿", "無", "http://x.y", "<http://x.y>", "<!--", "-->"),
)
text = st.lists(st.sampled_from(PIECES), max_size=8).map("".join)
slug = st.from_regex(r"[a-z]{1,4}(-[0-9]{1,2})?", fullmatch=True)
snippet = st.builds(
    Snippet,
    slug=slug,
    title=text,
    text=text,
    keywords=st.lists(text, max_size=3).map(tuple),
    aliases=st.lists(text, max_size=2).map(tuple),
    paragraphs=st.lists(st.integers(1, 9), max_size=4).map(tuple),
    speaker=text,
    gloss=text,
    absent=st.lists(text, max_size=2).map(tuple),
    draft=st.booleans(),
)
prompt = st.builds(
    Prompt,
    slug=slug,
    title=text,
    text=text,
    follow_ups=st.lists(text, max_size=2).map(tuple),
    minutes=st.integers(1, 60),
)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
@given(
    title=text,
    author=text,
    snippets=st.lists(snippet, min_size=1, max_size=3),
    prompts=st.lists(prompt, max_size=2),
    questions=st.lists(st.tuples(text, text), max_size=2),
)
def test_nothing_that_a_pack_can_hold_is_lost_in_a_spreadsheet(  # noqa: PLR0913, PLR0917  the parts of a pack
    tmp_path_factory: pytest.TempPathFactory,
    title: str,
    author: str,
    snippets: list[Snippet],
    prompts: list[Prompt],
    questions: list[tuple[str, str]],
) -> None:
    scratch = tmp_path_factory.mktemp("lossless")
    head = Pack("x", title, author, "", "", 9, sections=(Section(title, 1, 9),))
    golden = [Golden(asked, (snippets[0].slug,), kind=kind) for asked, kind in questions]
    folder = write(
        scratch / "given",
        {
            "pack.md": render_head(head_row(head), head.sections),
            "snippets.md": render_entries([snippet_row(item, Aside()) for item in snippets], SNIPPET_KEYS),
            "discussion.md": render_entries([prompt_row(item, Aside()) for item in prompts], PROMPT_KEYS),
            "golden.md": render_golden([golden_row(item) for item in golden]),
        },
    )
    pack = None
    with suppress(PackError):
        pack = load_pack(folder)
    assume(pack is not None)
    assert pack
    back = there_and_back(folder, scratch / "back")
    assert without_lines(load_pack(back)) == without_lines(pack)
