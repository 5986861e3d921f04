from bot.pack.model import Pack, Snippet
from bot.seminar.coverage import snippets_named

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
