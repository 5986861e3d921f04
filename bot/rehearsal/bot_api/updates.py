"""Methods by which updates reach the bot, and by which it answers pressed buttons and inline queries."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from bot.rehearsal.bot_api.parameters import Method, Parameters, text_of
from bot.rehearsal.fake_telegram import rules
from bot.rehearsal.fake_telegram.world import InlineResult, World


async def get_updates(world: World, given: Parameters) -> list[dict[str, Any]]:
    """Wait for updates; an offset confirms all before it."""
    if (kinds := given.json("allowed_updates")) is not None:
        world.updates.allow(kinds)
    if offset := given.integer("offset"):
        world.updates.confirm(offset)
    if world.webhook.url:
        raise rules.ApiError(409, rules.WEBHOOK_ACTIVE)
    limit = min(max(given.integer("limit", rules.UPDATES_A_FETCH), 1), rules.UPDATES_A_FETCH)
    return await world.updates.poll(limit, given.integer("timeout"))


def set_webhook(world: World, given: Parameters) -> bool:
    """Bring updates to an address from now on; an empty one means to stop that."""
    url, secret = given.text("url"), given.text("secret_token")
    if url and urlsplit(url).scheme not in {"http", "https"}:
        raise rules.bad_request(rules.WEBHOOK_ADDRESS)
    if secret and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", secret):
        raise rules.bad_request(rules.WEBHOOK_SECRET)
    if (kinds := given.json("allowed_updates")) is not None:
        world.updates.allow(kinds)
    if given.flag("drop_pending_updates"):
        world.updates.take()
    world.webhook.set(url, secret)
    return True


def delete_webhook(world: World, given: Parameters) -> bool:
    """Bring updates to no address any more; drop what waits if asked to."""
    if given.flag("drop_pending_updates"):
        world.updates.take()
    world.webhook.set("", "")
    return True


def get_webhook_info(world: World, _given: Parameters) -> dict[str, Any]:
    """Say where updates are brought, how much waits, and what went wrong last."""
    info: dict[str, Any] = {
        "url": world.webhook.url,
        "has_custom_certificate": False,
        "pending_update_count": len(world.updates.fetch()),
    }
    if world.webhook.last_error:
        info |= {
            "last_error_message": world.webhook.last_error,
            "last_error_date": int(world.now().timestamp()),
        }
    return info


def answer_callback_query(world: World, given: Parameters) -> bool:
    """Answer a pressed button: once, and in time."""
    pressing = world.button_presses.get(given.text("callback_query_id"))
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


def answer_inline_query(world: World, given: Parameters) -> bool:
    """Offer results to who types: in time, at most fifty, each under an id of its own."""
    typing = world.typed_queries.get(given.text("inline_query_id"))
    if typing is None or typing.answered or world.now() - typing.at > rules.INLINE_LIFE:
        raise rules.bad_request(rules.QUERY_TOO_OLD)
    results = given.json("results")
    if not isinstance(results, list):
        raise rules.bad_request(rules.JSON_FIELD.format("inline query results"))
    if len(results) > rules.INLINE_RESULTS:
        raise rules.bad_request(rules.INLINE_TOO_MANY)
    offered = tuple(_offered(world, each) for each in results)
    if len({each.id for each in offered}) < len(offered):
        raise rules.bad_request(rules.INLINE_ID_TWICE)
    typing.answered, typing.offered = True, offered
    typing.cache_time, typing.is_personal = given.integer("cache_time", 300), given.flag("is_personal")
    return True


def _offered(world: World, result: Any) -> InlineResult:
    """Return a result as the list shows it; articles are the only kind that is known here."""
    if not isinstance(result, Mapping) or result.get("type") != "article":
        raise rules.bad_request(rules.INLINE_TYPE)
    number = str(result.get("id", ""))
    if not 1 <= len(number.encode()) <= rules.INLINE_ID:
        raise rules.bad_request(rules.INLINE_ID_INVALID)
    title, content = str(result.get("title") or ""), result.get("input_message_content")
    if not title:
        raise rules.bad_request(rules.INLINE_TITLE)
    if not isinstance(content, Mapping):
        raise rules.bad_request(rules.INLINE_CONTENT)
    text, entities = text_of(world, Parameters({**content, "text": content.get("message_text")}))
    return InlineResult(number, title, str(result.get("description") or ""), text, entities)


METHODS: dict[str, Method] = {
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
    "answerCallbackQuery": answer_callback_query,
    "answerInlineQuery": answer_inline_query,
}
