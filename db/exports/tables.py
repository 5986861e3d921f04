"""The tables of an export: their SQL, and what each column means, in Chinese and English."""

from dataclasses import dataclass
from typing import Literal

from db.exports.labels import SCALE

Kind = Literal["text", "word", "number"]  # a word needs no quotation marks anywhere: a time, a fixed term


@dataclass(frozen=True)
class Column:
    """A column of an exported table."""

    name: str
    sql: str
    meaning: str  # Chinese / English
    kind: Kind = "text"
    said: bool = False  # words of people: names in them are replaced
    names_people: bool = False  # left out unless names are asked for


@dataclass(frozen=True)
class Table:
    """An exported table; its SQL takes :seminar, :round, :since, :until and :person (each NULL: all)."""

    name: str
    file: str  # in the zip that /export sends; empty: not in that one
    meaning: str
    source: str  # from FROM to ORDER BY
    columns: tuple[Column, ...]


_MASKED_NAME = Column(
    "name",
    "coalesce(m.alias, p.name, '')",
    "姓名（Telegram 顯示名稱） / the display name",
    names_people=True,
)
_MASKED_USERNAME = Column(
    "username",
    "CASE WHEN m.alias IS NULL THEN coalesce(p.username, '') ELSE '' END",
    "Telegram 使用者名稱 / the Telegram username",
    names_people=True,
)
_NAME = Column("name", "p.name", _MASKED_NAME.meaning, names_people=True)
_USERNAME = Column("username", "p.username", _MASKED_USERNAME.meaning, names_people=True)
_ALIAS_MEANING = "化名 / the pseudonym, the same throughout this seminar"
_ALIAS = Column("alias", "coalesce(a.alias, '')", _ALIAS_MEANING)
# Under a mask, the mask is all that is told, even where names are asked for: see db/discussion/masks.py.
_MASKED_ALIAS = Column("alias", "coalesce(m.alias, a.alias, '')", _ALIAS_MEANING)
_ROUND = Column("round", "o.number", "第幾輪討論 / number of the round in its seminar", kind="number")
_MESSAGE = Column(
    "message_id",
    "r.message_id",
    "Telegram 訊息編號 / Telegram's number of the message in its chat",
    kind="number",
)
_REPLY = Column(
    "reply_to_message_id",
    "r.reply_to_message_id",
    "回覆哪一則，空白：沒有 / which message it answers; empty: none",
    kind="number",
)
_KIND = Column(
    "kind", "r.kind", "text、photo、voice…；圖說即文字 / the kind; a caption is the text", kind="word"
)
_SENT = Column("sent_at", "r.sent_at", "發言時間（UTC） / when it was sent (UTC)", kind="word")
_TEXT = Column("text", "v.text", "文字 / the words", said=True)
_WRITTEN = Column(
    "written_at",
    "v.written_at",
    "這個版本寫下的時間（UTC） / when this version was written (UTC)",
    kind="word",
)
_CHAT = Column("chat_id", "r.chat_id", "Telegram 群組編號 / Telegram's id of the group", kind="number")
_ROUND_ID = Column(
    "round_id", "o.id", "這輪討論在資料庫的編號 / the round's id in the database", kind="number"
)

_PEOPLE = (
    " LEFT JOIN people p ON p.id = {0}.person_id"
    " LEFT JOIN aliases a ON a.seminar_id = :seminar AND a.person_id = {0}.person_id"
)
_ROUNDS = "o.seminar_id = :seminar AND (:round IS NULL OR o.id = :round)"
_WHEN = "(:since IS NULL OR {0} >= :since) AND (:until IS NULL OR {0} < :until)"
LATEST = (  # quicker than looking for the highest version
    " AND NOT EXISTS (SELECT 1 FROM versions w WHERE w.remark_id = r.id AND w.version > v.version)"
)
# As it was said, whenever it came into the log. abs: our own numbers, below zero, go down with time.
AS_SAID = " ORDER BY r.sent_at, r.chat_id DESC, abs(r.message_id), r.id"
# CROSS JOIN: remarks are walked in order, instead of being sorted after having been found by their rounds.
REMARKS_JOINED = (
    " FROM remarks r CROSS JOIN rounds o ON o.id = r.round_id JOIN versions v ON v.remark_id = r.id{latest}"
    + _PEOPLE.format("r")
    + " LEFT JOIN masks m ON r.via = 'relay' AND m.round_id = r.round_id AND m.person_id = r.person_id"
)
REMARKS_CHOSEN = (
    f" WHERE {_ROUNDS} AND {_WHEN.format('r.sent_at')}"
    " AND (:person IS NULL OR coalesce(m.alias, a.alias) = :person)"
)
REMARKS_FROM = REMARKS_JOINED + REMARKS_CHOSEN

REMARKS = Table(
    "remarks",
    "remarks.csv",
    "發言，每則一列，最後的版本 / remarks, one a row, in their latest version",
    REMARKS_FROM.format(latest=LATEST) + AS_SAID,
    (
        _ROUND,
        _CHAT,
        _MESSAGE,
        _MASKED_ALIAS,
        _MASKED_NAME,
        _MASKED_USERNAME,
        _SENT,
        Column(
            "edited_at",
            "CASE WHEN v.version > 1 THEN v.written_at END",
            "最後編輯時間（UTC），空白：未編輯 / last edit (UTC); empty: none",
            kind="word",
        ),
        Column("versions", "v.version", "共有幾個版本 / how many versions there are", kind="number"),
        _KIND,
        _REPLY,
        _TEXT,
    ),
)
VERSIONS = Table(
    "versions",
    "remarks.jsonl",
    "發言的每一個版本，每行一個 JSON / every version of every remark, one JSON object a line",
    REMARKS_FROM.format(latest="") + AS_SAID + ", v.version",
    (
        _CHAT,
        _MESSAGE,
        Column("version", "v.version", "版本，1 為最初 / the version; 1 is the first", kind="number"),
        _ROUND_ID,
        _ROUND,
        _MASKED_ALIAS,
        _MASKED_NAME,
        _MASKED_USERNAME,
        _SENT,
        _WRITTEN,
        _KIND,
        _REPLY,
        _TEXT,
    ),
)
QUESTIONS = Table(
    "questions",
    "questions.csv",
    "在群組裡問機器人的問題 / questions put to the bot in the group",
    " FROM questions q LEFT JOIN rounds o ON o.id = q.round_id"
    + _PEOPLE.format("q")
    + " WHERE q.seminar_id = :seminar AND (:round IS NULL OR q.round_id = :round)"
    f" AND {_WHEN.format('q.asked_at')} AND (:person IS NULL OR a.alias = :person) ORDER BY q.id",
    (
        Column("question_id", "q.id", "提問編號 / the question's id", kind="number"),
        Column(
            "round",
            "o.number",
            "在第幾輪討論中，空白：討論之外 / the round it fell into; empty: none",
            kind="number",
        ),
        _ALIAS,
        _NAME,
        _USERNAME,
        Column("asked_at", "q.asked_at", "提問時間（UTC） / when it was asked (UTC)", kind="word"),
        Column("text", "q.text", _TEXT.meaning, said=True),
        Column(
            "answered",
            "q.answered",
            "1：文章有答案，0：沒有 / whether the reading had an answer",
            kind="number",
        ),
        Column(
            "snippets",
            "q.snippets",
            "回答所用的摘解（JSON） / slugs of the snippets it was answered with (JSON)",
        ),
        Column("score", "round(q.score, 3)", "把握，0–1 / how sure the answer was, 0-1", kind="number"),
        Column("tier", "q.tier", "由哪一層判定 / which tier of the answering decided"),
        Column(
            "helped",
            "q.helped",
            "1：有幫助，0：沒有，空白：未表示 / whether the asker said it helped",
            kind="number",
        ),
    ),
)
STANCES = Table(
    "stances",
    "stances.csv",
    "立場，每人每輪討論前後各一列 / stances: a row a person before, and one after, a round",
    " FROM stances t JOIN rounds o ON o.id = t.round_id"
    + _PEOPLE.format("t")
    + f" WHERE {_ROUNDS} AND {_WHEN.format('t.chosen_at')} AND (:person IS NULL OR a.alias = :person)"
    " ORDER BY o.number, t.chosen_at, t.person_id",
    (
        _ROUND,
        _ALIAS,
        _NAME,
        _USERNAME,
        Column(
            "moment",
            "t.moment",
            "before：討論前，after：討論後 / before or after the discussion",
            kind="word",
        ),
        Column(
            "step",
            "t.step",
            SCALE,
            kind="number",
        ),
        Column(
            "chosen_at", "t.chosen_at", "最後選擇的時間（UTC） / when it was last chosen (UTC)", kind="word"
        ),
        Column("reason", "t.reason", "理由 / the reason given", said=True),
    ),
)
ROUNDS = Table(
    "rounds",
    "",
    "每輪討論一列 / a row a round",
    f" FROM rounds o WHERE {_ROUNDS} ORDER BY o.number",
    (
        _ROUND,
        _ROUND_ID,
        Column(
            "prompt_slug",
            "o.prompt_slug",
            "教材包的討論題，空白：老師自擬 / the pack's prompt; empty: own words",
        ),
        Column("prompt_text", "o.prompt_text", "討論的題目 / the question discussed", said=True),
        Column("opened_at", "o.opened_at", "開始時間（UTC） / when it was opened (UTC)", kind="word"),
        Column(
            "closed_at",
            "o.closed_at",
            "結束時間（UTC），空白：進行中 / when it was closed; empty: open",
            kind="word",
        ),
        Column(
            "visibility",
            "o.visibility",
            "open、post_first、relay / who saw what, see db/README.md",
            kind="word",
        ),
        Column("stance_on", "o.stance_on", "1：請大家表態 / whether stances were asked for", kind="number"),
        Column(
            "facilitation", "o.facilitation", "off、quiet、lively / how much the bot joined in", kind="word"
        ),
    ),
)
MOVES = Table(
    "moves",
    "",
    "引導，每次一列 / what the bot offered or said to help the discussion, a row each",
    " FROM moves g JOIN rounds o ON o.id = g.round_id LEFT JOIN remarks r ON r.id = g.remark_id"
    f" WHERE {_ROUNDS} AND {_WHEN.format('g.since')} AND :person IS NULL ORDER BY g.id",
    (
        Column("move_id", "g.id", "引導編號 / the move's id", kind="number"),
        _ROUND,
        Column("kind", "g.kind", "press、evidence、invite … / the kind, see db/README.md", kind="word"),
        Column(
            "trigger_message_id",
            "r.message_id",
            "因哪一則發言而起，空白：沒有 / the remark that triggered it; empty: none",
            kind="number",
        ),
        Column("about", "g.about", "關於什麼：摘解、分鐘數 … / what it is about: a snippet, minutes …"),
        Column("text", "g.text", "說了或會說的話 / what was or would have been said", said=True),
        Column("state", "g.state", "posted、skipped、cancelled … / what became of it", kind="word"),
        Column("why", "g.why", "為何如此結束 / why it ended so"),
        Column("since", "g.since", "何時看見（UTC） / when it was spotted (UTC)", kind="word"),
        Column("settled_at", "g.settled_at", "何時定案（UTC） / when it was settled (UTC)", kind="word"),
        Column(
            "message_id",
            "g.message_id",
            "在群組裡的訊息編號 / Telegram's number of our message",
            kind="number",
        ),
    ),
)
BUNDLED = (REMARKS, VERSIONS, QUESTIONS, STANCES)  # what /export sends by itself
SHEETS = (ROUNDS, REMARKS, QUESTIONS, STANCES, MOVES)  # one row a thing
ALL = (ROUNDS, VERSIONS, QUESTIONS, STANCES, MOVES)  # lossless
