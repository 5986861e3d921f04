import json
from pathlib import Path
from typing import Any

import pytest
from telegram import Update
from telegram.ext import Application, ApplicationBuilder, CommandHandler, ContextTypes
from telegram.request import BaseRequest

from bot.intake.dispatch import Unparsable, for_ptb, handler_for
from bot.intake.inbox import Intake
from db.store import Store
from tests.db.conftest import KEY, NOON
from tests.intake.messages import BOT, BOT_ID, BOT_NAME, commands, says

App = Application[Any, Any, Any, Any, Any, Any]


class Silent(BaseRequest):
    """Telegram, which says who we are and agrees to everything else."""

    read_timeout = 5.0

    async def initialize(self) -> None:
        """Need nothing."""

    async def shutdown(self) -> None:
        """Leave nothing."""

    async def do_request(self, *_: Any, **__: Any) -> tuple[int, bytes]:
        return 200, json.dumps({"ok": True, "result": BOT}).encode()


@pytest.fixture
async def application() -> App:
    application = ApplicationBuilder().token("1:x").updater(None).job_queue(None).request(Silent()).build()
    await application.initialize()
    return application


async def test_an_update_that_ptb_cannot_parse_says_so_and_where(application: App) -> None:
    with pytest.raises(Unparsable, match=r"KeyError: 'date' at _message\.py:\d+"):
        await handler_for(application)({"update_id": 1, "message": {"text": "no chat, no date"}})


async def test_a_handlers_error_is_the_error_handlers_and_the_row_is_done(
    application: App, tmp_path: Path
) -> None:
    errors: list[str] = []

    async def fails(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        raise RuntimeError(f"no answer to {update.effective_message}")

    async def note(_: object, context: ContextTypes.DEFAULT_TYPE) -> None:
        errors.append(type(context.error).__name__)

    application.add_handler(CommandHandler("ask", fails))
    application.add_error_handler(note)
    store = Store.open(tmp_path / "wendu.db", key=KEY, clock=lambda: NOON)
    intake = Intake(store, handler_for(application), BOT_ID, BOT_NAME)
    await intake.receive([commands(1, "/ask 一"), commands(2, "/ask 二")])
    await intake.settle()
    assert errors == ["RuntimeError", "RuntimeError"]
    assert store.journal.pending() == []
    assert store.all("SELECT * FROM journal WHERE reason IS NOT NULL") == []
    store.close()


async def test_one_unparsable_update_does_not_stop_the_others(application: App, tmp_path: Path) -> None:
    asked: list[str] = []

    async def ask(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        asked.append(str(update.effective_message and update.effective_message.text))

    application.add_handler(CommandHandler("ask", ask))
    store = Store.open(tmp_path / "wendu.db", key=KEY, clock=lambda: NOON)
    intake = Intake(store, handler_for(application), BOT_ID, BOT_NAME)
    broken = commands(2, "/ask 祕密", reply_to_message={"message_id": "no date, no chat"})
    await intake.receive([commands(1, "/ask 一"), broken, commands(3, "/ask 三"), says(4)])
    await intake.settle()
    assert asked == ["/ask 一", "/ask 三"]
    (row,) = store.all("SELECT reason FROM journal WHERE reason IS NOT NULL")
    assert "Unparsable" in row["reason"]
    assert "祕密" not in row["reason"]
    store.close()


async def test_a_handler_gets_only_words_that_can_be_stored(application: App) -> None:
    asked: list[str] = []

    async def ask(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        message = update.effective_message
        assert message is not None
        asked.extend([str(message.text), *message.parse_entities(["hashtag"]).values()])

    application.add_handler(CommandHandler("ask", ask))
    odd = commands(1, "/ask \0 \ud83d 😀 #溫度")
    odd["message"]["entities"].append({"type": "hashtag", "offset": 12, "length": 3})
    await handler_for(application)(odd)
    assert asked == ["/ask \ufffd \ufffd 😀 #溫度", "#溫度"]
    asked[0].encode()


def test_the_words_of_a_rich_message_become_its_text_wherever_it_stands() -> None:
    rich = {"rich_message": {"blocks": [{"type": "paragraph", "text": "段"}]}}
    pressed = {"callback_query": {"message": {"text": "題", "reply_to_message": rich}}}
    assert for_ptb({"message": rich})["message"] == {**rich, "text": "段"}
    assert for_ptb(pressed)["callback_query"]["message"]["reply_to_message"]["text"] == "段"
    said: dict[str, Any] = {"message": {"text": "字", **rich}}
    silent: dict[str, Any] = {"message": {"rich_message": {"blocks": []}}}
    assert [for_ptb(said), for_ptb(silent), for_ptb(says(1, "字"))] == [said, silent, says(1, "字")]
