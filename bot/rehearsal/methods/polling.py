"""Methods by which updates reach the bot, and by which it answers a pressed button."""

from typing import Any

from bot.rehearsal import rules
from bot.rehearsal.methods.parameters import Method, Parameters
from bot.rehearsal.world import World


async def get_updates(world: World, given: Parameters) -> list[dict[str, Any]]:
    """Wait for updates; an offset confirms all before it."""
    if (kinds := given.json("allowed_updates")) is not None:
        world.updates.allow(kinds)
    if offset := given.integer("offset"):
        world.updates.confirm(offset)
    limit = min(max(given.integer("limit", rules.UPDATES_A_FETCH), 1), rules.UPDATES_A_FETCH)
    return await world.updates.poll(limit, given.integer("timeout"))


def delete_webhook(world: World, given: Parameters) -> bool:
    """Say that there is no webhook, for there never is one here; drop what waits if asked to."""
    if given.flag("drop_pending_updates"):
        world.updates.take()
    return True


def get_webhook_info(world: World, _given: Parameters) -> dict[str, Any]:
    """Say that there is no webhook, and how much waits."""
    waiting = len(world.updates.fetch())
    return {"url": "", "has_custom_certificate": False, "pending_update_count": waiting}


def answer_callback_query(world: World, given: Parameters) -> bool:
    """Answer a pressed button: once, and in time."""
    pressing = world.pressings.get(given.text("callback_query_id"))
    if pressing is None or pressing.answered or world.now() - pressing.at > rules.CALLBACK_LIFE:
        raise rules.bad_request(rules.QUERY_TOO_OLD)
    text = given.text("text")
    if len(text) > rules.TOAST:
        raise rules.bad_request(rules.TOAST_TOO_LONG)
    pressing.answered, pressing.toast, pressing.url = True, text, given.text("url")
    pressing.alert = given.flag("show_alert")
    world.tell(
        "toast",
        pressing.post.room.id,
        user_id=pressing.user.id,
        text=text,
        alert=pressing.alert,
        url=pressing.url,
        query_id=pressing.id,
    )
    return True


METHODS: dict[str, Method] = {
    "getUpdates": get_updates,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
    "answerCallbackQuery": answer_callback_query,
}
