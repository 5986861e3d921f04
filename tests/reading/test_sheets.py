import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, time
from difflib import ndiff
from pathlib import Path

import openpyxl  # type: ignore[import-untyped]
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from bot.reading.keeping import tidy
from bot.reading.pack import Golden, Pack, Prompt, Section, Snippet
from bot.reading.parsing import PackError, load_pack
from bot.reading.sheets import SheetError, Sheets, Table, located, plain, to_files, to_sheets
from bot.reading.workbook import open_workbook, save_workbook
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


def write(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_bytes(
            text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
        )
    return folder


def texts(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("*.md")}


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
def test_our_packs_come_back_byte_for_byte(tmp_path: Path, name: str) -> None:
    assert texts(there_and_back(PROMPTS / name, tmp_path)) == texts(PROMPTS / name)


@pytest.mark.parametrize("name", ["ai-film", "lights-out"])
def test_what_our_packs_say_comes_back_from_the_cells_alone(tmp_path: Path, name: str) -> None:
    sheets = to_sheets(load_pack(PROMPTS / name), texts(PROMPTS / name))
    back = write(tmp_path / name, to_files(replace(sheets, originals={})))
    assert without_lines(load_pack(back)) == without_lines(load_pack(PROMPTS / name))


def test_comments_and_group_headings_come_back(tmp_path: Path) -> None:
    folder = small(tmp_path / "commented")
    path = folder / "snippets.md"
    path.write_text(
        "# 第一組\n\n" + path.read_text() + "\n<!-- 寫的時候看這裡\n[P1] 原文 -->\n", encoding="utf-8"
    )
    before = read_aside(path.read_text(encoding="utf-8"))
    sheets = replace(to_sheets(load_pack(folder), texts(folder)), originals={})
    assert read_aside(to_files(sheets)["snippets.md"].decode()) == before
    assert before == Aside({"lamp": "寫的時候看這裡\n[P1] 原文"}, {"lamp": "第一組"})


def test_notes_of_an_included_reading_come_back(tmp_path: Path) -> None:
    folder = small(tmp_path / "included")
    head = folder / "pack.md"
    head.write_text(head.read_text(encoding="utf-8").replace("不收錄", "收錄"), encoding="utf-8")
    reading = "# 題\n\n## 開頭\n\n[P1] 一。\n\n[P2] 二。\n\n> 本文只供課堂使用\n"
    (folder / "reading.md").write_text(reading, encoding="utf-8")
    sheets = replace(to_sheets(load_pack(folder), texts(folder)), originals={})
    assert to_files(sheets)["reading.md"].decode() == reading


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


def test_a_mistake_is_told_with_its_cell(workbook: Path) -> None:
    edit(workbook, "摘解", "E2", "P99")
    edit(workbook, "討論題", "A3", "first")  # a blank row above it
    edit(workbook, "討論題", "B3", "開場")
    edit(workbook, "討論題", "E3", "nobody")
    edit(workbook, "討論題", "H3", "你看見什麼？")
    edit(workbook, "測試題", "B2", "誰")
    edit(workbook, "測試題", "C2", "lamb")
    edit(workbook, "教材", "B8", "看心情")
    assert told(workbook) == [
        "工作表「教材」B8（內容）",
        "工作表「摘解」E2（出處）",
        "工作表「討論題」E3（正方）",
        "工作表「測試題」第 2 列",
    ]


def told(workbook: Path) -> list[str]:
    """Return the places of the problems in a workbook."""
    sheets = open_workbook(workbook)
    files = to_files(sheets)
    with pytest.raises(PackError) as caught:
        load_pack(write(workbook.parent / "b", files))
    return [located(p.file, p.line, plain(files[p.file]), sheets) for p in caught.value.problems]


@pytest.mark.parametrize(
    ("sheet", "cell", "value", "hint"),
    [
        ("摘解", "M2", "一段話", "「摘解」M2：不認得這一欄"),
        ("摘解", "A1", "別的", "少了「代號」"),
        ("摘解", "B1", "代號", "兩欄都叫「代號」"),
        ("章節", "A2", "第一", "「章節」A2（從）：「第一」不是段落的數字"),
        ("教材", "A2", "書名", "「教材」A2（項目）：不認得「書名」"),
        ("摘解", "J2", "=1+1", "「摘解」J2 是公式"),
        ("摘解", "C2", datetime(2026, 3, 4, tzinfo=UTC).replace(tzinfo=None), "「摘解」C2 被試算表當成日期"),
        ("討論題", "D2", time(8, 30), "「討論題」D2 被試算表當成日期或時間"),
        ("摘解", "C2", "#REF!", "「摘解」C2 是錯誤值"),
        ("原檔", "B2", "亂寫", "隱藏的工作表「原檔」被改過"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_its_cell(
    workbook: Path, sheet: str, cell: str, value: object, hint: str
) -> None:
    edit(workbook, sheet, cell, value)
    with pytest.raises(SheetError, match=re.escape(hint)):
        to_files(open_workbook(workbook))


def test_merged_cells_are_refused(workbook: Path) -> None:
    book = openpyxl.load_workbook(workbook)
    book["摘解"].merge_cells("K2:K4")
    book.save(workbook)
    with pytest.raises(SheetError, match="「摘解」的 K2:K4 合併了儲存格"):
        open_workbook(workbook)


def test_what_input_methods_and_spreadsheets_change_is_understood(workbook: Path) -> None:
    edit(workbook, "摘解", "A3", "ｓｅａ")
    edit(workbook, "摘解", "B3", "海“邊”")
    edit(workbook, "摘解", "C3", 2024)
    edit(workbook, "摘解", "E3", "Ｐ１、P２")
    edit(workbook, "摘解", "F3", "ｌａｍｐ")
    edit(workbook, "摘解", "J3", "  海邊沒有燈。\r\n ")
    edit(workbook, "測試題", "B2", "哪裡有燈")
    edit(workbook, "測試題", "C2", "lamp＋sea｜lamp")
    pack = load_pack(write(workbook.parent / "b", to_files(open_workbook(workbook))))
    sea = pack.by_slug["sea"]
    assert (sea.title, sea.keywords, sea.paragraphs) == ("海“邊”", ("2024",), (1, 2))
    assert (sea.related, sea.text) == (("lamp",), "海邊沒有燈。")
    assert pack.golden[0].ways == (("lamp", "sea"), ("lamp",))


def test_columns_may_stand_in_another_order(workbook: Path) -> None:
    book = openpyxl.load_workbook(workbook)
    book["摘解"].move_range("A1:A9", cols=20)
    book.save(workbook)
    assert open_workbook(workbook).rows("摘解")[0]["代號"] == "lamp"
    assert (
        to_files(open_workbook(workbook))["snippets.md"]
        == (workbook.parent / "given" / "snippets.md").read_bytes()
    )


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

# What a table does not show is kept where something else was edited.

SNIPPETS = """\ufeff<!-- 給自己的話 -->
# 第一組

這一組先寫。

## 一盞燈 {#lamp}
出處：P1
關鍵字：燈、路燈
<!-- 還要查 -->

鎮上**半夜**還亮著一盞燈。

# 第二組
## 海邊 {#sea}

海邊沒有燈。
## 山上 {#hill}
Keywords: 山

山上也沒有。
"""
GOLDEN = """# 必答題

先問這些。

## 直接問

- 哪裡有燈 -> lamp
* 海邊有燈嗎 -> sea | lamp
<!-- 這題很難 -->

# 留給以後

## 不該回答
- 你好 -> 無
"""
HEAD = "# 題\n段落：2\n授權：丙\n\n## 章節\n說明一下。\n\n- P1 開頭\n- P2 結尾\n\n<!-- 未完 -->\n"


@pytest.fixture
def noted(tmp_path: Path) -> Path:
    """A pack with all that no cell shows: notes, plain headings, other spellings, line ends of Windows."""
    files = {
        "pack.md": HEAD,
        "snippets.md": SNIPPETS,
        "golden.md": GOLDEN,
    }
    return write(tmp_path / "noted", {n: text.replace("\n", "\r\n") for n, text in files.items()})


def edited(folder: Path, *cells: tuple[str, str, object]) -> dict[str, list[str]]:
    """Return by file what a diff shows after these cells were edited in a spreadsheet."""
    save_workbook(to_sheets(load_pack(folder), texts(folder)), folder / "pack.xlsx")
    for cell in cells:
        edit(folder / "pack.xlsx", *cell)
    after = to_files(open_workbook(folder / "pack.xlsx"))
    load_pack(write(folder.parent / "back", after))
    return {
        name: [
            line
            for line in ndiff(
                raw.decode().splitlines(keepends=True), after[name].decode().splitlines(keepends=True)
            )
            if line[0] in "+-"
        ]
        for name, raw in texts(folder).items()
        if raw != after[name]
    }


def test_a_pack_with_notes_of_all_kinds_comes_back_byte_for_byte(noted: Path) -> None:
    assert edited(noted) == {}


def test_one_edited_cell_changes_one_line(noted: Path) -> None:
    assert edited(noted, ("摘解", "C2", "燈、街燈")) == {
        "snippets.md": ["- 關鍵字：燈、路燈\r\n", "+ 關鍵詞：燈、街燈\r\n"]
    }


def test_cells_that_were_empty_or_are_now_become_lines_or_go(noted: Path) -> None:
    assert edited(noted, ("摘解", "H3", "The sea."), ("摘解", "C4", None)) == {
        "snippets.md": ["+ English: The sea.\r\n", "- Keywords: 山\r\n"]
    }


def test_an_edited_text_leaves_the_other_entries_alone(noted: Path) -> None:
    assert edited(noted, ("摘解", "J3", "海邊一片黑。")) == {
        "snippets.md": ["- 海邊沒有燈。\r\n", "+ 海邊一片黑。\r\n", "+ \r\n"]
    }


def test_an_edited_title_and_slug_change_the_heading(noted: Path) -> None:
    assert edited(noted, ("摘解", "A4", "peak"), ("摘解", "K2", "頭一組"))["snippets.md"][-2:] == [
        "- ## 山上 {#hill}\r\n",
        "+ ## 山上 {#peak}\r\n",
    ]


def test_a_new_row_becomes_a_new_entry(noted: Path) -> None:
    cells = [("摘解", "B5", "谷地"), ("摘解", "J5", "谷地起霧。")]
    assert edited(noted, *cells)["snippets.md"] == [
        *("+ \r\n", "+ ## 谷地\r\n", "+ \r\n", "+ 谷地起霧。\r\n"),
    ]


def test_golden_questions_change_where_they_stand(noted: Path) -> None:
    cells = [
        ("測試題", "B2", "燈在哪裡"),
        ("測試題", "A5", "不該回答"),
        ("測試題", "B5", "幾點了"),
        ("測試題", "C5", "無"),
    ]
    assert edited(noted, *cells) == {
        "golden.md": [
            "- - 哪裡有燈 -> lamp\r\n",
            "+ - 燈在哪裡 -> lamp\r\n",
            "+ - 幾點了 -> 無\r\n",
        ]
    }


def test_particulars_and_sections_change_where_they_stand(noted: Path) -> None:
    cells = [("教材", "B3", "某人"), ("教材", "B4", "某報"), ("章節", "C3", "尾聲")]
    assert edited(noted, *cells) == {
        "pack.md": [
            "+ 作者：某人\r\n",
            "+ 來源：某報\r\n",
            "- - P2 結尾\r\n",
            "+ - P2 尾聲\r\n",
        ]
    }


def test_rows_in_another_order_are_entries_in_another_order(noted: Path) -> None:
    save_workbook(to_sheets(load_pack(noted), texts(noted)), noted / "pack.xlsx")
    book = openpyxl.load_workbook(noted / "pack.xlsx")
    sheet = book["摘解"]
    first, last = ([cell.value for cell in sheet[number]] for number in (2, 4))
    for at, (here, there) in enumerate(zip(last, first, strict=True), 1):
        sheet.cell(2, at).value, sheet.cell(4, at).value = here, there
    book.save(noted / "pack.xlsx")
    back = to_files(open_workbook(noted / "pack.xlsx"))
    after = load_pack(write(noted.parent / "back", back))
    assert [item.slug for item in after.snippets] == ["hill", "sea", "lamp"]
    assert "**半夜**" in back["snippets.md"].decode()
    assert "給自己的話" in back["snippets.md"].decode()


edits = st.tuples(
    st.sampled_from(("摘解", "討論題", "測試題", "教材")),
    st.sampled_from(("edit", "remove", "add", "swap")),
    *(st.integers(0, 9), st.integers(0, 12), text),
)


def redone(sheets: Sheets, edit: tuple[str, str, int, int, str]) -> Sheets:
    """Return the tables after one edit of a row or a cell."""
    name, act, at, column, value = edit
    rows = list(sheets.rows(name))
    if not rows:
        return sheets
    at, columns = at % len(rows), list(rows[0])
    if act == "remove" and name != "教材":
        rows.pop(at)
    elif act == "add" and name != "教材":
        rows.insert(
            at, dict.fromkeys(columns, "") | {"標題": value, "內文": value, "問題": value, "代號": "lamp"}
        )
        rows[at] = {key: rows[at][key] for key in columns}
    elif act == "swap":
        rows.insert(0, rows.pop(at))
    else:
        rows[at] = {**rows[at], columns[-1 if name == "教材" else column % len(columns)]: tidy(value)}
    return replace(sheets, tables={**sheets.tables, name: Table(tuple(rows))})


def read_or_problems(folder: Path, files: Mapping[str, bytes]) -> Pack | set[str]:
    """Return the pack of these files, or what is said to be wrong with them."""
    try:
        return without_lines(load_pack(write(folder, files)))
    except PackError as error:
        return {re.sub(r"line \d+|第 \d+ 行", "", problem.message) for problem in error.problems}


@settings(max_examples=40, deadline=None)
@given(st.lists(edits, min_size=1, max_size=3))
def test_whatever_is_edited_the_files_say_what_the_rows_say(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[str, str, int, int, str]]
) -> None:
    scratch = tmp_path_factory.mktemp("edited")
    asked = "<!-- 備課 -->\n# 上半場\n## 開燈嗎 {#open}\n階段：立場\n正方：lamp\n\n**該**開燈嗎？\n"
    files = {"pack.md": HEAD, "snippets.md": SNIPPETS, "golden.md": GOLDEN, "discussion.md": asked}
    folder = write(scratch / "given", files)
    sheets = to_sheets(load_pack(folder), texts(folder))
    for change in changes:
        sheets = redone(sheets, change)
    kept, anew = to_files(sheets), to_files(replace(sheets, originals={}))
    assert read_or_problems(scratch / "x", kept) == read_or_problems(scratch / "y" / "x", anew)


def test_an_edited_paragraph_changes_its_line_only(tmp_path: Path) -> None:
    reading = "# 題\n\n說明。\n\n## 開頭\n\n[P1] 一。\n\n[P2] 二。\n\n> 註\n"
    folder = write(
        tmp_path / "included",
        {
            "pack.md": "# 題\n段落：2\n授權：丙\n全文：收錄\n",
            "snippets.md": "## 燈\n\n文\n",
            "reading.md": reading,
        },
    )
    assert edited(folder, ("全文", "B3", "第二。")) == {"reading.md": ["- [P2] 二。\n", "+ [P2] 第二。\n"]}


def test_a_reading_that_is_not_included_does_not_travel(tmp_path: Path) -> None:
    folder = small(tmp_path / "x")
    (folder / "reading.md").write_text("[P1] 原文\n\n[P2] 原文\n", encoding="utf-8")
    sheets = to_sheets(load_pack(folder), texts(folder))
    assert "reading.md" not in sheets.originals
    assert "reading.md" not in to_files(sheets)


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


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
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
    cells = replace(to_sheets(pack, texts(folder)), originals={})
    save_workbook(cells, scratch / "pack.xlsx")
    back = write(scratch / "back" / "given", to_files(open_workbook(scratch / "pack.xlsx")))
    assert without_lines(load_pack(back)) == without_lines(pack)
