"""`wendu pack export` and `wendu pack import`: a pack as a spreadsheet, for who would rather fill a table."""

import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import click

from bot.cli.pack_places import pack_folder, packs_option


@click.command()
@click.argument("name", metavar="NAME|FOLDER")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="pack.xlsx")
@packs_option
def export(name: str, output: Path | None, packs: Path) -> None:
    """把教材包變成試算表 / Write a pack as an .xlsx spreadsheet, with nothing left out."""
    from bot.pack.load import PackError, load_pack
    from bot.pack.spreadsheet import SheetError, to_sheets
    from bot.pack.workbook import save_workbook

    folder = pack_folder(name, packs)
    target = output or Path(f"{folder.resolve().name}.xlsx")
    try:
        pack = load_pack(folder)
        save_workbook(to_sheets(pack, _files(folder)), target)
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


def _files(folder: Path) -> dict[str, bytes]:
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
    from bot.pack.load import PackError, load_pack
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
        _write(trial, files)
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
    _write(folder, files)
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


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            (folder / name).write_bytes(text)
    except OSError as error:
        raise click.ClickException(f"寫不進 {folder}：{error.strerror} / cannot write there") from error
