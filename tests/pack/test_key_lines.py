from bot.pack.key_lines import SNIPPET_KEYS, items, key_line, known, sentences


def test_separators_inside_book_title_marks_belong_to_the_item() -> None:
    assert items("《茶、酒》、焙火；Chen, A") == ("《茶、酒》", "焙火", "Chen", "A")


def test_each_item_is_kept_once() -> None:
    assert items("茶、茶，茶") == ("茶",)


def test_follow_ups_are_separated_by_semicolons_only() -> None:
    assert sentences("為什麼？先看第二段，再想；誰說的；") == ("為什麼？先看第二段，再想", "誰說的")


def test_an_address_is_no_key() -> None:
    assert key_line("https://example.org", 1) is None


def test_keys_are_known_in_any_case() -> None:
    assert known("KEYWORDS", SNIPPET_KEYS) == "keywords"
    assert known("关键词", SNIPPET_KEYS) == "keywords"
    assert known("價錢", SNIPPET_KEYS) == ""
