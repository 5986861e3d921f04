import json
from pathlib import Path

from click.testing import CliRunner, Result

from bot.cli import main
from db.store import Store
from tests.db.imports.test_moodle import post
from tests.db.imports.test_moodle import saved as moodle_saved
from tests.db.imports.test_telegram import CHAT, message, result, saved


def wendu(folder: Path, *arguments: str) -> Result:
    environment = {"WENDU_DATABASE": str(folder / "wendu.db"), "TELEGRAM_BOT_TOKEN": ""}
    return CliRunner().invoke(main, list(arguments), env=environment)


def test_a_chat_becomes_a_seminar_of_its_own_and_can_be_exported_at_once(tmp_path: Path) -> None:
    path = saved(tmp_path, result(message(1), message(2), {"id": 3, "type": "service"}, 5))
    done = wendu(tmp_path, "import", str(path))
    assert done.exit_code == 0, done.output
    assert "匯入 2 則（第 1 輪" in done.stdout
    assert "1 則不是發言" in done.stdout
    assert "第 4 則：不是物件" in done.stderr
    again = wendu(tmp_path, "import", str(path))
    assert "匯入 0 則 /" in again.stdout
    assert "2 則早已在紀錄裡" in again.stdout
    out = wendu(tmp_path, "export", "--format", "telegram", "-o", "-")
    assert [one["id"] for one in json.loads(out.stdout)["messages"]] == [1, 2]


def test_it_goes_into_the_round_that_is_named(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "wendu.db")
    seminar = store.seminars.bind(CHAT, title="讀書會", pack="ai-film", language="zh-Hant")
    opened = store.rounds.open(seminar.id, prompt_slug="", prompt_text="一", opened_by=None, at=store.clock())
    store.close()
    path = str(saved(tmp_path, result(message(1))))
    assert "有：1" in wendu(tmp_path, "import", path, "--round", "7").output
    assert wendu(tmp_path, "import", path, "--round", "1").exit_code == 0
    again = Store.open(tmp_path / "wendu.db")
    assert len(again.remarks.of(opened.id)) == 1
    again.close()


def test_a_forum_of_moodle_needs_to_be_told_its_seminar(tmp_path: Path) -> None:
    path = str(moodle_saved(tmp_path, post(1), post(2)))
    assert "--seminar" in wendu(tmp_path, "import", "--moodle", path).output
    wendu(tmp_path, "import", str(saved(tmp_path, result(message(1)))))
    done = wendu(tmp_path, "import", "--moodle", path, "--seminar", "1")
    assert "匯入 2 則（第 2 輪" in done.stdout, done.output


def test_what_is_no_export_is_refused_in_a_sentence(tmp_path: Path) -> None:
    done = wendu(tmp_path, "import", str(saved(tmp_path, "[]")))
    assert done.exit_code == 1
    assert "不是 JSON" in done.output
    assert "Traceback" not in done.output
