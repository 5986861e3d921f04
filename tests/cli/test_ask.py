import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from bot.cli import main
from tests.answering.tea import write_tea


@pytest.fixture
def packs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("WENDU_PACKS", str(tmp_path))
    write_tea(tmp_path)
    return tmp_path


def ask(*arguments: str, said: str | bytes | None = None) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["ask", "--pack", "tea", *arguments], input=said)
    return result.exit_code, result.output


def answers(*lines: object) -> list[dict[str, Any]]:
    said = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    code, output = ask("--jsonl", said=said)
    assert code == 0
    return [json.loads(line) for line in output.splitlines()]


@pytest.mark.usefixtures("packs")
@pytest.mark.parametrize("question", ["", "  "])
def test_an_empty_question_is_wrong_usage_and_no_unanswered_one(question: str) -> None:
    code, output = ask(question)
    assert code == 2
    assert "請寫一個問題" in output


@pytest.mark.usefixtures("packs")
def test_an_answer_is_title_text_and_source_with_status_0() -> None:
    code, output = ask("陳阿水是誰")
    assert code == 0
    assert output.splitlines()[0] == "陳阿水是誰"
    assert "第三代的焙茶師傅" in output
    assert output.rstrip().endswith("出處：第5段")


def test_an_answer_of_two_snippets_prints_each_source_once() -> None:
    result = CliRunner().invoke(main, ["ask", "《大夢》和《東方既白》裡的AI各做什麼"])
    assert " ／ " in result.output.splitlines()[0], "two snippets answer it"
    assert [line for line in result.output.splitlines() if "出處" in line] == ["出處：第1–2段"]


@pytest.mark.usefixtures("packs")
def test_what_is_not_covered_has_status_1_and_topics() -> None:
    code, output = ask("明天會下雨嗎")
    assert code == 1
    assert "沒有談到" in output
    assert "也許你想知道" in output


@pytest.mark.usefixtures("packs")
@pytest.mark.parametrize("arguments", [(), ("問題", "--jsonl"), ("問題", "--language", "fr")])
def test_wrong_usage_has_status_2(arguments: tuple[str, ...]) -> None:
    assert ask(*arguments)[0] == 2


@pytest.mark.usefixtures("packs")
def test_an_unknown_pack_names_those_that_are_there() -> None:
    code, output = ask("問題", "--pack", "coffee")
    assert code == 2
    assert "coffee" in output
    assert "tea" in output


def test_a_broken_pack_tells_its_problems(packs: Path) -> None:
    write_tea(packs, snippets="## 空的\n")
    code, output = ask("問題")
    assert code == 2
    assert "snippets.md:1:" in output


@pytest.mark.usefixtures("packs")
def test_explain_shows_names_scores_and_the_threshold() -> None:
    output = ask("陳阿水是什麼人", "--explain")[1]
    assert "陳阿水" in output
    assert "過半才回答" in output


@pytest.mark.usefixtures("packs")
@pytest.mark.parametrize(
    ("language", "expected"),
    [("zh-Hans", "出处：第5段"), ("en", "Source: paragraph 5"), ("zh-Hant", "出處：第5段")],
)
def test_the_language_may_be_chosen(language: str, expected: str) -> None:
    assert expected in ask("陳阿水是誰", "--language", language)[1]


@pytest.mark.usefixtures("packs")
def test_a_question_in_english_is_answered_with_the_gloss_first() -> None:
    output = ask("Who is Chen Ashui?")[1]
    assert output.index("third-generation") < output.index("第三代")


@pytest.mark.usefixtures("packs")
def test_lines_are_answered_in_order_with_all_fields() -> None:
    first, second = answers(
        {"id": "a", "text": "焙火的優點和缺點"}, {"id": 2, "text": "明天會下雨嗎", "history": []}
    )
    assert (first["id"], first["answered"]) == ("a", True)
    assert sorted(first["snippets"]) == ["roasting", "roasting-risks"]
    assert sorted(first["sources"]) == ["P6", "P8", "P9"]
    assert 0.5 <= first["score"] <= 1.0
    assert first["ms"] > 0
    assert (second["id"], second["answered"], second["kind"]) == (2, False, "refusal")
    assert "沒有談到" in second["answer"]
    assert second["suggestions"]
    assert set(first) == {
        "id",
        "answered",
        "kind",
        "snippets",
        "title",
        "answer",
        "sources",
        "score",
        "suggestions",
        "ms",
    }


@pytest.mark.usefixtures("packs")
def test_history_is_understood() -> None:
    (answer,) = answers({"id": 1, "text": "那文山包種茶呢", "history": ["凍頂茶產在哪裡"]})
    assert answer["snippets"] == ["baozhong"]


@pytest.mark.usefixtures("packs")
@pytest.mark.parametrize(
    "bad",
    [
        "no json",
        "[1]",
        "{}",
        '{"text": 5}',
        '{"text": "茶", "history": [1]}',
        '{"text": "茶", "history": 5}',
        "null",
    ],
)
def test_a_bad_line_is_answered_and_does_not_stop_the_rest(bad: str) -> None:
    wrong, right = answers(bad, {"id": 9, "text": "陳阿水"})
    assert wrong["id"] is None
    assert wrong["answered"] is False
    assert wrong["error"]
    assert right["id"] == 9
    assert right["answered"]


@pytest.mark.usefixtures("packs")
@pytest.mark.parametrize("line", ['{"id":7}', '{"id":7,"text":null}', '{"id":7,"text":"茶","history":[1]}'])
def test_a_line_that_is_not_understood_keeps_its_id(line: str) -> None:
    _, output = ask("--jsonl", said=line.encode())
    answer = json.loads(output)
    assert answer["id"] == 7
    assert answer["answered"] is False
    assert answer["error"]


@pytest.mark.usefixtures("packs")
def test_an_id_that_is_no_number_makes_no_unreadable_line() -> None:
    _, output = ask("--jsonl", said=b'{"id":NaN,"text":"x"}')
    assert "NaN" in output
    assert json.loads(output)["id"] == "NaN"


@pytest.mark.usefixtures("packs")
def test_bytes_that_are_no_text_are_answered_too() -> None:
    code, output = ask("--jsonl", said=b'\xff\xfe\n{"id":1,"text":"\\ud800"}\n\n')
    wrong, odd = map(json.loads, output.splitlines())
    assert code == 0
    assert wrong["error"]
    assert (odd["id"], odd["answered"]) == (1, False)


def test_answers_come_before_the_next_question_is_asked(packs: Path) -> None:
    command = [sys.executable, "-m", "bot", "ask", "--jsonl", "--pack", "tea"]
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "WENDU_PACKS": str(packs)},
    ) as process:
        assert process.stdin
        assert process.stdout
        for number in range(2):
            process.stdin.write(json.dumps({"id": number, "text": "陳阿水"}) + "\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == number
        process.stdin.close()
    assert process.returncode == 0


def test_asking_does_not_import_what_it_does_not_need(packs: Path) -> None:
    code = (
        "import sys\nfrom bot.cli import main\n"
        "try: main(['ask', '--pack', 'tea', '陳阿水'])\nexcept SystemExit: pass\n"
        "print(sorted({'telegram', 'sqlite_utils', 'starlette'} & set(sys.modules)))"
    )
    env = {**os.environ, "WENDU_PACKS": str(packs)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=env, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
