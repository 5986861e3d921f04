"""Reactions and votes, and what the bot learns of them."""

import pytest

from bot.rehearsal.fake_telegram.attachments import Ballot
from bot.rehearsal.fake_telegram.world import World
from tests.rehearsal.delivered import delivered


def test_reactions_and_members_are_told_only_to_an_admin_who_asked(world: World) -> None:
    post = world.says("小安", "一")
    world.updates.take()
    world.reacts("小敏", post, "👍")
    world.promotes("陳老師", "小安")
    assert delivered(world) == []
    world.updates.allow(["message", "message_reaction", "chat_member"])
    world.reacts("小敏", post)
    world.demotes("陳老師", "小安")
    reaction, member = delivered(world)
    assert reaction.message_reaction.old_reaction[0].emoji == "👍"
    assert reaction.message_reaction.new_reaction == ()
    assert member.chat_member.new_chat_member.status == "member"
    world.demotes_bot("陳老師")
    world.updates.take()
    world.reacts("小敏", post, "❤")
    assert delivered(world) == []


def test_votes_are_told_by_name_unless_the_poll_is_anonymous(world: World) -> None:
    for anonymous in (False, True):
        ballot = Ballot(f"p{anonymous}", "好嗎", ("好", "不好"), is_anonymous=anonymous)
        world.ballots[ballot.id] = ballot
        post = world.place(world.group, world.bot, extra={"poll": ballot.poll()})
        world.votes("小安", post, 1)
        told = delivered(world)
        assert told[0].poll.options[1].voter_count == 1
        assert len(told) == (1 if anonymous else 2)
    world.votes("小安", post)


def test_a_vote_taken_back_is_told_with_empty_lists(world: World) -> None:
    ballot = world.ballots["p"] = Ballot("p", "好嗎", ("好", "不好"), is_anonymous=False)
    post = world.place(world.group, world.bot, extra={"poll": ballot.poll()})
    world.votes("小安", post, 0)
    world.votes("小安", post)
    answer = delivered(world)[-1].poll_answer
    assert (answer.user.first_name, answer.option_ids, answer.option_persistent_ids) == ("小安", (), ())


def test_an_admin_who_hides_reacts_and_votes_as_the_group(world: World) -> None:
    ballot = world.ballots["p"] = Ballot("p", "好嗎", ("好", "不好"), is_anonymous=False)
    post = world.place(world.group, world.bot, extra={"poll": ballot.poll()})
    world.updates.allow(["message_reaction", "poll_answer"])
    world.hides("陳老師")
    world.reacts("陳老師", post, "👍")
    world.votes("陳老師", post, 0)
    reaction, answer = delivered(world)
    assert reaction.message_reaction.user is None
    assert reaction.message_reaction.actor_chat.id == world.group.id
    assert answer.poll_answer.voter_chat.id == world.group.id


def test_there_are_only_the_reactions_that_telegram_has(world: World) -> None:
    post = world.says("小安", "一")
    with pytest.raises(ValueError, match="🌡"):
        world.reacts("小敏", post, "🌡")
    assert post.reactions == {}
