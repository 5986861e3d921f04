"""What waits for the bot in a world, read back by PTB; and the few actions that many tests need."""

from datetime import timedelta
from typing import Any

from telegram import Update

from bot.rehearsal.fake_telegram.chats import Post
from bot.rehearsal.fake_telegram.state import Clock
from bot.rehearsal.fake_telegram.world import World


def delivered(world: World) -> list[Any]:  # Updates: Any, for every test knows which part it wants
    """All that waits, after a round trip through PTB that must lose nothing."""
    updates = []
    for raw in world.updates.take():
        update = Update.de_json(raw, None)
        assert update.to_dict() == without_empty(raw)
        updates.append(update)
    return updates


def without_empty(part: Any) -> Any:
    """PTB writes no empty lists; Telegram, and the rehearsal, do."""
    if isinstance(part, dict):
        return {key: without_empty(value) for key, value in part.items() if value != []}
    return [without_empty(value) for value in part] if isinstance(part, list) else part


def only(world: World) -> Any:
    (update,) = delivered(world)
    return update


def message(world: World) -> Any:
    return only(world).message


def moves(world: World, by: timedelta) -> None:
    assert isinstance(world.clock, Clock)
    world.clock.forward(by)


def bot_says(world: World, text: str, **more: Any) -> Post:
    return world.place(world.group, world.bot, text, **more)
