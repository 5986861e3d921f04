"""What comes in and what goes out: the journal, what of it is logged, the outbox."""
