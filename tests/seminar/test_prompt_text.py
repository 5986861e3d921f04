from bot.pack.model import Prompt
from bot.seminar.prompts import details_of, title_of

WARM = Prompt("warm", "機器有溫度嗎", "說一個例子。", gloss="Can a machine be warm? Give one example.")


def test_a_title_is_the_first_sentence_of_the_english_or_the_chinese_in_its_script() -> None:
    assert title_of(WARM, "en") == "Can a machine be warm?"
    assert title_of(WARM, "zh-Hans") == "机器有温度吗"
    assert title_of(WARM, "zh-Hant") == "機器有溫度嗎"
    assert title_of(Prompt("a", "題", "文", gloss="Vote first. Then talk."), "en") == "Vote first"
    assert title_of(Prompt("a", "題", "文", gloss="3.5 million of them"), "en") == "3.5 million of them"
    assert title_of(Prompt("a", "題", "文"), "en") == "題"


def test_below_an_english_title_stand_the_rest_and_the_original() -> None:
    assert details_of(WARM, "en", "說一個例子。") == "Give one example.\n\n機器有溫度嗎\n說一個例子。"
    assert details_of(WARM, "zh-Hant", "說一個例子。") == "說一個例子。"
    assert details_of(Prompt("a", "題", "文", gloss="One?"), "en", "文") == "題\n文"
    assert details_of(Prompt("a", "題", "文"), "en", "文") == "文"
