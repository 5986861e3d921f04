"""By night, what was kept long enough goes; and bytes that an export held up go as soon as it is over."""

import logging
from datetime import datetime, timedelta

from bot.context import House

NIGHT = 4  # o'clock, in the house's time zone: writing the file anew makes everybody wait
log = logging.getLogger(__name__)


async def purge_due(house: House, now: datetime) -> None:
    """Purge once a night, or at the first chance after a night slept through.

    The clock says when; how old things are is judged more carefully (db/core/trusted_clock.py).
    """
    services = house.bot_data
    local = now.astimezone(services.settings.timezone)
    night = local.replace(hour=NIGHT, minute=0, second=0, microsecond=0)
    gone = services.store.retention.purge_daily(
        now, night=night if night <= local else night - timedelta(days=1)
    )
    if gone:
        log.info("清除了 %d 筆過期資料 / purged %d rows that were kept long enough", gone, gone)
    services.store.erasure.vacuum()
