"""The table of the board: which remarks a teacher has taken off it."""

BOARD = """
CREATE TABLE unshown (
  round_id INTEGER NOT NULL REFERENCES rounds(id) ON DELETE CASCADE,
  mark BLOB NOT NULL,
  hidden_at TEXT NOT NULL,
  PRIMARY KEY (round_id, mark)
) WITHOUT ROWID;
"""
