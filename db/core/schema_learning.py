"""The tables of learning: wordings taught as aliases, what was read last, and which reading in private."""

LEARNING = """
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
