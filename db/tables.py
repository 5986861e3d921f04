"""The tables of an export: their SQL, and what each column means, in Chinese and English."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """A column of an exported table."""

    name: str
    meaning: str  # Chinese / English
    said: bool = False  # words of people: names in them are replaced
    names_people: bool = False  # left out unless names are asked for


@dataclass(frozen=True)
class Table:
    """An exported table; its SQL takes :seminar and :round (NULL: all rounds)."""

    file: str
    meaning: str
    sql: str
    columns: tuple[Column, ...]


_ROUND = Column("round", "第幾輪討論 / number of the round in its seminar")
_ALIAS = Column("alias", "化名 / the pseudonym, the same throughout this seminar")
_NAME = Column("name", "姓名（Telegram 顯示名稱） / the display name", names_people=True)
_USERNAME = Column("username", "Telegram 使用者名稱 / the Telegram username", names_people=True)
_MESSAGE = Column("message_id", "Telegram 訊息編號 / Telegram's number of the message in its chat")
_REPLY = Column("reply_to_message_id", "回覆哪一則，空白：沒有 / which message it answers; empty: none")
_KIND = Column("kind", "text、photo、voice…；圖說即文字 / the kind; a caption is the text")
_SENT = Column("sent_at", "發言時間（UTC） / when it was sent (UTC)")
_TEXT = Column("text", "文字 / the words", said=True)
_PEOPLE = (
    " JOIN people p ON p.id = {0}.person_id"
    " LEFT JOIN aliases a ON a.seminar_id = :seminar AND a.person_id = {0}.person_id"
)
_WHOSE = "coalesce(a.alias, '') AS alias, p.name, p.username"
# Under a mask, the mask is all that is told, even where names are asked for: see db/masks.py.
_MASKED = (
    "coalesce(m.alias, a.alias, '') AS alias, coalesce(m.alias, p.name) AS name,"
    " CASE WHEN m.alias IS NULL THEN p.username ELSE '' END AS username"
)
_MASKS = " LEFT JOIN masks m ON r.via = 'relay' AND m.round_id = r.round_id AND m.person_id = r.person_id"
_ROUNDS = "o.seminar_id = :seminar AND (:round IS NULL OR o.id = :round)"

REMARKS = Table(
    "remarks.csv",
    "發言，每則一列，最後的版本 / remarks, one a row, in their latest version",
    f"SELECT o.number AS round, r.message_id, {_MASKED}, r.sent_at,"  # noqa: S608  our own words
    " CASE WHEN v.version > 1 THEN v.written_at END AS edited_at, v.version AS versions, r.kind,"
    " r.reply_to_message_id, v.text"
    " FROM remarks r JOIN rounds o ON o.id = r.round_id JOIN versions v ON v.remark_id = r.id"
    " AND v.version = (SELECT max(version) FROM versions w WHERE w.remark_id = r.id)"
    f" {_PEOPLE.format('r')}{_MASKS} WHERE {_ROUNDS} ORDER BY r.id",
    (
        _ROUND,
        _MESSAGE,
        _ALIAS,
        _NAME,
        _USERNAME,
        _SENT,
        Column("edited_at", "最後編輯時間（UTC），空白：未編輯 / last edit (UTC); empty: none"),
        Column("versions", "共有幾個版本 / how many versions there are"),
        _KIND,
        _REPLY,
        _TEXT,
    ),
)
VERSIONS = Table(
    "remarks.jsonl",
    "發言的每一個版本，每行一個 JSON / every version of every remark, one JSON object a line",
    f"SELECT r.chat_id, r.message_id, v.version, o.id AS round_id, o.number AS round, {_MASKED},"  # noqa: S608  our own words
    " r.sent_at, v.written_at, r.kind, r.reply_to_message_id, v.text"
    " FROM remarks r JOIN rounds o ON o.id = r.round_id JOIN versions v ON v.remark_id = r.id"
    f" {_PEOPLE.format('r')}{_MASKS} WHERE {_ROUNDS} ORDER BY r.id, v.version",
    (
        Column("chat_id", "Telegram 群組編號 / Telegram's id of the group"),
        _MESSAGE,
        Column("version", "版本，1 為最初 / the version; 1 is the first"),
        Column("round_id", "這輪討論在資料庫的編號 / the round's id in the database"),
        _ROUND,
        _ALIAS,
        _NAME,
        _USERNAME,
        _SENT,
        Column("written_at", "這個版本寫下的時間（UTC） / when this version was written (UTC)"),
        _KIND,
        _REPLY,
        _TEXT,
    ),
)
QUESTIONS = Table(
    "questions.csv",
    "在群組裡問機器人的問題 / questions put to the bot in the group",
    f"SELECT q.id AS question_id, o.number AS round, {_WHOSE}, q.asked_at, q.text,"  # noqa: S608  our own words
    " q.answered, q.snippets, round(q.score, 3) AS score, q.tier, q.helped"
    " FROM questions q LEFT JOIN rounds o ON o.id = q.round_id"
    f" {_PEOPLE.format('q')} WHERE q.seminar_id = :seminar AND (:round IS NULL OR q.round_id = :round)"
    " ORDER BY q.id",
    (
        Column("question_id", "提問編號 / the question's id"),
        Column("round", "在第幾輪討論中，空白：討論之外 / the round it fell into; empty: none"),
        _ALIAS,
        _NAME,
        _USERNAME,
        Column("asked_at", "提問時間（UTC） / when it was asked (UTC)"),
        _TEXT,
        Column("answered", "1：文章有答案，0：沒有 / whether the reading had an answer"),
        Column("snippets", "回答所用的摘解（JSON） / slugs of the snippets it was answered with (JSON)"),
        Column("score", "把握，0–1 / how sure the answer was, 0-1"),
        Column("tier", "由哪一層判定 / which tier of the answering decided"),
        Column("helped", "1：有幫助，0：沒有，空白：未表示 / whether the asker said it helped"),
    ),
)
STANCES = Table(
    "stances.csv",
    "立場，每人每輪討論前後各一列 / stances: a row a person before, and one after, a round",
    f"SELECT o.number AS round, {_WHOSE}, t.moment, t.step, t.chosen_at, t.reason"  # noqa: S608  our own words
    f" FROM stances t JOIN rounds o ON o.id = t.round_id {_PEOPLE.format('t')} WHERE {_ROUNDS}"
    " ORDER BY o.number, t.chosen_at, t.person_id",
    (
        _ROUND,
        _ALIAS,
        _NAME,
        _USERNAME,
        Column("moment", "before：討論前，after：討論後 / before or after the discussion"),
        Column("step", "1 非常不同意 … 5 非常同意 / 1 strongly disagrees … 5 strongly agrees"),
        Column("chosen_at", "最後選擇的時間（UTC） / when it was last chosen (UTC)"),
        Column("reason", "理由 / the reason given", said=True),
    ),
)
TABLES = (REMARKS, VERSIONS, QUESTIONS, STANCES)
