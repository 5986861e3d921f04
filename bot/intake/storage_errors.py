"""What is said in the log of a database that cannot be used: once what to do, then only that it lasts."""

import logging
import sqlite3

_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
log = logging.getLogger(__name__)


class StorageErrorLog:
    """Stands while the database cannot be used."""

    def __init__(self) -> None:
        self._made = False
        self.about = ""  # what is wrong, as SQLite says it

    def make(self, error: sqlite3.Error) -> None:
        """Say what is wrong and what to do, unless that was said."""
        self.about = str(error)
        if self._made:
            log.warning("資料庫仍無法使用（%s） / the database still cannot be used", error)
            return
        self._made = True
        if getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_READONLY_DBMOVED:
            log.error(
                "資料庫的檔案不在原處（被移走、刪除或換掉）：請停下機器人，把檔案放回去，或用 wendu restore"
                " 換回備份，再啟動。在那之前什麼都不收；訊息留在 Telegram，一天之內都拿得到"
                " / the database's file was moved, removed or replaced: stop the bot, put the file or a"
                " backup (wendu restore) in its place, start again. Nothing is taken until then; it waits at"
                " Telegram for a day"
            )
        elif (getattr(error, "sqlite_errorcode", 0) & 0xFF) in _DAMAGED:
            log.error(
                "資料庫已損壞（%s）：請停下機器人，把資料庫檔案另存一份，再用 wendu restore 換回備份。"
                "還沒收下的訊息留在 Telegram，一天之內都拿得到"
                " / the database is damaged (%s): stop the bot, keep the file, put a backup back with wendu"
                " restore. What was not taken yet waits at Telegram for a day",
                error,
                error,
            )
        else:
            log.error(
                "資料庫無法使用（%s）：請檢查磁碟空間、權限，或是否有別的程式占用；收下的都留著，好了會自動接著做"
                " / the database cannot be used (%s): look at disk space, permissions, other programs."
                " Nothing taken is lost; it goes on by itself",
                error,
                error,
            )

    def withdraw(self) -> None:
        """Remember that the database can be used again."""
        if self._made:
            log.info("資料庫恢復了 / the database can be used again")
        self._made, self.about = False, ""
