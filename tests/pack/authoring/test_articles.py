from collections.abc import Sequence
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, FloatObject, NameObject

from bot.pack.authoring.articles import OPENERS, ArticleError, open_article
from bot.pack.authoring.articles.text_file import unwrap
from bot.text.encodings import UnknownEncodingError, decode

PAGE = """<!doctype html><html><head><meta charset="utf-8"><title>夜裡的圖書館 - 某站</title></head><body>
<nav><a href="/">首頁</a><a href="/news">新聞</a></nav>
<article><h1>夜裡的圖書館</h1>
<p>圖書館在晚上十點以後還亮著燈，鎮上的人對這件事爭論了兩年。</p>
<h2>誰需要夜裡的燈</h2>
<p>夜班護理師說，她下班以後沒有別的地方可去，所以她希望燈一直亮著。</p></article>
<footer>版權所有 某站</footer><script>var hidden = 1;</script></body></html>"""


def pdf(lines: Sequence[str]) -> bytes:
    """Return a one-page PDF that shows the lines, a glyph for each character and a table back to Unicode."""
    chars = sorted(set("".join(lines)))
    code = {char: number for number, char in enumerate(chars, 1)}
    table = "\n".join(f"<{code[c]:04x}> <{c.encode('utf-16-be').hex()}>" for c in chars)
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def\n"
        "1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        f"{len(chars)} beginbfchar\n{table}\nendbfchar endcmap end end"
    )
    writer = PdfWriter()
    page = writer.add_blank_page(width=600, height=800)
    to_unicode = DecodedStreamObject()
    to_unicode.set_data(cmap.encode())
    name = NameObject
    below = DictionaryObject(
        {name("/Type"): name("/Font"), name("/Subtype"): name("/CIDFontType2"), name("/BaseFont"): name("/X")}
    )
    font = DictionaryObject(
        {
            name("/Type"): name("/Font"),
            name("/Subtype"): name("/Type0"),
            name("/BaseFont"): name("/X"),
            name("/Encoding"): name("/Identity-H"),
            name("/DescendantFonts"): ArrayObject([writer._add_object(below)]),
            name("/ToUnicode"): writer._add_object(to_unicode),
        }
    )
    shown = " ".join(f"<{''.join(f'{code[c]:04x}' for c in line)}> Tj 0 -20 Td" for line in lines)
    content = DecodedStreamObject()
    content.set_data(f"BT /F1 12 Tf 50 750 Td {shown} ET".encode())
    fonts = DictionaryObject({name("/F1"): writer._add_object(font)})
    page[name("/Resources")] = DictionaryObject({name("/Font"): fonts})
    page[name("/Contents")] = writer._add_object(content)
    page[name("/MediaBox")] = ArrayObject(FloatObject(n) for n in (0, 0, 600, 800))
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_web_page_gives_its_text_without_menus(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(PAGE, encoding="utf-8")
    article = open_article(path)
    assert article.title == "夜裡的圖書館"
    assert "## 誰需要夜裡的燈" in article.text
    assert "\n\n夜班護理師說" in article.text
    assert "首頁" not in article.text
    assert "hidden" not in article.text


def test_a_page_in_big5_is_read(tmp_path: Path) -> None:
    path = tmp_path / "page.htm"
    path.write_bytes(PAGE.replace("utf-8", "big5").encode("big5"))
    assert "夜班護理師說" in open_article(path).text


def test_the_author_is_found_in_the_head_of_a_page(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(PAGE.replace("<title>", '<meta name="author" content="葉老師"><title>'), encoding="utf-8")
    assert open_article(path).author == "葉老師"


def test_a_word_document_keeps_its_headings_and_tables(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("夜裡的圖書館", 0)
    document.add_paragraph("第一段。")
    document.add_heading("誰需要燈", 1)
    document.add_paragraph("第二段。")
    document.core_properties.author = "葉老師"
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(
        (cell for row in table.rows for cell in row.cells), ("年", "人數", "2015", "兩萬"), strict=True
    ):
        cell.text = text
    document.save(str(tmp_path / "a.docx"))
    article = open_article(tmp_path / "a.docx")
    assert article.text == "# 夜裡的圖書館\n\n第一段。\n\n## 誰需要燈\n\n第二段。\n\n年｜人數\n\n2015｜兩萬"
    assert article.author == "葉老師"


def test_a_pdf_gives_whole_paragraphs_without_page_numbers(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(
        pdf(
            [
                "圖書館在晚上十點以後還亮著燈，鎮上的人",
                "對這件事爭論了兩年，到現在還沒有停。",
                "夜班護理師說，她下班以後沒有別的地方可",
                "去。",
                "- 3 -",
            ]
        )
    )
    assert open_article(path).text.split("\n\n") == [
        "圖書館在晚上十點以後還亮著燈，鎮上的人對這件事爭論了兩年，到現在還沒有停。夜班護理師說，她下班以後沒有別的地方可去。"
    ]


def test_a_short_line_ends_a_paragraph() -> None:
    assert unwrap("一二三四五六七八九十\n一二三四。\n甲乙丙丁戊己庚辛壬癸\n子丑。") == (
        "一二三四五六七八九十一二三四。\n\n甲乙丙丁戊己庚辛壬癸子丑。"
    )


def test_english_words_keep_a_space_where_a_line_was_broken() -> None:
    assert unwrap("The quick brown fox\njumps over the lazy.") == "The quick brown fox jumps over the lazy."


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "big5"])
def test_text_files_are_read_in_the_encoding_they_are_in(tmp_path: Path, codec: str) -> None:
    path = tmp_path / "a.txt"
    text = "圖書館在晚上是開著的，我們都不知道這件事。"
    path.write_bytes(text.encode(codec))
    assert open_article(path).text == text


@pytest.mark.parametrize("address", ["https://example.org/a", "http://x.y", "www.example.org/a.html"])
def test_an_address_is_refused_with_what_to_do(address: str) -> None:
    with pytest.raises(ArticleError, match="另存成"):
        open_article(address)


@pytest.mark.parametrize("name", ["a.pages", "a", "a.exe"])
def test_an_unknown_kind_of_file_is_refused_with_the_kinds_that_are_read(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"x")
    with pytest.raises(ArticleError, match="docx"):
        open_article(tmp_path / name)


def test_a_file_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(ArticleError, match="打不開"):
        open_article(tmp_path / "none.txt")


@pytest.mark.parametrize("kind", [".docx", ".pdf"])
def test_a_damaged_document_is_said_so(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"a{kind}"
    path.write_bytes(b"PK\x03\x04 this is not what it says")
    with pytest.raises(ArticleError, match="壞了"):
        open_article(path)


@pytest.mark.parametrize("kind", [".txt", ".html"])
def test_an_empty_file_is_said_so(tmp_path: Path, kind: str) -> None:
    (tmp_path / f"a{kind}").write_text("  \n")
    with pytest.raises(ArticleError, match="沒有文字"):
        open_article(tmp_path / f"a{kind}")


@given(st.binary(max_size=300), st.sampled_from(sorted(OPENERS)))
def test_any_bytes_give_a_text_or_a_reason(
    tmp_path_factory: pytest.TempPathFactory, raw: bytes, kind: str
) -> None:
    path = tmp_path_factory.mktemp("any") / f"a{kind}"
    path.write_bytes(raw)
    with suppress(ArticleError):
        assert open_article(path).text.strip()


@given(st.binary(max_size=100))
def test_any_bytes_decode_or_are_refused(raw: bytes) -> None:
    with suppress(UnknownEncodingError):
        assert decode(raw) or not raw.lstrip(b"\xef\xbb\xbf\xff\xfe")
