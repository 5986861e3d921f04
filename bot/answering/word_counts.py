"""The words a class said most: content words only, in either script and any case counted as one."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache

from bot.pack.model import Pack
from bot.text import lists
from bot.text.content_words import content_words
from bot.text.dictionary import is_word, tokenizer
from bot.text.folding import fold, fold_run, to_simplified, to_traditional
from bot.text.segmentation import Quick
from bot.text.tokens import Cutter

RUN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+|[A-Za-z]+")
SHORT = re.compile(r"\b[a-z]+n['’]t\b|(?<=[a-z])['’](?:s|re|ve|ll|d|m)\b", re.IGNORECASE)  # isn't, people's
OWN_WORD = range(2, 7)  # characters of a keyword that is taught to the tokenizer as one word
COUNTING = frozenset("一兩两這这那哪每某")  # with one character more: 一版, 每次
VERY = frozenset("很")
HAVING = frozenset("有")
SCRIPTS = {"zh-Hant": to_traditional, "zh-Hans": to_simplified}


def words(texts: Iterable[str], pack: Pack, language: str = "zh-Hant") -> Counter[str]:
    """Return how often each content word was said, in the form that the class wrote most: AI and not ai.

    For a page in zh-Hant or zh-Hans, of the forms in its script; a word that was only written in the other
    one is converted. The pack's keywords are written as the pack does.
    """
    names = _names(pack)
    cutter = _cutter(tuple(sorted(names)))
    said: dict[str, Counter[str]] = {}
    for text in texts:
        for word, form in _said(text, cutter):
            forms = said.get(word)
            if forms is None:
                forms = said[word] = Counter()
            forms[form] += 1
    counted: Counter[str] = Counter()
    for word, forms in said.items():
        if _tells(word):
            counted[_shown(word, forms, names, language)] += forms.total()
    return counted


def _names(pack: Pack) -> dict[str, str]:
    """Return the pack's keywords by their folded form."""
    return {fold(keyword): keyword for snippet in pack.snippets for keyword in snippet.keywords}


@lru_cache(maxsize=4)
def _cutter(names: tuple[str, ...]) -> Cutter:
    own = [name for name in names if len(name) in OWN_WORD and not name.isascii()]
    return Cutter(Quick(tokenizer(own)))


def _said(text: str, cutter: Cutter) -> Iterator[tuple[str, str]]:
    """Yield each content word, folded, with the letters that stand for it in the text.

    Run by run: nothing is a word across a comma, and a run folds character by character, so that what was
    written stands at the same place.
    """
    plain = SHORT.sub("", unicodedata.normalize("NFKC", text))
    for run in RUN.findall(plain.replace("’", "").replace("'", "")):
        folded = run.lower() if run.isascii() else fold_run(run)
        for word, at in content_words(folded, cutter, guess=True):
            yield _bare(word, run[at : at + len(word)])


def _bare(word: str, form: str) -> tuple[str, str]:
    """Return a word without what is only put before it: 有溫度 is 溫度, 很複雜 is 複雜."""
    rest = word[1:]
    if word[0] in VERY or (word[0] in HAVING and len(rest) > 1 and is_word(rest)):
        return rest, form[1:]
    return word, form


def _tells(word: str) -> bool:
    if len(word) == 2 and word[0] in COUNTING:  # noqa: PLR2004  一版
        return False
    return len(word) > 1 and word not in lists.words("arguing")


def _shown(word: str, forms: Counter[str], names: dict[str, str], language: str) -> str:
    """Return the form to show: as it was written, in the page's script where it was written so."""
    ranked = [form for form, _ in sorted(forms.items(), key=lambda one: (-one[1], one[0]))]
    if word.isascii() or language not in SCRIPTS:
        return names.get(word) or ranked[0]
    convert = SCRIPTS[language]
    if name := names.get(word):
        return convert(name)
    return next((form for form in ranked if convert(form) == form), convert(ranked[0]))
