"""`wendu pack`: check, try, prepare and preview packs of readings."""

import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli import pack_files
from bot.cli.shared import language_option, pack_folder, packs_option

if TYPE_CHECKING:
    from bot.answering.engine import Engine
    from bot.pack.model import Answer, Golden

import sys
from functools import partial

from bot.cli.shared import all_packs

TOLERATED = 0.95  # share of golden questions that must come out right


@click.group()
def pack() -> None:
    """教材包：檢查、試題、建索引 / Check, try and prepare a pack of a reading."""


for command in (pack_files.new, pack_files.merge, pack_files.export, pack_files.import_, pack_files.renumber):
    pack.add_command(command)


@pack.command()
@click.argument("name")
@click.option(
    "--at-least",
    type=click.FloatRange(0.0, 1.0),
    default=TOLERATED,
    show_default=True,
    help="答對的比例低於這個就失敗 / the share that must come out right.",
)
@packs_option
def test(name: str, *, at_least: float, packs: Path) -> None:
    """用 golden.md 的題目試這個教材包 / Ask the golden questions; exit status 1 below the tolerance."""
    engine = open_engine(name, packs)
    asked = [(golden, engine.answer(golden.question)) for golden in engine.pack.golden]
    if not asked:
        raise click.UsageError(f"「{name}」沒有 golden.md 題目 / it has no golden questions")
    click.echo("\n".join(_golden_report(asked)))
    right = sum(golden.met_by(answer) for golden, answer in asked)
    share = right / len(asked)
    click.echo(f"\n答對 {right}/{len(asked)}（{share:.1%}），至少要 {at_least:.0%} / right, and the least")
    raise SystemExit(0 if share >= at_least else 1)


@pack.command()
@click.argument("name")
@packs_option
def index(name: str, *, packs: Path) -> None:
    """列出所有主題，並先把索引建好 / List all topics, and prepare the index before the first question."""
    from bot.pack.topics import topic_lines
    from bot.text.disk_cache import folder

    begun = time.perf_counter()
    engine = open_engine(name, packs)
    elapsed = time.perf_counter() - begun
    retriever = engine.retriever
    click.echo(f"摘解 / snippets：{len(retriever.snippets)}")
    click.echo(f"名稱 / names：{len(retriever.book.names)}")
    click.echo(f"詞項 / terms：{len(retriever.index.lists)}")
    click.echo(f"{elapsed:.2f} 秒 / s → {folder()}")
    click.echo("\n".join(["", *topic_lines(engine.pack)]))


def open_engine(name: str, packs: Path) -> "Engine":
    """Return the engine of a pack, said by its name or its folder.

    Raises:
        click.UsageError: there is none, or it has problems; they are listed.
    """
    from bot.answering.engine import Engine
    from bot.pack.load import load_pack
    from bot.pack.problems import PackError

    try:
        return Engine(load_pack(pack_folder(name, packs)))
    except PackError as error:
        raise click.UsageError(f"教材包「{name}」有問題 / the pack has problems:\n{error}") from error


def _golden_report(asked: "Sequence[tuple[Golden, Answer]]") -> Iterator[str]:
    """Yield what came out wrong, which snippets are taken for which, and how many were right of each kind."""
    wrong = [(golden, answer) for golden, answer in asked if not golden.met_by(answer)]
    for golden, answer in wrong:
        wanted = " | ".join(" + ".join(way) for way in golden.ways) or "無 / none"
        yield f"golden.md:{golden.line}: 「{golden.question}」要 {wanted}，得到 {_given(answer)}"
    for (meant, given), times in _confusions(wrong).most_common(10):
        yield f"混淆 / confused：{meant} → {given}（{times}）"
    kinds = Counter(golden.kind for golden, _ in asked)
    missed = Counter(golden.kind for golden, _ in wrong)
    for kind, number in kinds.items():
        yield f"{kind or '－'}：{number - missed[kind]}/{number}"


def _given(answer: "Answer") -> str:
    if answer.answered:
        return " + ".join(snippet.slug for snippet in answer.snippets)
    near = "、".join(snippet.slug for snippet in answer.suggestions)
    return f"沒回答 / none（{answer.tier}；{near}）"


def _confusions(wrong: "Iterable[tuple[Golden, Answer]]") -> "Counter[tuple[str, str]]":
    out: Counter[tuple[str, str]] = Counter()
    for golden, answer in wrong:
        if golden.slugs and answer.answered:
            out[golden.slugs[0], answer.snippets[0].slug] += 1
    return out


@pack.command()
@click.argument("names", metavar="[NAME|FOLDER]...", nargs=-1)
@click.option(
    "--format",
    "shape",
    type=click.Choice(["text", "github", "json"]),
    default="text",
    show_default=True,
    help="給人看、給 GitHub、給程式 / for people, for GitHub, for programs.",
)
@click.option(
    "--article",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="原文，用來檢查有沒有照抄 / the article, to find runs copied from it.",
)
@click.option("--all", "everything", is_flag=True, help="每一個建議都列出來 / list every piece of advice.")
@language_option
@packs_option
def check(  # noqa: PLR0913  one parameter an option
    names: tuple[str, ...],
    *,
    shape: str,
    article: Path | None,
    everything: bool,
    language: str | None,
    packs: Path,
) -> None:
    """檢查教材包；不給名字就檢查全部 / Check packs (all of them, if none is named).

    有錯誤時結束代碼是 1；建議不算錯 / exit status 1 if there are errors; advice alone is 0.
    """
    from bot.answering.engine import Engine
    from bot.pack.checks.check_pack import check_pack
    from bot.pack.checks.findings import FORMATS, Severity, as_text

    folders = [pack_folder(name, packs) for name in names] or list(all_packs(packs))
    if not folders:
        raise click.UsageError(f"{packs} 裡沒有教材包 / there is no pack in it")
    lines = _article(article)
    found = {folder: check_pack(folder, lines, engine=lambda pack: Engine(pack).answer) for folder in folders}
    shown = partial(as_text, language=language or "")
    text = partial(shown, most=sys.maxsize) if everything else shown
    render = text if shape == "text" else FORMATS[shape]
    for line in render(found):
        click.echo(line)
    if any(item.level is Severity.ERROR for findings in found.values() for item in findings):
        raise SystemExit(1)


def _article(path: Path | None) -> tuple[str, ...]:
    from bot.pack.authoring.articles import ArticleError, open_article

    if path is None:
        return ()
    try:
        return tuple(open_article(path).text.splitlines())
    except ArticleError as error:
        raise click.UsageError(str(error)) from error


@pack.command()
@click.argument("name", metavar="NAME|FOLDER")
@click.option("--port", type=click.IntRange(1, 65535), help="127.0.0.1 的連接埠 / port on 127.0.0.1.")
@click.option("--no-browser", is_flag=True, help="不要打開瀏覽器 / do not open a browser.")
@language_option
@packs_option
@click.pass_context
def preview(  # noqa: PLR0913  one parameter an option
    context: click.Context,
    name: str,
    *,
    port: int | None,
    no_browser: bool,
    language: str | None,
    packs: Path,
) -> None:
    """在排練裡試用教材包 / Open a pack in the rehearsal, without Telegram."""
    from bot.cli.rehearse import rehearse
    from bot.pack.load import load_pack
    from bot.pack.problems import PackError

    folder = pack_folder(name, packs).resolve()
    try:
        pack = load_pack(folder)
    except PackError as error:
        raise click.ClickException(f"教材包還讀不進來 / the pack has problems:\n{error}") from error
    if not any(not snippet.draft for snippet in pack.snippets):
        click.echo(
            "每一則都還是草稿，所以什麼都不會回答 / all snippets are drafts: nothing will be answered",
            err=True,
        )
    language = language or ("en" if pack.language.startswith("en") else "zh-Hant")
    context.invoke(
        rehearse, port=port, no_browser=no_browser, language=language, packs=folder.parent, pack=pack.slug
    )
