"""The tables of privacy: how a seminar calls its people, how its rounds begin, and what is done daily."""

PRIVACY = """
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
