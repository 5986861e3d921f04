"""Numbers for people who appear under an alias: the same in every export, and nobody's on Telegram."""

from db.store import Store

PSEUDO = 2**52  # Telegram's ids are smaller


def pseudo_id(store: Store, *parts: object) -> int:
    """Return a number above all Telegram ids that stands for the parts; only the key can make it again."""
    return PSEUDO + int.from_bytes(store.mark("pseudo", *parts)[:6])


def peer(telegram_id: int) -> str:
    """Return how Telegram Desktop writes that id: user7, chat7 for -7, channel7 for -1000000000007."""
    if telegram_id >= 0:
        return f"user{telegram_id}"
    bare = str(-telegram_id)
    is_channel = bare.startswith("100") and len(bare) > len("100") + 9
    return f"channel{int(bare[3:])}" if is_channel else f"chat{bare}"
