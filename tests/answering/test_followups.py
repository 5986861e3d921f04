import pytest

from bot.answering.engine import REMEMBERED, Engine
from bot.answering.followups import MOST_TURNS


def after(engine: Engine, *texts: str) -> list[str]:
    *history, asked = texts
    return [snippet.slug for snippet in engine.answer(asked, history=history).snippets]


def test_a_new_name_takes_the_old_question(tea: Engine) -> None:
    assert after(tea, "凍頂茶產在哪裡", "那文山包種茶呢") == ["baozhong"]


def test_a_pronoun_means_what_was_asked_last(tea: Engine) -> None:
    assert after(tea, "凍頂烏龍", "它是什麼樣的茶") == ["dongding"]


def test_the_other_side_of_the_same_thing(tea: Engine) -> None:
    assert after(tea, "焙火有什麼好處", "那缺點呢") == ["roasting-risks"]


@pytest.mark.parametrize("asked", ["第二個呢", "第二項", "the second one"])
def test_an_ordinal_counts_the_items_of_the_last_answer(tea: Engine, asked: str) -> None:
    assert after(tea, "三道工序", asked) == ["roasting"]


def test_an_ordinal_counts_joined_answers(tea: Engine) -> None:
    joined = after(tea, "凍頂烏龍和文山包種茶有什麼不同")
    assert after(tea, "凍頂烏龍和文山包種茶有什麼不同", "第二個呢") == joined[1:]


def test_an_ordinal_that_counts_too_far_means_nothing(tea: Engine) -> None:
    assert after(tea, "三道工序", "第九個呢") in ([], ["steps"])


def test_follow_ups_may_follow_follow_ups(tea: Engine) -> None:
    assert after(tea, "凍頂茶產在哪裡", "那文山包種茶呢", "它的名字怎麼來的") == ["baozhong"]


def test_a_question_that_names_its_subject_stands_alone(tea: Engine) -> None:
    assert after(tea, "焙火有什麼好處", "陳阿水是誰") == ["chen-ashui"]


def test_off_topic_stays_off_topic_after_a_question(tea: Engine) -> None:
    assert after(tea, "凍頂烏龍", "那明天會下雨嗎") == []
    assert after(tea, "凍頂烏龍", "謝謝") == []


def test_a_follow_up_without_a_question_before_is_declined(tea: Engine) -> None:
    assert after(tea, "第二個呢") == []
    assert after(tea, "哈囉", "那他呢") == []


@pytest.mark.parametrize(
    "asked", ["他來自哪裡", "那會怎麼樣", "舉個例子吧", "可以再多說一點嗎", "它的特色呢"]
)
def test_a_question_without_a_name_stays_with_the_topic(ai_film: Engine, asked: str) -> None:
    assert after(ai_film, "肯特里奇是誰", asked) != []
    assert after(ai_film, asked) == []


def test_what_follows_from_the_topic_is_found_beside_it(ai_film: Engine) -> None:
    assert after(ai_film, "觀眾的距離感", "那會造成什麼後果") == ["visual-fatigue"]
    assert after(ai_film, "Marble是誰的模型", "那能用在哪些地方")[0] in {"marble", "marble-uses"}


@pytest.mark.parametrize("asked", ["這個週末天氣好不好", "那晚餐吃什麼", "附近有停車場嗎", "其他班幾點下課"])
def test_what_is_plainly_about_something_else_leaves_the_topic(ai_film: Engine, asked: str) -> None:
    assert after(ai_film, "肯特里奇是誰", asked) == []


def test_a_short_question_that_is_sure_leaves_the_topic(ai_film: Engine) -> None:
    assert after(ai_film, "肯特里奇是誰", "配音員會失業嗎") == ["jobs-hit"]


def test_what_was_understood_before_is_answered_as_if_it_were_new(tea: Engine) -> None:
    talk = ("凍頂茶產在哪裡", "那文山包種茶呢", "它的名字怎麼來的", "焙火有什麼好處", "那缺點呢", "第二個呢")
    in_turn = [tea.answer(text, history=talk[:number]) for number, text in enumerate(talk)]
    for number, text in enumerate(talk):
        asked_anew = Engine(tea.pack).answer(text, history=talk[:number])
        assert in_turn[number] == tea.answer(text, history=talk[:number]) == asked_anew


def test_only_so_many_questions_are_remembered(tea: Engine) -> None:
    for number in range(REMEMBERED + 20):
        tea.answer(f"第{number}泡茶要多久")
    assert tea._after.cache_info().currsize == tea._understood.cache_info().currsize == REMEMBERED


@pytest.mark.parametrize(
    ("first", "asked", "slug"),
    [
        ("塔可夫斯基是誰", "他是哪國人", "tarkovsky"),  # like 俄國人 by its sound, yet of him
        ("AI影片要標示嗎", "依據哪個法規", "labelling-law"),  # half of it is unheard of
    ],
)
def test_what_leans_on_the_last_question_need_not_be_sure_by_itself(
    ai_film: Engine, first: str, asked: str, slug: str
) -> None:
    assert after(ai_film, first, asked)[0] == slug
    assert after(ai_film, asked) == []


def test_a_question_that_leaves_the_others_reach_is_not_understood_anew(tea: Engine) -> None:
    """Who asks a fifth question leans on the three before: each of them by itself is known already."""
    before = tea._understood.cache_info().misses
    talk = [f"第{number}壺茶要泡多久" for number in range(MOST_TURNS + 2)]
    for number, text in enumerate(talk):
        tea.answer(text, history=talk[:number])
    assert tea._understood.cache_info().misses - before == len(talk)


def test_a_bare_fact_is_told_by_the_neighbour_that_knows_it(ai_film: Engine) -> None:
    """What it means does not say when it was; the snippet beside does, and comes first."""
    assert after(ai_film, "首映的意義", "什麼時候的事啊")[0] == "screening-2025"
    assert after(ai_film, "潛入夢海得了什麼獎", "花多少錢")[0] == "qianru-menghai"  # which tells it itself


@pytest.mark.parametrize("leaving", ["換個問題，", "下一題：", "another question: "])
def test_a_question_that_says_so_leaves_the_last_topic(ai_film: Engine, leaving: str) -> None:
    assert after(ai_film, "肯特里奇用什麼畫", "痕跡代表什麼", leaving + "XR電影是誰說的") == ["future-xr"]
