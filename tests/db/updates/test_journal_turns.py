import json
from pathlib import Path

from db.store import Store
from db.updates.records import Incoming
from tests.db.classroom import Classroom, command
from tests.db.conftest import KEY


def test_after_a_crash_between_keeping_and_handling_all_is_still_there_in_order(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "wendu.db", key=KEY)
    waiting = store.journal.receive([command(number) for number in range(5)])
    store.journal.done(waiting[2].id)
    del store  # no close: the process is gone
    again = Store.open(tmp_path / "wendu.db", key=KEY)
    assert [each.id for each in again.journal.pending()] == [waiting[place].id for place in (0, 1, 3, 4)]
    assert again.journal.pending()[0] == waiting[0]
    again.close()


def test_when_handled_the_words_are_gone_and_the_mark_stays(classroom: Classroom) -> None:
    (waiting,) = classroom.store.journal.receive([command(1, "/ask 私密的話")])
    classroom.store.journal.done(waiting.id)
    assert classroom.store.all("SELECT * FROM waiting") == []
    assert classroom.store.journal.receive([command(1, "/ask 私密的話")]) == []


def test_a_fault_is_put_aside_without_its_words(classroom: Classroom) -> None:
    raw = {"update_id": 7, "message": {"text": "祕密", "chat": {"id": 5}, "怪 key": [1, "話"]}}
    fault = Incoming(raw, needs_handler=False, identity=("garbage",), fault="ValueError: 祕密 is no number")
    assert classroom.store.journal.receive([fault]) == []
    (row,) = classroom.store.all("SELECT reason, shape, done_at FROM journal")
    assert row["reason"] == "ValueError: … is no number"
    assert json.loads(row["shape"]) == {
        "update_id": "int",
        "message": {"text": "str", "chat": {"id": "int"}, "?": ["int", "str"]},
    }
    assert row["done_at"] is not None
