"""`wendu pack new`, `merge`, `export` and `import`: what writes a pack's files."""

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from bot.pack.authoring.draft import PackDraft

import codecs
import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence

from bot.cli.shared import pack_folder, packs_option

SHOWN = 12  # suspicions printed one by one; the rest is counted and found again by `wendu pack check`


@click.command()
@click.argument("article", type=str)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="教材包資料夾 / the folder to make.")
@click.option(
    "--title", default="", help="讀物的標題（不給就從文章找）/ the title, if not the article's own."
)
def new(article: str, output: Path | None, title: str) -> None:
    """把一篇文章變成可以編輯的教材包 / Make a pack folder from an article (txt, md, html, docx, odt, pdf).

    清理、編段落、找出可能被問到的人名、作品、術語和數字，替每一個寫好草稿的架子。草稿不會拿來回答。
    """
    from bot.pack.authoring.articles import ArticleError, open_article
    from bot.pack.authoring.draft import draft, write_draft
    from bot.pack.key_lines import SLUG

    try:
        opened = open_article(article)
    except ArticleError as error:
        raise click.UsageError(str(error)) from error
    folder = output or Path(_folder_name(Path(article).stem))
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
    for line in _draft_report(made, folder, opened.warnings):
        click.echo(line)


def _folder_name(name: str) -> str:
    from bot.pack.key_lines import SLUG, derive_slug

    slug = derive_slug(name) or "reading"
    return slug if SLUG.fullmatch(slug) else re.sub(r"[^a-z0-9-]", "", slug).strip("-") or "reading"


def _draft_report(made: "PackDraft", folder: Path, warnings: Iterable[str]) -> Iterable[str]:
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


def _removed(made: "PackDraft") -> Iterable[str]:
    from bot.pack.authoring.cleaning import KINDS

    counts = Counter(spot.kind for spot in made.cleaned.removals)
    if counts:
        told = "、".join(f"{KINDS[kind][0]} {count} 處" for kind, count in counts.most_common())
        yield f"  已清理：{told} / cleaned"


def _suspected(made: "PackDraft", folder: Path) -> Iterable[str]:
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


@click.command()
@click.argument("name", metavar="NAME|FOLDER")
@click.option("--dry-run", is_flag=True, help="只說會改什麼，不寫檔 / only say what would be changed.")
@click.option(
    "--database",
    type=click.Path(path_type=Path, dir_okay=False),
    default=None,
    envvar="WENDU_DATABASE",
    show_envvar=True,
    help="資料庫檔案 / the bot's database.  [default: data/wendu.db]",
)
@packs_option
def merge(name: str, *, dry_run: bool, database: Path | None, packs: Path) -> None:
    """把學會的別名寫回教材檔 / Write learned aliases back into the pack: only its 別名 lines change."""
    from bot.pack.learned_aliases import merge as merged_into
    from bot.pack.load import load_pack
    from bot.pack.problems import PackError

    folder = pack_folder(name, packs).resolve()
    try:
        pack = load_pack(folder)
    except PackError as error:
        raise click.ClickException(f"教材包有問題，先改好再合併 / mend the pack first:\n{error}") from error
    learned = _learned(database or Path("data/wendu.db"), pack.slug)
    path = folder / "snippets.md"
    raw = path.read_bytes()
    mark = codecs.BOM_UTF8 if raw.startswith(codecs.BOM_UTF8) else b""
    done = merged_into(raw[len(mark) :].decode("utf-8"), learned, pack.paragraph_count)
    for slug, wording in done.added:
        click.echo(f"+ {slug}：{wording}")
    for slug, wording in done.left_out:
        click.echo(f"! {slug}：{wording}（沒有這則摘解，或寫不進去，請自己改 / left out）", err=True)
    if not done.added:
        click.echo("沒有新的別名 / nothing new")
    elif dry_run:
        click.echo(f"會寫入 {len(done.added)} 個別名（--dry-run，沒有寫） / would be written to {path}")
    else:
        _replace(path, mark + done.text.encode("utf-8"))
        click.echo(f"✔ {path}：{len(done.added)} 個別名 / aliases written")


@click.command()
@click.argument("name", metavar="NAME|FOLDER")
@packs_option
def renumber(name: str, *, packs: Path) -> None:
    """刪了段落以後重新編號 / Number paragraphs and their sources anew after one was removed."""
    from bot.pack.authoring.renumber import renumber as renumbered
    from bot.pack.problems import FILES

    folder = pack_folder(name, packs)
    try:
        files = {file: (folder / file).read_text("utf-8-sig") for file in FILES if (folder / file).exists()}
    except (OSError, UnicodeDecodeError) as error:
        raise click.ClickException(f"讀不了 {folder} / cannot be read: {error}") from error
    if "reading.md" not in files:
        raise click.UsageError(f"「{name}」裡沒有 reading.md / there is no reading.md in it")
    done = renumbered(files)
    _write_files(folder, {file: text.encode("utf-8") for file, text in done.files.items()})
    click.echo(f"✔ {'、'.join(done.files) or '編號沒有問題，什麼都沒改 / nothing to change'}")
    for line in done.left:
        click.echo(f"! {folder.name}/{line}", err=True)


def _learned(database: Path, slug: str) -> Mapping[str, Sequence[str]]:
    from db.core.errors import StoreError
    from db.store import Store

    if not database.is_file():
        raise click.UsageError(f"找不到資料庫 {database}，用 --database 指定 / there is no such database")
    try:
        store = Store.open(database)
    except StoreError as error:
        raise click.ClickException(str(error)) from error
    try:
        return store.learned.all().get(slug, {})
    finally:
        store.close()


def _replace(path: Path, content: bytes) -> None:
    """Put the new file in the old one's place in one step: a crash leaves one of the two."""
    try:
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}")
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(temporary).chmod(path.stat().st_mode & 0o777)
        Path(temporary).replace(path)
    except OSError as error:
        raise click.ClickException(f"寫不進 {path}：{error.strerror} / cannot write there") from error


@click.command()
@click.argument("name", metavar="NAME|FOLDER")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="pack.xlsx")
@packs_option
def export(name: str, output: Path | None, packs: Path) -> None:
    """把教材包變成試算表 / Write a pack as an .xlsx spreadsheet, with nothing left out."""
    from bot.pack.load import load_pack
    from bot.pack.problems import PackError
    from bot.pack.spreadsheet import SheetError, to_sheets
    from bot.pack.workbook import save_workbook

    folder = pack_folder(name, packs)
    target = output or Path(f"{folder.resolve().name}.xlsx")
    try:
        pack = load_pack(folder)
        save_workbook(to_sheets(pack, _files_of(folder)), target)
    except (PackError, SheetError) as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        raise click.ClickException(f"寫不進 {target}：{error.strerror} / cannot write there") from error
    click.echo(
        f"✔ {target}：{len(pack.snippets)} 則摘解、{len(pack.prompts)} 個討論題、{len(pack.golden)} 個測試題"
    )
    if not pack.paragraphs and (folder / "reading.md").exists():
        click.echo(
            "  原文（reading.md）沒有放進去，因為 pack.md 寫「全文：不收錄」；匯入回原來的資料夾，它還在那裡"
            " / the reading is not included, so it is not in there; it stays in the folder"
        )


def _files_of(folder: Path) -> dict[str, bytes]:
    from bot.pack.problems import FILES

    return {file: (folder / file).read_bytes() for file in FILES if (folder / file).exists()}


@click.command("import")
@click.argument("workbook", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, file_okay=False), help="教材包資料夾 / the folder"
)
@click.option("--overwrite", is_flag=True, help="蓋過已有的檔案 / replace the files that are there.")
def import_(workbook: Path, output: Path | None, *, overwrite: bool) -> None:
    """把試算表變回教材包 / Read a pack back from a spreadsheet. Nothing is written if anything is wrong."""
    from bot.pack.load import load_pack
    from bot.pack.problems import PackError
    from bot.pack.spreadsheet import SheetError, located, plain, to_files
    from bot.pack.workbook import open_workbook

    folder = output or workbook.with_suffix("")
    if (folder / "pack.md").exists() and not overwrite:
        raise click.UsageError(
            f"{folder} 已經有教材包：加 --overwrite，或換一個 -o / there is a pack already"
        )
    try:
        sheets = open_workbook(workbook)
        files = to_files(sheets)
    except SheetError as error:
        raise click.ClickException(str(error)) from error
    with tempfile.TemporaryDirectory() as scratch:
        trial = Path(scratch) / folder.resolve().name
        _write_files(trial, files)
        try:
            pack = load_pack(trial)
        except PackError as wrong:
            told = [
                f"{located(p.file, p.line, plain(files.get(p.file, b'')), sheets)}：{p.message} → {p.mend}"
                for p in wrong.problems
            ]
            raise click.ClickException(
                "\n".join(["試算表有問題 / the spreadsheet has problems:", *told])
            ) from wrong
    for aside in _put_aside(folder, files, sheets.originals):
        click.echo(f"！{aside.with_suffix('')} 在匯出以後又改過，改過的那一份留在 {aside.name} / kept aside")
    _write_files(folder, files)
    click.echo(
        f"✔ {folder}：{len(pack.snippets)} 則摘解、{len(pack.prompts)} 個討論題、{len(pack.golden)} 個測試題"
    )


def _put_aside(folder: Path, files: Mapping[str, bytes], exported: Mapping[str, bytes]) -> Iterator[Path]:
    """Yield where files were put that were edited after the export: the table does not know of that."""
    for name, raw in files.items():
        path = folder / name
        if path.exists() and path.read_bytes() not in {raw, exported.get(name, b"")}:
            aside = path.with_name(f"{name}.old")
            path.replace(aside)
            yield aside


def _write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            (folder / name).write_bytes(text)
    except OSError as error:
        raise click.ClickException(f"寫不進 {folder}：{error.strerror} / cannot write there") from error
