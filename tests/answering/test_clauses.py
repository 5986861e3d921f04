import pytest

from bot.answering.clauses import asking, without_chatter
from bot.answering.engine import Engine
from bot.text.dialects import heard


@pytest.mark.parametrize(
    "text",
    ["焙火過度是什麼，拜託講簡單一點", "明天要報告，焙火過度是什麼意思啊", "焙火過度是什麼 我上課睡著了"],
)
def test_the_clause_that_asks_plainly_is_heard_alone(tea: Engine, text: str) -> None:
    heard_alone = without_chatter(tea.matcher, text)
    assert heard_alone is not None
    assert heard_alone[0].startswith(heard("焙火過度是什麼"))


@pytest.mark.parametrize(
    "text",
    [
        "焙火過度是什麼",  # one clause
        "焙火過度是什麼，跑車多少錢",  # two asks
        "焙火過度是什麼，順便幫我訂便當",
        "焙火過度是什麼，跟文山包種有關",  # something else of the reading
        "焙火過度的葉子會漂浮是什麼原因，老師沒教",  # more than a plain ask
        "月亮是什麼，老師沒教",  # no name of the pack
    ],
)
def test_nobody_is_heard_by_half(tea: Engine, text: str) -> None:
    assert without_chatter(tea.matcher, text) is None


def test_the_clauses_that_ask_are_told_from_chatter() -> None:
    assert asking("好累喔，萎凋是什麼？那包種茶呢") == [heard("萎凋是什麼"), heard("那包種茶呢")]
    assert asking("萎凋是什麼") == []  # a single one is the whole question
