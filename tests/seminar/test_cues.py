"""Cue lists against remarks as students write them. Labels and lists are by one hand: a check, no measure."""

import pytest

from bot.seminar.cues import lists, read_words
from bot.seminar.moves.reasons import spot_press, spot_say_more
from tests.seminar.playing import Played

BARE = """
AI拍的電影根本不可能有溫度
我覺得AI電影沒有感情
人類導演永遠比AI好
AI電影就是很假
我認為導演的工作一定會被AI取代
电影的温度只有人才能给
我觉得机器没有灵魂
技術就是比較冷冰冰的東西
我相信AI可以做出感人的電影
AI做的電影絕對可以感動人
我支持正方，AI有溫度
其實AI就是工具而已
溫度這種東西AI學不來
以後的電影都會是AI做的
I think AI films have no soul
AI can never feel anything
真人演的才叫電影
電影最重要的是劇本啦
我不覺得AI有溫度
溫度只能來自真實的人生
AI will replace directors
"""
BACKED_OR_OTHER = """
為什麼AI沒有溫度？
我覺得AI沒有溫度，因為它沒有活過
我覺得AI沒有溫度，例如 AI 成龍那一部
文章第9段說那是符號拼貼，不是創作
哈哈真的
有人知道作業什麼時候交嗎
我同意
老師可以再說一次題目嗎
我沒有帶課本
明天要不要訂便當
你說得對
像我外婆看到老照片動起來就哭了
79% 是剪得像，不是有79%的感情
那如果是人用AI做的呢
好喔我沒有意見
等我一下，網路很慢
我也不知道
可以不要一直洗版嗎
I agree with that
Because it has never lived, AI cannot feel
can we have a break?
what does warmth mean here?
車傳鋒說觀眾會覺得疲勞
大家早安，我是轉學生
我覺得今天好熱
老師，第7段的意思是什麼
先去上廁所
根據文章，成本降到五千元，所以學生也拍得起
For me it depends on who made it, because the director chooses
"""


def asked(text: str) -> bool:
    played = Played()
    played.says("小安", text)
    return any([*spot_press(played.scene()), *spot_say_more(played.scene())])


@pytest.mark.parametrize("text", BARE.strip().splitlines())
def test_a_claim_without_a_reason_is_one(text: str) -> None:
    assert asked(text)


@pytest.mark.parametrize("text", BACKED_OR_OTHER.strip().splitlines())
def test_a_reason_a_question_or_chatter_is_not_asked_for_reasons(text: str) -> None:
    assert not asked(text)


def test_simplified_and_traditional_are_read_alike() -> None:
    assert read_words("我认为没有，因为机器没活过") == read_words("我認為沒有，因為機器沒活過")


def test_english_cues_are_whole_words() -> None:
    assert not read_words("the butter is sophisticated").challenges
    assert not read_words("the butter is sophisticated").reason
    assert read_words("But so what").challenges


def test_an_address_in_a_remark_says_nothing() -> None:
    assert not read_words("https://example.org/because-but-why").reason


@pytest.mark.parametrize("text", ["這樣真的好嗎", "為什麼呢？", "really?", "是不是「真的」？」"])
def test_a_question_is_known_by_its_end(text: str) -> None:
    assert read_words(text).question


def test_no_cue_is_empty_or_stands_twice_in_its_list() -> None:
    for name, cues in lists().items():
        assert all(cue.strip() for cue in cues), name
        assert len(set(cues)) == len(cues), (name, sorted({cue for cue in cues if cues.count(cue) > 1}))
