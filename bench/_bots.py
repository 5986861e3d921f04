"""Four bots that do the same work: log what groups say, answer questions from the reading, take stances.

`python -m bench._bots NAME URL DATABASE`; all but Wendu are written as their libraries' examples are, with a
commit for each message, and the same engine answers for all.
"""
# ruff: noqa: PLC0415  each imports its own library only

import asyncio
import json
import logging
import sqlite3
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench._telegram import CARD, FIRST_GROUP, GROUPS
from bot.handlers.ask.questions import FOLLOW_UPS_FOR

TOKEN = "123456789:AAEbench-only-not-a-real-token-000000"
SCHEMA = """
CREATE TABLE IF NOT EXISTS log (chat INTEGER, message INTEGER, version INTEGER, person INTEGER, sent INTEGER,
  text TEXT, PRIMARY KEY (chat, message, version));
CREATE TABLE IF NOT EXISTS questions (id INTEGER PRIMARY KEY, chat INTEGER, person INTEGER, asked REAL,
  text TEXT, title TEXT);
CREATE INDEX IF NOT EXISTS questions_by_person ON questions (person, chat, asked);
CREATE TABLE IF NOT EXISTS stances (chat INTEGER, person INTEGER, step TEXT, PRIMARY KEY (chat, person));
"""


class Notes:
    """What each of the plain bots does: a table, a commit for each message, and the engine."""

    def __init__(self, path: str, *, wal: bool = True) -> None:
        from bot.answering.compose import compose
        from bot.answering.library import Library
        from bot.config import OUR_PACKS

        self.db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        mode = "WAL" if wal else "DELETE"
        self.db.executescript(f"PRAGMA journal_mode = {mode}; PRAGMA synchronous = FULL; {SCHEMA}")
        self._engine = Library.open(OUR_PACKS).engine("ai-film")
        self._compose = compose
        self._engine.answer("塔可夫斯基是誰？")

    def log(self, chat: int, message: int, person: int, sent: int, text: str) -> None:
        row = self.db.execute("SELECT count(*) FROM log WHERE chat = ? AND message = ?", (chat, message))
        version = row.fetchone()[0] + 1
        values = (chat, message, version, person, sent, text)
        self.db.execute("INSERT OR IGNORE INTO log VALUES (?, ?, ?, ?, ?, ?)", values)

    def stance(self, chat: int, person: int, step: str) -> None:
        self.db.execute("INSERT OR REPLACE INTO stances VALUES (?, ?, ?)", (chat, person, step))

    def answer(self, chat: int, person: int, question: str) -> str:
        """Answer after what the person asked in the last ten minutes, and keep it, as Wendu does."""
        since = time.time() - FOLLOW_UPS_FOR.total_seconds()
        rows = self.db.execute(
            "SELECT text FROM questions WHERE person = ? AND chat = ? AND asked >= ? ORDER BY id",
            (person, chat, since),
        )
        composed = self._compose(self._engine.answer(question, history=[text for (text,) in rows]))
        self.db.execute(
            "INSERT INTO questions (chat, person, asked, text, title) VALUES (?, ?, ?, ?, ?)",
            (chat, person, time.time(), question, composed.title),
        )
        return f"{composed.title}\n\n{composed.text}"[:4000]


def ptb(url: str, path: str, *, wal: bool = True) -> None:
    from telegram import Update
    from telegram.ext import ApplicationBuilder, CallbackQueryHandler, CommandHandler, MessageHandler, filters

    notes = Notes(path, wal=wal)

    async def ask(update: Any, _: Any) -> None:
        message = update.message
        answer = notes.answer(message.chat_id, message.from_user.id, message.text[5:])
        await message.reply_text(answer, do_quote=True)

    async def log(update: Any, _: Any) -> None:
        message = update.effective_message
        sent = int(message.date.timestamp())
        notes.log(message.chat_id, message.message_id, message.from_user.id, sent, message.text)

    async def press(update: Any, _: Any) -> None:
        query = update.callback_query
        notes.stance(query.message.chat.id, query.from_user.id, query.data)
        await query.answer("記下了")

    application = ApplicationBuilder().token(TOKEN).base_url(f"{url}/bot").build()
    application.add_handler(CallbackQueryHandler(press))
    application.add_handler(CommandHandler("ask", ask, filters=filters.UpdateType.MESSAGE))
    application.add_handler(MessageHandler(filters.TEXT, log))
    application.run_polling(allowed_updates=Update.ALL_TYPES)


def ptb_plain(url: str, path: str) -> None:
    """Leave SQLite as it comes, as most people's bots do."""
    ptb(url, path, wal=False)


def aiogram(url: str, path: str) -> None:
    from aiogram import Bot, Dispatcher, types
    from aiogram.client.session.aiohttp import AiohttpSession
    from aiogram.client.telegram import TelegramAPIServer
    from aiogram.filters import Command

    notes, dispatcher = Notes(path), Dispatcher()

    async def ask(message: types.Message) -> None:
        person = message.from_user.id if message.from_user else 0
        await message.reply(notes.answer(message.chat.id, person, (message.text or "")[5:]))

    async def log(message: types.Message) -> None:
        person = message.from_user.id if message.from_user else 0
        sent = int(message.date.timestamp())
        notes.log(message.chat.id, message.message_id, person, sent, message.text or "")

    async def press(query: types.CallbackQuery) -> None:
        notes.stance(query.message.chat.id if query.message else 0, query.from_user.id, query.data or "")
        await query.answer("記下了")

    dispatcher.message.register(ask, Command("ask"))
    dispatcher.message.register(log)
    dispatcher.edited_message.register(log)
    dispatcher.callback_query.register(press)
    session = AiohttpSession(api=TelegramAPIServer.from_base(url))
    asyncio.run(dispatcher.start_polling(Bot(TOKEN, session=session), handle_signals=False))


def telebot(url: str, path: str) -> None:
    from telebot import asyncio_helper
    from telebot.async_telebot import AsyncTeleBot

    asyncio_helper.API_URL = f"{url}/bot{{0}}/{{1}}"
    notes, bot = Notes(path), AsyncTeleBot(TOKEN)

    async def ask(message: Any) -> None:
        answer = notes.answer(message.chat.id, message.from_user.id, message.text[5:])
        await bot.reply_to(message, answer)

    async def log(message: Any) -> None:
        notes.log(message.chat.id, message.message_id, message.from_user.id, message.date, message.text)

    async def press(query: Any) -> None:
        notes.stance(query.message.chat.id, query.from_user.id, query.data or "")
        await bot.answer_callback_query(query.id, "記下了")

    bot.register_message_handler(ask, commands=["ask"])
    bot.register_message_handler(log, content_types=["text"])
    bot.register_edited_message_handler(log, content_types=["text"])
    bot.register_callback_query_handler(press, func=lambda _: True)
    asyncio.run(bot.infinity_polling(timeout=20))


def wendu(url: str, path: str) -> None:
    from bot.answering.library import Library
    from bot.config import Settings
    from bot.intake.sources import arrive
    from bot.service import house, warm_up
    from db.store import Store

    settings = Settings(token=TOKEN, api_url=url, database=Path(path))
    store = Store.open(settings.database)
    open_rounds(store)
    library = Library.open(settings.packs)

    async def run() -> None:
        stop = asyncio.Event()
        async with house(settings, store, library, paced=False) as running:
            await warm_up(running.application)
            await arrive(settings, running.application.bot, store, running.intake, stop)

    asyncio.run(run())


def open_rounds(store: Any) -> None:
    """Open a round in each group, so that all that is said is logged."""
    teacher = store.people.meet(11, "陳老師")
    for number in range(GROUPS):
        seminar = store.seminars.bind(FIRST_GROUP - number, pack="ai-film", language="zh-Hant", title="班")
        opened = store.rounds.open(
            seminar.id, prompt_slug="", prompt_text="題", opened_by=teacher.id, at=datetime.now(UTC)
        )
        store.rounds.set_card(opened.id, CARD)


BOTS = {"wendu": wendu, "ptb": ptb, "ptb_plain": ptb_plain, "aiogram": aiogram, "telebot": telebot}

if __name__ == "__main__":
    logging.basicConfig(level=logging.ERROR, format="%(name)s %(message)s")
    print(json.dumps({"bot": sys.argv[1]}), flush=True)
    BOTS[sys.argv[1]](sys.argv[2], sys.argv[3])
