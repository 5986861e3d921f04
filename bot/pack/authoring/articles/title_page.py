"""What stands above and below an article's text: title, author, translator, school and date, captions."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.pack.authoring.articles.article import Article
from bot.text.folding import to_simplified
from bot.text.surnames import SURNAMES

MOST_LINES = 18  # of a title page
LONGEST = 40  # characters of one of its lines, half as many more with a label
TAIL = 6  # last lines, among which an editor or a source may be named


def _compiled(*choices: str) -> re.Pattern[str]:
    return re.compile("|".join(choices), re.IGNORECASE)


_SIGN = r"\s*[:：／/|｜]\s*"
_STUDENT = (
    r"學\s*號|学\s*号|系級|系级|班\s*級|班级|座號|科目|課程|课程|指導|指导|授課|姓\s*名|學\s*生|研究生|報告人"
    r"|student|course|instructor|professor"
)
_PAPER = re.compile(_STUDENT, re.IGNORECASE)
_AUTHOR = _compiled(
    r"(?:作\s*者|文|撰文|文字|姓\s*名|[學学]\s*生(?:姓名)?|研究生|[報报]告人|author|written by|text)"
    rf"{_SIGN}(.+)",
    r"by\s+((?:[A-Z][\w.'’-]*\s?){2,4})",
    r"(?:[\u3400-\u9fff]{0,4})?記者\s*([\u3400-\u9fff]{2,4})\s*[／/].*",
)
_TRANSLATOR = _compiled(rf"(?:譯\s*者|译者|翻譯|翻译|譯|translat(?:or|ed by)){_SIGN}(.+)")
_TITLE = _compiled(rf"(?:(?:論文|报告|報告)?題\s*目|题目|篇\s*名|標\s*題|标题|title){_SIGN}(.+)")
_BESIDE = _compiled(
    rf"(?:{_STUDENT}|原\s*文|原題|来源|來源|出處|出处|教師|老師|日期|發布|發佈|发布|時間|时间|撰寫|繳交|點閱|瀏覽|網址"
    r"|责任编辑|責任編輯|責編|编辑|編輯|校對|校对|審核|审核|攝影|摄影|圖|source|date|published|editor|photo|url)"
    r"[^:：／/]{0,8}[:：／/]\s*\S.*"
)
_DIGITS = r"[\d一二三四五六七八九十〇○零]"
_DATE = _compiled(
    rf"(?:中華民國|民國|西元)?\s*{_DIGITS}{{2,5}}\s*[年./-]\s*{_DIGITS}{{1,3}}\s*"
    rf"(?:[月./-]\s*(?:{_DIGITS}{{1,4}}\s*日?)?)?(?:\s*\d{{1,2}}:\d{{2}})?",
    r"(?:\d{1,2}\s+)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+(?:\d{1,2},?\s+)?\d{4}",
)
_COVER = _compiled(
    r".{0,24}(?:大學|大学|學院|学院|學系|学系|研究所|高中|高級中學|中學|国中|國中|學校)",
    r".{0,24}(?:university|college|high school)",
    r"department of .+",
    r".{0,16}(?:期末|期中|學期|讀書|專題|課程|小論文|閱讀心得)(?:報告|作業|論文)?",
    r".{0,10}(?:term|final) paper|.{0,10}book report",
)
_NAME = re.compile(
    r"(?:[〔（(\[【]?[先秦漢晉唐宋元明清民國]{1,2}[〕）)\]】・·.]?\s*)?"
    r"([\u3400-\u9fff](?:\s?[\u3400-\u9fff]){1,3})(?:\s*[著撰文])?"
)
_TWO_CHARACTERS = {"欧阳", "司马", "诸葛", "上官"}
_CAPTION = _compiled(
    r"(?:[▲▼△▽◎◤]|圖[一二三四五六七八九十\d]*\s?[:：／/說]|[（(]圖[:：／/]|[（(]?(?:圖片|照片)(?:來源|提供)"
    r"|(?:photo|image|picture|credit|caption)s?\b(?: by|:|／|/)).{0,90}"
)
_LABELLED = re.compile(r"[^:：／/|｜。，]{1,10}[:：／/|｜]\s*\S")
_SENTENCE = re.compile(r".{12,}[。！？!?.…」]$")
_MARKS = " \t\u3000#*|>"


@dataclass
class _Found:
    author: str = ""
    translator: str = ""
    title: str = ""
    paper: bool = False  # a school paper, whose cover names school, course and number
    cover: int = 0  # lines that only a cover has


def without_title_page(article: Article) -> Article:
    """Return the article with the title and author that its first lines name; those lines become notes."""
    lines = article.text.splitlines()
    head = _head(lines)
    paper = any(_PAPER.match(line.strip(_MARKS)) for line in lines[:head])
    found = _Found(title=article.title, paper=paper)
    notes: list[str] = []
    kept: list[str] = []
    ends = 0  # where the cover does, among the lines kept
    for place, line in enumerate(lines):
        plain = line.strip(_MARKS)
        above = place < head and _taken(plain, found, kept)
        below = (
            place >= len(lines) - TAIL and len(plain) < LONGEST and _BESIDE.fullmatch(plain.strip("（(【["))
        )
        ends = len(kept) if above else ends
        if plain and (above or below or _CAPTION.fullmatch(plain)):
            notes.append(plain)
        else:
            kept.append(line)
    titles = [line for line in kept[:ends] if line.strip()]
    if found.paper and found.cover > 1 and titles and not found.title:  # the longest line that is left
        longest = max(titles, key=len)
        found.title = longest.strip(_MARKS)
        kept.remove(longest)
    author = found.author or article.author
    if found.translator:
        author += f"（譯者：{found.translator}）"
    return replace(
        article, text="\n".join(kept), title=found.title, author=author, notes=(*article.notes, *notes)
    )


def _head(lines: Sequence[str]) -> int:
    """Return how many lines stand above the first that is a sentence."""
    seen = 0
    for place, line in enumerate(lines):
        plain = line.strip(_MARKS)
        seen += bool(plain)
        sentence = _SENTENCE.search(plain) and not _LABELLED.match(plain)
        if seen > MOST_LINES or 2 * len(plain) > 3 * LONGEST or sentence:
            return place
    return len(lines)


def _taken(line: str, found: _Found, above: Sequence[str]) -> bool:
    """Tell whether a line of the title page is no text, having noted what it says."""
    if (match := _AUTHOR.fullmatch(line)) and not found.author:
        found.author = next(filter(None, match.groups())).strip()
    elif match := _TRANSLATOR.fullmatch(line):
        found.translator = match[1].strip()
    elif match := _TITLE.fullmatch(line):
        found.title = match[1].strip()
    elif (found.paper and _COVER.fullmatch(line)) or _BESIDE.fullmatch(line) or _DATE.fullmatch(line):
        found.cover += 1
    elif (match := _NAME.fullmatch(line)) and _is_name(match[1]) and not found.author and _second(above):
        found.author = match[1]
    else:
        return False
    return True


def _second(above: Sequence[str]) -> bool:
    return sum(bool(line.strip()) for line in above) == 1


def _is_name(word: str) -> bool:
    plain = to_simplified(word.replace(" ", ""))
    return (plain[0] in SURNAMES and len(plain) < 4) or plain[:2] in _TWO_CHARACTERS  # noqa: PLR2004  a surname and at most two more
