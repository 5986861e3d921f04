"""Statements have the shape of xAPI 1.0.3 and the words of Moodle's logstore plug-in."""

import json
import re
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from tests.db.classroom import Classroom
from tests.db.exports.exported import hold, unpacked, write

ALLOWED = {"id", "version", "actor", "verb", "object", "result", "timestamp", "context"}


@pytest.fixture
def statements(classroom: Classroom, tmp_path: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(
        unpacked(write(hold(classroom), "xapi", tmp_path))["statements.json"]
    )
    return found


def test_every_statement_is_whole(statements: list[dict[str, Any]]) -> None:
    for one in statements:
        assert set(one) <= ALLOWED
        assert UUID(one["id"]).version == 5
        assert datetime.fromisoformat(one["timestamp"]).utcoffset() is not None
        assert re.fullmatch(r"https?://\S+", one["verb"]["id"])
        assert re.fullmatch(r"https?://\S+", one["object"]["id"])
        assert set(one["actor"]["account"]) == {"homePage", "name"}
        activities = one["context"]["contextActivities"]
        assert all(isinstance(group, list) and group for group in activities.values())
        for activity in (one["object"], *activities["grouping"], *activities["category"]):
            assert activity["objectType"] == "Activity"
            assert re.fullmatch(r"https?://\S+", activity["definition"]["type"])
    assert len({one["id"] for one in statements}) == len(statements)


def test_each_thing_has_its_verb(statements: list[dict[str, Any]]) -> None:
    verbs = [one["verb"]["display"]["en"] for one in statements]
    assert {verb: verbs.count(verb) for verb in dict.fromkeys(verbs)} == {
        "created": 2,
        "replied to": 7,
        "asked": 1,
        "responded": 3,
    }


def test_a_reply_hangs_below_what_it_answers_and_a_stance_is_a_likert_item(
    statements: list[dict[str, Any]],
) -> None:
    replies = [one for one in statements if one["verb"]["id"] == "http://id.tincanapi.com/verb/replied"]
    first, second = replies[:2]
    assert second["context"]["contextActivities"]["parent"][0]["id"] == first["object"]["id"]
    assert second["object"]["definition"]["type"] == "http://id.tincanapi.com/activitytype/forum-reply"
    stance = statements[-1]
    assert stance["object"]["definition"]["interactionType"] == "likert"
    assert stance["result"]["response"] in {"1", "2", "3", "4", "5"}


def test_the_same_remark_has_the_same_id_until_it_is_edited(classroom: Classroom, tmp_path: Path) -> None:
    classroom.opens()
    draft = classroom.says(classroom.student(1), "一")

    def ids() -> set[str]:
        content = unpacked(write(classroom, "xapi", tmp_path))["statements.json"]
        return {one["id"] for one in json.loads(content)}

    before = ids()
    assert ids() == before
    classroom.edits(draft, "二")
    assert len(ids() & before) == len(before) - 1
