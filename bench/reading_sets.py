"""Public reading-comprehension sets as articles: paragraphs, and questions with the one that answers them.

DRCD and the official CMRC 2018 files nest as SQuAD does; CMRC 2018 also exists as a flat list of contexts.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TOGETHER = 20  # contexts without an article of their own are put together in pseudo-articles of that many


class SetError(ValueError):
    """The file is not one of the known sets."""


@dataclass(frozen=True)
class Question:
    """A question, and the index of the paragraph that answers it."""

    text: str
    paragraph: int


@dataclass(frozen=True)
class Article:
    """An article of a set."""

    title: str
    paragraphs: tuple[str, ...]
    questions: tuple[Question, ...]


def load_folder(folder: Path) -> list[Article]:
    """Return the articles of all .json files in the folder.

    Raises:
        SetError: there is none, or one is of an unknown format.
    """
    paths = sorted(folder.glob("**/*.json"))
    if not paths:
        raise SetError(f"{folder} has no .json files")
    return [article for path in paths for article in load(path)]


def load(path: Path) -> list[Article]:
    """Return the articles of one file.

    Raises:
        SetError: it is not JSON of a known format.
    """
    try:
        given = json.loads(path.read_text(encoding="utf-8-sig"))
        if isinstance(given, list):
            return list(_together(path.stem, [_flat(item) for item in given]))
        articles = [_nested(item) for item in given["data"]]
    except (ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
        raise SetError(f"{path}: neither DRCD nor CMRC 2018: {error!r}") from error
    alone = [article for article in articles if len(article.paragraphs) == 1]
    return [a for a in articles if len(a.paragraphs) > 1] + list(_together(path.stem, alone))


def _nested(item: Mapping[str, Any]) -> Article:
    questions = tuple(
        Question(asked["question"], index)
        for index, paragraph in enumerate(item["paragraphs"])
        for asked in paragraph["qas"]
    )
    texts = tuple(paragraph["context"] for paragraph in item["paragraphs"])
    return Article(str(item.get("title", "")), texts, questions)


def _flat(item: Mapping[str, Any]) -> Article:
    questions = tuple(Question(asked["query_text"], 0) for asked in item["qas"])
    return Article(str(item.get("title", "")), (item["context_text"],), questions)


def _together(name: str, articles: Sequence[Article]) -> Iterator[Article]:
    for number, start in enumerate(range(0, len(articles), TOGETHER), 1):
        group = articles[start : start + TOGETHER]
        questions = tuple(
            Question(question.text, index)
            for index, article in enumerate(group)
            for question in article.questions
        )
        yield Article(f"{name} {number}", tuple(article.paragraphs[0] for article in group), questions)
