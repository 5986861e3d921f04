"""What each stage and each word list of the answering engine is worth: how many questions fewer without it.

    python -m tools.ablate_engine                       # the packs' golden questions and our own dialogues
    python -m tools.ablate_engine ai-film=questions.jsonl …    # and questions of one's own

A line of such a file is {"text", "history", "expect": [["one way", "another"], …], "abstain"}: an answer is
right when it has one way of each group; with `abstain`, when nothing is answered, or said to be not told.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import click

from bot.pack.model import Answer
from bot.text import lists

ROOT = Path(__file__).parents[1]
PACKS = ROOT / "prompts"
NEEDED = frozenset({"retrieve", "combine"})  # without them there is no answer at all
NOT_OF_ANSWERS = frozenset({"arguing"})


@dataclass(frozen=True)
class Case:
    """A question with what was asked before, and whether an answer to it is right."""

    pack: str
    text: str
    history: tuple[str, ...]
    is_right: Callable[[Answer], bool]


def main(given: Sequence[str]) -> None:
    """Print the table; or, for one list left out, only the sums (in a process of its own)."""
    if given[:1] == ["--without"]:
        left_out, *files = given[1:]
        whole = lists.lines
        lists.lines = lambda name: _emptied(whole(name)) if name == left_out else whole(name)  # type: ignore[assignment]  # on purpose
        click.echo(json.dumps(_sums(_sets(files))))
        return
    sets = _sets(given)
    base = _sums(sets)
    click.echo(f"| without | {' | '.join(base)} |\n|---|{'---:|' * len(base)}")
    click.echo(f"| right | {' | '.join(f'{right} of {len(sets[name])}' for name, right in base.items())} |")
    for name, sums in chain(_without_stages(sets), _without_lists(given)):
        click.echo(f"| {name} | {' | '.join(f'{sums[one] - base[one]:+d}' for one in base)} |")


def _emptied(lines: Sequence[str]) -> tuple[str, ...]:
    """Return a list's groups with one word that nobody writes; of a list without groups, nothing."""
    titles = dict.fromkeys(line.partition(":")[0] for line in lines if ":" in line)
    return tuple(f"{title}: 龘龘龘" for title in titles)


def _without_stages(sets: dict[str, list[Case]]) -> Iterator[tuple[str, dict[str, int]]]:
    from bot.answering.engine import STAGES  # noqa: PLC0415  a list may have to be left out before

    for stage in STAGES:
        if stage.__name__ not in NEEDED:
            yield f"stage {stage.__name__}", _sums(sets, left_out=stage.__name__)


def _without_lists(given: Sequence[str]) -> Iterator[tuple[str, dict[str, int]]]:
    """Yield the sums without each list, worked out in a process that never read it."""
    for path in sorted((ROOT / "bot/text/lists").glob("*.txt")):
        if path.stem in NOT_OF_ANSWERS:
            continue
        with tempfile.TemporaryDirectory() as cache:
            done = subprocess.run(  # noqa: S603  our own module, with the caller's files
                [sys.executable, "-m", "tools.ablate_engine", "--without", path.stem, *given],
                capture_output=True,
                text=True,
                cwd=ROOT,
                env={**os.environ, "XDG_CACHE_HOME": cache},
                check=False,
            )
        if done.returncode == 0:
            yield f"list {path.stem}", json.loads(done.stdout)
        else:
            click.echo(f"list {path.stem}: cannot be left out: {done.stderr.strip().splitlines()[-1]}")


def _sums(sets: dict[str, list[Case]], *, left_out: str = "") -> dict[str, int]:
    """Return how many questions of each set are answered rightly."""
    from bot.answering.engine import STAGES, Engine  # noqa: PLC0415  as above
    from bot.pack.load import load_pack  # noqa: PLC0415  as above

    stages = tuple(stage for stage in STAGES if stage.__name__ != left_out)
    names = {case.pack for cases in sets.values() for case in cases}
    engines = {name: Engine(load_pack(_folder(name)), stages=stages) for name in names}
    return {
        name: sum(case.is_right(engines[case.pack].answer(case.text, history=case.history)) for case in cases)
        for name, cases in sets.items()
    }


def _folder(name: str) -> Path:
    return PACKS / name if (PACKS / name).exists() else Path(name)


def _sets(given: Sequence[str]) -> dict[str, list[Case]]:
    from bot.pack.load import load_pack  # noqa: PLC0415  as above
    from tests.answering.talks import talks  # noqa: PLC0415  as above

    out = {
        "golden": [
            Case(folder.name, golden.question, (), golden.met_by)
            for folder in sorted(path.parent for path in PACKS.glob("*/pack.md"))
            for golden in load_pack(folder).golden
        ]
    }
    for name in ("follow_ups", "chatter"):
        out[name] = [Case(t.pack, t.asked, t.before, _first_of(t.slugs)) for t in talks(name)]
    for one in given:
        pack, _, path = one.partition("=")
        rows = [json.loads(line) for line in Path(path).read_text("utf-8").splitlines() if line.strip()]
        out[Path(path).stem] = [
            Case(pack, row["text"], tuple(row.get("history") or ()), _as_expected(row)) for row in rows
        ]
    return out


def _first_of(slugs: Sequence[str]) -> Callable[[Answer], bool]:
    return lambda answer: (answer.snippets[0].slug in slugs) if answer.snippets else not slugs


def _as_expected(row: dict[str, Any]) -> Callable[[Answer], bool]:
    from bot.answering.compose import compose, language_of  # noqa: PLC0415  as above
    from bot.text.folding import fold  # noqa: PLC0415  as above

    groups = row.get("expect") or ()

    def is_right(answer: Answer) -> bool:
        if row.get("abstain") or row.get("want") == "refuse":
            return not answer.answered or answer.tier in {"absent", "claim"}
        composed = compose(answer, language_of(str(row["text"])))
        told = fold(f"{composed.title}\n{composed.text}").replace(" ", "")
        return answer.answered and all(
            any(fold(way).replace(" ", "") in told for way in group) for group in groups
        )

    return is_right


if __name__ == "__main__":
    main(sys.argv[1:])
