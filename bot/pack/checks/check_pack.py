"""Checking a pack: one table of small pure checks."""

from collections.abc import Callable, Sequence
from pathlib import Path

from bot.pack.checks import coverage, texts, words
from bot.pack.checks.findings import Check, PackFinding, Severity, Subject, error
from bot.pack.load import load_pack
from bot.pack.model import Answer, Pack
from bot.pack.problems import FILES, PackError

CHECKS: dict[str, Check] = {
    "particulars": coverage.particulars,
    "drafts": coverage.drafts_left,
    "nothing-written": coverage.nothing_written,
    "reading-renumber": coverage.out_of_step,
    "shared-word": words.shared_words,
    "lost-word": words.lost_words,
    "weak-word": words.weak_words,
    "no-source": coverage.sourceless,
    "uncovered-paragraph": coverage.uncovered_paragraphs,
    "no-golden": coverage.unreached_snippets,
    "golden": coverage.golden_twice,
    "no-refusal": coverage.few_refusals,
    "one-sided": coverage.one_sided_prompts,
    "draft-evidence": coverage.draft_evidence,
    "no-gloss": coverage.glossless,
    "telegram": texts.telegram_limits,
    "length": texts.lengths,
    "copied": texts.copied,
    "mixed-script": texts.mixed_scripts,
    "comment": texts.comments,
    "reading": texts.reading_spots,
}


# The checks that can find errors; the others only advise, and some of them ask the engine for a while.
STRICT = ("particulars", "telegram", "copied", "comment")


def check_pack(
    folder: Path,
    article: tuple[str, ...] = (),
    *,
    strict: bool = False,
    engine: Callable[[Pack], Callable[[str], Answer]] | None = None,
) -> tuple[PackFinding, ...]:
    """Return all that is wrong with the pack in that folder, in the order of file and line.

    What keeps it from being read at all comes alone: the other checks need a pack. `article` is the text that
    must not be copied; a reading.md beside the pack stands for it. `strict` looks for errors only.
    `engine` makes of a pack what answers its questions: without it, no check asks any.
    """
    try:
        pack = load_pack(folder)
    except PackError as wrong:
        return tuple(error("format", p.file, p.line, p.message, p.mend) for p in wrong.problems)
    files = {name: _text(folder / name) for name in FILES}
    beside = tuple(line for line in files["reading.md"].splitlines() if line and not line.startswith("#"))
    ask = engine(pack) if engine and not strict else None
    found = findings_of(Subject(pack, files, article or beside, ask), STRICT if strict else tuple(CHECKS))
    return tuple(item for item in found if item.level is Severity.ERROR or not strict)


def findings_of(subject: Subject, names: Sequence[str] = tuple(CHECKS)) -> tuple[PackFinding, ...]:
    """Return what the checks of these names find, in the order of file and line."""
    found = [finding for name in names for finding in CHECKS[name](subject)]
    return tuple(sorted(found, key=lambda item: (FILES.index(item.file), item.line, item.column, item.check)))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return ""
