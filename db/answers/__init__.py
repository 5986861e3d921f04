"""What was asked of the reading, and what was learned from that."""
