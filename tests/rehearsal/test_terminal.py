"""The rehearsal in a terminal: what is typed, how it is drawn, and a whole process fed by a pipe."""

import os
import re
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prompt_toolkit.application import create_app_session
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput
from telegram import MessageEntity

from bot.rehearsal import terminal
from bot.rehearsal.phrases import texts_of, told
from bot.rehearsal.terminal.commands import NAMES, TerminalCommand, read_command
from bot.rehearsal.terminal.session import WordCompleter, typed
from bot.rehearsal.terminal.view import OPENING, plain, width, with_addresses, wrap
from tests.dialogue import our_packs

ROOT = Path(__file__).parents[2]
WORDS = Path(terminal.__file__).parent
LANGUAGES = ("zh-Hant", "zh-Hans", "en")
NO_LINE_BEGINS_WITH = "，。、！？；：）」』】》〉"


# What is typed


@pytest.mark.parametrize(
    ("line", "order"),
    [
        ("大家好", TerminalCommand("say", "大家好")),
        ("/ask 什麼", TerminalCommand("say", "/ask 什麼")),
        ("::) 笑", TerminalCommand("say", ":) 笑")),
        (":3", TerminalCommand("press", number=3)),
        ("：12.2", TerminalCommand("press", message=12, number=2)),
        (":+5", TerminalCommand("forward", number=5)),
        (":+1h", TerminalCommand("forward", number=60)),
        (":＋2小時", TerminalCommand("forward", number=120)),
        (":+1d", TerminalCommand("forward", number=1440)),
        (":我是 小安", TerminalCommand("as", "小安")),
        (":As Ann", TerminalCommand("as", "Ann")),
        (":说明", TerminalCommand("help")),
        (":reply 12 是的", TerminalCommand("reply", "12 是的")),
    ],
)
def test_a_line_is_something_said_or_an_order_in_chinese_or_english(
    line: str, order: TerminalCommand
) -> None:
    assert read_command(line) == order


def test_an_order_that_is_none_is_not_said_aloud_by_mistake() -> None:
    with pytest.raises(LookupError, match="nosuch"):
        read_command(":nosuch 5")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_help_names_orders_that_there_are(language: str) -> None:
    found = re.findall(r":(\w+|\+\d\w?)", texts_of(WORDS, language)["help"])
    assert len(found) > 20
    for order in found:
        read_command(f":{order}")


def test_in_english_nothing_is_chinese_and_what_there_is_not_is_said(tmp_path: Path) -> None:
    lines = ":as\n:chat\n:chat 9\n/help\n:chat 2\n/start\n:next\n:+60000\n:quit\n"
    printed = rehearse(lines, tmp_path, "--language", "en")
    for expected in (
        "You are Ms Rivera, in “Film and Warmth”",
        "There is no chat 9.",
        "Hello, I am Wendu.",
        "That did not work: nothing is scheduled",
        "That did not work: forward by 31 days at most",
    ):
        assert expected in " ".join(printed.split()), expected
    own = [pack.title for pack in our_packs().packs.values()]
    text = "".join(printed.split())
    assert re.findall(r"[\u3400-\u9fff]+", re.sub("|".join(map(re.escape, own)), "", text)) == []


def test_what_is_said_in_both_languages_is_told_in_the_readers() -> None:
    both = "沒有排定的事 · nothing is scheduled"
    assert [told(both, language) for language in LANGUAGES] == [
        "沒有排定的事",
        "没有排定的事",
        "nothing is scheduled",
    ]
    assert told("no such person", "en") == told("no such person", "zh-Hans") == "no such person"


def test_every_text_is_used_and_says_the_same_in_each_language() -> None:
    code = "".join(file.read_text(encoding="utf-8") for file in WORDS.glob("*.py"))
    texts = {language: texts_of(WORDS, language) for language in LANGUAGES}
    for key in texts["en"]:
        assert re.search(f"[\"']{key}[\"']", code) or key.startswith(("demo_", "coming_")), key
        holes = [sorted(re.findall(r"\{\w+\}", texts[language][key])) for language in LANGUAGES]
        assert holes[0] == holes[1] == holes[2], key
    assert set(NAMES) >= {"help", "as", "chat", "edit", "play", "clock", "trouble", "quit"}


# How it is drawn


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cs"])), st.integers(10, 60))
def test_no_line_is_wider_than_the_terminal_and_nothing_is_lost(text: str, cells: int) -> None:
    lines = wrap(plain(text), cells)
    assert all(width(line) <= cells for line in lines)
    assert re.sub(r"\s", "", "".join(lines)) == re.sub(r"\s", "", plain(text))


def test_chinese_is_two_cells_wide_and_no_line_begins_with_a_full_stop() -> None:
    assert width("溫度 AI") == 7
    lines = wrap("我們今天談的，是「人文溫度」。它從哪裡來？(machine learning 的溫度) 又是什麼呢！" * 3, 20)
    assert all(len(line) <= 20 for line in lines)
    assert not [line for line in lines if line[0] in NO_LINE_BEGINS_WITH]
    assert not [line for line in lines if line[-1] in OPENING]


def test_what_would_steer_the_terminal_is_taken_out() -> None:
    assert plain("\x1b[2J紅\x1b]0;title\x07\u202e字\r\n行\t尾\x9b31m") == "[2J紅]0;title字\n行 尾31m"


def test_a_hidden_address_stands_behind_its_words() -> None:
    link = MessageEntity("text_link", 3, 2, url="https://example.org/")
    assert with_addresses("🎬 看板 在這", [link]) == "🎬 看板（https://example.org/） 在這"


# What happens


def rehearse(lines: str, tmp_path: Path, *options: str) -> str:
    """Feed lines to `wendu rehearse --terminal` and return what it prints."""
    done = subprocess.run(
        [sys.executable, "-m", "bot", "rehearse", "--terminal", *options],
        input=lines,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path), "COLUMNS": "80"},
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "\x1b" not in done.stdout
    assert all(width(line) <= 80 for line in done.stdout.splitlines() if "http" not in line)
    return done.stdout


def test_a_class_is_rehearsed_through_a_pipe(tmp_path: Path) -> None:
    printed = rehearse(
        """\
:我是 小安
/ask 什麼是符號拼貼？
:4
:我是 陳老師
/discuss
:3
:99
:加人 新同學
大家好，我是新來的
:改 大家好
:回 2 這裡我有問題
:我是 2
:到
:狀況 斷線
有人在嗎
:狀況 正常
:呼叫
:+5
:nosuch
""",
        tmp_path,
    )
    for expected in (
        "出處：",
        "💬   謝謝",
        "要討論什麼？",
        "沒有第 99 個按鈕",
        "現在你是 新同學",
        "改了",
        "↩ [2]",
        "▸  1 人文溫度讀書會",
        "⚡ Telegram 現在：斷線",
        "排練的時鐘：",
        "沒有「:nosuch」",
        "排練結束了。",
    ):
        assert expected in printed
    assert [path for path in tmp_path.iterdir() if path.name.startswith("wendu-")] == []


def test_the_example_class_plays_in_english_and_its_log_is_saved(tmp_path: Path) -> None:
    printed = rehearse(
        ":help\n:chat 2\n:save\n:quit\n", tmp_path, "--language", "en", "--demo", "--pace", "0"
    )
    assert "The example class is over" in printed
    assert "go to another chat or topic" in printed
    assert "Saved: " in printed
    assert zipfile.is_zipfile(next(tmp_path.glob("*.zip")))


async def test_a_prompt_takes_chinese_and_ends_at_ctrl_d() -> None:
    with create_pipe_input() as keys, create_app_session(input=keys, output=DummyOutput()):
        keys.send_text("/ask 什麼是\x7f嗎\r\x04")
        lines = [line async for line in typed(lambda: "▸ ", lambda: "", list)]
    assert lines == ["/ask 什麼嗎"]


@pytest.mark.parametrize(
    ("begun", "offered"), [("/a", ["/ask"]), ("：", [":help"]), ("a", []), ("/ask ", [])]
)
def test_first_words_are_completed(begun: str, offered: list[str]) -> None:
    words = WordCompleter(lambda: [("/ask", "問"), ("/board", "看板"), (":help", "")])
    assert [each.text for each in words.get_completions(Document(begun), CompleteEvent())] == offered


def test_a_terminal_that_waits_for_a_line_ends_at_sigterm_and_leaves_nothing(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "rehearse", "--terminal"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={**os.environ, "TMPDIR": str(tmp_path), "PYTHONUNBUFFERED": "1"},
        cwd=ROOT,
    ) as process:
        assert process.stdout is not None
        assert any("現在你是" in line for line in process.stdout)  # reads on until it is there
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=60) == 0
    assert list(tmp_path.iterdir()) == []
