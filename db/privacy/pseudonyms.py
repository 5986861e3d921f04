"""Names and @usernames of people inside what others wrote, replaced by their aliases.

- A display name is replaced as a whole and by its parts (小安 陳: both), a Chinese name of three characters
  also without its surname; in traditional, simplified, upper, lower, full-width letters alike. Latin names
  count only as whole words. A username is replaced with and without @.
- Very short ones (one Han character, two Latin letters) and those that are a word of the reading or of every
  day (AI, 老師, 電影) would blot that word out everywhere: they are replaced only behind an @, or in the
  whole name where it has further parts (AI Chen).
- Of people with the same name, all aliases are put: 青鳥／山羊. Who said no is 某同學. Whom we never met, and
  nicknames that nobody goes by in Telegram, cannot be known.

One pattern for all names, whose alternatives begin with a plain character: then the regular expression engine
skips along the text for one of these characters, and a remark that names nobody costs about a microsecond.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from bot.pack.model import Pack
from bot.text.folding import fold, to_simplified, to_traditional
from db.core.database import OpenDatabase
from db.privacy.aliases import Aliases

SOMEBODY = {"zh-Hant": "某同學", "zh-Hans": "某同学", "en": "a classmate"}
_LATIN = re.compile(r"[0-9A-Za-z_À-ɏ]")
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]+")
_SHORTEST = {True: 3, False: 2}  # letters that a name must have to be replaced alone: Latin, other
_USERNAME = 5  # Telegram's shortest
_SURNAMES = frozenset(
    "王李張陳劉黃林吳楊周徐孫馬朱胡郭何高羅鄭梁謝宋唐許韓馮鄧曹彭曾蕭田董袁潘蔣蔡余杜葉程蘇魏呂丁任沈姚盧姜崔鍾譚陸汪范金石廖賈"
    "夏韋方白鄒孟熊秦邱江尹薛閻段雷侯龍史陶黎賀顧毛郝龔邵萬錢嚴覃武戴莫孔向湯游詹簡施柯洪巫卓温溫連藍辛涂阮歐翁康古童紀"
) | {"歐陽", "司馬", "上官", "諸葛", "司徒", "張簡", "范姜"}
_EVERYDAY = """
    ai gpt chatgpt bot admin me you she her him the and user test guest student teacher class group
    art film movie human tech 老師 教授 同學 學生 助教 主任 先生 小姐 女士 家長 爸爸 媽媽 哥哥 姊姊
    姐姐 弟弟 妹妹 朋友 班長 導演 演員 作者 編劇 觀眾 人類 機器 機器人 電腦 科技 技術 藝術 人文 溫度
    電影 影像 影片 短片 畫面 故事 情感 感情 創作 作品 文化 文章 代碼 程式 語言 思想 想法 意見 理由
    問題 答案 討論 大家 有人 可能 可以 不是 就是 因為 所以 真的 覺得 喜歡 可愛 開心 快樂 美麗 生活
    世界 時間 時代 未來 自己 我們 你們 他們
""".split()  # noqa: SIM905  read as words


def terms_of(packs: Iterable[Pack]) -> frozenset[str]:
    """Return the words of readings that are not taken for a participant's name, folded."""
    found = (
        word
        for pack in packs
        for snippet in pack.snippets
        for word in (*snippet.keywords, *snippet.aliases, snippet.title, snippet.speaker)
    )
    return frozenset(fold(word) for word in found) - {""}


def masker(
    named: Iterable[tuple[str, str, str]],
    *,
    terms: Collection[str] = (),
    somebody: str = SOMEBODY["zh-Hant"],
) -> Callable[[str], str]:
    """Return a function that replaces names in a text; `named` gives (name, username, alias) a person.

    `terms`: folded words that are replaced only behind an @. `somebody`: who has no alias.
    """
    who: dict[str, list[str]] = {}  # what is said, canonically -> the aliases of who is meant
    patterns: dict[str, str] = {}  # how it is written -> what follows its first character
    for name, username, alias in named:
        for spelled, closed in _ways(name, username, terms):
            meant = who.setdefault(_canonical(spelled), [])
            meant.extend([alias] if alias not in meant else [])
            for written in (_canonical(spelled), spelled):
                patterns.setdefault(written, _rest(written, closed=closed))
    if not who:
        return lambda text: text
    search = re.compile(_all_of(patterns), re.DOTALL).sub
    aliases = {said: "／".join(meant) for said, meant in who.items()}

    def put(hit: re.Match[str]) -> str:
        said = _canonical(hit[0])
        alias = aliases.get(said, somebody)  # of letters that no two spell alike, rather too little said
        return f"@{alias}" if said.startswith("@") else alias

    return lambda text: search(put, text)


class Pseudonyms:
    """What stands instead of names in the texts of a seminar."""

    def __init__(self, db: OpenDatabase, aliases: Aliases) -> None:
        """Read and write in that database."""
        self._db = db
        self._aliases = aliases

    def stand_ins(self, seminar_id: int) -> set[str]:
        """Return what may stand in a masked text of the seminar instead of a name."""
        return {*SOMEBODY.values(), *self._aliases.all(seminar_id).values()}

    def masker(self, seminar_id: int) -> Callable[[str], str]:
        """Return the masker for all who took part in a seminar, and for those who said that they do not."""
        found = self._db.one("SELECT language FROM seminars WHERE id = ?", (seminar_id,))
        somebody = SOMEBODY[found[0] if found else "zh-Hant"]
        rows = self._db.all(
            "SELECT p.name, p.username, coalesce(a.alias, :somebody) FROM people p"
            " LEFT JOIN aliases a ON a.person_id = p.id AND a.seminar_id = :seminar"
            " LEFT JOIN consents c ON c.person_id = p.id AND c.seminar_id = :seminar"
            " WHERE a.alias IS NOT NULL OR coalesce(c.answer, p.consent) = 'no' ORDER BY"
            " a.alias IS NULL, p.id",
            {"seminar": seminar_id, "somebody": somebody},
        )
        taking_part = {
            row[0] for row in rows if row[2] != somebody
        }  # who said no elsewhere is not meant here
        return masker(
            (tuple(row) for row in rows if row[2] != somebody or row[0] not in taking_part),
            terms=self._db.terms,
            somebody=somebody,
        )


def name_parts(name: str) -> list[str]:
    """Return the ways in which people call somebody of that display name."""
    whole = " ".join(name.split())
    parts = [whole, *whole.split()]
    given = [short for part in parts if (short := _given(part))]
    return list(dict.fromkeys(part for part in (*parts, *given) if part))


def _given(name: str) -> str:
    """Return a Chinese name without its surname, where it has one and two characters more; else nothing."""
    if not _HAN.fullmatch(name):
        return ""
    for length in (2, 1):
        if len(name) == length + 2 and to_traditional(name[:length]) in _SURNAMES:
            return name[length:]
    return ""


def _ways(name: str, username: str, terms: Collection[str]) -> Iterator[tuple[str, bool]]:
    """Yield how somebody is named in a text, and whether no letter may follow that."""
    if username:
        yield f"@{username}", True
        if len(username) >= _USERNAME and _tells(username, terms):
            yield username, False
    for part in name_parts(name):
        tells = _tells(part, terms)
        for spelled in dict.fromkeys((part, to_simplified(part), to_traditional(part))):
            yield f"@{spelled}", not tells
            if tells:
                yield spelled, False


def _tells(name: str, terms: Collection[str]) -> bool:
    """Return whether the word alone says who is meant."""
    folded = fold(name)
    return len(name) >= _SHORTEST[bool(_LATIN.match(name))] and folded not in _COMMON and folded not in terms


def _canonical(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _all_of(patterns: Mapping[str, str]) -> str:
    """Return one pattern: those that begin alike together, the longest name first."""
    together: dict[str, list[str]] = {}
    for written in sorted(patterns, key=len, reverse=True):
        together.setdefault(written[0], []).append(patterns[written])
    return "|".join(
        f"{re.escape(form)}(?:{'|'.join(rests)})"
        for first, rests in together.items()
        for form in _forms(first)
    )


def _rest(name: str, *, closed: bool) -> str:
    """Return a pattern for what follows the name's first character, in any case and width.

    It does not match inside a longer Latin word; `closed`: nor where any letter follows.
    """
    rest = "".join(_any_of(char) for char in name[1:])
    before = r"(?<![0-9A-Za-z_].)" if _LATIN.match(name) else ""
    after = r"(?!\w)" if closed else r"(?![0-9A-Za-z_])" if _LATIN.match(name[-1]) else ""
    return f"{before}{rest}{after}"


def _any_of(char: str) -> str:
    forms = _forms(char)
    return re.escape(char) if len(forms) == 1 else f"[{''.join(map(re.escape, forms))}]"


def _forms(char: str) -> list[str]:
    """Return how a character may be typed: in upper and lower case, and full-width."""
    cases = [form for form in dict.fromkeys((char, char.upper(), char.lower())) if len(form) == 1]
    wide = [chr(ord(form) + 0xFEE0) for form in cases if "!" <= form <= "~"]
    return [*cases, *wide]


_COMMON = frozenset(map(fold, _EVERYDAY))
