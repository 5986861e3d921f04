# ruff: noqa: E501  files stand here as they are
"""What teachers have besides web pages: Markdown, wrapped text, Word, OpenDocument, garbled files."""

from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import pytest
from docx.oxml import parse_xml

from bot.pack.authoring.articles import ArticleError, open_article
from bot.pack.authoring.articles.text_file import join_lines, plain_markdown
from bot.pack.authoring.articles.word_file import read_docx
from bot.pack.authoring.draft import PackDraft, draft

NOTES = """# 老街的鐘樓該不該拆

原文：THE CLOCK TOWER

| 作者：何某某
| 譯者：Lin A.-B.

***

鐘樓蓋好的那一年[^1]，鎮上只有**兩口**井；看管鐘樓的老先生說：「它慢了七分鐘，可是全鎮的人都跟著它慢。」

**修理要多少錢**

鎮公所估計要 240 萬元（見[招標公告](https://example.org/a_(b)?id=3)）。*反對的人*都到場了。
![鐘樓](tower.jpg)

> 也有人問，為什麼一定要準。

| 年 | 遊客 |
|----|------|
| 2024 | 3100 |

[公告]: https://example.org/notice
[^1]: Ho C, Wu D. 鐘樓口述史。 https://example.org/doi/1
"""
WRAPPED = """陋巷記
　　巷子在車站後面，早上沒有太陽，下午也只有
半個鐘頭；住在裡面的人說，光線和房租一樣，
都是要等的。
　　我第一次走進去是為了找一家修傘的店，店沒
有招牌，門口放著一把打開的黑傘，像一隻
停著不飛的鳥。
"""


def opened(folder: Path, name: str, content: str | bytes) -> PackDraft:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return draft(open_article(path), "any")


def test_markdown_gives_its_text_without_its_marks(tmp_path: Path) -> None:
    made = opened(tmp_path, "a.md", NOTES)
    assert made.reading.paragraphs == (
        "鐘樓蓋好的那一年，鎮上只有兩口井；看管鐘樓的老先生說：「它慢了七分鐘，可是全鎮的人都跟著它慢。」",
        "鎮公所估計要 240 萬元（見招標公告）。反對的人都到場了。",
        "也有人問，為什麼一定要準。",
        "年｜遊客",
        "2024｜3100",
    )
    assert [section.title for section in made.reading.sections] == ["開頭", "修理要多少錢"]
    assert made.headings == 1
    assert "作者：何某某（譯者：Lin A.-B.）" in made.files["pack.md"]
    assert made.reading.notes == (
        *("註 1：Ho C, Wu D. 鐘樓口述史。 https://example.org/doi/1", "原文：THE CLOCK TOWER"),
        *("作者：何某某", "譯者：Lin A.-B."),
    )


def test_a_yaml_head_and_underlined_headings_are_understood() -> None:
    made = plain_markdown(
        '---\ntitle: "井"\nauthor: 何某某\ntags: [a]\n---\n\n井邊\n===\n\n話很多。\n\n---\n'
    )
    assert (made.title, made.author) == ("井", "何某某")
    assert made.text.split() == ["#", "井邊", "話很多。"]


def test_lines_that_go_on_without_an_indent_belong_to_the_paragraph_above(tmp_path: Path) -> None:
    made = opened(tmp_path, "a.txt", WRAPPED)
    assert made.reading.title == "陋巷記"
    first, second = made.reading.paragraphs
    assert (
        first
        == "巷子在車站後面，早上沒有太陽，下午也只有半個鐘頭；住在裡面的人說，光線和房租一樣，都是要等的。"
    )
    assert second.endswith("門口放著一把打開的黑傘，像一隻停著不飛的鳥。")
    assert not made.reading.sections


def test_wrapped_english_is_joined_and_broken_words_are_whole_again() -> None:
    text = (
        "The ferry had run for ninety years when the coun-\ncil found that nobody paid for it any more, and that\n"
        "a well-\nknown captain had been working without wages\nsince the spring.\n\nThat was the beginning of the quarrel in which every\nfamily took a side."
    )
    first, second = join_lines(text).split("\n\n")
    assert first.startswith("The ferry had run for ninety years when the council found")
    assert "a well-known captain had been" in first
    assert second.endswith("in which every family took a side.")


@pytest.mark.parametrize(
    "text",
    [
        "床前明月光\n疑是地上霜\n舉頭望明月\n低頭思故鄉",
        "第一段說完了，很長很長很長很長很長。\n第二段也說完了，一樣長長長長長長。\n第三段。\n第四段也是這樣結束的，沒有別的意思。",
    ],
)
def test_verse_and_a_paragraph_a_line_stay_as_they_are(text: str) -> None:
    assert join_lines(text) == text


def test_ligatures_are_letters_again(tmp_path: Path) -> None:
    made = opened(
        tmp_path, "a.txt", "The eﬃcient oﬃce ﬁlled the ﬂoor with paper.\nIt was never read again by anybody."
    )
    assert made.reading.paragraphs[0] == "The efficient office filled the floor with paper."


def test_a_heading_may_ask_and_a_line_of_the_text_may_too(tmp_path: Path) -> None:
    long = "鎮上的人為了這件事吵了三年，開過十一次會，每一次都有人說這是最後一次，可是沒有一次真的是。"
    made = opened(
        tmp_path,
        "a.txt",
        f"題目\n\n{long}\n\n錢從哪裡來？\n\n{long}\n\n真的嗎？\n\n{long}\n\n沒有人回答\n\n{long}\n",
    )
    assert [section.title for section in made.reading.sections] == ["開頭", "錢從哪裡來？", "沒有人回答"]
    assert "真的嗎？" in made.reading.paragraphs


def test_captions_are_no_paragraphs(tmp_path: Path) -> None:
    made = opened(
        tmp_path,
        "a.txt",
        "題目在這裡\n第一段在這裡，說完了。\n▲清晨的碼頭。（圖／何某某攝）\n圖1：碼頭的平面圖\n第二段在這裡，說完了。\n",
    )
    assert len(made.reading.paragraphs) == 2
    assert not made.reading.sections


def test_what_a_word_file_cannot_bring_along_is_counted_and_named(tmp_path: Path) -> None:
    document = docx.Document()
    for line in (
        "海線大學社會學系",
        "課程：地方研究",
        "期末報告",
        "誰的碼頭：一次公聽會的觀察",
        "學生：何小海",
        "學號：B10203",
        "中華民國113年6月",
    ):
        document.add_paragraph(line)
    document.add_paragraph("碼頭的等候時間可以寫成一個式子，其中每一艘船的等候是").add_run()._r.append(
        parse_xml(f"<m:oMath xmlns:m='{MATH}'><m:r><m:t>w</m:t></m:r></m:oMath>")
    )
    bold = document.add_paragraph()
    bold.add_run("誰在等").bold = True
    document.add_paragraph("漁船等的是潮水，人等的是決定。")
    document.save(str(tmp_path / "a.docx"))
    article = open_article(tmp_path / "a.docx")
    assert (article.title, article.author) == ("誰的碼頭：一次公聽會的觀察", "何小海")
    assert article.text.strip().split("\n\n") == [
        "碼頭的等候時間可以寫成一個式子，其中每一艘船的等候是〔公式〕",
        "## 誰在等",
        "漁船等的是潮水，人等的是決定。",
    ]
    (warning,) = article.warnings
    assert "1 個公式" in warning
    assert "每一艘船的等候是" in warning


MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
ODT = """<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><office:body><office:text>
<text:p text:style-name="Title">碼頭</text:p><text:h text:outline-level="1">早上</text:h><text:p>船<text:s/>進港了<text:note><text:note-citation>1</text:note-citation>
<text:note-body><text:p>據漁會。</text:p></text:note-body></text:note>，人還沒有醒。</text:p>
<table:table><table:table-row><table:table-cell><text:p>年</text:p></table:table-cell><table:table-cell><text:p>船</text:p></table:table-cell></table:table-row></table:table>
</office:text></office:body></office:document-content>"""
META = """<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/">
<office:meta><dc:creator>何小海</dc:creator></office:meta></office:document-meta>"""


def test_an_open_document_is_read(tmp_path: Path) -> None:
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        archive.writestr("content.xml", ODT)
        archive.writestr("meta.xml", META)
    (tmp_path / "a.odt").write_bytes(packed.getvalue())
    article = open_article(tmp_path / "a.odt")
    assert article.text == "# 碼頭\n\n## 早上\n\n船 進港了，人還沒有醒。\n\n年｜船"
    assert (article.author, article.notes) == ("何小海", ("註 1：據漁會。",))
    assert "1 則註腳" in article.warnings[0]


@pytest.mark.parametrize(
    ("name", "how"),
    [
        ("a.doc", "另存成 .docx"),
        ("a.rtf", "另存成 .docx"),
        ("a.epub", "貼進 .txt"),
        ("a.jpg", "文字辨識"),
        ("a.mhtml", ".html"),
    ],
)
def test_kinds_that_are_not_read_are_refused_with_what_to_do(tmp_path: Path, name: str, how: str) -> None:
    (tmp_path / name).write_bytes(b"x")
    with pytest.raises(ArticleError, match=how):
        open_article(tmp_path / name)


SAID = "我們在課堂上讀過這篇文章，大家都有不同的看法，有人說花只是花，有人說他寫的其實是人。"
EUC_TW = "e3f8eed5eba9d1d2c4a1eeb2ecd1cfc4cefbc5c6ddfda1a2c9a2cfafeba9c5ecdeb2dec5fbe3cefbd1d2eed5cfc4a1a2c7ded2b3eed5cfc4dab7cec7e6d3cfdbc5f8cbf4d0b3c4e2fca8a1a4cabcd4afc7e3eefbd9d8c4b8fbf4e7b4ddd5eeb2c5c6ddfda1a2c4cbd5a5dde7c8b4c4e2c7d1cefbd2e0cecea1a4"


@pytest.mark.parametrize(
    "raw",
    [
        bytes.fromhex(EUC_TW),
        SAID.encode().decode("latin-1").encode(),
        SAID.encode().decode("gb18030", "replace").encode(),
        SAID.encode("gb18030").decode("big5", "ignore").encode(),
        "東京の港では、朝の四時から市場が開き、漁師たちが魚を運んでいる。".encode("shift_jis") * 3,
    ],
)
def test_garbled_text_is_refused(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / "a.txt").write_bytes(raw)
    with pytest.raises(ArticleError, match=r"亂碼|不是文字檔"):
        open_article(tmp_path / "a.txt")


@pytest.mark.parametrize(
    "text",
    [SAID, "魑魅魍魎，莫能逢之。" * 4 + "用能協于上下，以承天休。", "関於這件事，他說 naïve café 也可以。"],
)
def test_rare_words_alone_are_not_garbled(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    assert open_article(tmp_path / "a.txt").text == text


def test_a_word_file_that_would_fill_the_memory_is_refused_before_it_is_parsed() -> None:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<w:p/>" * 1_000_000)
    with pytest.raises(ArticleError, match="or save as"):
        read_docx(file.getvalue())


@pytest.mark.parametrize("text", ["字" * 300_001, "字\n" * 6_002])
def test_more_than_a_book_is_refused_in_a_sentence(tmp_path: Path, text: str) -> None:
    path = tmp_path / "long.txt"
    path.write_text(text)
    with pytest.raises(ArticleError, match="keep only the chapters"):
        open_article(path)
