from hypothesis import given, settings
from hypothesis import strategies as st

from bot.pages.charts.cloud import WordCloud
from tests.pages.drawings import Line, lines, texts
from tests.pages.samples import LOOKS, WORDS

PAGE, PHONE = LOOKS["page-light-zh-Hant"], LOOKS["phone-light-zh-Hant"]


def drawn(words: tuple[tuple[str, int], ...], look_name: str = "page") -> list[Line]:
    look = {"page": PAGE, "phone": PHONE}[look_name]
    return lines(WordCloud("詞", "", words).svg(look))[1:]


def overlap(one: Line, other: Line) -> bool:
    """Do the inked parts of two texts touch: from 0.82 em above the baseline to 0.08 em below it."""
    beside = one.span[0] < other.span[1] and other.span[0] < one.span[1]
    tops = one.y - 0.82 * one.size, other.y - 0.82 * other.size
    feet = one.y + 0.08 * one.size, other.y + 0.08 * other.size
    return beside and tops[0] < feet[1] and tops[1] < feet[0]


def test_words_stand_with_their_counts() -> None:
    assert [line.text for line in drawn(WORDS)] == [
        text for word, count in WORDS for text in (word, str(count))
    ]


def test_what_was_said_more_is_larger() -> None:
    sizes = [line.size for line in drawn(WORDS)[::2]]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] > 2 * sizes[-1]


@settings(deadline=None, max_examples=25)
@given(
    st.dictionaries(
        st.text("溫度電影人文AIxyz創作", min_size=1, max_size=9), st.integers(1, 99), max_size=40
    ),
    st.sampled_from(["page", "phone"]),
)
def test_no_two_words_touch(words: dict[str, int], look_name: str) -> None:
    found = drawn(tuple(words.items()), look_name)
    for place, one in enumerate(found):
        assert not [other.text for other in found[:place] if overlap(one, other)]


def test_the_same_words_lie_the_same_way_in_any_order() -> None:
    assert drawn(WORDS) == drawn(WORDS[::-1])


def test_a_word_keeps_its_colour_when_others_come() -> None:
    before = {line.text: line.fill for line in drawn(WORDS)}
    after = {line.text: line.fill for line in drawn((("新詞", 99), *WORDS))}
    assert all(after[word] == before[word] for word, _ in WORDS)


def test_words_that_cannot_be_drawn_or_were_never_said_are_left_out() -> None:
    assert texts(WordCloud("詞", "", (("😀", 5), ("無", 0))).svg(PAGE)) == ["詞", PAGE.labels.no_words]


def test_the_table_has_all_words() -> None:
    words = tuple((f"詞{n}", n) for n in range(300))
    assert len(WordCloud("", "", words).table(PAGE.labels).rows) == 300
