import pytest

from bot.pack.model import Pack, Snippet
from bot.seminar.coverage import (
    covered,
    named_paragraphs,
    snippets_named,
    told_plainly,
)
from tests.seminar.playing import engine, matched


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("第9段車傳鋒說", {9}),
        ("第 12 段和第二十段", {12, 20}),
        ("第十段、第十三段", {10, 13}),
        ("第９段", {9}),
        ("see paragraph 3 and para. 4", {3, 4}),
        ("P12 說的", {12}),
        ("第一次看電影", set()),
        ("第段", set()),
    ],
)
def test_paragraphs_are_named_in_many_ways(text: str, paragraphs: set[int]) -> None:
    assert named_paragraphs(text) == paragraphs


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("《潛入夢海》五千塊、一個禮拜就做完，還在上海國際電影節得獎", "qianru-menghai"),
        ("第9段車傳鋒說那叫「符號拼貼」，看起來很難過，可是沒有人在難過", "symbol-collage"),
        ("文章说情感会「系统性的失真」，那就是杯子会漏", "systematic-distortion"),
        ("第5段說 AI 初剪跟資深剪輯師有 79% 像", "premiere-pro"),
        ("同一段還說要人來做最後的打磨，因為細節跟情緒還是要人", "human-polish"),
        ("塔可夫斯基也是。AI 學得到長鏡頭，學不到他活過的那些日子", "tarkovsky"),
    ],
)
def test_a_remark_touches_the_part_of_the_reading_that_it_is_about(text: str, slug: str) -> None:
    assert matched(text).touched[0] == slug


@pytest.mark.parametrize(
    "text", ["有人知道福利社雞排還有嗎", "哈哈哈", "……被抓到了。", "我也覺得", "", "明天要交作業嗎", "ok"]
)
def test_chatter_touches_nothing(text: str) -> None:
    assert matched(text).touched == ()
    assert matched(text).near == ""


def test_a_remark_may_come_near_a_part_without_naming_it() -> None:
    assert matched("這個例子好。所以是人的記憶，加上 AI 的手？").near == "kentridge-traces"


def test_touches_are_counted_zeros_included() -> None:
    texts = ["塔可夫斯基的長鏡頭不是炫技", "雞排呢", "塔可夫斯基活過戰爭，AI 沒有"]
    assert covered(texts, engine(), ["tarkovsky", "marble"]) == {"tarkovsky": 2, "marble": 0}


def test_evidence_that_says_one_thing_goes_before_overviews() -> None:
    assert told_plainly(engine().pack, ("warmth-for", "human-ai-cocreation", "unknown")) == (
        "human-ai-cocreation",
        "unknown",
        "warmth-for",
    )


PACK = Pack(
    slug="tea",
    title="茶",
    author="",
    source="",
    licence="",
    paragraph_count=1,
    snippets=(
        Snippet("roast", "焙火", "…", keywords=("焙火", "Roasting", "茶")),
        Snippet("master", "師傅", "…", keywords=("手藝", "茶葉"), speaker="陳師傅"),
        Snippet("pot", "茶壺", "…", keywords=("茶壺", "茶葉")),
        Snippet("cup", "茶杯", "…", keywords=("茶杯", "茶葉")),
    ),
)
SLUGS = ("roast", "master", "pot")


def test_texts_that_name_a_snippet_are_counted_once_each() -> None:
    texts = ["焙火焙火", "陈师傅說要慢", "ROASTING 很難", "今天天氣好"]
    assert snippets_named(texts, PACK, SLUGS) == {"roast": 2, "master": 1, "pot": 0}


def test_a_keyword_of_many_snippets_or_of_one_letter_names_none() -> None:
    assert snippets_named(["茶葉", "茶"], PACK, SLUGS) == {"roast": 0, "master": 0, "pot": 0}


def test_only_what_was_asked_for_is_counted() -> None:
    assert snippets_named(["茶杯與茶壺"], PACK, ("pot",)) == {"pot": 1}
