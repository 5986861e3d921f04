from bot.answering.bm25 import build
from bot.text.tokens import stem


def test_a_rare_term_in_a_title_counts_most() -> None:
    index = build(
        [{"title": ["a"], "text": ["b", "c"]}, {"title": ["b"], "text": ["a", "c"]}, {"text": ["c"]}]
    )
    scores = index.scores({"a": 1.0})
    assert scores[0] > scores[1] > 0
    assert 2 not in scores
    assert index.idf("a") > index.idf("c")


def test_an_unknown_term_scores_nothing() -> None:
    assert build([{"title": ["a"]}]).scores({"x": 1.0}) == {}


def test_an_unknown_pair_is_found_by_its_sound() -> None:
    index = build([{"text": ["b:焙火", "w:焙火"]}])
    assert index.by_sound("b:背火") == ["b:焙火"]
    assert index.by_sound("w:背火") == []


def test_an_empty_index_knows_nothing() -> None:
    assert build([]).scores({"a": 1.0}) == {}


def test_english_endings_are_folded() -> None:
    assert {stem(word) for word in ("edit", "edits", "editing", "edited", "editor")} == {"edit", "editor"}
    assert stem("movie") == stem("movies")
    assert stem("study") == stem("studies")


def test_the_subject_are_words_of_many_snippets_that_everyday_talk_has_not() -> None:
    each = {"text": ["w:焙火", "w:时间", "b:焙火"]}
    index = build([each, each, each, each, *[{"text": ["w:杯子"]}] * 3])
    assert index.subject == {"w:焙火"}  # 時間 everybody says; a pair is no word; 杯子 three have


def test_a_term_is_strongest_where_it_stands_most() -> None:
    index = build([{"title": ["a"]}, {"text": ["a"]}, {"text": ["b"]}])
    assert index.strength("a", 0) == 1.0
    assert 0 < index.strength("a", 1) < 1.0
    assert index.strength("a", 2) == 0.0


def test_what_nearly_every_snippet_has_does_not_tell_them_apart() -> None:
    index = build([{"text": ["a", "b"]}, *[{"text": ["a"]}] * 19])
    assert set(index.scores({"a": 1.0, "b": 1.0})) == {0}
    assert set(index.scores({"a": 1.0})) == set(range(20))  # where there is nothing else, it must do
