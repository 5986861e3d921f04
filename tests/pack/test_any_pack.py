"""Any text file gives a pack or a list of problems with lines, never a traceback."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.pack.checks.check_pack import check_pack
from bot.pack.checks.findings import FORMATS
from bot.pack.load import load_pack
from bot.pack.model import Pack
from bot.pack.problems import FILES, PackError
from bot.pack.spreadsheet import to_files, to_sheets
from bot.pack.workbook import open_workbook, save_workbook

PIECES = (
    *(
        "# 題\n",
        "段落：3\n",
        "全文：收錄\n",
        "[P1] 一段\n",
        "[P2]",
        "## 標題\n",
        "## 標題 {#a}\n",
        "{#A b}",
        "關鍵詞：夜、燈\n",
    ),
    *(
        "出處：P1\n",
        "出處：P2-P9 甲\n",
        "出處：Q\n",
        "相關：a\n",
        "狀態：草稿\n",
        "狀態：好\n",
        "階段：立場\n",
        "時間：很久\n",
    ),
    *(
        "- 問 -> a\n",
        "- 問 -> 無\n",
        "- P1-P2 節\n",
        "- P3-P1 反\n",
        "\n",
        "\n\n",
        "內文。",
        "：",
        ":",
        "<!--",
        "-->",
        "```\n",
    ),
    *(
        "|a|\n",
        "> 註\n",
        "1. 項\n",
        "***\n",
        "\\",
        "[x]: y\n",
        "&amp;",
        "\x00",
        "\ufeff",
        "\u2028",
        "\ud800",
        "😀",
        "    碼\n",
    ),
)
text = st.one_of(st.lists(st.sampled_from(PIECES), max_size=14).map("".join), st.text(max_size=60))
packs = st.dictionaries(st.sampled_from(FILES), text, max_size=5)


def lay(folder: Path, files: dict[str, str]) -> Path:
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content.encode("utf-8", "surrogatepass"))
    return folder


@settings(max_examples=200, deadline=None)
@given(packs)
def test_any_files_give_a_pack_or_problems_with_lines(
    tmp_path_factory: pytest.TempPathFactory, files: dict[str, str]
) -> None:
    folder = lay(tmp_path_factory.mktemp("any") / "any", files)
    try:
        pack: Pack | None = load_pack(folder)
    except PackError as error:
        pack = None
        problems = error.problems
    else:
        problems = ()
    assert (pack is None) == bool(problems)
    for problem in problems:
        lines = files.get(problem.file, "").replace("\r", "\n").count("\n") + 1
        assert 0 <= problem.line <= lines
        assert problem.message
        assert problem.mend


CODECS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "big5", "gb18030")
encoded = st.builds(
    lambda said, codec, ends: said.replace("\n", ends).encode(codec, "replace"),
    *(text, st.sampled_from(CODECS), st.sampled_from(("\n", "\r\n", "\r"))),
)
raws = st.dictionaries(st.sampled_from(FILES), st.one_of(encoded, st.binary(max_size=60)), max_size=5)


@settings(max_examples=150, deadline=None)
@given(raws)
def test_any_bytes_give_a_pack_or_problems(
    tmp_path_factory: pytest.TempPathFactory, files: dict[str, bytes]
) -> None:
    folder = tmp_path_factory.mktemp("any") / "any"
    folder.mkdir()
    for name, raw in files.items():
        (folder / name).write_bytes(raw)
    try:
        load_pack(folder)
    except PackError as error:
        for problem in error.problems:
            raw = files.get(problem.file, b"")
            assert 0 <= problem.line <= raw.count(b"\n") + raw.count(b"\r") + 1
    assert all(finding.mend for finding in check_pack(folder))


@settings(max_examples=100, deadline=None)
@given(packs)
def test_any_files_can_be_checked_and_told_in_every_format(
    tmp_path_factory: pytest.TempPathFactory, files: dict[str, str]
) -> None:
    folder = lay(tmp_path_factory.mktemp("any") / "any", files)
    findings = check_pack(folder, ("一段內文。",))
    for shape in FORMATS.values():
        assert "".join(shape({folder: findings})) or not findings


@settings(max_examples=60, deadline=None)
@given(head=text, snippets=text, asked=text, golden=text, reading=text)
def test_whatever_is_a_pack_comes_back_from_a_spreadsheet_byte_for_byte(  # noqa: PLR0913, PLR0917  its files
    tmp_path_factory: pytest.TempPathFactory, head: str, snippets: str, asked: str, golden: str, reading: str
) -> None:
    files = {
        "pack.md": f"# 題\n段落：3\n\n{head}",
        "snippets.md": f"## 甲 {{#z}}\n\n文\n\n{snippets}",
        "discussion.md": asked,
        "golden.md": golden,
        "reading.md": f"[P1] 一\n\n[P2] 二\n\n[P3] 三\n\n{reading}",
    }
    scratch = tmp_path_factory.mktemp("any")
    folder = lay(scratch / "any", files)
    try:
        pack = load_pack(folder)
    except PackError:
        return
    given = {name: (folder / name).read_bytes() for name in files}
    save_workbook(to_sheets(pack, given), scratch / "any.xlsx")
    if not pack.paragraphs:
        del given["reading.md"]  # it stays where it is
    assert to_files(open_workbook(scratch / "any.xlsx")) == given
