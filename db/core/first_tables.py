"""The tables and views of the first migration (0001)."""

HOUSE = """
CREATE TABLE people (
  id INTEGER PRIMARY KEY AUTOINCREMENT,  -- never given twice: old callback data must not reach a new person
  telegram_id INTEGER NOT NULL UNIQUE,
  name TEXT NOT NULL,
  username TEXT NOT NULL DEFAULT '',
  consent TEXT CHECK (consent IN ('yes', 'no')),
  met_at TEXT NOT NULL
);
CREATE TABLE refusals (
  mark BLOB NOT NULL,
  seminar_id INTEGER NOT NULL,
  PRIMARY KEY (mark, seminar_id)
) WITHOUT ROWID;
CREATE TABLE seminars (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  chat_id INTEGER NOT NULL,
  thread_id INTEGER NOT NULL DEFAULT 0,
  title TEXT NOT NULL DEFAULT '',
  pack TEXT NOT NULL,
  language TEXT NOT NULL,
  consent_rule TEXT NOT NULL DEFAULT 'notice' CHECK (consent_rule IN ('notice', 'explicit')),
  retention_days INTEGER NOT NULL DEFAULT 180 CHECK (retention_days > 0),
  aliases_drawn INTEGER NOT NULL DEFAULT 0,
  created_at TEXT NOT NULL,
  UNIQUE (chat_id, thread_id)
);
CREATE TABLE consents (
  seminar_id INTEGER NOT NULL REFERENCES seminars (id) ON DELETE CASCADE,
  person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  answer TEXT NOT NULL CHECK (answer IN ('yes', 'no')),
  answered_at TEXT NOT NULL,
  PRIMARY KEY (seminar_id, person_id)
) WITHOUT ROWID;
CREATE TABLE aliases (
  seminar_id INTEGER NOT NULL REFERENCES seminars (id) ON DELETE CASCADE,
  person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  alias TEXT NOT NULL,
  PRIMARY KEY (seminar_id, person_id),
  UNIQUE (seminar_id, alias)
) WITHOUT ROWID;
CREATE TABLE rounds (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  seminar_id INTEGER NOT NULL REFERENCES seminars (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  prompt_slug TEXT NOT NULL DEFAULT '',
  prompt_text TEXT NOT NULL,
  opened_by INTEGER REFERENCES people (id) ON DELETE SET NULL,
  opened_at TEXT NOT NULL,
  asked_again_at TEXT,
  closed_by INTEGER REFERENCES people (id) ON DELETE SET NULL,
  closed_at TEXT,
  card_message_id INTEGER,
  UNIQUE (seminar_id, number)
);
CREATE UNIQUE INDEX rounds_one_open ON rounds (seminar_id) WHERE closed_at IS NULL;
CREATE TABLE forgotten (
  round_id INTEGER PRIMARY KEY REFERENCES rounds (id) ON DELETE CASCADE,
  people INTEGER NOT NULL DEFAULT 0,
  remarks INTEGER NOT NULL DEFAULT 0,
  stances INTEGER NOT NULL DEFAULT 0,
  questions INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE remarks (
  id INTEGER PRIMARY KEY,
  chat_id INTEGER NOT NULL,
  message_id INTEGER NOT NULL,
  round_id INTEGER NOT NULL REFERENCES rounds (id) ON DELETE CASCADE,
  person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  sent_at TEXT NOT NULL,
  kind TEXT NOT NULL DEFAULT 'text',
  reply_to_message_id INTEGER,
  UNIQUE (chat_id, message_id)
);
CREATE INDEX remarks_by_round ON remarks (round_id);
CREATE INDEX remarks_by_person ON remarks (person_id);
CREATE TABLE versions (
  remark_id INTEGER NOT NULL REFERENCES remarks (id) ON DELETE CASCADE,
  version INTEGER NOT NULL,
  written_at TEXT NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (remark_id, version)
) WITHOUT ROWID;
CREATE TABLE stances (
  round_id INTEGER NOT NULL REFERENCES rounds (id) ON DELETE CASCADE,
  person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  moment TEXT NOT NULL CHECK (moment IN ('before', 'after')),
  step INTEGER NOT NULL CHECK (step BETWEEN 1 AND 5),
  chosen_at TEXT NOT NULL,
  reason TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (round_id, person_id, moment)
) WITHOUT ROWID;
CREATE TABLE questions (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  seminar_id INTEGER REFERENCES seminars (id) ON DELETE CASCADE,
  round_id INTEGER REFERENCES rounds (id) ON DELETE SET NULL,
  person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  chat_id INTEGER,
  message_id INTEGER NOT NULL,
  asked_at TEXT NOT NULL,
  text TEXT NOT NULL,
  answered INTEGER NOT NULL CHECK (answered IN (0, 1)),
  snippets TEXT NOT NULL DEFAULT '[]',
  score REAL NOT NULL DEFAULT 0,
  tier TEXT NOT NULL DEFAULT '',
  helped INTEGER CHECK (helped IN (0, 1))
);
CREATE UNIQUE INDEX questions_in_groups ON questions (chat_id, message_id) WHERE chat_id IS NOT NULL;
CREATE UNIQUE INDEX questions_in_private ON questions (person_id, message_id) WHERE chat_id IS NULL;
CREATE INDEX questions_by_person ON questions (person_id, asked_at);
CREATE INDEX questions_by_seminar ON questions (seminar_id);
CREATE TABLE journal (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  mark BLOB NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  received_at TEXT NOT NULL,
  done_at TEXT,
  reason TEXT,
  shape TEXT
);
CREATE INDEX journal_by_age ON journal (received_at);
CREATE TABLE waiting (
  journal_id INTEGER PRIMARY KEY REFERENCES journal (id) ON DELETE CASCADE,
  lane BLOB NOT NULL,
  steers INTEGER NOT NULL CHECK (steers IN (0, 1)),
  plain INTEGER NOT NULL CHECK (plain IN (0, 1)),
  private INTEGER NOT NULL CHECK (private IN (0, 1)),
  raw TEXT NOT NULL
);
CREATE INDEX waiting_by_lane ON waiting (lane);
CREATE VIEW discussion_log AS
  SELECT r.chat_id, r.message_id, v.version, r.round_id, a.alias, r.sent_at, v.text, r.reply_to_message_id
  FROM remarks r
  JOIN versions v ON v.remark_id = r.id
  JOIN rounds o ON o.id = r.round_id
  LEFT JOIN aliases a ON a.seminar_id = o.seminar_id AND a.person_id = r.person_id
  ORDER BY r.id, v.version;
CREATE VIEW round_overview AS
  SELECT o.id AS round_id, s.title AS seminar, o.number, o.prompt_text, o.opened_at, o.closed_at,
    (SELECT count(*) FROM remarks r WHERE r.round_id = o.id) AS remarks,
    (SELECT count(DISTINCT r.person_id) FROM remarks r WHERE r.round_id = o.id) AS people
  FROM rounds o JOIN seminars s ON s.id = o.seminar_id
  ORDER BY o.id;
CREATE VIEW stance_log AS
  SELECT t.round_id, a.alias, t.moment, t.step, t.chosen_at, t.reason
  FROM stances t
  JOIN rounds o ON o.id = t.round_id
  LEFT JOIN aliases a ON a.seminar_id = o.seminar_id AND a.person_id = t.person_id
  ORDER BY t.round_id, t.chosen_at;
CREATE VIEW question_log AS
  SELECT q.id AS question_id, q.seminar_id, q.round_id, coalesce(a.alias, '') AS alias, q.asked_at, q.text,
    q.answered, q.snippets, q.score, q.tier, q.helped
  FROM questions q
  LEFT JOIN aliases a ON a.seminar_id = q.seminar_id AND a.person_id = q.person_id
  ORDER BY q.id;
"""
