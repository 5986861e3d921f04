"""The local Bot API takes inline answers as strictly as Telegram does."""

from typing import Any

import pytest

from bot.rehearsal.bot_api.parameters import Parameters
from bot.rehearsal.bot_api.server import carry_out
from bot.rehearsal.fake_telegram.world import World


def article(number: str = "1", **more: Any) -> dict[str, Any]:
    content = {"message_text": "<b>字</b>", "parse_mode": "HTML"}
    return {"type": "article", "id": number, "title": "題", "input_message_content": content, **more}


async def answers(world: World, results: Any, **more: Any) -> dict[str, Any]:
    typing = world.types_inline(world.add_person("小安"), "字")
    given = {"inline_query_id": typing.id, "results": results, **more}
    return await carry_out(world, "answerinlinequery", Parameters(given))


async def test_an_answer_is_shown_with_what_would_be_posted() -> None:
    world = World()
    assert (await answers(world, [article()], is_personal=True))["ok"]
    (typing,) = world.typed_queries.values()
    assert (typing.offered[0].text, typing.is_personal, typing.cache_time) == ("字", True, 300)


async def test_a_query_is_answered_once() -> None:
    world = World()
    await answers(world, [])
    (typing,) = world.typed_queries.values()
    again = await carry_out(
        world, "answerinlinequery", Parameters({"inline_query_id": typing.id, "results": []})
    )
    assert "query is too old" in again["description"]


@pytest.mark.parametrize(
    ("results", "complaint"),
    [
        ([article(str(number)) for number in range(51)], "RESULTS_TOO_MUCH"),
        ([article(), article()], "RESULT_ID_DUPLICATE"),
        ([article("")], "RESULT_ID_INVALID"),
        ([article("字" * 22)], "RESULT_ID_INVALID"),
        ([article(title="")], "ARTICLE_TITLE_EMPTY"),
        ([article(input_message_content=None)], "MESSAGE_TEXT_EMPTY"),
        ([article(input_message_content={"message_text": ""})], "message text is empty"),
        ([article(type="photo")], "RESULT_TYPE_INVALID"),
        ("no list", "can't parse"),
    ],
)
async def test_what_telegram_would_not_take_is_refused(results: Any, complaint: str) -> None:
    answer = await answers(World(), results)
    assert answer["error_code"] == 400
    assert complaint in answer["description"]


async def test_what_was_not_offered_cannot_be_chosen() -> None:
    world = World()
    await answers(world, [article()])
    (typing,) = world.typed_queries.values()
    with pytest.raises(LookupError):
        world.chooses("小安", typing, "別的")
