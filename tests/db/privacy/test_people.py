import pytest

from bot.seminar.records import Consent
from bot.text.folding import to_simplified
from db.privacy.aliases import LETTERS, code, numbered, shuffled
from db.privacy.animals import ANIMALS, ENGLISH
from db.store import Store
from tests.db.classroom import GROUP, Classroom
from tests.db.conftest import KEY, NOON


def test_a_person_is_met_once_and_their_name_kept_up_to_date(store: Store) -> None:
    first = store.people.meet(7, "小安")
    again = store.people.meet(7, "小安安", "xiaoan")
    assert again.id == first.id
    assert store.people.by_id(first.id) == again
    assert store.people.by_id(99) is None


@pytest.mark.parametrize(
    ("rule", "answer", "kept"),
    [
        ("notice", None, True),
        ("notice", "yes", True),
        ("notice", "no", False),
        ("explicit", None, False),
        ("explicit", "yes", True),
        ("explicit", "no", False),
    ],
)
def test_whose_words_are_kept(classroom: Classroom, rule: str, answer: Consent, *, kept: bool) -> None:
    opened, student, store = classroom.opens(), classroom.student(1), classroom.store
    store.run("UPDATE seminars SET consent_rule = ?", (rule,))
    store.people.set_consent(classroom.seminar.id, student.id, answer)
    classroom.says(student, "有溫度")
    assert bool(classroom.log()) is kept
    assert store.people.may_log(classroom.seminar.id, student.id) is kept
    assert store.stances.set(opened.id, student.id, "before", 3, NOON) is kept


def test_in_private_a_no_to_one_class_counts_and_so_does_a_class_that_asks_first(
    classroom: Classroom,
) -> None:
    store, silent, agreeing, other = classroom.store, *(classroom.student(number) for number in (1, 2, 3))
    store.people.set_consent(classroom.seminar.id, silent.id, "no")
    store.people.set_consent(classroom.seminar.id, agreeing.id, "yes")
    assert [store.people.may_log(None, each.id) for each in (silent, agreeing, other)] == [False, True, True]
    store.seminars.configure(classroom.seminar.id, consent_rule="explicit")
    assert [store.people.may_log(None, each.id) for each in (silent, agreeing, other)] == [False, True, False]
    store.people.set_consent(None, other.id, "yes")
    assert store.people.may_log(None, other.id)


def test_an_edit_after_saying_no_is_not_kept(classroom: Classroom) -> None:
    classroom.opens()
    student = classroom.student(1)
    draft = classroom.says(student, "有溫度")
    classroom.store.people.set_consent(classroom.seminar.id, student.id, "no")
    classroom.edits(draft, "不想留下的話")
    assert classroom.log() == [(1, 1, "有溫度")]


def test_the_latest_answer_counts_here_or_everywhere(classroom: Classroom) -> None:
    student, here, store = classroom.student(1), classroom.seminar.id, classroom.store
    there = store.seminars.bind(GROUP - 1, pack="ai-film", language="en").id
    store.people.set_consent(here, student.id, "yes")
    store.people.set_consent(None, student.id, "no")
    assert (store.people.consent(here, student.id), store.people.consent(there, student.id)) == ("no", "no")
    store.people.set_consent(here, student.id, "yes")
    assert (store.people.consent(here, student.id), store.people.consent(there, student.id)) == ("yes", "no")
    assert store.people.consent(None, student.id) == "no"


def test_a_stranger_under_the_explicit_rule_stays_unknown(classroom: Classroom) -> None:
    classroom.opens()
    classroom.store.seminars.configure(classroom.seminar.id, consent_rule="explicit")
    draft = classroom.draft(classroom.teacher, "嗨", telegram_id=555, name="路人")
    classroom.says(classroom.teacher, "", telegram_id=draft.telegram_id)
    assert classroom.store.one("SELECT count(*) FROM people WHERE telegram_id = 555")[0] == 0


def test_an_alias_stays_and_is_nobody_elses(classroom: Classroom) -> None:
    seminar, store = classroom.seminar, classroom.store
    drawn = [store.aliases.of(seminar.id, classroom.student(number).id) for number in range(30)]
    assert len(set(drawn)) == 30
    assert set(drawn) <= set(ANIMALS)
    assert store.aliases.of(seminar.id, classroom.student(3).id) == drawn[3]
    assert store.aliases.all(seminar.id)[classroom.student(3).id] == drawn[3]


def test_in_another_seminar_a_person_has_another_alias() -> None:
    """The orders are shuffled by seminar, so that nobody is followed from one class into another."""
    assert shuffled(KEY, 1) != shuffled(KEY, 2)
    assert shuffled(KEY, 1) != shuffled(b"another key", 1)
    assert sorted(shuffled(KEY, 1)) == sorted(ANIMALS)


def test_when_all_names_are_taken_they_are_numbered() -> None:
    assert len(set(ANIMALS)) == len(ANIMALS) >= 200
    assert [numbered(("青鳥", "山羊"), drawn) for drawn in range(5)] == [
        "青鳥",
        "山羊",
        "青鳥2",
        "山羊2",
        "青鳥3",
    ]


def test_the_names_of_one_language_are_none_of_another() -> None:
    simplified = {to_simplified(name) for name in ANIMALS}
    assert len(simplified) == len(ANIMALS)
    assert len(set(ENGLISH)) == len(ENGLISH) >= 200
    assert all(name.isascii() and name.isalpha() and name.istitle() for name in ENGLISH)


def test_names_are_drawn_in_the_seminars_language(classroom: Classroom) -> None:
    seminar, store = classroom.seminar, classroom.store
    store.seminars.configure(seminar.id, language="en")
    assert store.aliases.of(seminar.id, classroom.student(1).id) == shuffled(KEY, seminar.id, ENGLISH)[0]
    store.seminars.configure(seminar.id, language="zh-Hans")
    drawn = store.aliases.of(seminar.id, classroom.student(2).id)
    assert drawn == to_simplified(shuffled(KEY, seminar.id)[1])


def test_another_language_gives_nobody_a_second_name_and_no_two_the_same(classroom: Classroom) -> None:
    seminar, store = classroom.seminar, classroom.store
    first = [store.aliases.of(seminar.id, classroom.student(number).id) for number in range(5)]
    assert first == list(shuffled(KEY, seminar.id)[:5])
    store.seminars.configure(seminar.id, language="en")
    assert [store.aliases.of(seminar.id, classroom.student(number).id) for number in range(5)] == first
    for language in ("en", "zh-Hans", "en", "zh-Hant", "zh-Hans"):
        store.seminars.configure(seminar.id, language=language)
        number = len(store.aliases.all(seminar.id))
        store.aliases.of(seminar.id, classroom.student(number).id)
    drawn = store.aliases.all(seminar.id)
    assert len({to_simplified(name) for name in drawn.values()}) == len(drawn) == 10
    assert [drawn[classroom.student(number).id] for number in range(5)] == [*map(to_simplified, first)]
    assert store.one("SELECT aliases_drawn FROM seminars")[0] == 10


def test_chinese_names_are_spelled_in_the_seminars_script_and_others_are_left(classroom: Classroom) -> None:
    seminar, store = classroom.seminar, classroom.store
    names = {1: "青鳥2", 2: "Otter", 3: "P-7K3QX2MD", 4: "來自匯入"}
    for number, name in names.items():
        store.run("INSERT INTO aliases VALUES (?, ?, ?)", (seminar.id, classroom.student(number).id, name))
    store.seminars.configure(seminar.id, language="zh-Hans")
    assert {*store.aliases.all(seminar.id).values()} == {"青鸟2", "Otter", "P-7K3QX2MD", "來自匯入"}
    store.seminars.configure(seminar.id, language="zh-Hant")
    assert {*store.aliases.all(seminar.id).values()} == {*names.values()}


def test_the_alias_of_somebody_forgotten_is_not_given_again(classroom: Classroom) -> None:
    seminar, store = classroom.seminar, classroom.store
    gone = store.aliases.of(seminar.id, classroom.student(1).id)
    store.erasure.forget(classroom.student(1).id)
    later = {
        store.aliases.of(seminar.id, classroom.student(number).id) for number in range(2, len(ANIMALS) + 1)
    }
    assert gone not in later


def test_an_exchanged_key_gives_nobody_anothers_alias(classroom: Classroom) -> None:
    seminar, store = classroom.seminar, classroom.store
    drawn = {store.aliases.of(seminar.id, classroom.student(number).id) for number in range(40)}
    store.key = b"the file with the key was lost"
    drawn |= {store.aliases.of(seminar.id, classroom.student(number).id) for number in range(40, 120)}
    assert len(drawn) == 120


def test_a_seminar_may_call_its_people_by_codes_that_only_the_key_can_repeat(classroom: Classroom) -> None:
    seminar, store = classroom.seminar, classroom.store
    readable = [store.aliases.of(seminar.id, classroom.student(number).id) for number in range(3)]
    store.seminars.configure(seminar.id, alias_mode="code")
    codes = [store.aliases.of(seminar.id, classroom.student(number).id) for number in range(4)]
    assert codes == [code(KEY, seminar.id, classroom.student(number).id) for number in range(4)]
    assert codes[0] != code(b"another key", seminar.id, classroom.student(0).id)
    assert all(each.startswith("P-") and set(each[2:]) <= set(LETTERS) for each in codes)
    store.seminars.configure(seminar.id, alias_mode="readable")
    again = [store.aliases.of(seminar.id, classroom.student(number).id) for number in range(3)]
    assert not set(again) & {*readable, *codes}


def test_other_settings_leave_aliases_as_they_are(classroom: Classroom) -> None:
    seminar, store = classroom.seminar, classroom.store
    drawn = store.aliases.of(seminar.id, classroom.student(1).id)
    changed = store.seminars.configure(
        seminar.id, alias_mode="readable", visibility="relay", facilitation="off"
    )
    assert store.aliases.of(seminar.id, classroom.student(1).id) == drawn
    assert (changed.alias_mode, changed.visibility, changed.facilitation) == ("readable", "relay", "off")


def test_two_people_are_never_given_the_same_code(classroom: Classroom) -> None:
    seminar, store = classroom.seminar, classroom.store
    store.seminars.configure(seminar.id, alias_mode="code")
    one, other = classroom.student(1), classroom.student(2)
    taken = code(KEY, seminar.id, other.id)
    store.run("INSERT INTO aliases VALUES (?, ?, ?)", (seminar.id, one.id, taken))
    assert store.aliases.of(seminar.id, other.id) == code(KEY, seminar.id, other.id, 1)


def test_asking_what_a_stranger_said_does_not_make_them_known(classroom: Classroom) -> None:
    store, me = classroom.store, classroom.student(50)
    assert store.people.answer_of(None, 555) is None
    assert store.people.known(555) is None
    store.people.set_consent(classroom.seminar.id, me.id, "no")
    assert store.people.answer_of(classroom.seminar.id, me.telegram_id) == "no"
    store.erasure.forget(me.id)
    assert store.people.answer_of(classroom.seminar.id, me.telegram_id) == "no"
    assert store.people.answer_of(None, me.telegram_id) is None
    assert store.people.known(me.telegram_id) is None
