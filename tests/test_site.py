"""The documents as a site: built without a warning, sufficient in itself, and searched in Chinese."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
LOADED = re.compile(r"<(?:script|img|iframe|source)[^>]*\bsrc=\"([^\"]+)\"|<link[^>]*\bhref=\"([^\"]+)\"")
STYLED = re.compile(r"url\(\s*['\"]?([^'\")]+)|@import\s+['\"]([^'\"]+)")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, as `make site` builds it: with a dead link between documents there is none."""
    built = tmp_path_factory.mktemp("site")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    recipe = re.search(
        r"^\t\$\(BIN\)/sphinx-build (.*) -d build/doctrees \. build/site$", makefile, re.MULTILINE
    )
    assert recipe
    command = [
        sys.executable,
        "-m",
        "sphinx",
        *recipe[1].split(),
        "-d",
        f"{built}/kept",
        ".",
        f"{built}/site",
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return built / "site"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        yield running
        running.close()


def test_every_document_is_a_page_that_the_contents_lead_to(site: Path) -> None:
    documents = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), ROOT / "db/README.md"]
    front = (site / "index.html").read_text(encoding="utf-8")
    for document in documents:
        page = document.relative_to(ROOT).with_suffix(".html")
        assert (site / page).is_file(), page
        assert f'href="{page}"' in front or page.name == "README.html", page


def test_nothing_is_loaded_from_another_host(site: Path) -> None:
    found: list[str] = []
    for path in [*site.rglob("*.html"), *site.rglob("*.css")]:
        text = path.read_text(encoding="utf-8")
        pattern = LOADED if path.suffix == ".html" else STYLED
        found += [address for pair in pattern.findall(text) for address in pair if "//" in address]
    assert [address for address in found if not address.startswith("data:")] == []


def test_links_that_lead_out_are_listed(site: Path) -> None:
    listed = (site / "outside.txt").read_text(encoding="utf-8").splitlines()
    assert "README: https://t.me/BotFather" in listed
    assert all(": https://" in line for line in listed)


@pytest.mark.browser
@pytest.mark.parametrize(
    ("words", "page"),
    [
        ("隱私模式", "給老師"),
        ("先寫再看", "討論怎麼進行"),
        ("WENDU_LISTEN", "Running Wendu"),
        ("backups", "Running Wendu"),
    ],
)
def test_the_search_finds_words_of_both_languages(
    site: Path, browser: Browser, words: str, page: str
) -> None:
    opened = browser.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.goto(f"{(site / 'search.html').as_uri()}?q={words}")
    found = opened.locator("#search-results li", has_text=page)
    found.first.wait_for(timeout=15_000)
    opened.close()
    assert errors == []
