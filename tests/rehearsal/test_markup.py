"""Telegram's HTML and what Telegram finds in plain text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import MessageEntity, User

from bot.rehearsal.fake_telegram.markup import (
    MarkupError,
    checked_url,
    cut,
    find_entities,
    parse_html,
    trim,
    utf16,
)


def marked(html: str) -> tuple[str, list[tuple[str, str]]]:
    """The text, and each entity with the words it covers."""
    text, entities = parse_html(html)
    return text, [(str(entity.type), cut(text, entity)) for entity in entities]


@pytest.mark.parametrize(
    ("html", "kind"),
    [
        ("<b>溫度</b>", "bold"),
        ("<STRONG>溫度</STRONG>", "bold"),
        ("<i>溫度</i>", "italic"),
        ("<em>溫度</em>", "italic"),
        ("<u>溫度</u>", "underline"),
        ("<ins>溫度</ins>", "underline"),
        ("<s>溫度</s>", "strikethrough"),
        ("<del>溫度</del>", "strikethrough"),
        ("<tg-spoiler>溫度</tg-spoiler>", "spoiler"),
        ('<span class="tg-spoiler">溫度</span>', "spoiler"),
        ("<code>溫度</code>", "code"),
        ("<pre>溫度</pre>", "pre"),
        ("<blockquote>溫度</blockquote>", "blockquote"),
        ("<blockquote expandable>溫度</blockquote>", "expandable_blockquote"),
        ("<a href='https://a.tw/x?y=1&amp;z=2'>溫度</a>", "text_link"),
        ("<b>溫度</>", "bold"),
    ],
)
def test_each_tag_becomes_its_entity(html: str, kind: str) -> None:
    assert marked(f"😀 {html}！") == ("😀 溫度！", [(kind, "溫度")])


def test_nested_tags_give_the_longer_entity_first() -> None:
    assert marked("<b>人<i>文</i></b>") == ("人文", [("bold", "人文"), ("italic", "文")])


def test_nothing_is_dressed_up_inside_code() -> None:
    assert marked("<code>a <b>b</b></code> <b>c</b>") == ("a b c", [("code", "a b"), ("bold", "c")])


def test_a_block_of_code_keeps_its_language() -> None:
    _, (entity,) = parse_html('<pre><code class="language-python">x = 1</code></pre>')
    assert (entity.type, entity.language) == ("pre", "python")


def test_references_are_read_and_unknown_ones_left_alone() -> None:
    assert (
        parse_html("&lt;3 &amp; &gt; &quot; &#28331;&#x5EA6; &laquo; &nbsp")[0]
        == '<3 & > " 溫度 &laquo; &nbsp'
    )


def test_a_link_to_a_person_becomes_a_mention() -> None:
    user = User(5, "小安", is_bot=False)
    _, (entity,) = parse_html('<a href="tg://user?id=5">小安</a>', {5: user}.get)
    assert (entity.type, entity.user) == ("text_mention", user)


def test_a_link_to_nowhere_is_plain_text() -> None:
    assert marked('<a href="nowhere">這裡</a>') == ("這裡", [])


def test_empty_tags_leave_no_entity() -> None:
    assert marked("好<b></b>") == ("好", [])


@pytest.mark.parametrize(
    ("html", "complaint"),
    [
        ("溫度<", "Unclosed start tag at byte offset 6"),
        ("溫度<b", "Unclosed start tag at byte offset 6"),
        ("1 <3 個>", 'Unsupported start tag "3" at byte offset 2'),
        ("<p>段</p>", 'Unsupported start tag "p" at byte offset 0'),
        ("<br/>", 'Unsupported start tag "br/" at byte offset 0'),
        ("<b>溫度", 'Can\'t find end tag corresponding to start tag "b"'),
        ("溫度</b>", "Unexpected end tag at byte offset 6"),
        ("<b>溫度</i>", 'Unmatched end tag at byte offset 9, expected "</b>", found "</i>"'),
        ("<b>溫度</b", "Unclosed end tag at byte offset 9"),
        ("<a =x>好</a>", 'Empty attribute name in the tag "a" at byte offset 0'),
        (
            "<a href>好</a>",
            'Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0',
        ),
        ("<a href=", 'Unclosed start tag "a" at byte offset 0'),
        ("<a href='x>好</a>", "Unclosed start tag at byte offset 0"),
        ("<a href=a/b>好</a>", "Unexpected end of name token at byte offset 8"),
        ("<span>好</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<tg-emoji emoji-id='x'>好</tg-emoji>", "Invalid custom emoji identifier specified"),
    ],
)
def test_bad_html_is_refused_in_telegrams_words(html: str, complaint: str) -> None:
    with pytest.raises(MarkupError) as caught:
        parse_html(html)
    assert str(caught.value) == complaint


def test_half_a_character_is_refused() -> None:
    with pytest.raises(MarkupError, match="unmatched surrogate"):
        parse_html("&#xD83D;")


@given(st.text(alphabet="<>/b&;='\" a溫😀#x", max_size=60))
def test_any_text_parses_or_is_refused_and_nothing_else(html: str) -> None:
    try:
        text, entities = parse_html(html)
    except MarkupError:
        return
    assert all(0 <= entity.offset < entity.offset + entity.length <= utf16(text) for entity in entities)


def test_white_space_at_the_ends_is_lost_and_entities_follow() -> None:
    text, entities = trim("\n 溫度 \n", [MessageEntity("bold", 0, 4), MessageEntity("italic", 0, 2)])
    assert text == "溫度"
    assert [(entity.type, entity.offset, entity.length) for entity in entities] == [("bold", 0, 2)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/stance", [("bot_command", "/stance")]),
        ("/stance@WenduBot 5", [("bot_command", "/stance@WenduBot")]),
        ("和/或", []),
        ("a/b", []),
        ("(@WenduBot)", [("mention", "@WenduBot")]),
        ("寫信給 a@b.tw", [("email", "a@b.tw")]),
        ("#人文溫度 #1", [("hashtag", "#人文溫度")]),
        ("見 https://a.tw/頁？好", [("url", "https://a.tw/頁？好")]),
        ("見 t.me/x。", [("url", "t.me/x")]),
    ],
)
def test_plain_text_shows_what_telegram_finds_in_it(text: str, found: list[tuple[str, str]]) -> None:
    assert [(str(entity.type), cut(text, entity)) for entity in find_entities(text)] == found


def test_nothing_is_looked_for_inside_a_link() -> None:
    text, entities = parse_html('<a href="https://a.tw/">看 @WenduBot</a>')
    assert [str(entity.type) for entity in find_entities(text, entities)] == ["text_link"]


@pytest.mark.parametrize(
    ("target", "kept"),
    [
        ("a.tw", "http://a.tw/"),
        ("https://a.tw", "https://a.tw/"),
        ("https://a.tw?x", "https://a.tw/?x"),
        ("tg://resolve?domain=x", "tg://resolve?domain=x"),
        ("ftp://a.tw", None),
        ("http://localhost:8080", None),
        ("javascript:alert(1)", None),
        ("", None),
    ],
)
def test_addresses_are_kept_as_telegram_keeps_them(target: str, kept: str) -> None:
    assert checked_url(target) == kept
