"""The site: the repository's own Markdown, the README in front: `make site` makes build/site."""  # noqa: INP001  read by Sphinx

import re
from pathlib import Path
from shutil import copy

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.search import languages
from sphinx.search.en import SearchEnglish

project = "Wendu 溫度"
author = "The Wendu contributors"
project_copyright = "The Wendu contributors; MIT"
language = "zh_TW"
root_doc = "README"
source_suffix = {".md": "markdown"}
include_patterns = ["*.md", "docs/*.md", "db/README.md", "prompts/README.md"]
extensions = ["myst_parser"]
myst_heading_anchors = 4
myst_enable_extensions = ["colon_fence"]
suppress_warnings = ["myst.header"]  # a page may begin below a picture
nitpicky = True

html_theme = "furo"
html_title = "Wendu 溫度"
html_static_path = ["static"]
html_css_files = ["site.css"]
html_copy_source = False
html_show_sourcelink = False
html_show_sphinx = False
html_show_search_summary = False  # it would have to fetch pages, which a browser refuses for files
templates_path: list[str] = []

CONTENTS = """
```{toctree}
:hidden:
:caption: 上課 / In class

溫度（正體中文） <README.zh-Hant>
給老師：從申請到第一堂課 <docs/teachers.zh-Hant>
For teachers: to the first class <docs/teachers.en>
給學生 / For students <docs/students>
docs/discussions
docs/moves
docs/answers
docs/rehearsal
docs/report-and-board
docs/privacy
```

```{toctree}
:hidden:
:caption: 教材 / Readings

prompts/README
docs/packs
```

```{toctree}
:hidden:
:caption: 架設與研究 / Running it, research

docs/operators
docs/commands
docs/researchers
db/README
docs/security
docs/measurements
```

```{toctree}
:hidden:
:caption: 參與 / Taking part

CONTRIBUTING
docs/architecture
CHANGELOG
THIRD_PARTY
```
"""
HAN = r"[\u3400-\u9fff\uf900-\ufaff]"
RUN_OR_WORD = re.compile(rf"{HAN}+|[A-Za-z0-9_]+")


class TwoByTwo(SearchEnglish):
    """Finds Chinese by overlapping pairs of characters: no dictionary has to agree with the reader."""

    lang = "zh"
    language_name = "English"  # whose stemmer the page is given
    js_splitter_code = r"""
function splitQuery(query) {
  const parts = query.match(/[\u3400-\u9fff\uf900-\ufaff]+|[\p{L}\p{N}_]+/gu) || [];
  return parts.flatMap((part) => {
    if (!/^[\u3400-\u9fff\uf900-\ufaff]/.test(part) || part.length < 2) return [part];
    return Array.from({ length: part.length - 1 }, (_, at) => part.slice(at, at + 2));
  });
}
"""

    def split(self, input: str) -> list[str]:  # noqa: A002  Sphinx's name
        """Return the words of Latin script, and the pairs of Chinese characters."""
        found: list[str] = []
        for run in RUN_OR_WORD.findall(input):
            found += (
                [run[at : at + 2] for at in range(len(run) - 1)] if run[0] > "\u3000" and run[1:] else [run]
            )
        return found

    def word_filter(self, word: str) -> bool:
        """Tell whether a word belongs into the index: a single Chinese character does."""
        return word[:1] > "\u3000" or super().word_filter(word)


def _with_contents(_app: Sphinx, page: str, source: list[str]) -> None:
    """Give the README the site's table of contents, which its reader on a forge does without."""
    if page == root_doc:
        source[0] += CONTENTS


def _note_outside(app: Sphinx, doctree: nodes.document, page: str) -> None:
    """Remember the links that lead out: nobody can say offline whether they are alive."""
    links = {node["refuri"] for node in doctree.findall(nodes.reference) if "://" in node.get("refuri", "")}
    app.env.wendu_outside = getattr(app.env, "wendu_outside", {}) | {page: sorted(links)}  # type: ignore[attr-defined]


def _without_folders(app: Sphinx, doctree: nodes.document) -> None:
    """Turn links to folders into text, as the site has pages only; one that is not there stays an error."""
    for link in list(doctree.findall(addnodes.pending_xref)):
        page = Path(app.srcdir, app.env.docname)
        if (page.parent / link["reftarget"]).is_dir():
            link.replace_self(link.children)


def _finish(app: Sphinx, error: Exception | None) -> None:
    """Let the front page be found, and list what leads out."""
    if error is None:
        copy(Path(app.outdir, f"{root_doc}.html"), Path(app.outdir, "index.html"))
        noted = getattr(app.env, "wendu_outside", {})
        lines = [f"{page}: {link}" for page, links in sorted(noted.items()) for link in links]
        Path(app.outdir, "outside.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


def setup(app: Sphinx) -> dict[str, bool]:
    """Say to Sphinx what is ours."""
    languages["zh"] = TwoByTwo
    app.connect("source-read", _with_contents)
    app.connect("doctree-resolved", _note_outside)
    app.connect("doctree-read", _without_folders)
    app.connect("build-finished", _finish)
    return {"parallel_read_safe": False, "parallel_write_safe": True}
