"""Remarks worth reading again: that others answered, that give a reason, that say something at length."""

import re
from collections import Counter
from collections.abc import Callable

from bot.pages.report.content import Excerpt
from bot.pages.report.rounds import Class, Held
from bot.seminar.records import Remark

MOST = 12
FROM_ONE = 2  # at most, so that many are heard
SHORTEST, LONGEST = 8, 400  # letters
TELLING = 60  # letters from which being longer counts no more
REASON = re.compile(
    r"因為|因为|所以|例如|比如|像是|可是|但是|如果|because|\bif\b|example|however", re.IGNORECASE
)


def excerpts(found: Class, name: Callable[[Held], str]) -> tuple[Excerpt, ...]:
    """Return at most twelve remarks, in the order they came, two of one person at most."""
    answered = Counter((one.chat_id, one.reply_to_message_id) for one in found.remarks)
    all_said = [(held, remark) for held in found.rounds for remark in held.remarks]
    weighed = sorted(
        (
            (_weight(remark, answered[remark.chat_id, remark.message_id]), -at)
            for at, (_, remark) in enumerate(all_said)
            if remark.own and len(remark.text.strip()) >= SHORTEST
        ),
        reverse=True,
    )
    chosen: list[int] = []
    said: Counter[str] = Counter()
    for _, at in weighed:
        alias = all_said[-at][1].alias
        if said[alias] < FROM_ONE and len(chosen) < MOST:
            said[alias] += 1
            chosen.append(-at)
    several = len(found.rounds) > 1
    return tuple(
        Excerpt(
            text=shortened(remark.text),
            alias=remark.alias,
            at=found.local(remark.sent_at).strftime("%H:%M"),
            round_name=name(held) if several else "",
        )
        for held, remark in (all_said[at] for at in sorted(chosen))
    )


def shortened(text: str) -> str:
    """Return a remark that does not fill the page."""
    words = text.strip()
    return words if len(words) <= LONGEST else words[:LONGEST].rstrip() + "…"


def _weight(remark: Remark, answers: int) -> float:
    length = min(len(remark.text), TELLING) / TELLING
    return 2.0 * min(answers, 3) + length + (1.0 if REASON.search(remark.text) else 0.0)
