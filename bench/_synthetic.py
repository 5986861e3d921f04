"""Packs of any size, and questions about them, made from everyday words with a fixed seed."""

import random

from bot.pack.model import Pack, Snippet
from bot.text.dictionary import frequencies

ASKED = (
    "{0}是什麼",
    "請問{0}有什麼特別的",
    "為什麼說{0}跟{1}有關",
    "{0}的{1}怎麼做",
    "{1}",
    "老師，{0}和{1}差在哪",
)


def pack_of(size: int) -> tuple[Pack, list[tuple[str, int]]]:
    """Return a pack of that many snippets, and 300 questions with the number of the snippet each is about."""
    draw = random.Random(size)
    words = [word for word, seen in frequencies().items() if 2 <= len(word) <= 4 and 50 <= seen < 4000]
    snippets = tuple(_snippet(number, words, draw) for number in range(size))
    pack = Pack(
        f"synthetic-{size}", "t", "", "", "", 20, snippets=snippets, by_slug={s.slug: s for s in snippets}
    )
    questions = []
    for _ in range(300):
        number = draw.randrange(size)
        chosen = snippets[number]
        asked = draw.choice(ASKED).format(chosen.title, draw.choice(chosen.keywords))
        questions.append((asked, number))
    return pack, questions


def _snippet(number: int, words: list[str], draw: random.Random) -> Snippet:
    title = "".join(draw.sample(words, 2))
    keywords = tuple(draw.sample(words, 4))
    return Snippet(
        slug=f"s{number}",
        title=title,
        text="，".join("".join(draw.sample(words, 3)) for _ in range(15)) + "。",
        keywords=keywords,
        aliases=(f"{title}是什麼", f"為什麼要{keywords[0]}", f"{keywords[1]}和{keywords[2]}"),
        paragraphs=(1 + number % 20,),
    )
