from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from bot.pack.load import load_pack
from bot.pack.model import Golden, Pack, Prompt, Section, Snippet
from bot.pack.problems import PackError
from bot.pack.render import (
    PROMPT_KEYS,
    SNIPPET_KEYS,
    EntryContext,
    golden_row,
    head_row,
    prompt_row,
    render_entries,
    render_golden,
    render_head,
    snippet_row,
)
from bot.pack.spreadsheet import to_files, to_sheets
from bot.pack.workbook import open_workbook, save_workbook
from tests.pack.spreadsheet_trip import text, texts, without_lines, write

slug = st.from_regex(r"[a-z]{1,4}(-[0-9]{1,2})?", fullmatch=True)
snippet = st.builds(
    Snippet,
    slug=slug,
    title=text,
    text=text,
    keywords=st.lists(text, max_size=3).map(tuple),
    aliases=st.lists(text, max_size=2).map(tuple),
    paragraphs=st.lists(st.integers(1, 9), max_size=4).map(tuple),
    speaker=text,
    gloss=text,
    absent=st.lists(text, max_size=2).map(tuple),
    draft=st.booleans(),
)
prompt = st.builds(
    Prompt,
    slug=slug,
    title=text,
    text=text,
    follow_ups=st.lists(text, max_size=2).map(tuple),
    minutes=st.integers(1, 60),
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
@given(
    title=text,
    author=text,
    snippets=st.lists(snippet, min_size=1, max_size=3),
    prompts=st.lists(prompt, max_size=2),
    questions=st.lists(st.tuples(text, text), max_size=2),
)
def test_nothing_that_a_pack_can_hold_is_lost_in_a_spreadsheet(  # noqa: PLR0913, PLR0917  the parts of a pack
    tmp_path_factory: pytest.TempPathFactory,
    title: str,
    author: str,
    snippets: list[Snippet],
    prompts: list[Prompt],
    questions: list[tuple[str, str]],
) -> None:
    scratch = tmp_path_factory.mktemp("lossless")
    head = Pack("x", title, author, "", "", 9, sections=(Section(title, 1, 9),))
    golden = [Golden(asked, (snippets[0].slug,), kind=kind) for asked, kind in questions]
    folder = write(
        scratch / "given",
        {
            "pack.md": render_head(head_row(head), head.sections),
            "snippets.md": render_entries(
                [snippet_row(item, EntryContext()) for item in snippets], SNIPPET_KEYS
            ),
            "discussion.md": render_entries(
                [prompt_row(item, EntryContext()) for item in prompts], PROMPT_KEYS
            ),
            "golden.md": render_golden([golden_row(item) for item in golden]),
        },
    )
    pack = None
    with suppress(PackError):
        pack = load_pack(folder)
    assume(pack is not None)
    assert pack
    cells = replace(to_sheets(pack, texts(folder)), originals={})
    save_workbook(cells, scratch / "pack.xlsx")
    back = write(scratch / "back" / "given", to_files(open_workbook(scratch / "pack.xlsx")))
    assert without_lines(load_pack(back)) == without_lines(pack)
