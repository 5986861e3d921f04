from bot.seminar.nameless_text import without_names


def test_neither_a_name_nor_what_stands_in_for_it_is_left() -> None:
    assert without_names(["小安說海豚"], ["海豚說海豚"], {"海豚", ""}) == [" 說 "]


def test_where_nobody_is_named_the_class_may_speak_of_animals() -> None:
    assert without_names(["海豚會唱歌"], ["海豚會唱歌"], {"海豚"}) == ["海豚會唱歌"]


def test_nobody_has_an_alias_yet() -> None:
    assert without_names(["小安"], ["某人"], set()) == ["某人"]


def test_a_latin_stand_in_is_not_found_inside_a_word() -> None:
    assert without_names(["Ann on owls"], ["Owl on Owlish owls"], {"Owl"}) == ["  on Owlish owls"]
