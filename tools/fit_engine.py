"""Fit the numbers of bot/answering/tuning.py again, and print them: CHOICE, CERTAINTY, CERTAINTY_BASE.

    make fit PACKS=folder     public texts as packs: *.jsonl, a pack a line, with "docs" and "queries"

Fitted on these, and on the built-in packs with half of each snippet's aliases asked and not indexed, and with
their golden questions. Questions of other packs are what must be refused. What is printed beside the numbers
is measured on packs that were left out (three folds). It needs scikit-learn, which `make fit` installs apart.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Any

import click

from bot.answering.features import Evidence
from bot.answering.prepared import prepare
from bot.answering.retriever import Ranker
from bot.pack.load import load_pack
from bot.pack.model import Pack, Snippet

ROOT = Path(__file__).parents[1]
LONGEST_TEXT = 640  # characters that a pack allows
MOST_ASKED, MOST_HELD, MOST_KEPT, MOST_FOREIGN = 60, 6, 8, 150
FOLDS = 3

Question = tuple[str, frozenset[int]]  # what is asked, and the snippets that answer it


@dataclass(frozen=True)
class Material:
    """Snippets to be indexed, and what is asked of them."""

    kind: str
    name: str
    snippets: Sequence[Snippet]
    questions: Sequence[Question]
    reading: Sequence[str] = ()


@dataclass(frozen=True)
class Row:
    """A question with its candidates' features, which of them are right, and how sure the best looks."""

    kind: str
    name: str
    choices: Sequence[Sequence[float]]
    right: Sequence[bool]
    sure: Sequence[float]


class Watched(Ranker):
    """A ranker that shows its features."""

    def row(self, material: Material, question: Question) -> Row | None:
        """Return the features of a question's candidates; None when nothing is near it."""
        text, gold = question
        found = self.rank(text).candidates
        if not found:
            return None
        seen = self._see(text)
        evidence = Evidence(self._prepared, seen, self.index.scores(seen.terms), frozenset())
        right = [one.number in gold for one in found]
        sure = evidence.certainty_features(found[0])
        return Row(material.kind, material.name, [one.features for one in found], right, sure)


def public(folder: Path) -> Iterator[Material]:
    """Yield the public texts as packs, with a share of their questions."""
    for file in sorted(folder.glob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            pack = json.loads(line)
            numbers = {doc["id"]: number for number, doc in enumerate(pack["docs"])}
            snippets = [_snippet(number, doc) for number, doc in enumerate(pack["docs"])]
            asked = [*pack["queries"]["plain"], *pack["queries"].get("typo", ())]
            questions = [(one["q"], frozenset(numbers[slug] for slug in one["gold"])) for one in asked]
            yield Material(file.stem, pack["pack"], snippets, _sample(questions, MOST_ASKED, pack["pack"]))


def _snippet(number: int, doc: dict[str, Any]) -> Snippet:
    title = doc["title"] or f"第{number + 1}段"
    text = (doc["text"] or title)[:LONGEST_TEXT]
    words, aliases = tuple(doc["keywords"]), tuple(doc["aliases"])
    return Snippet(f"s{number}", title, text, words, aliases, (number + 1,))


def our_own(foreign: Sequence[str]) -> Iterator[Material]:
    """Yield the built-in packs: asked by aliases that are not indexed, and by their golden questions."""
    for path in sorted((ROOT / "prompts").glob("*/pack.md")):
        pack = load_pack(path.parent)
        yield _held_out(pack, foreign)
        numbers = {snippet.slug: number for number, snippet in enumerate(pack.snippets)}
        golden = [(one.question, frozenset(numbers[slug] for slug in one.slugs)) for one in pack.golden]
        yield Material("golden", pack.slug, pack.snippets, golden, pack.paragraphs)


def _held_out(pack: Pack, foreign: Sequence[str]) -> Material:
    chance = Random(pack.slug)
    snippets, questions = [], [(text, frozenset[int]()) for text in foreign]
    for number, snippet in enumerate(pack.snippets):
        aliases = chance.sample(snippet.aliases, len(snippet.aliases))
        held = min(MOST_HELD, len(aliases) // 2)
        questions += [(alias, frozenset({number})) for alias in aliases[:held]]
        snippets.append(replace(snippet, aliases=tuple(aliases[held : held + MOST_KEPT])))
    return Material("wordings", pack.slug, snippets, questions, pack.paragraphs)


def _sample(questions: Sequence[Question], most: int, seed: str) -> Sequence[Question]:
    return Random(seed).sample(questions, min(most, len(questions)))


def rows(folder: Path) -> list[Row]:
    """Return the features of all questions."""
    texts = list(public(folder))
    foreign = [text for one in texts for text, gold in one.questions if gold]
    out = []
    for material in [*texts, *our_own(Random(1).sample(foreign, min(MOST_FOREIGN, len(foreign))))]:
        ranker = Watched(prepare(material.snippets, {}, material.reading))
        out += [row for question in material.questions if (row := ranker.row(material, question))]
    return out


def choice(given: Sequence[Row]) -> Any:
    """Return the weights by which the right candidate comes first, by a softmax over the candidates."""
    import numpy as np  # noqa: PLC0415  this and the next are installed for the fit alone
    from scipy.optimize import minimize  # noqa: PLC0415

    of = [row for row in given if any(row.right) and not all(row.right)]
    seen = Counter(row.kind for row in of)
    data = [(np.array(row.choices), np.array(row.right), 1.0 / seen[row.kind]) for row in of]
    scale = np.concatenate([values for values, _, _ in data]).std(0) + 1e-9

    def loss(weights: Any) -> tuple[float, Any]:
        total, slope = 1e-4 * float(weights @ weights), 2e-4 * weights
        for values, right, share in data:
            scaled = values / scale
            likely = np.exp(scaled @ weights - (scaled @ weights).max())
            told, meant = likely / likely.sum(), likely * right / (likely @ right)
            total += share * float(np.log(likely.sum()) - np.log(likely @ right))
            slope = slope + share * ((told - meant) @ scaled)
        return total, slope

    start = np.full(len(scale), 0.3)
    return minimize(loss, start, jac=True, method="L-BFGS-B", bounds=[(0, None)] * len(scale)).x / scale


def certainty(given: Sequence[Row]) -> tuple[Any, float]:
    """Return the weights and the base by which a pack's own questions are told from others."""
    import numpy as np  # noqa: PLC0415
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415

    values = np.array([row.sure for row in given])
    own = np.array([_is_own(row) for row in given])
    seen = Counter((row.kind, _is_own(row)) for row in given)
    shares = np.array([100.0 / seen[row.kind, _is_own(row)] for row in given])
    middle, scale = values.mean(0), values.std(0) + 1e-9
    fitted = LogisticRegression(max_iter=5_000).fit((values - middle) / scale, own, sample_weight=shares)
    weights = fitted.coef_[0] / scale
    return weights, float(fitted.intercept_[0] - weights @ middle)


def _is_own(row: Row) -> bool:
    """Return whether the pack answers it; what is asked of others has no right candidate."""
    return any(row.right)


def main(folder: Path) -> None:
    """Print the fitted numbers, and what they reach on packs that were left out."""
    import numpy as np  # noqa: PLC0415
    from sklearn.metrics import roc_auc_score  # noqa: PLC0415

    given = rows(folder)
    packs = sorted({row.name for row in given})
    first: dict[str, list[bool]] = {}
    sure: dict[str, list[tuple[bool, float]]] = {}
    for fold in range(FOLDS):
        within = [row for row in given if packs.index(row.name) % FOLDS != fold]
        weights, (telling, base) = choice(within), certainty(within)
        for row in (row for row in given if packs.index(row.name) % FOLDS == fold):
            if _is_own(row):
                best = int(np.argmax(np.array(row.choices) @ weights))
                first.setdefault(row.kind, []).append(row.right[best])
            value = float(np.array(row.sure) @ telling + base)
            sure.setdefault(row.kind, []).append((_is_own(row), value))
    for kind, told in sorted(sure.items()):
        owns, values = zip(*told, strict=True)
        own_first = float(np.mean(first[kind]))
        apart = roc_auc_score(owns, values) if len(set(owns)) > 1 else float("nan")
        click.echo(f"{kind}: right one first {own_first:.3f}, own told from others (AUC) {apart:.3f}")
    telling, base = certainty(given)
    click.echo(f"CHOICE = {tuple(round(float(x), 2) for x in choice(given))}")
    click.echo(f"CERTAINTY = {tuple(round(float(x), 2) for x in telling)}\nCERTAINTY_BASE = {base:.2f}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
