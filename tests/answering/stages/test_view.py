from bot.answering.engine import Engine
from tests.answering.saying import lead, slugs


def test_only_the_speaker_asked_is_answered_with(tea: Engine) -> None:
    found = [tea.scene.snippets[0]] and tea.answer("陳阿水怎麼看焙火").snippets
    assert {one.speaker for one in found} == {"陳阿水"}


def test_when_only_another_has_a_view_that_is_said(tea: Engine) -> None:
    answer = tea.answer("林茶生怎麼看焙火過度")
    assert slugs(answer) == ["roasting-risks"]
    assert lead(answer) == "文章沒有寫林茶生對這件事的看法；談到它的是陳阿水："
