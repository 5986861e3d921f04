"""`wendu pack new ARTICLE`: from an article to a pack folder that is ready to be edited."""

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from bot.pack.authoring.drafting.draft import Draft

SHOWN = 12  # suspicions printed one by one; the rest is counted and found again by `wendu pack check`


@click.command()
@click.argument("article", type=str)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="教材包資料夾 / the folder to make.")
@click.option(
    "--title", default="", help="讀物的標題（不給就從文章找）/ the title, if not the article's own."
)
def new(article: str, output: Path | None, title: str) -> None:
    """把一篇文章變成可以編輯的教材包 / Make a pack folder from an article (txt, md, html, docx, pdf).

    清理、編段落、找出可能被問到的人名、作品、術語和數字，替每一個寫好草稿的架子。草稿不會拿來回答。
    """
    from bot.pack.authoring.articles import ArticleError, open_article
    from bot.pack.authoring.drafting.draft import draft, write_draft
    from bot.pack.key_values import SLUG

    try:
        opened = open_article(article)
    except ArticleError as error:
        raise click.UsageError(str(error)) from error
    folder = output or Path(_slug(Path(article).stem))
    if not SLUG.fullmatch(folder.resolve().name):
        raise click.UsageError(
            f"資料夾名稱「{folder.name}」不能當代號：只用小寫英文、數字和 -，例如 -o week-3"
            " / the folder's name may have a-z, 0-9 and - only"
        )
    made = draft(opened, folder.resolve().name, title)
    if not made.reading.paragraphs:
        raise click.UsageError("清理以後沒有剩下文字 / nothing is left after cleaning")
    try:
        write_draft(made, folder)
    except FileExistsError as error:
        raise click.UsageError(
            f"{error.args[0]} 已經在了，不覆寫：請換一個 -o / exists already, not overwritten"
        ) from error
    except OSError as error:
        raise click.ClickException(f"寫不進 {folder}：{error.strerror} / cannot write there") from error
    for line in _report(made, folder, opened.warnings):
        click.echo(line)


def _slug(name: str) -> str:
    from bot.pack.key_values import SLUG, derive_slug

    slug = derive_slug(name) or "reading"
    return slug if SLUG.fullmatch(slug) else re.sub(r"[^a-z0-9-]", "", slug).strip("-") or "reading"


def _report(made: "Draft", folder: Path, warnings: Iterable[str]) -> Iterable[str]:
    reading = made.reading
    size = f"{len(reading.paragraphs)} 段、{made.headings} 節"
    yield f"✔ {folder}：〈{reading.title or '沒有標題'}〉 {size}"
    yield from (f"  ⚠ {warning}" for warning in warnings)
    if reading.notes:
        yield (
            f"  {len(reading.notes)} 行不是內文（作者、日期、圖說、註腳 …），列在 reading.md 最後"
            " / lines beside the text stand at its end"
        )
    yield from _removed(made)
    yield from _suspected(made, folder)
    yield f"  草稿摘解 {len(made.snippets)} 則（snippets.md，寫好一則就刪掉「狀態：草稿」） / snippet stubs"
    yield f"  討論題 {len(made.prompts)} 題（discussion.md） / discussion questions"
    yield "接下來 / next:"
    yield "  1. 補 pack.md 的作者、來源、授權 / fill in author, source and licence"
    yield "  2. 寫 snippets.md / write the snippets"
    yield f"  3. wendu pack check {folder}"


def _removed(made: "Draft") -> Iterable[str]:
    from bot.pack.authoring.cleaning import KINDS

    counts = Counter(spot.kind for spot in made.cleaned.removals)
    if counts:
        told = "、".join(f"{KINDS[kind][0]} {count} 處" for kind, count in counts.most_common())
        yield f"  已清理：{told} / cleaned"


def _suspected(made: "Draft", folder: Path) -> Iterable[str]:
    from bot.pack.authoring.cleaning import KINDS

    if not made.suspicions:
        return
    counts = Counter(spot.kind for spot in made.suspicions)
    told = "、".join(f"{KINDS[kind][0]} {count} 處" for kind, count in counts.most_common())
    yield f"  沒有動、但請你看一眼：{told} / left as they are, please look"
    urgent = sorted(made.suspicions, key=lambda spot: (spot.kind not in {"broken", "fragment"}, spot.line))
    for spot in urgent[:SHOWN]:
        meant = f" → {spot.suggestion}" if spot.suggestion else ""
        place = f"{folder / 'reading.md'}:{spot.line}:{spot.column}"
        yield f"    {place} {KINDS[spot.kind][0]} {spot.context}{meant}"
    if len(urgent) > SHOWN:
        yield f"    … 其餘 {len(urgent) - SHOWN} 處：wendu pack check {folder} / the rest: pack check"
