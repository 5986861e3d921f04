"""`wendu pack`: make, check, try and prepare packs. Each command is imported only when it is called."""

import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from bot.cli.pack_places import pack_folder, packs_option

if TYPE_CHECKING:
    from bot.answering.engine import Engine
    from bot.pack.model import Answer, Golden

ELSEWHERE = {
    "check": "bot.cli.pack_check:check",
    "merge": "bot.cli.pack_merge:merge",
    "new": "bot.cli.pack_new:new",
    "preview": "bot.cli.pack_preview:preview",
    "export": "bot.cli.pack_sheet:export",
    "import": "bot.cli.pack_sheet:import_",
}
TOLERATED = 0.95  # share of golden questions that must come out right


class PackCommands(click.Group):
    """The commands of this file, and those that live in files of their own."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands, by alphabet."""
        return sorted({*super().list_commands(ctx), *ELSEWHERE})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of that name, imported now, or None."""
        if cmd_name not in ELSEWHERE:
            return super().get_command(ctx, cmd_name)
        module, name = ELSEWHERE[cmd_name].split(":")
        return cast("click.Command", getattr(import_module(module), name))


@click.group(cls=PackCommands)
def pack() -> None:
    """教材包：檢查、試題、建索引 / Check, try and prepare a pack of a reading."""


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
    click.echo("\n".join(_report(asked)))
    right = sum(golden.met_by(answer) for golden, answer in asked)
    share = right / len(asked)
    click.echo(f"\n答對 {right}/{len(asked)}（{share:.1%}），至少要 {at_least:.0%} / right, and the least")
    raise SystemExit(0 if share >= at_least else 1)


@pack.command()
@click.argument("name")
@packs_option
def index(name: str, *, packs: Path) -> None:
    """列出所有主題，並先把索引建好 / List all topics, and prepare the index before the first question."""
    from bot.pack.topics import topics
    from bot.text.disk_cache import folder

    begun = time.perf_counter()
    engine = open_engine(name, packs)
    elapsed = time.perf_counter() - begun
    retriever = engine.retriever
    click.echo(f"摘解 / snippets：{len(retriever.snippets)}")
    click.echo(f"名稱 / names：{len(retriever.book.names)}")
    click.echo(f"詞項 / terms：{len(retriever.index.lists)}")
    click.echo(f"{elapsed:.2f} 秒 / s → {folder()}")
    click.echo("\n".join(["", *topics(engine.pack)]))


def open_engine(name: str, packs: Path) -> "Engine":
    """Return the engine of a pack, said by its name or its folder.

    Raises:
        click.UsageError: there is none, or it has problems; they are listed.
    """
    from bot.answering.engine import Engine
    from bot.pack.load import PackError, load_pack

    try:
        return Engine(load_pack(pack_folder(name, packs)))
    except PackError as error:
        raise click.UsageError(f"教材包「{name}」有問題 / the pack has problems:\n{error}") from error


def _report(asked: "Sequence[tuple[Golden, Answer]]") -> Iterator[str]:
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
