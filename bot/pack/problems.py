"""What can be wrong with a pack, told so that a teacher can mend it: where, what, what to write."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from bot.text.folding import to_simplified

_ENGLISH = re.compile("[A-Za-z“…✔✘]")

# Of a pack, in the order in which they are told of: what is missing in one is then missed in the next.
FILES = ("pack.md", "reading.md", "snippets.md", "discussion.md", "golden.md")
# Every message in one place: what is wrong, and what to write instead; Chinese first, English beside it.
MESSAGES = {
    "missing-file": (
        "缺少檔案 {name} / {name} is missing",
        "請新增這個檔案，寫法見 docs/packs.md / add it; docs/packs.md shows how",
    ),
    "unreadable": (
        "讀不懂這個檔案：不是 UTF-8 文字{looks} / not readable as UTF-8 text",
        "用記事本打開，選「另存新檔」，編碼選 UTF-8 / open it in Notepad and save it with the encoding UTF-8",
    ),
    "bad-slug-folder": (
        "資料夾名稱「{name}」不能當代號 / the folder's name cannot be used",
        "只用小寫英文、數字和 -，例如 ai-film / use a-z, 0-9 and - only, such as ai-film",
    ),
    "no-title": (
        "沒有標題 / no title",
        "第一行寫「# 讀物的標題」 / begin with “# Title of the reading”",
    ),
    "no-count": (
        "沒有寫段落數 / the number of paragraphs is missing",
        "加一行「段落：20」 / add a line “Paragraphs: 20”",
    ),
    "bad-number": (
        "「{value}」不是數字 / “{value}” is not a number",
        "請寫 {low} 到 {high} 的整數 / write a whole number from {low} to {high}",
    ),
    "unknown-key": (
        "不認得「{key}」 / “{key}” is not a key",
        "可以寫：{known}；如果這是內文，前面空一行 / use one of these, or put a blank line before the text",
    ),
    "repeated-key": (
        "「{key}」寫了兩次 / “{key}” is written twice",
        "合成一行，用「、」隔開 / put both on one line, separated by 、",
    ),
    "no-heading": (
        "這段文字前面沒有「## 標題」 / this text has no “## heading” above it",
        "先寫一行「## 標題」 / begin with a line “## Title”",
    ),
    "empty-title": (
        "標題是空的 / the heading is empty",
        "在 ## 後面寫標題 / write a title after ##",
    ),
    "bad-slug": (
        "代號「{slug}」不能用 / the slug “{slug}” cannot be used",
        "只用小寫英文、數字和 -，最多 40 個字，例如 {{#xiao-jie}} / use a-z, 0-9 and -, 40 at most",
    ),
    "duplicate-slug": (
        "代號「{slug}」和第 {first} 行重複 / the slug “{slug}” is used on line {first} already",
        "換一個代號，寫成「## 標題 {{#{slug}-2}}」 / choose another one",
    ),
    "duplicate-title": (
        "標題「{title}」和第 {first} 行重複 / this title is used on line {first} already",
        "換一個標題 / choose another title",
    ),
    "empty-snippet": (
        "「{title}」沒有內文 / “{title}” has no text",
        "空一行，再寫內文；還沒寫好就加「狀態：草稿」 / write it after a blank line, or add “Status: draft”",
    ),
    "no-snippets": (
        "一則摘解也沒有 / there is no snippet",
        "至少寫一則「## 標題」和內文 / write at least one “## Title” with a text",
    ),
    "bad-source": (
        "看不懂出處「{value}」 / the source “{value}” is not understood",
        "寫成 P12、P8-P9 或「P12 劉姝銘」 / write P12, P8-P9 or “P12 Name”",
    ),
    "outside": (
        "出處 P{number} 不在讀物裡（共 {count} 段） / P{number} is outside the reading ({count} paragraphs)",
        "寫 P1 到 P{count} / write P1 to P{count}",
    ),
    "bad-section": (
        "看不懂章節「{value}」 / the section “{value}” is not understood",
        "寫成「- P2-P9 標題」 / write “- P2-P9 Title”",
    ),
    "bad-full-text": (
        "「全文：{value}」看不懂 / “{value}” is not understood",
        "寫「收錄」或「不收錄」 / write “included” or “not included”",
    ),
    "out-of-step": (
        "段落編號 [P{number}] 不連續，這裡應該是 [P{expected}] / the paragraph should be [P{expected}]",
        "刪了或加了段落就執行 wendu pack renumber / after removing or adding one, run wendu pack renumber",
    ),
    "empty-paragraph": (
        "[P{number}] 後面沒有文字 / [P{number}] has no text",
        "把段落寫在編號同一行 / write the paragraph on the line of its number",
    ),
    "paragraph-count": (
        "reading.md 有 {found} 段，pack.md 寫 {count} 段 / {found} paragraphs here, {count} in pack.md",
        "把 pack.md 改成「段落：{found}」，或補齊段落 / make both agree",
    ),
    "dangling": (
        "找不到摘解「{slug}」 / there is no snippet “{slug}”",
        "{near} / write a slug that snippets.md has",
    ),
    "bad-status": (
        "不認得狀態「{value}」 / the status “{value}” is not known",
        "寫「草稿」或刪掉這行 / write “draft” or remove the line",
    ),
    "bad-phase": (
        "不認得階段「{value}」 / the phase “{value}” is not known",
        "寫 {phases} 其中之一 / write one of warm-up, close reading, stance, debate, synthesis",
    ),
    "empty-prompt": (
        "「{title}」沒有題目 / “{title}” has no question",
        "空一行，再寫要討論的問題 / leave a blank line and write the question",
    ),
    "bad-golden": (
        "看不懂這一題「{value}」 / this question is not understood",
        "寫成「- 問題 -> 代號」 / write “- question -> slug”",
    ),
    "too-long": (
        "「{title}」的內文有 {size} 字，太長 / the text has {size} characters: too long",
        "拆成幾則，每則最多 {limit} 字 / split it; {limit} characters at most",
    ),
}


@dataclass(frozen=True)
class PackProblem:
    """One thing to mend. `line` counts from 1; 0 means the whole file."""

    file: str
    line: int
    message: str
    mend: str

    def __str__(self) -> str:
        """Return one line as editors understand it: file:line: message → what to write instead."""
        return f"{self.file}:{self.line}: {self.message} → {self.mend}"


def in_language(message: str, language: str) -> str:
    """Return a message in one language; whole without a language, or where its English is missing.

    An English half that begins with a verb speaks of what the Chinese half quotes first.
    """
    chinese, _, english = message.rpartition(" / ")
    if not language or not chinese or not _ENGLISH.match(english):
        return message
    if language == "en":
        quoted = re.search("「(.+?)」", chinese) if re.match("(?:is|has|also) ", english) else None
        return f"“{quoted[1]}” {english}" if quoted else english
    return to_simplified(chinese) if language == "zh-Hans" else chinese


class PackError(Exception):
    """教材包有問題。The pack has problems."""

    def __init__(self, problems: tuple[PackProblem, ...]) -> None:
        self.problems = problems
        super().__init__("\n".join(map(str, problems)))


class PackProblems:
    """Collects what is wrong, so that all of it is told at once."""

    def __init__(self) -> None:
        self._found: list[PackProblem] = []
        self._file = ""

    @contextmanager
    def of(self, file: str) -> Iterator[None]:
        """Within the block, problems belong to this file."""
        before, self._file = self._file, file
        try:
            yield
        finally:
            self._file = before

    def add(self, kind: str, line: int, **what: object) -> None:
        """Note a problem of that kind (a key of MESSAGES) on that line of the current file."""
        message, mend = MESSAGES[kind]
        self._found.append(PackProblem(self._file, line, message.format(**what), mend.format(**what)))

    def all(self) -> tuple[PackProblem, ...]:
        """Return all problems by file and line; what others follow from, such as a lost snippet, first."""
        return tuple(sorted(self._found, key=lambda p: (FILES.index(p.file), p.line)))
