"""What a post says that was written as HTML."""

import re
from html.parser import HTMLParser

_PARAGRAPHS = frozenset(
    {"p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "table", "ul", "ol", "hr", "section"}
)
_LINES = frozenset({"br", "div", "li", "tr", "dt", "dd", "figcaption", "caption"})
_CELLS = frozenset({"td", "th"})
_UNSEEN = frozenset({"script", "style"})
_INLINE = (
    "a|abbr|audio|b|bdi|bdo|big|body|cite|code|col|colgroup|del|dfn|dl|em|figure|font|head|html|i|iframe|img"
    "|ins|kbd|label|link|main|mark|math|meta|nobr|q|rp|rt|ruby|s|samp|small|source|span|strike|strong|sub|sup"
    r"|svg|tbody|tfoot|thead|time|title|tt|u|var|video|\w+:\w+"  # Word writes o:p
)
_TAGS = "|".join((*sorted(_PARAGRAPHS | _LINES | _CELLS | _UNSEEN), _INLINE))
_ATTRIBUTE = r"""\s+[a-z_:][a-z0-9_:.-]*(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'<>=]+))?"""
_NO_TAG = re.compile(
    rf"<(?!/?(?:{_TAGS})(?:{_ATTRIBUTE})*\s*/?>|!--)", re.IGNORECASE | re.ASCII
)  # x<y, (a<b)
_PLAIN = re.compile(rf"(?!.*(?:</?(?:{_TAGS})\b|&[#a-z]))", re.IGNORECASE | re.DOTALL)


def plain_text(html: str, *, breaks_count: bool = False) -> str:
    """Return what the HTML says: a blank line between paragraphs, table cells side by side.

    `breaks_count`: line breaks in the source are shown, too. Text without a tag comes back as it was.
    """
    if _PLAIN.match(html):
        return html
    reader = _Words(" " if not breaks_count else "\n")
    reader.feed(_NO_TAG.sub("&lt;", html))
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.parts).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.strip("| ") for line in lines)).strip()


class _Words(HTMLParser):
    """Collects words, and a line break where a block begins or ends."""

    def __init__(self, line_break: str) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.unseen = 0
        self.line_break = line_break

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Break the line before a block; say what a picture shows."""
        self.unseen += tag in _UNSEEN
        self._break(tag)
        if tag == "img":
            self.parts.append(f"[{dict(attrs).get('alt') or '圖'}]")

    def handle_endtag(self, tag: str) -> None:
        """Break the line after a block; set cells apart."""
        self.unseen -= tag in _UNSEEN and self.unseen > 0
        if tag in _CELLS:
            self.parts.append(" | ")
        self._break(tag)

    def _break(self, tag: str) -> None:
        if tag in _PARAGRAPHS:
            self.parts.append("\n\n")
        elif tag == "br" or (tag in _LINES and not (self.parts and self.parts[-1].endswith("\n"))):
            self.parts.append("\n")  # once where one block ends and the next begins

    def handle_data(self, data: str) -> None:
        """Keep the words."""
        if not self.unseen:
            self.parts.append(data.replace("\r\n", "\n").replace("\n", self.line_break))
