import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.pack.model import Pack, Snippet
from bot.text.folding import fold
from db.privacy.pseudonyms import _COMMON, SOMEBODY, masker, name_parts, terms_of
from tests.db.classroom import Classroom

CLASS = [
    ("陳小安", "", "青鳥"),
    ("AI", "", "山羊"),
    ("AI Chen", "aichen", "白鷺"),
    ("安", "", "石虎"),
    ("小明 王", "xiaoming_w", "黑熊"),
    ("李小明", "", "家燕"),
    ("陳老師", "", "雲豹"),
]


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("我同意陳小安，小安說得對", "我同意青鳥，青鳥說得對"),
        ("我同意陈小安", "我同意青鳥"),
        ("AI 沒有溫度", "AI 沒有溫度"),
        ("@ai 你說呢", "@山羊／白鷺 你說呢"),
        ("ai chen 說 AI 很冷，chen 錯了", "白鷺 說 AI 很冷，白鷺 錯了"),
        ("＠ＡＩＣＨＥＮ 好", "@白鷺 好"),
        ("在 t.me/AiChen 上，aichens 不是", "在 t.me/白鷺 上，aichens 不是"),
        ("@安 對，@安全 不對，安安靜靜", "@石虎 對，@安全 不對，安安靜靜"),
        ("小明說", "黑熊／家燕說"),
        ("王小明", "王黑熊／家燕"),
        ("老師好，陳老師好", "老師好，雲豹好"),
    ],
)
def test_how_people_are_named_in_what_others_write(said: str, shown: str) -> None:
    assert masker(CLASS)(said) == shown


def test_a_word_of_the_reading_is_not_a_name_unless_somebody_is_addressed_by_it() -> None:
    pack = Pack(
        "p", "p", "", "", "", 1, snippets=(Snippet("s", "大理石的眼睛", "…", keywords=("塔可夫斯基",)),)
    )
    mask = masker([("塔可夫斯基", "", "青鳥")], terms=terms_of([pack]))
    assert mask("塔可夫斯基拍過電影，@塔可夫斯基 對吧") == "塔可夫斯基拍過電影，@青鳥 對吧"


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("陳小安", ["陳小安", "小安"]),
        ("歐陽小安", ["歐陽小安", "小安"]),
        ("陈小安", ["陈小安", "小安"]),
        ("紫小安", ["紫小安"]),
        ("  小安   陳 ", ["小安 陳", "小安", "陳"]),
        ("Anna Wu", ["Anna Wu", "Anna", "Wu"]),
        ("", []),
    ],
)
def test_the_ways_in_which_a_name_is_used(name: str, parts: list[str]) -> None:
    assert name_parts(name) == parts


def test_who_said_no_is_not_named_in_what_others_wrote(classroom: Classroom) -> None:
    store, seminar = classroom.store, classroom.seminar
    silent, elsewhere = classroom.student(1, "葉清秋"), classroom.student(2, "林大山")
    talking = classroom.student(3, "林大山")
    store.people.set_consent(seminar.id, silent.id, "no")
    store.people.set_consent(None, elsewhere.id, "no")
    called = store.aliases.of(seminar.id, talking.id)
    assert store.pseudonyms.masker(seminar.id)("葉清秋和林大山") == f"{SOMEBODY['zh-Hant']}和{called}"


@pytest.mark.parametrize(("language", "said"), [("en", "a classmate"), ("zh-Hans", "某同学")])
def test_who_has_no_alias_is_somebody_in_the_seminars_language(
    classroom: Classroom, language: str, said: str
) -> None:
    store, seminar = classroom.store, classroom.seminar
    store.seminars.configure(seminar.id, language=language)
    silent = classroom.student(1, "Annabel")
    store.people.set_consent(seminar.id, silent.id, "no")
    assert store.pseudonyms.masker(seminar.id)("as Annabel said") == f"as {said} said"


@settings(deadline=None)
@example("", "\0小安", "zzzzz")
@given(st.text(), st.text(max_size=12), st.from_regex(r"[A-Za-z][A-Za-z0-9_]{4,10}", fullmatch=True))
def test_in_any_text_any_name_is_found(text: str, name: str, username: str) -> None:
    mask = masker([(name, username, "🐦")])
    shown = mask(f"{text} {name} @{username} ")
    assert masker([])(text) == text
    assert f"@{username}" not in shown
    whole = " ".join(name.split())
    if len(whole) >= 3 and fold(whole) not in _COMMON:
        assert f" {whole} " not in mask(f"（ {whole} ）")
