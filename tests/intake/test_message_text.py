from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.intake.message_text import clean, kind_of, words_of
from bot.text.rich_message import rich_text


@pytest.mark.parametrize(
    ("message", "kind", "words"),
    [
        ({"text": "有溫度"}, "text", "有溫度"),
        ({"photo": [{}], "caption": "圖說"}, "photo", "圖說"),
        ({"photo": [{}]}, "photo", ""),
        ({"animation": {}, "document": {}}, "animation", ""),
        ({"venue": {"title": "美術館"}, "location": {}}, "venue", "美術館"),
        ({"sticker": {"emoji": "👍"}}, "sticker", "👍"),
        ({"dice": {"emoji": "🎲", "value": 6}}, "dice", "🎲"),
        (
            {"poll": {"question": "有溫度嗎", "options": [{"text": "有"}, {"text": "沒有"}]}},
            "poll",
            "有溫度嗎\n• 有\n• 沒有",
        ),
        ({"checklist": {"title": "待辦", "tasks": [{"text": "讀文章"}]}}, "checklist", "待辦\n• 讀文章"),
        ({"contact": {"phone_number": "123"}}, "contact", ""),
        ({"something_new": {}, "caption": "新的種類"}, "other", "新的種類"),
        ({"pinned_message": {}}, "", ""),
        ({"rich_message": {"blocks": [{"type": "paragraph", "text": "段"}]}}, "rich", "段"),
        ({"poll": "garbage"}, "poll", ""),
        ({"text": "摘解", "via_bot": {"id": 1}}, "inline", "摘解"),
        ({"rich_message": {"blocks": [{"text": "段"}]}, "via_bot": {"id": 1}}, "inline", "段"),
        ({"animation": {}, "via_bot": {"id": 1}}, "animation", ""),
    ],
)
def test_what_a_message_is_and_says(message: dict[str, Any], kind: str, words: str) -> None:
    assert (kind_of(message), words_of(message)) == (kind, words)


def test_a_rich_message_is_read_block_by_block() -> None:
    blocks = [
        {"type": "heading", "size": 1, "text": "標題"},
        {
            "type": "paragraph",
            "text": [
                "我",
                {"type": "bold", "text": {"type": "italic", "text": "很"}},
                "同意",
                {"type": "custom_emoji", "custom_emoji_id": "1", "alternative_text": "🙂"},
                {"type": "mathematical_expression", "expression": "x^2"},
            ],
        },
        {
            "type": "list",
            "items": [
                {"label": "1.", "blocks": [{"type": "paragraph", "text": "第一"}]},
                {"label": "2.", "blocks": [{"type": "paragraph", "text": "第二"}]},
            ],
        },
        {"type": "table", "cells": [[{"text": "甲"}, {"text": "乙"}], [{"text": "丙"}, {}]]},
        {"type": "blockquote", "blocks": [{"type": "paragraph", "text": "引"}], "credit": "塔可夫斯基"},
        {"type": "details", "summary": "更多", "blocks": [{"type": "pre", "text": "code"}]},
        {"type": "photo", "photo": [], "caption": {"text": "圖", "credit": "某人"}},
        {"type": "mathematical_expression", "expression": "E=mc^2"},
        {"type": "divider"},
    ]
    assert rich_text({"blocks": blocks}).splitlines() == [
        "標題",
        "我很同意🙂x^2",
        "1.",
        "第一",
        "2.",
        "第二",
        "甲 | 乙",
        "丙 | ",
        "引",
        "塔可夫斯基",
        "更多",
        "code",
        "圖",
        "某人",
        "E=mc^2",
    ]


PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # busy machines

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["text", "blocks", "items", "cells", "caption", "credit", "label", "x"]), inner
        )
    ),
    max_leaves=20,
)


@PATIENT
@given(json_values)
def test_rich_garbage_is_read_without_an_error(value: object) -> None:
    assert isinstance(rich_text(value), str)


def test_a_rich_message_as_deep_as_json_allows_is_read_as_far_as_people_nest() -> None:
    block: Any = {"text": "底"}
    for _ in range(900):
        block = {"blocks": [block]}
    assert rich_text(block) == ""


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("普通文字 plain 🙂", "普通文字 plain 🙂"),
        ("\ud83d\ude42", "🙂"),
        ("前\ud83d後", "前\ufffd後"),
        ("a\0b", "a\ufffdb"),
        ("\u202eabc\u200b", "\u202eabc\u200b"),
    ],
)
def test_only_what_cannot_be_stored_is_changed(raw: str, kept: str) -> None:
    assert clean(raw) == kept


@PATIENT
@given(st.text(alphabet=st.characters(exclude_categories=[])))
def test_any_text_can_be_stored(text: str) -> None:
    clean(text).encode("utf-8")
