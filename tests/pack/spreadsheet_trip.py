"""Packs that go through a spreadsheet and back, for the tests of that."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import openpyxl  # type: ignore[import-untyped]
from hypothesis import strategies as st

from bot.pack.load import load_pack
from bot.pack.model import Pack, Section, Snippet
from bot.pack.render import SNIPPET_KEYS, EntryContext, head_row, render_entries, render_head, snippet_row
from bot.pack.spreadsheet import to_files, to_sheets
from bot.pack.workbook import open_workbook, save_workbook

# Everything that Markdown, key lines, lists and spreadsheets give a meaning to.
_WORDS = r"""
    夜 燈 比較 P1 a B 1 。 ， 、 ； ; : ： - # * ** _ ` ``` ~~~ [x] ( ) ! \ | > <b> &amp; & = + @ --- *** ' "
    「 」 《 》 “ ” 😀 _x000D_ {#x} -> 出處： 狀態：草稿 無 http://x.y <http://x.y> <!-- -->
""".split()  # noqa: SIM905  read as words
_WITH_BLANKS = (" ", "  ", "\n", "\n\n", "\t", "- ", "• ", "## ", "1. ", "1) ", "[x]: y")
text = st.lists(st.sampled_from((*_WORDS, *_WITH_BLANKS)), max_size=8).map("".join)

# A pack with all that no cell shows: notes, plain headings, other spellings.
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
            "snippets.md": render_entries([snippet_row(snippet, EntryContext())], SNIPPET_KEYS),
        },
    )


def edit(path: Path, sheet: str, cell: str, value: object) -> None:
    book = openpyxl.load_workbook(path)
    book[sheet][cell] = value
    book.save(path)
