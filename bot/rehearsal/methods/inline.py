"""The method by which the bot answers what somebody types behind its name."""

from collections.abc import Mapping
from typing import Any

from bot.rehearsal import rules
from bot.rehearsal.inline_mode import Offered
from bot.rehearsal.methods.message_rules import text_of
from bot.rehearsal.methods.parameters import Method, Parameters
from bot.rehearsal.world import World


def answer_inline_query(world: World, given: Parameters) -> bool:
    """Offer results to who types: in time, at most fifty, each under an id of its own."""
    typing = world.typings.get(given.text("inline_query_id"))
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


def _offered(world: World, result: Any) -> Offered:
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
    return Offered(number, title, str(result.get("description") or ""), text, entities)


METHODS: dict[str, Method] = {"answerInlineQuery": answer_inline_query}
