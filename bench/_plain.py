"""The bot that most people would write: python-telegram-bot's run_polling, a commit for each message."""

import os
import sqlite3

from telegram import Update
from telegram.ext import ApplicationBuilder, CommandHandler, ContextTypes, MessageHandler, filters

db = sqlite3.connect(os.environ["WENDU_DATABASE"], isolation_level=None)
db.execute("CREATE TABLE IF NOT EXISTS discussion_log (chat_id, message_id, version, text)")


async def ask(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    if update.message:
        await update.message.reply_text("導演", do_quote=True)


async def log(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    message = update.effective_message
    if message:
        place = (message.chat_id, message.message_id)
        before = db.execute("SELECT count(*) FROM discussion_log WHERE chat_id = ? AND message_id = ?", place)
        row = (*place, before.fetchone()[0] + 1, message.text)
        db.execute("INSERT INTO discussion_log VALUES (?, ?, ?, ?)", row)


token, url = os.environ["TELEGRAM_BOT_TOKEN"], os.environ["WENDU_API_URL"]
application = ApplicationBuilder().token(token).base_url(f"{url}/bot").build()
application.add_handler(CommandHandler("ask", ask, filters=filters.UpdateType.MESSAGE))
application.add_handler(MessageHandler(filters.TEXT, log))
application.run_polling()
