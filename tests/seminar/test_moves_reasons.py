from tests.seminar.playing import Played, numbers

CLAIM = "我認為機器拍的電影根本不可能感動任何人"
REASONED = "我認為可以，因為導演把自己的記憶交給它，它只是幫忙畫出來，感動還是人的"
NEAR = "所以還是要人的手跟記憶，AI 只是加上去的"


def begun(**settings: object) -> Played:
    """Return a round that is two minutes old."""
    return Played(**settings).passes(minutes=2)  # type: ignore[arg-type]  # fields of Played


# press for a reason


def test_a_claim_without_a_reason_is_asked_for_one_after_a_while() -> None:
    played = begun()
    played.says("小安", CLAIM)
    played.passes(seconds=40)
    assert [move.state for move in played.made("press")] == ["waiting"]
    played.passes(seconds=10)
    (move,) = played.made("press", state="posted")
    assert played.text_of(move.spotted) == CLAIM


def test_no_reason_is_asked_for_when_the_author_gives_it_in_time() -> None:
    played = begun()
    played.says("小安", CLAIM)
    played.passes(seconds=20)
    played.says("小安", "因為機器沒有活過")
    played.passes(seconds=60)
    assert played.told() == [("press", "cancelled", "did_it")]


def test_no_reason_is_asked_for_when_a_classmate_asks_first() -> None:
    played = begun()
    first = played.says("小安", CLAIM)
    played.passes(seconds=20)
    played.says("小敏", "為什麼？", to=first)
    played.passes(seconds=60)
    assert played.made("press")[0].state == "cancelled"


def test_no_reason_is_asked_for_when_the_teacher_asks_first() -> None:
    played = begun()
    played.says("小安", CLAIM)
    played.passes(seconds=10)
    played.says("老師", "理由呢？")
    played.passes(seconds=60)
    assert played.made("press")[0].why == "did_it"


def test_no_reason_is_asked_for_when_it_was_edited_in() -> None:
    played = begun()
    number = played.says("小安", CLAIM)
    played.passes(seconds=10)
    played.edits(number, CLAIM + "，因為它們沒有活過")
    played.passes(seconds=60)
    assert played.made("press")[0].state == "cancelled"


def test_a_rebuttal_is_left_to_the_one_it_answers() -> None:
    played = begun()
    first = played.says("小敏", "因為人會老會痛，第9段說那叫符號拼貼")
    played.says("小安", CLAIM, to=first)
    played.passes(seconds=60)
    assert played.made("press") == []


def test_the_teachers_own_claims_are_not_questioned() -> None:
    played = begun()
    played.says("老師", CLAIM)
    assert played.passes(minutes=2).moves == []


# say more


def test_a_very_short_claim_is_asked_for_more() -> None:
    played = begun()
    played.says("小安", "AI沒有靈魂")
    played.passes(seconds=50)
    assert [(move.kind, move.state) for move in played.moves] == [("say_more", "posted")]


def test_who_goes_on_by_themselves_is_not_asked_for_more() -> None:
    played = begun()
    played.says("小安", "AI沒有靈魂")
    played.passes(seconds=15)
    played.says("小安", "它只是照著算")
    played.passes(seconds=60)
    assert played.made("say_more")[0].state == "cancelled"


# revoice


def test_a_remark_near_a_part_of_the_reading_is_given_back_with_it() -> None:
    played = begun()
    played.says("小安", NEAR)
    played.passes(seconds=50)
    (move,) = played.made("revoice", state="posted")
    assert move.spotted.about == "kentridge-traces"


def test_nothing_is_given_back_when_somebody_names_the_part_first() -> None:
    played = begun()
    played.says("小安", NEAR)
    played.passes(seconds=20)
    played.says("小敏", "第13段肯特里奇塗擦的痕跡就是手工溫度")
    played.passes(seconds=60)
    assert played.made("revoice")[0].state == "cancelled"


def test_a_part_that_was_talked_about_is_not_given_back() -> None:
    played = begun()
    played.says("小敏", "第13段肯特里奇塗擦的痕跡就是手工溫度")
    played.says("小安", NEAR)
    assert played.passes(seconds=60).made("revoice") == []


# agree or challenge


def test_a_reasoned_claim_that_nobody_answers_is_handed_to_the_others() -> None:
    played = begun()
    number = played.says("小安", REASONED)
    played.passes(seconds=85)
    assert played.made(state="posted") == []
    played.passes(seconds=10)
    assert numbers(played.made("challenge", state="posted")) == [number]


def test_a_claim_that_somebody_answers_is_left_to_them() -> None:
    for answer in ("可是那樣感動的是人，不是電影", "我同意，我家那張照片就是這樣", "大家覺得呢？"):
        played = begun()
        played.says("小安", REASONED)
        played.passes(seconds=40)
        played.says("小敏", answer)
        played.passes(seconds=90)
        assert played.made("challenge")[0].state == "cancelled", answer


def test_a_reply_without_any_cue_counts_as_an_answer() -> None:
    played = begun()
    number = played.says("小安", REASONED)
    played.says("小敏", "剛剛那部片我有看", to=number)
    assert played.passes(minutes=3).made("challenge", state="posted") == []


# what is left to people


def test_what_somebody_tells_of_a_loss_is_neither_pressed_nor_put_up_for_argument() -> None:
    played = begun()
    played.says("冠宇", "我爸過世以後，我認為機器拍的電影根本不可能感動人，因為那個感覺沒有寫在任何資料裡")
    played.passes(minutes=4)
    kinds = {move.kind for move in played.moves}
    assert not kinds & {"press", "say_more", "revoice", "challenge", "link"}
