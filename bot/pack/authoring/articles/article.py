"""What an opened article is."""

from dataclasses import dataclass


class ArticleError(Exception):
    """讀不了這篇文章。The article cannot be read; the message says why and what to do."""


@dataclass(frozen=True)
class Article:
    """An article's text (headings as `## …`), what its file says of it, and what did not come along."""

    text: str
    title: str = ""
    author: str = ""
    notes: tuple[str, ...] = ()  # footnotes and the like: they belong to no paragraph
    warnings: tuple[str, ...] = ()  # what a person should look at, Chinese / English
