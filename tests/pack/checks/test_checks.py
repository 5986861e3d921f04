import inspect
import json
import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.answering.engine import Engine
from bot.cli.shared import all_packs
from bot.pack.checks.check_pack import CHECKS, STRICT, check_pack
from bot.pack.checks.findings import FORMATS, PackFinding, Severity, Subject, as_github, as_json, as_text
from bot.pack.checks.texts import copied_runs
from bot.pack.checks.words import lost_words
from bot.pack.load import load_pack
from bot.pack.model import Answer, Pack
from bot.pack.problems import FILES

PROMPTS = Path(__file__).resolve().parents[3] / "prompts"
HEAD = "# 題目\n作者：甲\n來源：乙\n授權：丙\n段落：2\n"
LAMP = """## 一盞燈 {#lamp}
關鍵詞：路燈
出處：P1-P2
English: A lamp.

鎮上半夜還亮著一盞燈，走夜路的人靠它看見彼此。
"""
SEA = """
## 海邊 {#sea}
關鍵詞：海岸線
出處：P2
English: The sea.

海邊沒有燈，所以小龜能找到海，人也看得見星星。
"""
GOLDEN = "- 哪裡有燈 -> lamp\n- 海邊有燈嗎 -> sea\n- 你好 -> 無\n"
ASKED = "## 開燈嗎 {#open}\n階段：立場\n正方：lamp\n反方：sea\n\n該開燈嗎？\n"


def found(  # noqa: PLR0913  one parameter a file
    folder: Path,
    *,
    head: str = HEAD,
    snippets: str = LAMP + SEA,
    golden: str = GOLDEN,
    asked: str = ASKED,
    reading: str = "",
    article: Sequence[str] = (),
) -> tuple[PackFinding, ...]:
    """Return what is found in a good small pack in which one file was changed."""
    folder = folder / "small"
    folder.mkdir(exist_ok=True)
    files = {"pack.md": head, "snippets.md": snippets, "golden.md": golden, "discussion.md": asked}
    for name, text in {**files, **({"reading.md": reading} if reading else {})}.items():
        (folder / name).write_text(text, encoding="utf-8")
    return check_pack(folder, tuple(article), engine=lambda pack: Engine(pack).answer)


def only(findings: Sequence[PackFinding], check: str) -> PackFinding:
    (finding,) = [item for item in findings if item.check == check]
    return finding


def test_a_good_pack_has_nothing_to_mend(tmp_path: Path) -> None:
    assert found(tmp_path) == ()


def test_what_keeps_a_pack_from_being_read_is_an_error_with_its_line(tmp_path: Path) -> None:
    finding = only(found(tmp_path, snippets=LAMP + SEA.replace("P2", "P9")), "format")
    assert (finding.level, finding.file, finding.line) == (Severity.ERROR, "snippets.md", 10)
    assert "P9" in finding.message
    assert "P2" in finding.mend


def test_a_keyword_of_two_snippets_is_told_at_the_second(tmp_path: Path) -> None:
    finding = only(found(tmp_path, snippets=LAMP + SEA.replace("海岸線", "海岸線、路灯")), "shared-word")
    assert (finding.level, finding.line) == (Severity.ADVICE, 9)
    assert "一盞燈" in finding.message


def test_a_keyword_inside_anothers_is_told_only_where_it_does_harm(tmp_path: Path) -> None:
    assert found(tmp_path, snippets=LAMP + SEA.replace("海岸線", "海邊路燈")) == ()


def test_a_keyword_that_a_shorter_one_hides_is_told_with_it(tmp_path: Path) -> None:
    found(tmp_path, snippets=LAMP + SEA.replace("海岸線", "海邊路燈"))
    pack = load_pack(tmp_path / "small")
    misled = AlwaysTheLamp(pack).answer  # an engine that the shorter word misleads
    subject = Subject(pack, {"snippets.md": LAMP + SEA}, ask=misled)
    finding = only(list(lost_words(subject)), "hidden-word")
    assert finding.line == 9
    assert "問「海邊路燈是什麼」得到「一盞燈」" in finding.message
    assert "包著別則的「路燈」（一盞燈）" in finding.message


class AlwaysTheLamp:
    """Answers everything with the first snippet."""

    def __init__(self, pack: Pack) -> None:
        self._answer = Answer(snippets=pack.snippets[:1])

    def answer(self, _question: str) -> Answer:
        return self._answer


def test_a_keyword_that_does_not_get_its_own_snippet_is_told(tmp_path: Path) -> None:
    finding = only(found(tmp_path, snippets=LAMP + SEA.replace("海岸線", "第2段")), "unheard-word")
    assert finding.line == 9
    assert "得不到回答" in finding.message


@pytest.mark.parametrize("word", ["海", "我們", "🌊"])
def test_a_word_too_short_or_too_common_is_told(tmp_path: Path, word: str) -> None:
    finding = only(found(tmp_path, snippets=LAMP + SEA.replace("海岸線", word)), "weak-word")
    assert finding.line == 9


def test_a_paragraph_without_a_snippet_is_told(tmp_path: Path) -> None:
    finding = only(found(tmp_path, head=HEAD.replace("2", "3")), "uncovered-paragraph")
    assert "P3" in finding.message


def test_a_snippet_without_a_source_is_told(tmp_path: Path) -> None:
    finding = only(found(tmp_path, snippets=LAMP + SEA.replace("出處：P2\n", "")), "no-source")
    assert finding.line == 8


def test_a_snippet_that_no_golden_question_asks_for_is_told(tmp_path: Path) -> None:
    finding = only(found(tmp_path, golden="- 哪裡有燈 -> lamp\n- 你好 -> 無\n"), "no-golden")
    assert finding.line == 8
    assert "-> sea" in finding.mend


def test_a_golden_question_asked_twice_is_told(tmp_path: Path) -> None:
    finding = only(found(tmp_path, golden=GOLDEN + "- 哪裡 有燈 -> sea\n"), "golden-twice")
    assert (finding.file, finding.line) == ("golden.md", 4)


def test_the_same_question_in_another_spelling_tests_something_else(tmp_path: Path) -> None:
    assert found(tmp_path, golden=GOLDEN + "- 哪里有灯？ -> lamp\n") == ()


def test_a_pack_that_tests_no_refusal_is_told_so(tmp_path: Path) -> None:
    assert only(found(tmp_path, golden=GOLDEN.replace("- 你好 -> 無\n", "")), "no-refusal")


@pytest.mark.parametrize(
    ("asked", "hint"),
    [
        (ASKED.replace("反方：sea\n", ""), "只有一邊"),
        (ASKED.replace("反方：sea", "反方：lamp"), "兩邊用同一則"),
        (ASKED.replace("正方：lamp\n反方：sea\n", ""), "沒有證據"),
    ],
)
def test_evidence_on_one_side_is_told(tmp_path: Path, asked: str, hint: str) -> None:
    assert hint in only(found(tmp_path, asked=asked), "one-sided").message


def test_drafts_are_counted_and_asked_nothing_else(tmp_path: Path) -> None:
    draft = "\n## 草圖 {#sketch}\n出處：P1\n狀態：草稿\n\n<!-- [P1] 原文 -->\n"
    findings = found(tmp_path, snippets=LAMP + SEA + draft)
    assert [item.check for item in findings] == ["drafts"]
    assert "1 則草稿" in findings[0].message


def test_evidence_and_golden_questions_that_are_drafts_are_told(tmp_path: Path) -> None:
    findings = found(tmp_path, snippets=LAMP + SEA.replace("出處", "狀態：草稿\n出處"))
    assert {item.check for item in findings} == {"drafts", "draft-evidence", "golden-draft"}


def test_particulars_left_open_are_told(tmp_path: Path) -> None:
    finding = only(found(tmp_path, head=HEAD.replace("甲", "（請寫作者）")), "particulars")
    assert (finding.level, finding.file, finding.line) == (Severity.ADVICE, "pack.md", 2)


def test_a_full_text_without_a_licence_is_an_error(tmp_path: Path) -> None:
    head = HEAD.replace("授權：丙", "授權：（請寫授權）") + "全文：收錄\n"
    finding = only(found(tmp_path, head=head, reading="[P1] 一。\n\n[P2] 二。\n"), "no-licence")
    assert finding.level is Severity.ERROR


def test_a_prompt_longer_than_a_message_is_an_error(tmp_path: Path) -> None:
    finding = only(found(tmp_path, asked=ASKED.replace("該開燈嗎？", "該開燈嗎？" * 900)), "too-long")
    assert (finding.level, finding.file) == (Severity.ERROR, "discussion.md")


def test_telegrams_units_are_counted_not_characters(tmp_path: Path) -> None:
    assert only(found(tmp_path, asked=ASKED.replace("該開燈嗎？", "😀" * 1800)), "too-long")


def test_a_title_that_a_button_would_cut_is_told(tmp_path: Path) -> None:
    assert (
        only(found(tmp_path, snippets=LAMP + SEA.replace("海邊 {", "海" * 50 + " {")), "long-title").line == 8
    )


def test_a_text_that_is_hardly_an_answer_is_told(tmp_path: Path) -> None:
    findings = found(
        tmp_path, snippets=LAMP + SEA.replace("海邊沒有燈，所以小龜能找到海，人也看得見星星。", "沒有燈。")
    )
    assert "太短" in only(findings, "length").message


RUN = "鎮上半夜還亮著一盞燈走夜路的人靠它看見彼此"


def test_a_long_run_of_the_article_is_an_error_whatever_its_punctuation_and_script(tmp_path: Path) -> None:
    article = ["從前，" + RUN[:9] + "，" + RUN[9:].replace("燈", "灯") + "。"]
    finding = only(found(tmp_path, article=article), "copied")
    assert (finding.level, finding.line) == (Severity.ERROR, 6)
    assert "21 個字" in finding.message


def test_a_shorter_run_is_advice_and_a_quotation_is_nothing(tmp_path: Path) -> None:
    assert only(found(tmp_path, article=[RUN[:13]]), "copied").level is Severity.ADVICE
    assert not found(tmp_path, article=[RUN[:11]])


def test_a_reading_beside_the_pack_stands_for_the_article(tmp_path: Path) -> None:
    assert only(found(tmp_path, reading=f"[P1] {RUN}\n"), "copied").level is Severity.ERROR


def test_an_included_reading_may_be_quoted(tmp_path: Path) -> None:
    head = HEAD + "全文：收錄\n"
    assert not found(tmp_path, head=head, reading=f"[P1] {RUN}。\n\n[P2] 二。\n")


def test_titles_are_no_copies() -> None:
    assert not list(copied_runs("《海上的燈塔看守人與他的狗和貓》很好", ["海上的燈塔看守人與他的狗和貓"], 12))


def test_characters_of_the_other_script_are_told_but_not_in_keywords(tmp_path: Path) -> None:
    snippets = LAMP.replace("路燈", "路燈、路灯") + SEA.replace("看得見星星", "看得见星星")
    finding = only(found(tmp_path, snippets=snippets), "mixed-script")
    assert finding.line == 13
    assert "見" in finding.mend


def test_a_comment_left_open_is_an_error(tmp_path: Path) -> None:
    assert only(found(tmp_path, snippets=LAMP + SEA + "\n<!-- 忘了關\n"), "open-comment").line == 15


def test_the_article_left_in_the_comment_of_a_finished_snippet_is_told(tmp_path: Path) -> None:
    assert only(found(tmp_path, snippets=LAMP + "\n<!--\n[P1] 原文\n-->\n" + SEA), "comment").line == 8


def test_spots_of_the_reading_are_told_with_line_and_column(tmp_path: Path) -> None:
    finding = only(found(tmp_path, reading="# 題目\n\n[P1] 開頭\n\n[P2] 造成了沖擊。\n"), "reading-slip")
    assert (finding.file, finding.line, finding.column) == ("reading.md", 5, 9)
    assert "衝" in finding.mend


def test_snippets_without_an_english_sentence_are_counted(tmp_path: Path) -> None:
    assert only(found(tmp_path, snippets=LAMP + SEA.replace("English: The sea.\n", "")), "no-gloss")


def test_a_pack_in_english_needs_no_english_sentence(tmp_path: Path) -> None:
    bare = LAMP + SEA.replace("English: The sea.\n", "")
    assert "no-gloss" not in {item.check for item in found(tmp_path, head=f"{HEAD}語言：en\n", snippets=bare)}


@pytest.mark.parametrize("folder", all_packs(PROMPTS), ids=lambda folder: folder.name)
def test_our_packs_have_no_errors(folder: Path) -> None:
    assert [item for item in check_pack(folder) if item.level is Severity.ERROR] == []


def test_people_see_errors_first_with_the_mend_below(tmp_path: Path) -> None:
    findings = found(tmp_path, snippets=LAMP + SEA.replace("海岸線", "海"), article=[RUN])
    lines = list(as_text({tmp_path / "small": findings}))
    assert lines[0].startswith(f"{tmp_path / 'small' / 'snippets.md'}:6: 錯誤（copied）")
    assert lines[1].startswith("    → ")
    assert lines[-1].startswith("small：✘")
    assert "1 個錯誤、1 個建議" in lines[-1]


def test_of_much_advice_the_first_few_are_shown_and_the_rest_is_counted(tmp_path: Path) -> None:
    findings = found(tmp_path, snippets=LAMP + SEA.replace("海岸線", "海、山、風、雨、雲、雪、霧"))
    lines = list(as_text({tmp_path / "small": findings}))
    assert "… 還有 2 個 weak-word（--all） / … 2 more of weak-word (--all)" in lines
    assert len(list(as_text({tmp_path / "small": findings}, most=99))) > len(lines)


def test_github_gets_annotations_that_cannot_be_broken_out_of(tmp_path: Path) -> None:
    finding = PackFinding(Severity.ERROR, "x", "a,b:c.md", 3, "百分之 5%\n::error::no", "m", 2)
    (line,) = as_github({Path("p"): [finding]})
    assert line == "::error file=p/a%2Cb%3Ac.md,line=3,col=2,title=x::百分之 5%25%0A::error::no → m"
    (notice,) = as_github({tmp_path: found(tmp_path, head=HEAD.replace("2", "3"))})
    assert notice.startswith("::notice ")
    assert ",line=1," in notice


def test_programs_get_json(tmp_path: Path) -> None:
    (text,) = as_json({tmp_path / "small": found(tmp_path, head=HEAD.replace("2", "3"))})
    (pack,) = json.loads(text)
    assert (pack["pack"], pack["errors"], pack["advice"]) == ("small", 0, 1)
    assert pack["findings"][0]["check"] == "uncovered-paragraph"
    assert pack["findings"][0]["level"] == "advice"


def test_no_findings_are_said_in_every_format(tmp_path: Path) -> None:
    for shape in FORMATS.values():
        assert isinstance(list(shape({tmp_path: ()})), list)
    assert list(as_text({tmp_path / "small": ()})) == [
        "small：✔ 可以用；0 個錯誤、0 個建議 / ✔ usable; 0 errors, 0 advice"
    ]


def test_each_person_reads_the_findings_in_one_language(tmp_path: Path) -> None:
    findings = {tmp_path / "small": found(tmp_path, snippets=LAMP + SEA.replace("海岸線", "海"))}
    said = "\n".join(as_text(findings, language="en"))
    assert "advice (weak-word) “海” is too short" in said
    assert "→ write it longer, as a student would ask it" in said
    assert "small：✔ usable; 0 errors, 1 advice" in said
    assert "too short" not in "\n".join(as_text(findings, language="zh-Hant"))
    assert "→ 写长一点" in "\n".join(as_text(findings, language="zh-Hans"))


def test_a_pack_of_drafts_is_not_called_usable(tmp_path: Path) -> None:
    drafts = LAMP.replace("English:", "狀態：草稿\nEnglish:")
    findings = found(tmp_path, snippets=drafts, golden="- 你好 -> 無\n", asked="")
    assert only(findings, "nothing-written").level is Severity.ADVICE
    assert list(as_text({tmp_path / "small": findings}))[-1].startswith("small：✘ 還不能回答")


def test_a_reading_that_lost_a_paragraph_is_told_to_be_renumbered(tmp_path: Path) -> None:
    assert only(found(tmp_path, reading="[P1] 一。\n\n[P3] 三。\n"), "reading-renumber").file == "reading.md"


def test_every_file_that_a_check_names_is_one_of_the_packs(tmp_path: Path) -> None:
    findings = found(tmp_path, snippets=LAMP, golden="", asked="", head=HEAD.replace("甲", "（請寫作者）"))
    assert {item.file for item in findings} <= set(FILES)
    assert len(CHECKS) >= 15


def codes() -> set[str]:
    """Return the names of all that the checks can find."""
    sources = (PROMPTS.parent / "bot" / "pack" / "checks").glob("*.py")
    named = re.compile(r'(?:advice|error)\(\s*"([a-z-]+)"')
    return {code for path in sources for code in named.findall(path.read_text(encoding="utf-8"))}


def test_every_check_stands_in_the_guide() -> None:
    guide = (PROMPTS.parent / "docs" / "packs.md").read_text(encoding="utf-8")
    assert len(codes()) > 15
    assert [code for code in sorted(codes()) if f"`{code}`" not in guide] == []


def test_every_check_is_held_here() -> None:
    here = Path(__file__).read_text(encoding="utf-8")
    assert [code for code in sorted(codes()) if f'"{code}"' not in here] == []


def test_looking_for_errors_only_finds_them_all_and_asks_nobody(tmp_path: Path) -> None:
    finds_errors = re.compile("error|_too_long", re.IGNORECASE)
    assert [n for n, check in CHECKS.items() if finds_errors.search(inspect.getsource(check))] == [*STRICT]
    found(tmp_path, snippets=LAMP + SEA.replace("海岸線", "海") + "\n<!-- 忘了關\n")
    assert [item.check for item in check_pack(tmp_path / "small", strict=True)] == ["open-comment"]


def test_every_finding_has_a_place_in_its_file_and_a_mend(tmp_path: Path) -> None:
    snippets = f"{LAMP}<!-- [P1] 原文 -->\n" + SEA.replace("海岸線", "海、路燈").replace(
        "星星", "星星里"
    ).replace("P2", "P1")
    asked = ASKED.replace("反方：sea\n", "").replace("開燈嗎 {", f"{'長' * 41} {{")
    golden = "- 哪裡有燈 -> lamp\n- 哪裡有燈 -> lamp\n"
    head = HEAD.replace("2", "3").replace("甲", "（請寫作者）")
    reading = f"[P1] {RUN}\n\n[P2] 沖擊\n\n[P3] 三\n"
    findings = found(tmp_path, head=head, snippets=snippets, asked=asked, golden=golden, reading=reading)
    assert len({item.check for item in findings}) >= 12
    for item in findings:
        lines = (tmp_path / "small" / item.file).read_text(encoding="utf-8").splitlines()
        assert 0 <= item.line <= len(lines)
        assert item.message
        assert item.mend
