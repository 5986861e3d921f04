"""Text as XML can carry it: spreadsheets and coding tools are XML inside."""

import re

_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_LINE_ENDS = re.compile(r"\r\n?")
RULE = "控制字元換成 U+FFFD，CR 與 CR LF 換成 LF。 / Control characters are U+FFFD here; CR and CR LF are LF."


def xml_text(text: str) -> str:
    """Return the text with line ends as LF, and U+FFFD for the characters that XML cannot hold."""
    return _FORBIDDEN.sub("\ufffd", _LINE_ENDS.sub("\n", text))
