"""How the source is laid out: one home for a name, nouns for modules, no circles."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

ROOT = Path(__file__).parent.parent
BEING_REWRITTEN = ("bot/answering/",)
FIELD_WORDS = frozenset(
    {
        "answering",
        "authoring",
        "cleaning",
        "drafting",
        "folding",
        "learning",
        "logging",
        "masking",
        "pacing",
        "polling",
        "reading",
        "sending",
        "timing",
        "tuning",
    }
)


def _sources() -> Iterator[tuple[str, ast.Module]]:
    """Yield each file of the bot and the store with what is in it."""
    for path in sorted(path for room in ("bot", "db") for path in (ROOT / room).rglob("*.py")):
        yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


SOURCES = dict(_sources())
FINISHED = {name: tree for name, tree in SOURCES.items() if not name.startswith(BEING_REWRITTEN)}
MODULES_OF = {name: name.removesuffix(".py").removesuffix("/__init__").replace("/", ".") for name in SOURCES}
MODULES = {module: name for name, module in MODULES_OF.items()}


def _imported(tree: ast.Module) -> Iterator[str]:
    """Yield the modules of ours that a module imports, now or when a function runs."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield inner if inner in MODULES else node.module
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def test_a_public_class_name_has_one_home() -> None:
    homes = defaultdict(list)
    for name, tree in FINISHED.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                homes[node.name].append(name)
    assert {name: files for name, files in homes.items() if len(files) > 1} == {}


def test_modules_are_called_by_nouns_that_somebody_would_search_for() -> None:
    """A gerund stays only where it is the word of the field."""
    last_words = {name: MODULES_OF[name].rpartition(".")[2].rpartition("_")[2] for name in FINISHED}
    gerunds = {name for name, word in last_words.items() if word.endswith("ing")}
    assert {name for name in gerunds if last_words[name] not in FIELD_WORDS} == set()


def test_no_modules_import_each_other_in_a_circle() -> None:
    graph = {
        module: {found for found in _imported(SOURCES[name]) if found in MODULES and found != module}
        for module, name in MODULES.items()
    }
    TopologicalSorter(graph).prepare()  # raises CycleError, which names the circle
