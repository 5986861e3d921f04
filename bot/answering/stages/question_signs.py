"""Whether a text asks: by a question word, by its ending, by a question mark. Closed-class words only."""

import re

_WORD = re.compile(
    r"什么|谁|哪|为何|几[个位部种段篇年岁盏票天次]|多少|多[久长大高远]|怎么|怎样|怎|如何|啥|三小|"
    r"还是(?!不|没|很|有点|会)|(?:^|[请帮给]我?|可以|能)(?:再)?(?:[讲说谈聊](?:一下|[讲说谈聊])|介绍|解释)"
    r"|\b(?:who|whom|what|whats|whose|why|when|where|which|how)\b",
    re.ASCII,
)
_ENDING = re.compile(
    r"(?:吗|嘛|呢|是不是|有没有|对不对|[对是错]吧|真的假的)$"
    r"|\b(?:right|correct|(?:is|does|did|was|are)nt (?:it|he|she|they))$",
    re.ASCII,
)
_INSIDE = re.compile(
    r"是不是|有没有|会不会|能不能|可不可以|推荐|帮我|帮忙|给我|翻译"
    r"|^(?:is|are|was|were|do|does|did|can|could|has|have|will|would|should) ",
    re.ASCII,
)


def has_question_word(folded: str) -> bool:
    """Return whether a folded text has a question word."""
    return _WORD.search(folded) is not None


def ends_asking(text: str, folded: str) -> bool:
    """Return whether a text plainly asks: by a question word, its ending, or a question mark."""
    return (
        has_question_word(folded) or _ENDING.search(folded) is not None or text.rstrip().endswith(("?", "？"))
    )


def asks(text: str, folded: str) -> bool:
    """Return whether a text asks anything at all, or for anything."""
    return ends_asking(text, folded) or _INSIDE.search(folded) is not None
