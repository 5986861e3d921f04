"""Of sixty made-up pages in the shapes of twelve sites the article comes out, or an error; never menus."""

import re
from pathlib import Path

import pytest

from bot.pack.authoring.articles import ArticleError, open_article
from bot.pack.authoring.paragraphs import number_paragraphs
from tests.pack.authoring.web_pages import SITES, Page, page, pages, story

LEAST = 0.95


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def recall_and_precision(made: Page, folder: Path) -> tuple[float, float]:
    """Return the share of the article that came out as whole paragraphs, and their share of what did."""
    path = folder / f"{made.name}.html"
    path.write_text(made.html, encoding="utf-8")
    article = open_article(path)
    got = [bare(paragraph) for paragraph in number_paragraphs(article.text, article.title).paragraphs]
    wanted = {bare(paragraph) for paragraph in made.paragraphs}
    right = sum(len(paragraph) for paragraph in got if paragraph in wanted)
    return right / sum(map(len, wanted)), right / sum(map(len, got))


@pytest.mark.parametrize("made", [one for one in pages() if one.paragraphs], ids=lambda made: made.name)
def test_the_article_comes_out_of_its_page(tmp_path: Path, made: Page) -> None:
    recall, precision = recall_and_precision(made, tmp_path)
    assert recall >= LEAST
    assert precision >= LEAST


@pytest.mark.parametrize("made", [one for one in pages() if not one.paragraphs], ids=lambda made: made.name)
def test_a_page_of_menus_or_scripts_is_refused_with_what_to_do(tmp_path: Path, made: Page) -> None:
    path = tmp_path / "a.html"
    path.write_text(made.html, encoding="utf-8")
    with pytest.raises(ArticleError, match=r"貼進一個 \.txt") as refused:
        open_article(path)
    assert ("程式載入" in str(refused.value)) == ('id="root"' in made.html)


KEYWORDS = re.compile("(碼頭|住戶|公告|households|railway|bridge)")
TEASER = "<p>市府在昨天的會議上表示，這一條路線將在下個月以前完成調整，詳細的班表會另行公告，請民眾留意。</p>"


@pytest.mark.parametrize("name", [name for name in SITES if name != "scripted"])
@pytest.mark.parametrize(
    "trouble", ["links in the text", "names of furniture", "teasers of others", "a notice on cookies"]
)
def test_what_sites_do_to_their_articles_does_not_hide_them(tmp_path: Path, name: str, trouble: str) -> None:
    shape, languages = SITES[name]
    told = story(languages[0], 7000)
    html = shape(told)
    cards = "".join(
        f'<div class="card"><h3><a href="/{n}">{each}</a></h3>{TEASER}</div>'
        for n, each in enumerate(told.news[:6])
    )
    made = {
        "links in the text": lambda: KEYWORDS.sub(r'<a href="/t/\1">\1</a>', html),
        "names of furniture": lambda: html.replace("<h1", '<div class="widget teaser share-body"><h1', 1),
        "teasers of others": lambda: html.replace("</body>", f"<section>{cards}</section></body>"),
        "a notice on cookies": lambda: html.replace(
            "<body>", f'<body><div class="cookie-banner">{TEASER}</div>'
        ),
    }[trouble]()
    found = recall_and_precision(Page(name, made, told.title, told.paragraphs, told.heads), tmp_path)
    assert min(found) >= LEAST


def test_much_that_is_left_out_is_warned_of(tmp_path: Path) -> None:
    told = story("zh-Hant", 3)
    text = "".join(f"<p>{paragraph}</p>" for paragraph in told.paragraphs)
    body = f"<article><h1>{told.title}</h1>{text}</article>"
    path = tmp_path / "a.html"
    path.write_text(page(told.title, body), encoding="utf-8")
    assert not open_article(path).warnings
    beside = "不在文章裡的句子，也有一點長。" * (len(text) // 40)
    path.write_text(page(told.title, f'{body}<div class="sidebar"><p>{beside}</p></div>'), encoding="utf-8")
    (warning,) = open_article(path).warnings
    assert f"{len(beside)} 個字的句子沒有收進來" in warning
