from bot.pack.model import Pack, Prompt
from bot.seminar.prompts import details_of, next_prompts, phases_of, title_of

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


def pack(*phases: str) -> Pack:
    prompts = tuple(
        Prompt(slug=f"p{at}", title=f"題{at}", text=f"題{at}？", phase=phase)
        for at, phase in enumerate(phases)
    )
    return Pack("x", "題", "作者", "來源", "授權", 10, prompts=prompts)


def slugs(found: object) -> list[str]:
    return [prompt.slug for prompt in found]  # type: ignore[attr-defined]


def test_phases_come_in_the_order_of_a_lesson_and_empty_ones_are_left_out() -> None:
    found = phases_of(pack("立場", "暖身", "立場"))
    assert [(phase, slugs(prompts)) for phase, prompts in found] == [("暖身", ["p1"]), ("立場", ["p0", "p2"])]


def test_what_follows_is_of_a_later_phase() -> None:
    assert slugs(next_prompts(pack("暖身", "暖身", "細讀", "立場"), "p0", {"p0"})) == ["p2", "p3"]


def test_when_no_later_phase_is_left_the_same_one_goes_on() -> None:
    assert slugs(next_prompts(pack("暖身", "綜合", "綜合"), "p1", {"p1"})) == ["p2", "p0"]


def test_what_the_class_has_had_is_not_proposed_again() -> None:
    assert slugs(next_prompts(pack("暖身", "細讀", "立場"), "p0", {"p0", "p1"})) == ["p2"]


def test_after_the_teachers_own_words_the_lesson_begins_at_the_start() -> None:
    assert slugs(next_prompts(pack("細讀", "暖身"), "", {""})) == ["p1", "p0"]
