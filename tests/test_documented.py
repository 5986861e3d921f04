"""Everything that can be typed, set or exported stands in the documents; what they name is there."""

import ast
import re
import tomllib
from pathlib import Path

import pytest

from db.exports.export import FORMATS
from tools.describe_commands import TARGET, describe

ROOT = Path(__file__).resolve().parents[1]
OPERATORS = (ROOT / "docs" / "operators.md").read_text(encoding="utf-8")
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), ROOT / "db/README.md", ROOT / "prompts/README.md"]
SETTING = re.compile(r"(?:WENDU|TELEGRAM)_[A-Z_]*[A-Z]")
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
EXAMPLES = {  # files that a recipe of the documents makes
    "bot/handlers/counting.py",
    "db/exports/as_txt.py",
    "prompts/lu-xun",
    "tests/handlers/test_counting.py",
}
FENCE = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)


def settings_read() -> set[str]:
    """Return the names of all environment variables that stand in the program as strings of their own."""
    strings = (
        node.value
        for folder in ("bot", "db")
        for path in (ROOT / folder).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )
    return {text for text in strings if SETTING.fullmatch(text)}


def test_every_command_and_option_stands_in_docs_as_the_program_says_it() -> None:
    assert TARGET.read_text(encoding="utf-8") == describe(), "run: python -m tools.describe_commands"


def test_every_setting_stands_in_the_operators_table_and_no_other() -> None:
    documented = set(re.findall(r"^\| `([A-Z_]+)` \|", OPERATORS, flags=re.MULTILINE))
    assert documented == settings_read()


def test_settings_of_the_deploy_files_are_settings() -> None:
    known = {*settings_read(), "WENDU_DOMAIN"}
    for path in [ROOT / "Dockerfile", *(ROOT / "deploy").iterdir()]:
        assert set(SETTING.findall(path.read_text(encoding="utf-8"))) <= known, path.name
    assert "`WENDU_DOMAIN`" in OPERATORS


@pytest.mark.parametrize("name", FORMATS)
def test_every_export_format_is_described_for_researchers(name: str) -> None:
    researchers = (ROOT / "docs" / "researchers.md").read_text(encoding="utf-8")
    assert re.search(rf"`{name}`|\*\*{name}\*\*", researchers)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_between_documents_lead_somewhere(page: Path) -> None:
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    targets = [target for target in LINK.findall(text) if "://" not in target and target[0] != "/"]
    assert [target for target in targets if not (page.parent / target).exists()] == []


def test_every_library_that_is_needed_stands_among_the_licences() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = {re.split(r"[^A-Za-z0-9_-]", each)[0] for each in project["dependencies"]}
    third_party = (ROOT / "THIRD_PARTY.md").read_text(encoding="utf-8")
    table = third_party.partition("## Libraries that Wendu needs")[2].partition("## For development")[0]
    assert set(re.findall(r"^\| ([a-z0-9-]+) \| (?!licence)", table, flags=re.MULTILINE)) == needed


def test_the_citation_names_the_version_of_the_program() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"\nversion: {project['version']}\n" in citation


def test_the_hooks_before_a_commit_are_the_tools_of_make_check() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    checked = re.search(r"^check:.*\n((?:\t.*\n)+)", makefile, re.MULTILINE)
    assert checked
    tools = [line.strip().replace("$(BIN)", ".venv/bin") for line in checked[1].splitlines()]
    hooks = (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    assert [tool for tool in tools if f"entry: {tool}\n" not in hooks] == []
    assert "repo: local" in hooks
    assert "://" not in hooks


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_files_that_documents_name_are_there(page: Path) -> None:
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    named = re.findall(r"`((?:bot|db|prompts|tools|bench|tests|deploy|docs)/[\w./-]*\w)/?`", text)
    there = [path for path in named if path not in EXAMPLES and "NAME" not in path]
    assert [path for path in there if not (ROOT / path).exists()] == []
