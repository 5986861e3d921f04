import json
from pathlib import Path

from click.testing import CliRunner, Result

from bot.cli import main
from db.store import Store
from tests.db.imports.held_elsewhere import CHAT, account, message, post, result, saved, says
from tests.db.imports.held_elsewhere import saved_table as moodle_saved


def wendu(folder: Path, *arguments: str, token: str = "") -> Result:
    environment = {"WENDU_DATABASE": str(folder / "wendu.db"), "TELEGRAM_BOT_TOKEN": token}
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
    assert again.exit_code == 1, "one of it cannot be read"
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
    done = wendu(tmp_path, "import", path, "--seminar", "1")  # it is seen that it is Moodle's
    assert "匯入 2 則（第 2 輪" in done.stdout, done.output


def test_what_is_no_export_is_refused_in_a_sentence(tmp_path: Path) -> None:
    done = wendu(tmp_path, "import", str(saved(tmp_path, "[]")))
    assert done.exit_code == 1
    assert "不是 JSON" in done.output
    assert "Traceback" not in done.output


def made(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} - {"result.json", "discussion.csv"}


def test_nothing_is_left_behind_by_what_fails_or_was_only_looked_at(tmp_path: Path) -> None:
    for content, status in ((result(message(1), type="personal_chat"), 1), (result(5, 6), 1), ("{", 1)):
        assert wendu(tmp_path, "import", str(saved(tmp_path, content))).exit_code == status
        assert made(tmp_path) == set()
    looked = wendu(tmp_path, "import", "--dry-run", str(saved(tmp_path, result(message(1)))))
    assert looked.exit_code == 0
    assert "會匯入 1 則" in looked.stdout
    assert made(tmp_path) == set()


def test_the_status_tells_that_nothing_new_came_in(tmp_path: Path) -> None:
    path = str(saved(tmp_path, result(message(1))))
    assert [wendu(tmp_path, "import", path).exit_code for _ in range(2)] == [0, 3]
    dates = post(1, created="2026年 02月 2日(週一) 16:00")
    refused = wendu(tmp_path, "import", str(moodle_saved(tmp_path, dates)), "--seminar", "1")
    assert refused.exit_code == 1
    assert "人類可讀的日期" in refused.stderr


def test_an_import_is_taken_back(tmp_path: Path) -> None:
    wendu(tmp_path, "import", str(saved(tmp_path, result(message(1), message(2)))))
    undone = wendu(tmp_path, "import", "--undo")
    assert undone.exit_code == 0
    assert "的 2 則" in undone.stdout
    assert wendu(tmp_path, "import", "--undo").exit_code == 1
    assert wendu(tmp_path, "import").exit_code == 2
    store = Store.open(tmp_path / "wendu.db")
    assert store.seminars.all() == []
    store.close()


def test_a_group_of_an_account_is_chosen_and_bots_are_named(tmp_path: Path) -> None:
    said = [says(1, "小雲", "早"), says(2, "QuizBot", "第一題"), says(3, "鬧鐘", "鈴")]
    path = str(saved(tmp_path, account(result(*said), result(message(1), id=7, name="別班"))))
    assert "--chat" in wendu(tmp_path, "import", path).output
    done = wendu(tmp_path, "import", path, "--chat", "讀書會", "--bot", "鬧鐘", "--person", "QuizBot")
    assert "匯入 2 則" in done.stdout
    assert "鬧鐘（1）" in done.stderr


def test_times_without_a_zone_are_said_to_be_of_the_seminars(tmp_path: Path) -> None:
    old = {key: value for key, value in message(1).items() if key != "date_unixtime"}
    assert "Asia/Taipei" in wendu(tmp_path, "import", str(saved(tmp_path, result(old)))).stderr


def test_the_bot_whose_token_is_set_is_left_out(tmp_path: Path) -> None:
    path = str(saved(tmp_path, result(message(1), message(2, **{"from": "溫溫", "from_id": "user4242"}))))
    assert "匯入 1 則" in wendu(tmp_path, "import", path, token=f"4242:{'A' * 35}").stdout
