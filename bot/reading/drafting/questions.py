"""Discussion questions from templates: a first set that a teacher bends to the reading."""

from collections.abc import Iterable

from bot.reading.drafting.proposals import Proposal
from bot.reading.fulltext import Reading
from bot.reading.pack import Prompt

# Phase, title, question, follow-ups, minutes; {title}, {term}, {quote}, {section} come from the reading.
TEMPLATES = (
    (
        "暖身",
        "一句話",
        "讀完〈{title}〉，哪一句話你最先想起來？為什麼是那一句？",
        "那句話在第幾段？；你同意它嗎？",
        6,
    ),
    (
        "暖身",
        "你遇過嗎",
        "你自己遇過和「{term}」有關的事嗎？請說一件，再說它像不像文章裡寫的。",
        "哪裡像？；哪裡不像？",
        8,
    ),
    (
        "細讀",
        "這個詞是什麼意思",
        "文章說「{quote}」。用自己的話說，這是什麼意思？文章拿什麼來支持它？",
        "換一個詞會少掉什麼？；哪一段是證據？",
        10,
    ),
    (
        "細讀",
        "哪一段最重要",
        "如果〈{title}〉只能留下一段，你留哪一段？少了它，文章的論點會倒嗎？",
        "別人留的那一段，你為什麼不選？；哪一段可以刪？",
        10,
    ),
    (
        "細讀",
        "誰在說話",
        "文章裡有哪些人或哪些聲音？誰說得最多，誰沒有機會說話？",
        "如果讓沒說話的人說，他會說什麼？；作者站在哪一邊？",
        10,
    ),
    (
        "立場",
        "同意不同意",
        "關於「{term}」，文章的看法你同意嗎？先選一個立場，再說最強的一個理由。",
        "什麼樣的證據會讓你改變立場？；反對的人最好的理由是什麼？",
        12,
    ),
    (
        "立場",
        "如果由你決定",
        "如果「{section}」這件事由你決定，你會怎麼做？誰會因此得到好處，誰會付出代價？",
        "代價可以補償嗎？；十年以後你還會這樣決定嗎？",
        12,
    ),
    (
        "交鋒",
        "最強的反方",
        "請替你不同意的那一邊，找出文章裡最有力的一段證據，並說服大家。",
        "這段證據哪裡最難反駁？；要反駁它，還缺什麼資料？",
        15,
    ),
    (
        "交鋒",
        "證據夠不夠",
        "文章的結論，有哪一步是證據撐不起來的？指出那一段，說明還缺什麼。",
        "去哪裡可以找到缺的資料？；如果資料相反，結論還成立嗎？",
        12,
    ),
    (
        "綜合",
        "帶走什麼",
        "討論到這裡，你對「{term}」的想法和一開始有什麼不同？是哪一句話改變了你？",
        "還有哪個問題沒有答案？；你會把哪個問題帶去下一次討論？",
        10,
    ),
)


def draft_prompts(reading: Reading, proposals: Iterable[Proposal]) -> tuple[Prompt, ...]:
    """Return ten questions over the five phases, in the reading's own words; the teacher adds evidence."""
    found = tuple(proposals)
    words = {
        "title": reading.title or "這篇文章",
        "term": _first(found, "term", "這個主題"),
        "quote": _first(found, "quote", _first(found, "term", "這個主題")),
        "section": reading.sections[-1].title.split(" — ")[0]
        if reading.sections
        else _first(found, "term", "這個主題"),
    }
    return tuple(
        Prompt(
            slug=f"q{number}",
            title=title,
            text=text.format(**words),
            phase=phase,
            follow_ups=tuple(follow_ups.split("；")),
            minutes=minutes,
        )
        for number, (phase, title, text, follow_ups, minutes) in enumerate(TEMPLATES, 1)
    )


def _first(proposals: tuple[Proposal, ...], kind: str, otherwise: str) -> str:
    """Return the proposal of that kind that stands in the most paragraphs."""
    of_kind = [item for item in proposals if item.kind == kind]
    return max(of_kind, key=lambda item: len(item.paragraphs)).text if of_kind else otherwise
