"""The tables of how rounds are held: terms, our own lines, plans and schedules, words given in private."""

TERMS = """
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
"""

LINES = """
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
"""

AHEAD = """
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
"""

NOTES = """
CREATE TABLE notes (
  person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  message_id INTEGER NOT NULL,
  round_id INTEGER NOT NULL REFERENCES rounds (id) ON DELETE CASCADE,
  PRIMARY KEY (person_id, message_id)
) WITHOUT ROWID;
"""

PRIVATELY = """
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
