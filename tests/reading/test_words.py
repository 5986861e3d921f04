from bot.reading.engine import Engine
from bot.reading.words import words


def test_content_words_are_counted_as_the_pack_writes_them(tea: Engine) -> None:
    counted = words(["我覺得焙火很重要", "焙火太久會有焦味吧", "陳師傅說焙火要慢"], tea.pack)
    assert counted["焙火"] == 3
    assert counted["陳師傅"] == 1
    assert not {"覺得", "很", "我", "的"} & set(counted)


def test_simplified_remarks_count_with_traditional_ones(tea: Engine) -> None:
    assert words(["发酵", "發酵"], tea.pack)["發酵"] == 2


def test_nothing_said_counts_nothing(tea: Engine) -> None:
    assert not words(["", "！！", "123", "\ud800"], tea.pack)


def test_words_of_arguing_are_not_of_the_subject(tea: Engine) -> None:
    counted = words(["可是沒有一次焙火算數，就是不算", "其实只是没有时间"], tea.pack)
    assert not {"可是", "沒有", "一次", "就是", "不算", "只是", "時間"} & set(counted)
    assert counted["焙火"] == 1


def test_a_latin_word_is_shown_as_it_was_written_most_often(tea: Engine) -> None:
    counted = words(["Oolong 好", "oolong", "Oolong tea"], tea.pack)
    assert counted["Oolong"] == 3
    assert "oolong" not in counted
