from bot.answering.engine import Engine
from bot.answering.word_counts import words


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


def test_a_word_is_shown_as_the_class_writes_it_and_never_mapped_there_and_back(tea: Engine) -> None:
    counted = words(["這個比喻好像茶葉，像素很高", "像素很重要"], tea.pack)
    assert counted["像素"] == 2
    assert "象素" not in counted


def test_a_page_shows_the_form_of_its_own_script(tea: Engine) -> None:
    said = ["导演的作品", "導演的作品", "导演的意图"]
    assert words(said, tea.pack)["導演"] == 3
    assert words(said, tea.pack, "zh-Hans")["导演"] == 3
    assert words(said, tea.pack, "en")["导演"] == 3  # as most of them wrote it
    assert words(["导演", "导演"], tea.pack)["導演"] == 2  # only ever written in the other script


def test_nothing_is_a_word_across_a_comma(tea: Engine) -> None:
    assert "人文" not in words(["都是人，文章也一樣"], tea.pack)


def test_what_is_only_put_before_a_word_is_no_part_of_it(tea: Engine) -> None:
    counted = words(["這裡有溫度", "很複雜的一版", "很像"], tea.pack)
    assert counted["溫度"] == 1
    assert counted["複雜"] == 1
    assert not {"有溫度", "很像", "一版", "像"} & set(counted)


def test_english_words_are_counted_without_what_hangs_on_them(tea: Engine) -> None:
    counted = words(["People's tea isn't bad", "the people’s tea, let's say, can't be bad"], tea.pack)
    assert counted["people"] + counted["People"] == 2
    assert not {"peoples", "Peoples", "isnt", "lets", "cant", "ca"} & set(counted)
