"""`wendu ask`: one question, or a stream of them as JSON lines."""

import json
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.cli.shared import LANGUAGES, packs_option

if TYPE_CHECKING:
    from bot.answering.engine import Engine
    from bot.pack.model import Answer

EXAMPLE = '{"id": 1, "text": "…"}'


@click.command()
@click.argument("question", required=False)
@click.option(
    "--jsonl",
    is_flag=True,
    help="一行一個 JSON 物件，一行一個回答 / read one JSON object a line, write one answer a line.",
)
@click.option("--pack", default="ai-film", show_default=True, help="問哪一份教材包 / which pack to ask.")
@packs_option
@click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    help="用哪一種語言回答 / answer in this language.  [default: zh-Hant, or en when asked in English]",
)
@click.option("--explain", is_flag=True, help="說出為什麼這樣答 / show which tier, terms and scores decided.")
def ask(  # noqa: PLR0913  one parameter an option
    *, question: str | None, jsonl: bool, pack: str, packs: Path, language: str | None, explain: bool
) -> None:
    """問這篇讀物一個問題 / Ask the reading QUESTION.

    結束代碼 / exit status: 0 有答案 answered, 1 沒有 not answered, 2 用法錯誤 wrong usage.
    """
    if jsonl == bool((question or "").strip()):
        raise click.UsageError("請寫一個問題，或用 --jsonl / give one QUESTION, or --jsonl")
    engine = _engine(packs, pack)
    if jsonl:
        for line in _answers(sys.stdin.buffer, engine, language):
            click.echo(json.dumps(line, ensure_ascii=_has_surrogates(line)))
            sys.stdout.flush()
        return
    answer = engine.answer(question or "")
    _show(answer, question or "", language)
    if explain:
        _explain(answer, question or "", language)
    raise SystemExit(0 if answer.answered else 1)


def _engine(packs: Path, slug: str) -> "Engine":
    from bot.cli.pack import open_engine

    return open_engine(slug, packs)


def _show(answer: "Answer", question: str, language: str | None) -> None:
    from bot.answering.compose import compose, language_of, nearest, refusal

    language = language or language_of(question)
    composed = compose(answer, language)
    if answer.answered:
        click.echo("\n".join([composed.title, "", composed.text, "", *composed.source_lines]))
        return
    click.echo(refusal(answer, language))
    if near := nearest(answer, language):
        click.echo(near)


def _explain(answer: "Answer", question: str, language: str | None) -> None:
    from bot.answering.compose import language_of
    from bot.answering.phrases import say

    click.echo("\n".join(["", *(say(seen, language or language_of(question)) for seen in answer.why)]))


def _has_surrogates(line: dict[str, Any]) -> bool:
    """Return whether the id holds what UTF-8 cannot: then the whole line is written in ASCII."""
    return any("\ud800" <= char <= "\udfff" for char in str(line["id"]))


def _answers(source: Iterable[bytes], engine: "Engine", language: str | None) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(source, 1):
        if line.strip():
            yield _answer_line(line, number, engine, language)


def _answer_line(line: bytes, number: int, engine: "Engine", language: str | None) -> dict[str, Any]:
    """Return the answer to one line; a line that cannot be read is answered with its error and its id."""
    asked: Any = None
    try:
        asked = json.loads(line, parse_constant=str)  # NaN as an id must not make our own line unreadable
        text, history = asked["text"], asked.get("history") or []
        if not isinstance(text, str) or not all(isinstance(earlier, str) for earlier in history):
            return _bad(
                number, asked, "text 要是文字，history 要是文字的清單 / text and history must be strings"
            )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return _bad(
            number,
            asked,
            f"第 {number} 行讀不懂，例：{EXAMPLE} / line {number} is not understood, write {EXAMPLE}",
        )
    begun = time.perf_counter()
    answer = engine.answer(text, history=history)
    elapsed = (time.perf_counter() - begun) * 1000
    return {"id": asked.get("id"), **_fields(answer, text, language), "ms": round(elapsed, 3)}


def _bad(number: int, asked: object, error: str) -> dict[str, Any]:
    empty: dict[str, Any] = {"snippets": [], "title": "", "answer": "", "sources": [], "score": 0.0}
    return {
        "id": asked.get("id") if isinstance(asked, dict) else None,
        "line": number,
        "answered": False,
        "kind": "refusal",
        **empty,
        "suggestions": [],
        "ms": 0.0,
        "error": error,
    }


def _fields(answer: "Answer", text: str, language: str | None) -> dict[str, Any]:
    from bot.answering.compose import compose, language_of, refusal

    language = language or language_of(text)
    composed = compose(answer, language)
    return {
        "answered": answer.answered,
        "kind": answer.kind.value,
        "snippets": [snippet.slug for snippet in answer.snippets],
        "title": composed.title,
        "answer": composed.text if answer.answered else refusal(answer, language),
        "sources": [f"P{paragraph}" for paragraph in composed.paragraphs],
        "score": round(answer.score, 4),
        "suggestions": [snippet.title for snippet in answer.suggestions],
    }
