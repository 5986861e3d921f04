"""The encodings that Chinese text files come in."""

EVERYDAY = frozenset("的是不一了在人有我他這这个個们們中之也而其以為为於于者上下大來来")


class UnknownEncodingError(ValueError):
    """這不是文字檔，或編碼不明：請另存成 UTF-8 / not a text file: save it as UTF-8."""

    def __str__(self) -> str:
        return str(self.__doc__)


def decode(raw: bytes) -> str:
    """Return the text of a file that may be UTF-8, UTF-16, GB 18030 or Big5, without a byte order mark.

    Raises:
        UnknownEncodingError: it is none of these, so it is probably not a text file.
    """
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", "replace")
    guesses = []
    for codec in ("utf-8-sig", "big5hkscs", "gb18030"):
        try:
            text = raw.decode(codec)
        except UnicodeDecodeError:
            continue
        if codec == "utf-8-sig":
            return text
        guesses.append(text)
    if not guesses:
        raise UnknownEncodingError
    return max(guesses, key=lambda text: sum(char in EVERYDAY or char in "，。、" for char in text))
