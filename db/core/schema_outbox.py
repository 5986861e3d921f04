"""What a post that the clock is to make belongs to."""

OWED = """
ALTER TABLE outbox ADD COLUMN line_id INTEGER REFERENCES lines (id) ON DELETE CASCADE;
CREATE UNIQUE INDEX outbox_by_line ON outbox (line_id, step) WHERE line_id IS NOT NULL;
"""
