import pytest

from bot.answering.engine import Engine
from bot.text.dialects import breaks, clauses, heard, written
from bot.text.folding import fold


@pytest.mark.parametrize(
    ("said", "instead"),
    [
        ("呢篇嘢想講乜", "這篇東西想講什麼"),
        ("點解今次放映好緊要", "為什麼今次放映好重要"),
        ("AI整嘅嘢屬於邊個", "AI做的東西屬於誰"),
        ("各个工种会咋变", "各個職位會怎麼變"),
    ],
)
def test_what_is_only_spoken_is_said_in_written_words(said: str, instead: str) -> None:
    assert heard(said) == fold(instead)


@pytest.mark.parametrize("said", ["兩者的關係是什麼", "這個觀點是誰的", "同一張紙", "Kentridge是誰"])
def test_writing_is_left_as_it_is(said: str) -> None:
    assert heard(said) == fold(said)


@pytest.mark.parametrize(
    ("said", "instead"),
    [
        ("把自我介紹翻成日文", "把自我介紹翻成日文"),  # 成日 is often, 日文 is Japanese
        ("這一點解決了沒", "這一點解決了沒"),  # 點解 is why, 解決 is to solve
        ("成日走樣", "常常走樣"),
        ("唔好看", "不要看"),  # what is only ever spoken is no part of a word of writing
    ],
)
def test_a_spoken_word_whose_end_begins_another_is_none(said: str, instead: str) -> None:
    assert heard(said) == fold(instead)


def test_a_doubtful_word_counts_beside_a_sure_one_only() -> None:
    assert written(fold("佢係邊位")) == fold("他是誰")
    assert written(fold("有關係嘅觀點")) == fold("有關係的觀點")  # 系 and 點 are parts of words


def test_a_text_is_parted_at_its_commas_and_stops() -> None:
    text = "除了苦力活,動腦的事，AI也行。是嗎？"
    assert clauses(text) == [fold(part) for part in ("除了苦力活", "動腦的事", "AI也行", "是嗎")]
    assert breaks(text, heard(text)) == [5, 9, 13]
    assert breaks("沒有逗號", heard("沒有逗號")) == []


def test_no_word_goes_across_a_comma(tea: Engine) -> None:
    """Punctuation is folded away: without the breaks 活，動 would be 活動."""
    asked, _ = tea.consider("這是苦力活，動腦的事呢")
    assert fold("活動") not in [unit.text for unit in asked.ranking.units]


@pytest.mark.parametrize(
    ("asked", "slug"), [("焙火有咩着數", "roasting"), ("邊個係第三代師傅嚟㗎", "chen-ashui")]
)
def test_a_question_in_cantonese_is_answered(tea: Engine, asked: str, slug: str) -> None:
    assert [snippet.slug for snippet in tea.answer(asked).snippets] == [slug]
