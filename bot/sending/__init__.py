"""How what we say leaves the house: the outbox, Telegram's limits, the connection."""

import os

os.environ.setdefault("PTB_TIMEDELTA", "true")  # else PTB warns at every 429 that a type will change
