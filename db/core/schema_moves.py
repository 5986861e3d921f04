"""The tables of moves (0004): what the bot offered or said to help a discussion, and what came of it."""

MOVES = """
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
