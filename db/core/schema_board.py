"""The tables of the board: which remarks a teacher has taken off it, and how it is steered."""

BOARD = """
CREATE TABLE unshown (
  round_id INTEGER NOT NULL REFERENCES rounds(id) ON DELETE CASCADE,
  mark BLOB NOT NULL,
  hidden_at TEXT NOT NULL,
  PRIMARY KEY (round_id, mark)
) WITHOUT ROWID;
"""

STEERING = """
CREATE TABLE steering (
  round_id INTEGER PRIMARY KEY REFERENCES rounds(id) ON DELETE CASCADE,
  revealed INTEGER NOT NULL DEFAULT 0 CHECK (revealed IN (0, 1)),
  named INTEGER NOT NULL DEFAULT 0 CHECK (named IN (0, 1)),
  frozen_at TEXT,
  frozen_remark INTEGER,
  frozen_stances TEXT
);
"""
