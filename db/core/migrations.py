"""The tables, as numbered migrations: append new ones, never change one that has been released.

What each column means stands in README.md of `db`; a test compares the two.
"""

from sqlite_utils import Database, Migrations

from db.core.first_tables import HOUSE

migrations = Migrations("wendu")


@migrations(name="0001_house")
def house(db: Database) -> None:
    """People, seminars, rounds, the log, the inbox, and views to read them by."""
    db.executescript(HOUSE)


_ROUNDS = """
ALTER TABLE seminars ADD COLUMN timezone TEXT;
ALTER TABLE rounds ADD COLUMN ends_at TEXT;
ALTER TABLE rounds ADD COLUMN reveal_at TEXT;
ALTER TABLE rounds ADD COLUMN revealed_at TEXT;
ALTER TABLE rounds ADD COLUMN stance_on INTEGER NOT NULL DEFAULT 1 CHECK (stance_on IN (0, 1));
ALTER TABLE rounds ADD COLUMN counts TEXT NOT NULL DEFAULT 'hidden' CHECK (counts IN ('hidden', 'shown'));
ALTER TABLE rounds ADD COLUMN visibility TEXT NOT NULL DEFAULT 'open'
  CHECK (visibility IN ('open', 'post_first', 'relay'));
ALTER TABLE rounds ADD COLUMN facilitation TEXT NOT NULL DEFAULT 'quiet'
  CHECK (facilitation IN ('off', 'quiet', 'lively'));
ALTER TABLE remarks ADD COLUMN via TEXT NOT NULL DEFAULT 'group' CHECK (via IN ('group', 'answer', 'relay'));
CREATE TABLE drafts (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  seminar_id INTEGER NOT NULL REFERENCES seminars (id) ON DELETE CASCADE,
  prompt_slug TEXT NOT NULL DEFAULT '',
  prompt_text TEXT NOT NULL DEFAULT '',
  minutes INTEGER NOT NULL,
  stance_on INTEGER NOT NULL CHECK (stance_on IN (0, 1)),
  counts TEXT NOT NULL,
  visibility TEXT NOT NULL,
  facilitation TEXT NOT NULL,
  message_id INTEGER,
  made_at TEXT NOT NULL
);
CREATE TABLE lines (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  round_id INTEGER NOT NULL REFERENCES rounds (id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  made_at TEXT NOT NULL,
  tried_at TEXT,
  sent_at TEXT,
  chat_id INTEGER,
  message_id INTEGER
);
CREATE INDEX lines_by_message ON lines (chat_id, message_id);
CREATE INDEX lines_owed ON lines (made_at) WHERE sent_at IS NULL;
CREATE TABLE plans (
  seminar_id INTEGER NOT NULL REFERENCES seminars (id) ON DELETE CASCADE,
  place INTEGER NOT NULL,
  prompt_slug TEXT NOT NULL,
  PRIMARY KEY (seminar_id, prompt_slug)
) WITHOUT ROWID;
CREATE TABLE schedules (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  seminar_id INTEGER NOT NULL REFERENCES seminars (id) ON DELETE CASCADE,
  prompt_slug TEXT NOT NULL DEFAULT '',
  prompt_text TEXT NOT NULL DEFAULT '',
  minutes INTEGER NOT NULL DEFAULT 0,
  weekday INTEGER CHECK (weekday BETWEEN 0 AND 6),
  clock TEXT NOT NULL,
  due_at TEXT NOT NULL,
  made_by INTEGER REFERENCES people (id) ON DELETE SET NULL
);
CREATE INDEX schedules_by_time ON schedules (due_at);
CREATE TABLE masks (
  round_id INTEGER NOT NULL REFERENCES rounds (id) ON DELETE CASCADE,
  person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  alias TEXT NOT NULL,
  PRIMARY KEY (round_id, person_id),
  UNIQUE (round_id, alias)
) WITHOUT ROWID;
CREATE TABLE unmaskings (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  round_id INTEGER NOT NULL REFERENCES rounds (id) ON DELETE CASCADE,
  alias TEXT NOT NULL,
  asked_by INTEGER REFERENCES people (id) ON DELETE SET NULL,
  asked_at TEXT NOT NULL
);
CREATE TABLE answers (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  round_id INTEGER NOT NULL REFERENCES rounds (id) ON DELETE CASCADE,
  person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  given_at TEXT NOT NULL,
  text TEXT NOT NULL,
  UNIQUE (round_id, person_id)
);
CREATE TABLE errands (
  person_id INTEGER PRIMARY KEY REFERENCES people (id) ON DELETE CASCADE,
  round_id INTEGER NOT NULL REFERENCES rounds (id) ON DELETE CASCADE,
  until TEXT NOT NULL
);
DROP VIEW discussion_log;
CREATE VIEW discussion_log AS
  SELECT r.chat_id, r.message_id, v.version, r.round_id, coalesce(m.alias, a.alias) AS alias, r.sent_at,
    v.text, r.reply_to_message_id
  FROM remarks r
  JOIN versions v ON v.remark_id = r.id
  JOIN rounds o ON o.id = r.round_id
  LEFT JOIN aliases a ON a.seminar_id = o.seminar_id AND a.person_id = r.person_id
  LEFT JOIN masks m ON r.via = 'relay' AND m.round_id = r.round_id AND m.person_id = r.person_id
  ORDER BY r.id, v.version;
"""


@migrations(name="0002_rounds")
def rounds(db: Database) -> None:
    """How rounds are held, what is due when, and words given in private."""
    db.executescript(_ROUNDS)


_OUTBOX = """
CREATE TABLE outbox (
  id INTEGER PRIMARY KEY,
  journal_id INTEGER REFERENCES journal (id) ON DELETE CASCADE,
  step TEXT NOT NULL,
  chat_id INTEGER NOT NULL,
  method TEXT NOT NULL,
  parameters TEXT NOT NULL,
  after_id INTEGER NOT NULL,
  result TEXT,
  UNIQUE (journal_id, step)
);
CREATE TABLE posted (
  chat_id INTEGER PRIMARY KEY,
  message_id INTEGER NOT NULL
);
"""


@migrations(name="0003_outbox")
def outbox(db: Database) -> None:
    """What is to be posted, and how far our own message ids go."""
    db.executescript(_OUTBOX)


_MOVES = """
CREATE TABLE moves (
  id INTEGER PRIMARY KEY AUTOINCREMENT,  -- never given twice: old buttons must not reach a new move
  round_id INTEGER NOT NULL REFERENCES rounds (id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  remark_id INTEGER REFERENCES remarks (id) ON DELETE SET NULL,
  about TEXT NOT NULL DEFAULT '',
  text TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN
    ('waiting', 'offered', 'posted', 'skipped', 'cancelled', 'expired', 'undelivered')),
  why TEXT NOT NULL DEFAULT '',
  since TEXT NOT NULL,
  due_at TEXT NOT NULL,
  offered_at TEXT,
  offered_to INTEGER REFERENCES people (id) ON DELETE SET NULL,
  offer_message_id INTEGER,
  settled_at TEXT,
  settled_by INTEGER REFERENCES people (id) ON DELETE SET NULL,
  chat_id INTEGER,
  message_id INTEGER
);
CREATE INDEX moves_by_round ON moves (round_id);
CREATE INDEX moves_open ON moves (round_id) WHERE state IN ('waiting', 'offered');
CREATE TABLE invitations (
  move_id INTEGER NOT NULL REFERENCES moves (id) ON DELETE CASCADE,
  person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  sent_at TEXT NOT NULL,
  delivered INTEGER NOT NULL CHECK (delivered IN (0, 1)),
  PRIMARY KEY (move_id, person_id)
) WITHOUT ROWID;
CREATE VIEW move_log AS
  SELECT m.id AS move_id, m.round_id, m.kind, r.message_id AS trigger_message_id, m.about, m.text, m.state,
    m.why, m.since, m.offered_at, m.settled_at, m.message_id,
    (SELECT count(*) FROM remarks a WHERE a.round_id = m.round_id AND a.chat_id = m.chat_id
      AND a.reply_to_message_id = m.message_id) AS replies,
    CASE WHEN m.state = 'posted' THEN (SELECT count(*) FROM remarks a WHERE a.round_id = m.round_id
      AND unixepoch(a.sent_at) - unixepoch(m.settled_at) BETWEEN -180 AND -1) END AS remarks_before,
    CASE WHEN m.state = 'posted' THEN (SELECT count(*) FROM remarks a WHERE a.round_id = m.round_id
      AND unixepoch(a.sent_at) - unixepoch(m.settled_at) BETWEEN 0 AND 180) END AS remarks_after
  FROM moves m LEFT JOIN remarks r ON r.id = m.remark_id
  ORDER BY m.id;
"""


@migrations(name="0004_moves")
def moves(db: Database) -> None:
    """What was offered or said to help a discussion, and who was invited."""
    db.executescript(_MOVES)


_LEARNING = """
ALTER TABLE questions ADD COLUMN pack TEXT NOT NULL DEFAULT '';
ALTER TABLE questions ADD COLUMN near TEXT NOT NULL DEFAULT '[]';
ALTER TABLE questions ADD COLUMN answer_message_id INTEGER;
ALTER TABLE questions ADD COLUMN set_aside_at TEXT;
CREATE TABLE learned_aliases (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  pack TEXT NOT NULL,
  slug TEXT NOT NULL,
  wording TEXT NOT NULL,
  learned_by INTEGER REFERENCES people (id) ON DELETE SET NULL,
  learned_at TEXT NOT NULL
);
CREATE TABLE glances (
  id INTEGER PRIMARY KEY,
  person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  chat_id INTEGER,
  title TEXT NOT NULL,
  read_at TEXT NOT NULL
);
CREATE INDEX glances_by_person ON glances (person_id, read_at);
CREATE TABLE readings (
  person_id INTEGER PRIMARY KEY REFERENCES people (id) ON DELETE CASCADE,
  pack TEXT NOT NULL
);
"""


@migrations(name="0005_learning")
def learning(db: Database) -> None:
    """What could not be answered, what was learned from it, and what each reads in private."""
    db.executescript(_LEARNING)


_PRIVACY = """
ALTER TABLE seminars ADD COLUMN alias_mode TEXT NOT NULL DEFAULT 'readable'
  CHECK (alias_mode IN ('readable', 'code'));
ALTER TABLE seminars ADD COLUMN visibility TEXT NOT NULL DEFAULT 'open'
  CHECK (visibility IN ('open', 'post_first', 'relay'));
ALTER TABLE seminars ADD COLUMN facilitation TEXT NOT NULL DEFAULT 'quiet'
  CHECK (facilitation IN ('off', 'quiet', 'lively'));
CREATE TABLE chores (
  name TEXT PRIMARY KEY,
  since TEXT NOT NULL
) WITHOUT ROWID;
"""


@migrations(name="0006_privacy")
def privacy(db: Database) -> None:
    """How a seminar calls its people, how its rounds begin, and what is done once a day."""
    db.executescript(_PRIVACY)


@migrations(name="0007_heard")
def heard(db: Database) -> None:
    """Whether the bot was ever brought what people say to each other in a group: /setup asks."""
    db.executescript("ALTER TABLE seminars ADD COLUMN heard_at TEXT")


_BOARD = """
CREATE TABLE unshown (
  round_id INTEGER NOT NULL REFERENCES rounds(id) ON DELETE CASCADE,
  mark BLOB NOT NULL,
  hidden_at TEXT NOT NULL,
  PRIMARY KEY (round_id, mark)
) WITHOUT ROWID;
"""


@migrations(name="0008_board")
def board(db: Database) -> None:
    """What a teacher has taken off the board."""
    db.executescript(_BOARD)


_OWED_LETTERS = """
ALTER TABLE outbox ADD COLUMN line_id INTEGER REFERENCES lines (id) ON DELETE CASCADE;
CREATE UNIQUE INDEX outbox_by_line ON outbox (line_id, step) WHERE line_id IS NOT NULL;
"""


@migrations(name="0009_owed_letters")
def owed_letters(db: Database) -> None:
    """Which posts are a line that a round owes, so that they are not made twice."""
    db.executescript(_OWED_LETTERS)


_STEERING = """
CREATE TABLE steering (
  round_id INTEGER PRIMARY KEY REFERENCES rounds(id) ON DELETE CASCADE,
  revealed INTEGER NOT NULL DEFAULT 0 CHECK (revealed IN (0, 1)),
  named INTEGER NOT NULL DEFAULT 0 CHECK (named IN (0, 1)),
  frozen_at TEXT,
  frozen_remark INTEGER,
  frozen_stances TEXT
);
"""


@migrations(name="0010_steering")
def steering(db: Database) -> None:
    """What a teacher has decided for the board of a round: it outlives a restart."""
    db.executescript(_STEERING)


@migrations(name="0011_lighter_journal")
def lighter_journal(db: Database) -> None:
    """An index of the journal by age cost every update more than it saved once an hour."""
    db.executescript("DROP INDEX journal_by_age")


@migrations(name="0012_moved_groups")
def moved_groups(db: Database) -> None:
    """What a group was called before it became a supergroup: what was said there may still wait its turn."""
    db.executescript("ALTER TABLE seminars ADD COLUMN moved_from INTEGER")


_NOTES = """
CREATE TABLE notes (
  person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  message_id INTEGER NOT NULL,
  round_id INTEGER NOT NULL REFERENCES rounds (id) ON DELETE CASCADE,
  PRIMARY KEY (person_id, message_id)
) WITHOUT ROWID;
"""


@migrations(name="0013_notes")
def notes(db: Database) -> None:
    """Which private messages were written for which round, so that an edit changes the answer."""
    db.executescript(_NOTES)


_IMPORTS = """
CREATE TABLE imports (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  seminar_id INTEGER NOT NULL REFERENCES seminars (id) ON DELETE CASCADE,
  made_at TEXT NOT NULL,
  seminar_made INTEGER NOT NULL CHECK (seminar_made IN (0, 1)),
  rounds_before INTEGER NOT NULL,
  rounds_after INTEGER NOT NULL,
  people_before INTEGER NOT NULL,
  people_after INTEGER NOT NULL
);
ALTER TABLE remarks ADD COLUMN import_id INTEGER REFERENCES imports (id);
CREATE INDEX remarks_by_import ON remarks (import_id) WHERE import_id IS NOT NULL;
"""

# chat_id: a group that became a supergroup had the higher number before.
# abs: what was collected in private has numbers of ours, -1, -2, -3, in the order in which it was given
_AS_SAID = """
DROP INDEX remarks_by_round;
CREATE INDEX remarks_by_round ON remarks (round_id, sent_at, chat_id DESC, abs(message_id));
CREATE INDEX remarks_as_said ON remarks (sent_at, chat_id DESC, abs(message_id));
DROP VIEW discussion_log;
CREATE VIEW discussion_log AS
  SELECT r.chat_id, r.message_id, v.version, r.round_id, coalesce(m.alias, a.alias) AS alias, r.sent_at,
    v.text, r.reply_to_message_id
  FROM remarks r
  JOIN versions v ON v.remark_id = r.id
  JOIN rounds o ON o.id = r.round_id
  LEFT JOIN aliases a ON a.seminar_id = o.seminar_id AND a.person_id = r.person_id
  LEFT JOIN masks m ON r.via = 'relay' AND m.round_id = r.round_id AND m.person_id = r.person_id
  ORDER BY r.sent_at, r.chat_id DESC, abs(r.message_id), r.id, v.version;
"""


@migrations(name="0014_imports")
def imports(db: Database) -> None:
    """What each import brought, and an order of remarks that does not depend on when they came."""
    db.executescript(_IMPORTS)
    db.executescript(_AS_SAID)
