"""How what we say leaves the house: the outbox, Telegram's limits, the connection."""
