import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answering.engine import Engine
from bot.pack.authoring.articles import Article, open_article
from bot.pack.authoring.draft import draft, write_draft
from bot.pack.authoring.paragraphs import number_paragraphs
from bot.pack.authoring.proposals import propose
from bot.pack.checks.check_pack import check_pack
from bot.pack.checks.findings import Severity
from bot.pack.load import load_pack
from bot.pack.model import PHASES, Section

RAW = """夜裡的圖(tú)書(shū)館該不該開門
去年冬天，鎮(zhèn)上的圖書館試著開到半夜，平均一晚有47人。館長吳明珠(Wu Mingzhu)把它叫作「夜間客廳」。

沒有地方去的人
誰在半夜看書
夜班護理師安娜·彼得洛娃說，她在《夜航》裡讀到一句話：“燈亮著，就有人等你”。XR(擴展現實)體驗區也開著。
鎮長陳立文說電費一年多了30萬元，圖書館的夜間服務應該由誰付錢，鎮上爭論了兩年?!?/p>
圖書館的夜間服務讓學生有地方讀書，夜間服務的電費卻由全鎮的人分攤，沖擊了別的預算。
免責聲明：本文係轉載。
"""


def test_an_article_is_numbered_with_its_title_sections_and_notes() -> None:
    made = draft(Article(RAW), "night-library")
    assert made.reading.title == "夜裡的圖書館該不該開門"
    assert len(made.reading.paragraphs) == 4
    assert made.reading.sections == (
        Section("開頭", 1, 1),
        Section("沒有地方去的人 — 誰在半夜看書", 2, 4),
    )
    assert made.reading.notes == ("免責聲明：本文係轉載。",)


def test_a_raw_article_becomes_a_pack_with_only_stubs_left_to_write(tmp_path: Path) -> None:
    folder = tmp_path / "night-library"
    write_draft(draft(Article(RAW), folder.name), folder)
    found = check_pack(folder)
    assert not [finding for finding in found if finding.level is Severity.ERROR]
    assert "drafts" in {finding.check for finding in found}
    assert "reading-broken" in {finding.check for finding in found}
    pack = load_pack(folder)
    assert pack.snippets
    assert all(snippet.draft and not snippet.text for snippet in pack.snippets)


def test_a_stub_is_never_answered_from(tmp_path: Path) -> None:
    folder = tmp_path / "night-library"
    write_draft(draft(Article(RAW), folder.name), folder)
    engine = Engine(load_pack(folder))
    for question in ("吳明珠是誰", "夜間客廳", "第1段的重點"):
        answer = engine.answer(question)
        assert not answer.answered
        assert not answer.snippets
        assert not answer.suggestions


def test_every_paragraph_has_a_stub_with_its_text_to_write_from() -> None:
    made = draft(Article(RAW), "night-library")
    covered = {number for snippet in made.snippets for number in snippet.paragraphs}
    assert covered == {1, 2, 3, 4}
    for paragraph in made.reading.paragraphs:
        assert f"] {paragraph}" in made.files["snippets.md"]


@pytest.mark.parametrize(
    ("kind", "text", "also"),
    [
        ("work", "夜航", ""),
        ("quote", "夜間客廳", ""),
        ("person", "吳明珠", "Wu Mingzhu"),
        ("person", "安娜·彼得洛娃", "彼得洛娃"),
        ("person", "陳立文", ""),
        ("latin", "XR", "擴展現實"),
        ("number", "30萬元", ""),
        ("number", "47人", ""),
        ("term", "夜間服務", ""),
    ],
)
def test_what_may_be_asked_about_is_proposed(kind: str, text: str, also: str) -> None:
    found = {(item.kind, item.text): item for item in propose(draft(Article(RAW), "x").reading.paragraphs)}
    assert (kind, text) in found
    assert also in {*found[kind, text].keywords, ""}


ARTICLES = Path(__file__).parent / "articles"
SENSIBLE = {  # of each article what a class will ask about, and what would only be in the teacher's way
    "news.txt": (
        "許金水 林育德 江宜庭 漁村勞動力調查 線上拍賣系統 看不見的甲板 勞動基準法 2萬1千人 漁工 漁業署",
        "鬼頭 燈亮 筆價 漁業 系統 手機 2萬",
    ),
    "essay.md": ("說故事的人 母親 大姨 收信人 訊息 美德", "日色 壞處 龍眼 菜價 長途電話"),
    "abstract.txt": (
        "論證層次量表 匿名 準實驗 心理安全感 討論品質 社會性懈怠 社會臨場感理論 214名 31%",
        "萬靈丹 social loafing presence theory kappa 通識 設計 學生",
    ),
    "english.txt": (
        "Quiet_Rooms Marta_Oyelaran Borrowed_Silence Simone_Weil 62% $18,000 Journal_of_Urban_Acoustics",
        "The In that something their with people Since_March",
    ),
    "simplified.txt": (
        "孙建军 孙萍 陈龙 超脑 算法内卷 骑手 数字控制下的劳动秩序 平台",
        "建军 红灯 上线 内卷",
    ),
}


@pytest.mark.parametrize("name", SENSIBLE)
def test_of_any_kind_of_article_what_a_class_asks_about_is_proposed(name: str) -> None:
    made = draft(open_article(ARTICLES / name), "any")
    texts = {item.text for item in propose(made.reading.paragraphs)}
    sensible, silly = ({word.replace("_", " ") for word in words.split()} for words in SENSIBLE[name])
    assert sensible - texts == set()
    assert silly & texts == set()


@pytest.mark.parametrize("name", SENSIBLE)
def test_of_any_kind_of_article_a_pack_is_made_that_only_waits_to_be_written(
    tmp_path: Path, name: str
) -> None:
    made = draft(open_article(ARTICLES / name), "any")
    write_draft(made, tmp_path / "any")
    found = check_pack(tmp_path / "any")
    assert {item.check for item in found} <= {"particulars", "drafts", "nothing-written", "one-sided"}
    assert not [item for item in found if item.level is Severity.ERROR]
    assert len(made.prompts) == 10
    assert {prompt.phase for prompt in made.prompts} == set(PHASES)


def test_a_gloss_is_a_keyword_of_the_term_before_it() -> None:
    found = {
        item.text: item
        for item in propose(draft(open_article(ARTICLES / "abstract.txt"), "x").reading.paragraphs)
    }
    assert found["社會性懈怠"].keywords == ("社會性懈怠", "social loafing")
    assert found["論證層次量表"].keywords == ("論證層次量表", "Argument Quality Scale", "AQS")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (
            "news.txt",
            ("語言：zh-Hant", "這篇文章在講什麼", "用自己的話寫", "狀態：草稿", "階段：細讀", "-> 無"),
        ),
        (
            "simplified.txt",
            ("语言：zh-Hans", "这篇文章在讲什么", "用自己的话写", "状态：草稿", "阶段：细读", "-> 无"),
        ),
        (
            "english.txt",
            (
                "Language: en",
                "What is this text about",
                "in your own words",
                "Status: draft",
                "close reading",
                "-> none",
            ),
        ),
    ],
)
def test_a_draft_speaks_the_language_of_its_article(tmp_path: Path, name: str, said: tuple[str, ...]) -> None:
    made = draft(open_article(ARTICLES / name), "any")
    whole = "\n".join(text for file, text in made.files.items() if file.endswith(".md"))
    assert [words for words in said if words not in whole] == []
    if name == "english.txt":
        assert not re.search(r"[\u3400-\u9fff：；]", whole)
    write_draft(made, tmp_path / "any")
    assert load_pack(tmp_path / "any").language == said[0].split()[-1].rpartition("：")[2]


WORTH_HAVING = """夜市的燈
三十七個攤位裡有二十九個在午夜之後才打平成本，賣麵線的阿姨說：「燈一關，就等於說我不要這個客人了。」
管委會在 3 月說一年可省 120 萬元（見 https://example.org/notice?id=7）。
Wang D. 寫過外人怎麼看夜市，外人只看到垃圾。
館長吳明珠沒有同意。「省下來的不只是電，」她說，外人不會懂。2019年5月的公告也這樣寫，J. K. 先生簽了名。
"""


def test_proposals_are_names_numbers_terms_and_what_somebody_says() -> None:
    found = propose(draft(Article(WORTH_HAVING), "x").reading.paragraphs)
    texts = [item.text for item in found]
    assert {"三十七個攤位", "120 萬元", "吳明珠"} <= set(texts)
    said = {(item.speaker, item.text) for item in found if item.kind == "claim"}
    assert said == {("賣麵線的阿姨", "燈一關"), ("吳明珠", "省下來的不只是電")}
    assert not [text for text in texts if re.search(r"https|example|^J|^K|^D|Wang D|外人|月", text)]


ENGLISH = """The River and Its Ferries
In 1987 the council counted 173 species along the river; by May it had lost forty-one of them, says Nora Pell.
“Nobody asked the boatmen,” said Nora Pell. The rivers of the coast carry 2,400 tonnes of sand in March.
A river is not a road, and the boatmen call it ‘the slow street’. See www.example.org/ferry or A. B. Ross.
The town wrote to the council that every river has its own law.
"""


def test_english_proposals_have_units_names_and_quoted_terms() -> None:
    found = propose(draft(Article(ENGLISH), "x").reading.paragraphs)
    texts = [item.text for item in found]
    assert {"173 species", "2,400 tonnes", "Nora Pell", "the slow street", "river"} <= set(texts)
    assert ("Nora Pell", "Nobody asked the boatmen") in {(item.speaker, item.text) for item in found}
    assert not {"May", "March", "rivers", "A", "B", "wrote", "www"} & set(texts)
    assert not [text for text in texts if "example" in text or text.startswith("1987")]


def test_questions_are_asked_about_what_the_reading_has() -> None:
    asked = {
        name: " ".join(p.text for p in draft(open_article(ARTICLES / name), "x").prompts) for name in SENSIBLE
    }
    assert "許金水、周以恩、林育德、江宜庭各站在哪一邊" in asked["news.txt"]
    assert "第5段問了一個問題（「消費者願意付嗎？」）" in asked["news.txt"]
    assert "8,600人" in asked["news.txt"]
    assert "哪一步是證據撐不起來的" in asked["essay.md"]
    assert "第4段認為應該怎麼做" in asked["abstract.txt"]
    assert "我们还要不要准时" in asked["simplified.txt"]


def test_nothing_is_proposed_twice() -> None:
    texts = [item.text for item in propose(("《夜航》的「夜航」是夜航。Night Flight(夜航)",))]
    assert texts.count("夜航") == 1


def test_questions_are_drafted_for_every_phase_in_the_readings_own_words() -> None:
    made = draft(Article(RAW), "night-library")
    assert {prompt.phase for prompt in made.prompts} == set(PHASES)
    assert any(made.reading.title in prompt.text for prompt in made.prompts)
    assert not any("{" in prompt.text for prompt in made.prompts)


def test_the_article_is_not_included_until_somebody_says_so() -> None:
    made = draft(Article(RAW), "night-library")
    assert "全文：不收錄" in made.files["pack.md"]
    assert "reading.md" in made.files[".gitignore"]


def test_the_full_text_is_included_by_one_word(tmp_path: Path) -> None:
    folder = tmp_path / "night-library"
    made = draft(Article(RAW), folder.name)
    write_draft(made, folder)
    assert load_pack(folder).paragraphs == ()
    head = folder / "pack.md"
    head.write_text(head.read_text(encoding="utf-8").replace("不收錄", "收錄"), encoding="utf-8")
    assert load_pack(folder).paragraphs == made.reading.paragraphs


def test_a_draft_never_overwrites_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "snippets.md").write_text("mine")
    with pytest.raises(FileExistsError):
        write_draft(draft(Article(RAW), "x"), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["snippets.md"]


def test_markdown_headings_and_numbered_paragraphs_are_understood() -> None:
    reading = number_paragraphs(
        "# 題目\n\n[P1] 第一段。\n\n## 一、開始\n\n[P2] 第二段。\n\n- 項目一\n- 項目二"
    )
    assert reading.title == "題目"
    assert reading.paragraphs == ("第一段。", "第二段。", "- 項目一", "- 項目二")
    assert reading.sections[-1] == Section("一、開始", 2, 4)


def test_the_newspapers_name_behind_the_title_is_left_out_of_it() -> None:
    text = "缺工十年\n第一段在這裡，結束了。\n第二段也在這裡，結束了。"
    assert number_paragraphs(text, "缺工十年｜南灣日報").title == "缺工十年"
    assert number_paragraphs(text, "缺工十年｜南灣日報").paragraphs[0].startswith("第一段")
    assert number_paragraphs(text, "缺工十年以後").title == "缺工十年以後"
    assert number_paragraphs(text, "缺工十年以後").paragraphs[0] == "缺工十年"


def test_verse_is_not_taken_for_headings() -> None:
    reading = number_paragraphs("詩題\n床前明月光\n疑是地上霜\n舉頭望明月\n低頭思故鄉", "靜夜思")
    assert len(reading.paragraphs) == 5
    assert reading.sections == ()


def test_a_short_question_is_a_heading_only_below_a_heading() -> None:
    reading = number_paragraphs(
        "題目\n第一段很長很長很長很長很長很長很長很長很長很長很長很長很長，結束了。\n真的嗎？\n第三段也是一樣的，結束了。"
    )
    assert len(reading.paragraphs) == 3


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.text(alphabet="夜圖書館的是「」《》“”·AI 0123年。，\n-#>[]P{}<!>：:|", max_size=60), max_size=6
    )
)
def test_any_article_gives_a_pack_that_can_be_read(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str]
) -> None:
    made = draft(Article("\n".join(lines)), "any-article")
    if made.reading.paragraphs:
        folder = tmp_path_factory.mktemp("draft") / "any-article"
        write_draft(made, folder)
        assert load_pack(folder).paragraph_count == len(made.reading.paragraphs)
