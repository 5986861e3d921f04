"""Runs of a text that were copied from an article, punctuation and spaces left aside."""

import re
from collections.abc import Iterator, Sequence

from bot.pack.authoring.cleaning import KINDS, suspicions
from bot.pack.authoring.text_damage import is_traditional, strays
from bot.pack.checks.findings import PackFinding, Severity, Subject, advice, error
from bot.text.folding import fold

_HAN = re.compile(r"[\u3400-\u9fff]")
MESSAGE_LIMIT = 4096  # Telegram counts UTF-16 units
CARD_FRAME = 600  # what a card adds to a prompt: buttons' captions, counts, the phase
LABEL_LIMIT = 40  # characters of a title that a phone shows on a button
SHORTEST, LONGEST = 20, 350  # characters of a snippet that reads well in a chat
COPIED_ERROR, COPIED_ADVICE = 20, 12  # Han characters in a row


def copied_runs(text: str, article: Sequence[str], least: int) -> Iterator[str]:
    """Yield each longest run of the text, of at least that many Han characters, that stands in the article.

    Both are compared simplified and without punctuation, so a copy is found whatever script it is in. Titles
    in 《》 do not count.
    """
    plain, origins = _spelled(re.sub(r"《[^《》]*》", lambda title: "　" * len(title[0]), text))
    source = "\n".join(_spelled(paragraph)[0] for paragraph in article)
    at = 0
    while at + least <= len(plain):
        size = _longest(plain, at, source, least)
        run = plain[at : at + size]
        if size and len(_HAN.findall(run)) >= least:
            yield text[origins[at] : origins[at + size - 1] + 1]
        at += max(1, size)


def _longest(plain: str, at: int, source: str, least: int) -> int:
    """Return how many characters from `at` on stand in the source, or 0 if fewer than `least` do."""
    if plain[at : at + least] not in source:
        return 0
    low, high = least, len(plain) - at
    while low < high:
        middle = (low + high + 1) // 2
        if plain[at : at + middle] in source:
            low = middle
        else:
            high = middle - 1
    return low


def _spelled(text: str) -> tuple[str, list[int]]:
    """Return the folded letters of a text, and where each of them stood."""
    letters = [(fold(char), place) for place, char in enumerate(text)]
    kept = [(letter, place) for folded, place in letters for letter in folded if letter.strip()]
    return "".join(letter for letter, _ in kept), [place for _, place in kept]


def units(text: str) -> int:
    """Return a text's length as Telegram counts it: UTF-16 code units."""
    return len(text.encode("utf-16-le", "replace")) // 2


def telegram_limits(subject: Subject) -> Iterator[PackFinding]:
    """Find texts that Telegram would refuse, and titles that its buttons would cut."""
    for snippet in subject.pack.snippets:
        if units(snippet.title + snippet.text) + CARD_FRAME > MESSAGE_LIMIT:
            yield _too_long("snippets.md", snippet.line, snippet.title)
    for prompt in subject.pack.prompts:
        if units(prompt.title + prompt.text + "".join(prompt.follow_ups)) + CARD_FRAME > MESSAGE_LIMIT:
            yield _too_long("discussion.md", prompt.line, prompt.title)
    titles = [("snippets.md", s.line, s.title) for s in subject.pack.snippets]
    for file, line, title in [*titles, *[("discussion.md", p.line, p.title) for p in subject.pack.prompts]]:
        if len(title) > LABEL_LIMIT:
            message = f"標題有 {len(title)} 字，按鈕上會被切掉 / the title is cut on a button"
            yield advice("long-title", file, line, message, f"縮到 {LABEL_LIMIT} 字以內 / shorten it")


def _too_long(file: str, line: int, title: str) -> PackFinding:
    message = f"「{title}」超過 Telegram 一則訊息的長度 / longer than a Telegram message"
    return error("too-long", file, line, message, "拆成兩則 / split it in two")


def lengths(subject: Subject) -> Iterator[PackFinding]:
    """Find snippets that are hardly an answer, or that nobody reads to the end in a chat."""
    for snippet in subject.written:
        size = len(snippet.text)
        if not SHORTEST <= size <= LONGEST:
            word = "短" if size < SHORTEST else "長"
            message = f"「{snippet.title}」有 {size} 字，太{word} / {size} characters"
            yield advice(
                "length",
                "snippets.md",
                snippet.line,
                message,
                "一則一個意思，40 到 220 字最好讀 / 40-220 is best",
            )


def copied(subject: Subject) -> Iterator[PackFinding]:
    """Find runs of an article that may not be included, longer than a quotation should be."""
    if subject.pack.paragraphs or not subject.article:
        return
    sections = [title for section in subject.pack.sections for title in section.title.split(" — ")]
    titles = [subject.pack.title, *sections]  # naming the article and its parts is no copying
    texts = [("snippets.md", s.line, f"{s.text}\n{s.title}") for s in subject.written]
    texts += [("discussion.md", p.line, f"{p.text}\n{p.title}") for p in subject.pack.prompts]
    for file, line, text in texts:
        for run in copied_runs(_without(text, titles), subject.article, COPIED_ADVICE):
            size = len(_HAN.findall(run))
            level = Severity.ERROR if size >= COPIED_ERROR else Severity.ADVICE
            message = f"照抄了原文 {size} 個字：「{run}」 / copied from the article"
            mend = "改用自己的話寫；術語和片名可以照用 / say it in your own words"
            yield PackFinding(level, "copied", file, subject.line_of(file, line, run[:8]), message, mend)


def _without(text: str, titles: list[str]) -> str:
    for title in titles:
        text = text.replace(title, "◦") if title else text
    return text


def mixed_scripts(subject: Subject) -> Iterator[PackFinding]:
    """Find characters of the other script in titles and texts (keywords and aliases may have both)."""
    whole = [snippet.title + snippet.text for snippet in subject.written]
    traditional = is_traditional("".join([*whole, *[prompt.text for prompt in subject.pack.prompts]]))
    texts = [("snippets.md", s.line, f"{s.title}\n{s.text}") for s in subject.written]
    texts += [
        ("discussion.md", p.line, "\n".join((p.title, p.text, *p.follow_ups))) for p in subject.pack.prompts
    ]
    for file, line, text in texts:
        for start, end, meant in strays(text, traditional=traditional):
            here = text[start:end]
            around = text[max(0, start - 4) : end + 4].replace("\n", " ")
            message = (
                f"「{around}」的「{here}」是{'簡' if traditional else '繁'}體或轉換錯字 / of the other script"
            )
            place = subject.line_of(file, line, text[max(0, start - 2) : end + 2].strip())
            yield advice("mixed-script", file, place, message, f"寫成「{meant}」 / write {meant}")


def comments(subject: Subject) -> Iterator[PackFinding]:
    """Find comments that were not closed, and those that still show the article below a finished snippet."""
    from bot.pack.render import read_aside  # noqa: PLC0415  writing knows reading, not the other way round

    for file in ("snippets.md", "discussion.md"):
        text = subject.files.get(file, "")
        if text.rfind("<!--") > text.rfind("-->"):
            line = text.count("\n", 0, text.rfind("<!--")) + 1
            message = "註解 <!-- 沒有結束，後面會被當成內文 / a comment is not closed"
            yield error("open-comment", file, line, message, "在註解後面加上 --> / close it with -->")
    left = read_aside(subject.files.get("snippets.md", "")).comments
    for snippet in subject.written:
        if "[P" in left.get(snippet.slug, ""):
            line = subject.line_of("snippets.md", snippet.line, "<!--")
            message = f"「{snippet.title}」寫好了，註解裡還留著原文 / the article is still in its comment"
            yield advice("comment", "snippets.md", line, message, "刪掉 <!-- 到 --> / remove the comment")


def reading_spots(subject: Subject) -> Iterator[PackFinding]:
    """Find broken characters and conversion slips in the reading itself."""
    for spot in suspicions(subject.files.get("reading.md", "")):
        meant = f"可能是「{spot.suggestion}」" if spot.suggestion else "請對照原來的文章"
        meant += f" / {spot.suggestion or 'compare with the article'}"
        message = f"{KINDS[spot.kind][0]} {spot.context} / {KINDS[spot.kind][1]}"
        check = f"reading-{spot.kind}"
        yield PackFinding(Severity.ADVICE, check, "reading.md", spot.line, message, meant, spot.column)
