import re
import time
from collections.abc import Iterable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.pack.authoring.cleaning import KINDS, TextSpot, clean, suspicions
from bot.pack.authoring.text_damage import strays
from tests.pack.authoring.slips import rights, slips

ARTICLE = (
    "夜里的圖(tú)書(shū)館(guǎn)該不該開門\n"
    "\n"
    "\n"
    "\n"
    "去年冬天,鎮(zhèn)上的圖書館試著開到半夜,來的人比想象的多。\u200b館員(yuán)吳小姐(Ms. Wu)說她沒料到。\n"
    "分享到：微信 微博\n"
    "<p>電費(fèi)因此多了三成,這(zhè)是一次沖擊。</p>\n"
    "可是&nbsp;鎮長(zhǎng)在2024(去年)的會議上只說了一句話:他(he)不反對。\n"
    "閱讀數：1024\n"
    "本文僅代表作者觀點,版權歸原作者所有。\n"
)


def lose_a_byte(text: str) -> str:
    """Return what a reader of GBK makes of a text whose first byte was lost."""
    return "?" + text.encode("gbk")[1:].decode("gbk", "replace").replace("\ufffd", "?")


def kinds(spots: Iterable[TextSpot]) -> list[str]:
    return [spot.kind for spot in spots]


def test_every_pinyin_note_goes_and_is_listed_with_its_place() -> None:
    cleaned = clean(ARTICLE)
    notes = [spot for spot in cleaned.removals if spot.kind == "pinyin"]
    assert [spot.text for spot in notes][:3] == ["(tú)", "(shū)", "(guǎn)"]
    assert len(notes) == 8
    assert (notes[0].line, notes[0].column) == (1, 5)
    assert "圖書館該不該開門" in cleaned.text


def test_brackets_that_are_no_reading_stay() -> None:
    text = clean(ARTICLE).text
    assert "吳小姐(Ms. Wu)" in text
    assert "2024(去年)" in text
    assert "他(he)不反對" in text


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("技術(shù)", "技術"),
        ("技術（shù）", "技術"),
        ("網(wǎng)", "網"),  # the third tone with a breve
        ("技術(jì shù)", "技術"),
        ("我們(men)", "我們"),  # a toneless reading that the character has
        ("電影(film)", "電影(film)"),
        ("安(an)", "安(an)"),
        ("AI(shù)", "AI(shù)"),
        ("女(nǚ)", "女"),
    ],
)
def test_a_note_is_removed_only_where_it_reads_the_characters_before_it(written: str, meant: str) -> None:
    assert clean(written).text == meant


def test_tags_entities_invisible_characters_furniture_and_blank_lines_go() -> None:
    cleaned = clean(ARTICLE)
    assert set(kinds(cleaned.removals)) == {"pinyin", "tag", "entity", "invisible", "furniture", "blank"}
    assert "\u200b" not in cleaned.text
    assert "<p>" not in cleaned.text
    assert "可是 鎮長" in cleaned.text
    assert "分享到" not in cleaned.text
    assert "微信" not in cleaned.text
    assert "閱讀數" not in cleaned.text
    assert "\n\n\n" not in cleaned.text


def test_radicals_as_printed_pages_have_them_become_the_characters_they_look_like() -> None:
    cleaned = clean("⼿上的⽔和⻑凳，⾦⾊的⿂")
    assert cleaned.text == "手上的水和長凳，金色的魚"
    assert kinds(cleaned.removals) == ["radical"] * 6


@pytest.mark.parametrize(
    "tag",
    [
        "<b>",
        "</b >",
        "<hr/>",
        '<a href="https://example.edu/圖書館" target=_blank>',
        "<img alt='圖書館' src=a.png />",
        '<p title = "館" data-x>',
        '<span class="a"">',
    ],
)
def test_what_is_written_as_a_tag_goes(tag: str) -> None:
    assert clean(f"前{tag}後").text == "前後"


@pytest.mark.parametrize("text", ["<b 館>", "<p 他說>", "看 <a 館 和 b> 之間", "<i 館長 class='x'>"])
def test_words_in_angle_brackets_are_an_authors_own(text: str) -> None:
    assert clean(text).text == text


def test_a_tag_that_never_ends_is_given_up_quickly() -> None:
    began = time.monotonic()
    clean("<b " + "\"'=" * 20_000)
    assert time.monotonic() - began < 5


def test_nothing_else_is_touched() -> None:
    plain = "夜裡,圖書館開著.\n\n「為什麼?!」她問……(笑)\n他說:a < b && c > d, 5 > 3。👩‍🎓\n"
    assert clean(plain).text == plain
    assert not clean(plain).removals


@pytest.mark.parametrize(
    "line", ["分享會上他說了很多", "收藏家都來了", "評論：這是好事，因為", "廣告裡的人", "列印機壞了"]
)
def test_a_line_that_only_begins_like_page_furniture_stays(line: str) -> None:
    assert clean(f"{line}。\n下一段").text == f"{line}。\n下一段"


def test_a_family_emoji_keeps_its_joiner() -> None:
    assert clean("👨‍👩‍👧").text == "👨‍👩‍👧"


def test_a_lost_byte_is_reported_with_what_was_meant_and_left_as_it_is() -> None:
    broken = "館員說她沒料到" + lose_a_byte("。“這") + "是真的”"
    (spot,) = clean(broken).suspicions
    assert spot.kind == "broken"
    assert spot.suggestion == "。“這"
    assert clean(broken).text == broken


@pytest.mark.parametrize("meant", ["。”劉教授說", "。“一方面", "。“我們都是"])
def test_what_was_read_a_byte_late_is_read_again(meant: str) -> None:
    broken = "說了這些" + lose_a_byte(meant) + "，然後"
    spot = next(spot for spot in suspicions(broken) if spot.kind == "broken")
    assert spot.suggestion.rstrip("□") == meant[: len(spot.suggestion.rstrip("□"))]
    assert len(spot.suggestion) >= 3


def test_a_quotation_that_lost_its_end_together_with_a_tag_is_reported() -> None:
    (spot,) = suspicions("大家都這麼想?!?/p>\n下一段")
    assert (spot.kind, spot.line, spot.column, spot.text, spot.suggestion) == (
        *("broken", 1, 7),
        *("?!?/p>", "。”"),
    )


def test_a_note_that_lost_its_bracket_is_reported_apart() -> None:
    (spot,) = suspicions("發展?fàn)顩r進行了解析")
    assert (spot.kind, spot.text, spot.suggestion) == ("fragment", "?fàn)顩r", "□況")


@pytest.mark.parametrize(
    "broken",
    ["錯了?？", "壞掉的\ufffd\ufffd字", "锟斤拷锟斤拷", "ä¸\xadæ\x96\x87å\xad\x97", "真的?！好", "這??那"],
)
def test_other_signs_of_mojibake_are_reported(broken: str) -> None:
    found = kinds(suspicions(broken))
    assert ("broken" in found) == (broken != "錯了?？")


def test_utf8_read_as_latin_is_read_again() -> None:
    (spot,) = suspicions("開頭 " + "中文字".encode().decode("latin-1") + " 結尾")
    assert spot.suggestion == "中文字"


def test_an_exclamation_after_a_question_is_an_authors_own() -> None:
    assert not suspicions("真的嗎?!我不信。什麼？！他也來了??? 好")[1:]


def test_rare_characters_of_one_script_are_no_mojibake() -> None:
    assert "broken" not in kinds(suspicions("魑魅魍魎和饕餮都在古書裡，耄耋之年的人還記得"))


def test_conversion_slips_are_reported_with_the_character_meant() -> None:
    found = {spot.text: spot.suggestion for spot in clean(ARTICLE).suspicions if spot.kind == "slip"}
    assert found["沖"] == "衝"
    assert found["里"] == "裡"


def test_places_count_in_the_text_as_it_was_given() -> None:
    spot = next(spot for spot in clean(ARTICLE).suspicions if spot.text == "沖")
    line = ARTICLE.split("\n")[spot.line - 1]
    assert line[spot.column - 1] == "沖"


def test_right_words_are_no_slips() -> None:
    assert not suspicions("三公里外的鄰里都說，皇后后冠上的干支沒有錯，他只有一個面子，下面還有松樹。")


def test_what_is_reported_as_a_slip_is_one() -> None:
    """Own lists: a hundred phrases with a slip, as many of right words with the same characters."""
    around = "這篇文章說，{}，我們還沒有學過這個題目。"
    told = {
        phrase: [spot.suggestion for spot in suspicions(around.format(phrase)) if spot.kind == "slip"]
        for phrase in [*(phrase for phrase, _, _ in slips()), *rights()]
    }
    true = sum(right in told[phrase] for phrase, _, right in slips())
    false = sum(bool(told[phrase]) for phrase in rights())
    assert (len(slips()), len(rights()) >= 100) == (100, True)
    assert true >= 0.9 * len(slips())
    assert true / (true + false) >= 0.95


def test_simplified_texts_have_no_slips() -> None:
    assert not suspicions("图书馆里的制造业受到冲击，云服务平台后期合成。")


def test_a_notice_is_reported_and_kept() -> None:
    cleaned = clean(ARTICLE)
    assert "本文僅代表作者觀點" in cleaned.text
    assert "notice" in kinds(cleaned.suspicions)


def test_windows_line_ends_become_plain_and_lines_are_still_counted() -> None:
    cleaned = clean("第一行\r\n技術(shù)\r\n")
    assert cleaned.text == "第一行\n技術\n"
    assert (cleaned.removals[0].line, cleaned.removals[0].column) == (2, 3)


def test_strays_of_the_other_script_are_found_unless_they_are_only_mentioned() -> None:
    assert [("图书".index("书") + 0, meant) for _, _, meant in strays("圖书館", traditional=True)] == [
        (1, "書")
    ]
    assert not list(strays("原文寫作「书」（书）", traditional=True))
    assert [meant for _, _, meant in strays("图書馆", traditional=False)] == ["书"]


def test_every_kind_of_spot_has_a_name_for_people() -> None:
    found = clean(ARTICLE + "?!?/p>\n發展?fàn)顩r ⼿")
    assert {*kinds(found.removals), *kinds(found.suspicions)} == set(KINDS)


@given(
    st.text(
        alphabet=st.sampled_from("技術(shù)）（<p>&amp;?！!/ \n\r\t\u200b里沖后ab。“”館锟斤拷\ufffd"),
        max_size=80,
    )
)
@example("<b 館>")
def test_cleaning_what_is_clean_changes_little_and_never_fails(text: str) -> None:
    once = clean(text)
    for spot in (*once.removals, *once.suspicions):
        assert spot.line >= 1
        assert spot.column >= 1
    assert len(once.text) <= len(text) + 1
    assert len(re.findall("[館后]", once.text)) == len(re.findall("[館后]", text))


@given(st.text(max_size=200))
def test_any_text_can_be_cleaned(text: str) -> None:
    assert isinstance(clean(text).text, str)
