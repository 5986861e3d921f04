"""Options that commands share."""

import click

of_seminar = click.option(
    "--seminar",
    type=int,
    help="研討的編號；有好幾個時要寫 / the seminar's number; needed where there are several.",
)

of_round = click.option(
    "--round",
    "number",
    type=int,
    help="只要第幾輪；不寫就是全部 / only the round of that number; all rounds otherwise.",
)

to_file = click.option(
    "-o",
    "--output",
    metavar="FILE",
    help="寫到哪個檔案；- 是標準輸出 / the file to write; - for standard output.",
)
