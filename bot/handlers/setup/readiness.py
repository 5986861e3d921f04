"""/setup: whether a group is ready for class; each line is fine, or says what to do."""

from collections.abc import Iterator

from telegram import ChatMember, ChatMemberAdministrator

from bot.context import Context
from bot.handlers.common import admins
from bot.handlers.common.places import here
from bot.handlers.common.reply import reply
from bot.speech import Markup

BAD, COULD_BE_BETTER = "❌", "🟡"


async def setup(context: Context) -> None:
    """Answer /setup."""
    await admins.only(context)
    us = await context.bot.get_chat_member(context.group_seminar.chat_id, context.bot.id)
    lines = [*_reaching(context, us), *_rights(context, us), _topics(context), *_seminar(context)]
    page = context.say("check.page", lines=Markup("\n".join(lines)), verdict=_verdict(context, lines))
    await reply(context, page)


def _reaching(context: Context, us: ChatMember) -> Iterator[str]:
    """Yield whether what people say to each other reaches us: it should, and it did."""
    admin = us.status == ChatMember.ADMINISTRATOR
    if not (admin or context.bot.bot.can_read_all_group_messages):
        yield context.say("check.deaf")
        return
    yield context.say("check.admin" if admin else "check.member")
    place = here(context)
    first = context.store.seminars.heard_at(place.seminar.chat_id)
    if first is None:
        yield context.say("check.unheard" if admin else "check.unheard_member")
    else:
        yield context.say("check.heard", date=f"{place.local(first):%Y-%m-%d %H:%M}")


def _rights(context: Context, us: ChatMember) -> Iterator[str]:
    if not isinstance(us, ChatMemberAdministrator):
        yield context.say("check.no_pin")
        return
    yield context.say("check.pin" if us.can_pin_messages else "check.no_pin")
    if us.can_delete_messages:
        yield context.say("check.delete")


def _topics(context: Context) -> str:
    if context.thread_id:
        return context.say("check.topic")
    return context.say("check.general" if context.chat and context.chat.is_forum else "check.no_topics")


def _seminar(context: Context) -> Iterator[str]:
    """Yield what the seminar reads, and how it is kept."""
    place, pack, seminar = here(context), context.pack, context.group_seminar
    running = context.store.rounds.open_of(seminar.id)
    if running is not None and running.card_message_id is None:
        yield context.say("check.card_missing")
    title = context.shown(pack.title)
    if pack.slug == seminar.pack:
        counts = {"snippets": len(pack.snippets), "prompts": len(pack.prompts)}
        yield context.say("check.pack", title=title, **counts)
    else:
        yield context.say("check.pack_gone", slug=seminar.pack, title=title)
    name = context.plain(f"settings.language_{seminar.language.replace('-', '_').lower()}")
    yield context.say("check.language", name=name, zone=place.zone.key)
    if seminar.language == "en" and pack.language.startswith("zh"):
        yield context.say("check.original")
    rule = context.plain(f"settings.consent_rule_{seminar.consent_rule}")
    yield context.say("check.consent", rule=rule, days=seminar.retention_days)
    yield context.say("check.reference", reference=context.store.reference(seminar.chat_id))


def _verdict(context: Context, lines: list[str]) -> str:
    if any(line.startswith(BAD) for line in lines):
        return context.plain("check.not_ready")
    if any(line.startswith(COULD_BE_BETTER) for line in lines):
        return context.plain("check.nearly")
    return context.plain("check.ready")
