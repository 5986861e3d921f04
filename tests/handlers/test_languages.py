from bot.text.folding import to_simplified
from tests.dialogue import Seminar

OWN = "/discuss AI 能承載人文溫度嗎？"


async def speaking(seminar: Seminar, language: str) -> None:
    await seminar.says("小安", "/topics")
    seminar.store.seminars.configure(1, language=language)


async def test_an_english_seminar_is_spoken_to_in_english(seminar: Seminar) -> None:
    await speaking(seminar, "en")
    await seminar.says("陳老師", OWN)
    card = seminar.expects("Round 1", "Where do you stand now?", "kept 180 days")
    await seminar.presses("小安", "Agree", on=card)
    assert seminar.toast.startswith("Noted: Agree")
    await seminar.says("陳老師", "/close")
    seminar.expects("Round 1: summary", "Before (1)", "Agree             ▇ 1")


async def test_a_simplified_seminar_reads_simplified_also_from_the_pack(seminar: Seminar) -> None:
    await speaking(seminar, "zh-Hans")
    await seminar.says("小安", "/ask 塔可夫斯基是谁？")
    seminar.expects("俄罗斯", "出处")
    await seminar.says("小安", "/topics")
    seminar.expects("可以问我这些")
    assert any("段" in label or "文章" in label for row in seminar.keyboard for label in row)
    await seminar.says("陳老師", "/discuss")
    await seminar.presses("陳老師", seminar.keyboard[2][0])
    await seminar.presses("陳老師", "AI电影能承载人文温度吗")
    await seminar.presses("陳老師", "▶ 开始")
    seminar.expects("第 1 轮讨论", "代码编织")


async def test_a_chinese_question_in_an_english_seminar_is_answered_in_chinese(seminar: Seminar) -> None:
    await speaking(seminar, "en")
    await seminar.says("小安", "/ask 塔可夫斯基是誰？")
    seminar.expects("出處：第")


async def test_a_chinese_title_in_an_english_question_does_not_make_it_chinese(seminar: Seminar) -> None:
    await speaking(seminar, "en")
    await seminar.says("小安", "/ask Who directed 《大夢》?")
    seminar.expects("Great Dream", "The reading does not say this about “Great Dream”", "Source: paragraph")


async def test_an_english_question_in_a_simplified_seminar_has_simplified_chinese_below(
    seminar: Seminar,
) -> None:
    await speaking(seminar, "zh-Hans")
    await seminar.says("小安", "/ask Who is Tarkovsky?")
    said = seminar.expects("Who is Tarkovsky", "the Russian director", "Source: paragraph").text
    assert to_simplified(said) == said


async def test_snippets_are_called_in_english_wherever_they_are_named(seminar: Seminar) -> None:
    await speaking(seminar, "en")
    await seminar.says("小安", "/topics")
    assert ["What the article is about"] in seminar.keyboard
    await seminar.says("小安", "/ask Who is Tarkovsky?")
    assert ["Where his themes come from"] in seminar.keyboard
    await seminar.says("小敏", "/ask Who is Tarkovsky?")
    seminar.expects("That was posted a moment ago, here: Who is Tarkovsky")
    await seminar.says("小安", "/why")
    seminar.expects("・Who is Tarkovsky: ")
    await seminar.says("陳老師", "/discuss")
    await seminar.presses("陳老師", "Stances (7)")
    await seminar.presses("陳老師", "Can AI film carry human warmth?")
    await seminar.presses("陳老師", "▶ Begin")
    card = seminar.last
    assert seminar.keyboard[0][0].startswith("📖 AI can carry warmth")
    await seminar.presses("小安", "📖 AI can carry warmth", on=card)
    assert seminar.toast.startswith("AI can carry warmth\nFor: AI helps with creative work")
    await seminar.says("小安", "It is only a collage of symbols, 符號拼貼, as paragraph nine says")
    await seminar.says("陳老師", "/close")
    seminar.expects("Not yet: AI can carry warmth", "Collage of symbols")


async def test_a_prompt_is_asked_in_english_with_the_original_below(seminar: Seminar) -> None:
    await speaking(seminar, "en")
    await seminar.says("陳老師", "/discuss")
    assert ["Stances (7)"] in seminar.keyboard
    await seminar.presses("陳老師", "Stances (7)")
    seminar.expects("Stances (page 1 of 2)")
    await seminar.presses("陳老師", "Can AI film carry human warmth?")
    seminar.expects(
        "Can AI film carry human warmth?\nTake a stance first", "AI電影能承載人文溫度嗎\n代碼編織"
    )
    await seminar.presses("陳老師", "▶ Begin")
    seminar.expects("Round 1", "Can AI film carry human warmth?\nTake a stance first", "\n代碼編織")
    await seminar.says("陳老師", "/close")
    seminar.expects("Round 1: summary\nCan AI film carry human warmth?")
    assert seminar.keyboard[0] == ["Is lived experience necessary?"]
    await seminar.says("陳老師", "/plan is lived experience")
    seminar.expects("1. Is lived experience necessary?")


async def test_a_prompt_without_english_is_asked_as_it_is(seminar: Seminar) -> None:
    await speaking(seminar, "en")
    await seminar.says("陳老師", OWN)
    seminar.expects("Round 1\n\nAI 能承載人文溫度嗎？\n\nWhere do you stand now?")


async def test_options_time_plan_and_schedule_are_english_too(seminar: Seminar) -> None:
    await speaking(seminar, "en")
    await seminar.says("陳老師", "/plan warm-film")
    seminar.expects("The plan of this lesson")
    await seminar.says("陳老師", "/schedule every Wed 10:00 2h")
    seminar.expects("every Wed 10:00", "the next one of the plan (2 h)")
    await seminar.says("陳老師", "/discuss")
    await seminar.presses("陳老師", "🎲 By chance")
    await seminar.presses("陳老師", "anonymous")
    seminar.expects("Only admins can find out who it was")
    await seminar.presses("陳老師", "20 min")
    await seminar.presses("陳老師", "▶ Begin")
    seminar.expects("Round 1", "Anonymous", "20 min left")
    await seminar.ticks(minutes=21)
    assert any("Round 1: summary" in said for said in seminar.said())
