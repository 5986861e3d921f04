from bot.pack.model import Pack, Prompt
from bot.seminar.prompts import next_prompts, phases_of


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
