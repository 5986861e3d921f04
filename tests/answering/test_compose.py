from bot.answering.compose import compose, language_of, nearest, refusal, source_line
from bot.pack.model import Answer, Kind, Said, Snippet, Tier

TEA = Snippet(
    "tea", "茶的來源", "茶來自山上。", paragraphs=(5, 8, 9), speaker="陳阿水", gloss="Tea comes from hills."
)
RICE = Snippet("rice", "米", "米來自田裡。", paragraphs=(2,))


def test_an_answer_has_title_text_and_source() -> None:
    composed = compose(Answer(snippets=(TEA,)))
    assert composed.title == "茶的來源"
    assert composed.text == "茶來自山上。"
    assert composed.source_lines == ("出處：第5、8–9段・陳阿水",)
    assert composed.paragraphs == (5, 8, 9)


def test_joined_answers_keep_both_sources() -> None:
    composed = compose(Answer(snippets=(TEA, RICE), lead=Said("lead.yes")))
    assert composed.title == "茶的來源 ／ 米"
    assert composed.text == "對，文章是這樣寫的：\n\n茶來自山上。\n\n米來自田裡。"
    assert composed.source_lines[1] == "出處：第2段"


def test_joined_answers_name_a_speaker_once_with_all_that_is_quoted() -> None:
    more = Snippet("more", "再說茶", "…", paragraphs=(6, 5), speaker="陳阿水")
    composed = compose(Answer(snippets=(TEA, RICE, more, RICE)))
    assert composed.source_lines == ("出處：第5–6、8–9段・陳阿水", "出處：第2段")


def test_one_paragraph_quoted_twice_is_one_paragraph() -> None:
    again = Snippet("again", "又是米", "…", paragraphs=(2,))
    assert compose(Answer(snippets=(RICE, again)), "en").source_lines == ("Source: paragraph 2",)


def test_english_has_the_gloss_first() -> None:
    composed = compose(Answer(snippets=(TEA, RICE)), "en")
    assert composed.text == "Tea comes from hills.\n茶來自山上。\n\n米來自田裡。"
    assert composed.source_lines == ("Source: paragraphs 5, 8–9・陳阿水", "Source: paragraph 2")


def test_simplified_is_converted() -> None:
    composed = compose(Answer(snippets=(TEA,)), "zh-Hans")
    assert composed.title == "茶的来源"
    assert composed.source_lines == ("出处：第5、8–9段・陈阿水",)


def test_a_snippet_without_paragraphs_has_no_source_line() -> None:
    assert compose(Answer(snippets=(Snippet("a", "b", "c"),))).source_lines == ()


def test_a_refusal_composes_to_nothing() -> None:
    assert compose(Answer(Kind.REFUSAL)).text == ""


def test_the_language_follows_the_question() -> None:
    assert language_of("Who is he?") == "en"
    assert language_of("他是誰", "zh-Hans") == "zh-Hans"


def test_paragraphs_may_come_in_any_order() -> None:
    assert source_line(Snippet("a", "b", "c", paragraphs=(9, 1, 2))) == "出處：第1–2、9段"


def test_a_refusal_says_which_kind_it_is() -> None:
    said = {
        tier: refusal(Answer(Kind.REFUSAL, tier=tier))
        for tier in (Tier.ABSTAIN, Tier.CHOICE, Tier.NO_QUESTION)
    }
    assert "沒有談到" in said[Tier.ABSTAIN]
    assert "你想問的是哪一個" in said[Tier.CHOICE]
    assert "不像是在問文章" in said[Tier.NO_QUESTION]
    assert "does not" in refusal(Answer(Kind.REFUSAL), "en")
    assert "没有谈到" in refusal(Answer(Kind.REFUSAL), "zh-Hans")


def test_what_can_be_asked_instead_is_offered_to_questions_only() -> None:
    assert nearest(Answer(Kind.REFUSAL, suggestions=(TEA, RICE))) == "也許你想知道： 茶的來源、米"
    assert nearest(Answer(Kind.CHOICE, suggestions=(TEA, RICE)), "en") == "茶的來源; 米"
    assert nearest(Answer(Kind.REQUEST, suggestions=(TEA,))) == ""
