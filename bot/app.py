"""build(): the one table of handlers, top to bottom, and everything that PTB needs around it."""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, cast

from telegram import (
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    LinkPreviewOptions,
)
from telegram.constants import ParseMode
from telegram.error import TelegramError
from telegram.ext import (
    Application,
    BaseHandler,
    ChatMemberHandler,
    ContextTypes,
    Defaults,
    InlineQueryHandler,
    filters,
)
from telegram.request import BaseRequest

from bot.answering.library import Library
from bot.config import ConfigError, Settings, shown
from bot.context import Context, House, Services, utc_now
from bot.handlers.ask import inline, pack_choice, paragraphs, questions, topics
from bot.handlers.ask.rate_limit import rate_limited
from bot.handlers.common import failures
from bot.handlers.common.entry import command, edit, message, press
from bot.handlers.common.message_filters import IN_PRIVATE, MENTIONS_US, REPLIES_TO_US, WORDS
from bot.handlers.learning import reload, unanswered, why
from bot.handlers.moves import decisions
from bot.handlers.privacy import consent, forget_me, my_data
from bot.handlers.results import board_links, export, report
from bot.handlers.rounds import (
    ask_again,
    close,
    discuss_menu,
    mask_owners,
    plan,
    private_words,
    reveal,
    round_options,
    schedule,
    stances,
)
from bot.handlers.setup import membership, readiness, start
from bot.handlers.setup import settings as seminar_settings
from bot.sending.http import AiohttpRequest
from bot.sending.outbox import Outbox
from bot.sending.pacing import NoPace
from bot.speech import load_speech
from db.privacy.pseudonyms import terms_of
from db.store import Store

log = logging.getLogger(__name__)

OWN_DATA = ("privacy", "optout", "optin", "mydata", "forgetme")
EVERYBODY = ("ask", "topics", "why", "para", "stance", "privacy", "optout", "optin", "help")
STEERING = (
    "discuss",
    "close",
    "quiet",
    "plan",
    "schedule",
    "pack",
    "unanswered",
    "settings",
    "setup",
    "export",
    "report",
    "board",
)
ALONE = ("ask", "topics", "why", "para", "pack", "unanswered", *OWN_DATA, "help", "start")
OWNING = ("reload",)  # who runs the bot, in private
# Telegram's default stands for everyone whose language we do not have; zh is asked for by simplified clients.
ANNOUNCED_IN = (("zh-Hant", None), ("zh-Hans", "zh"), ("en", "en"))


def table() -> Sequence[BaseHandler[Any, Context, Any]]:
    """Return all handlers; the first that takes an update is the only one.

    Presses come first: command handlers look for a message, which the button of an old one has not.
    """
    return [*_presses(), *_commands(), *_messages()]


def _presses() -> Sequence[BaseHandler[Any, Context, Any]]:
    return [
        press("stance", stances.choose),  # the most frequent by far: a whole class at once
        press("helped", questions.helped),
        press("snippet", questions.snippet),
        press("topics", topics.turn),
        press("topic", topics.topic),
        press("list", topics.first_page),
        press("para", paragraphs.show),
        press("reading", questions.reading_chosen),
        press("readings", pack_choice.offer),
        press("help", start.help_),
        press("evidence", questions.evidence),
        press("menu", discuss_menu.menu),
        press("phase", discuss_menu.phase),
        press("prompt", discuss_menu.prompt),
        press("random", discuss_menu.random_prompt),
        press("own", discuss_menu.own_prompt),
        press("next", discuss_menu.next_prompt),
        press("option", round_options.change),
        press("begin", round_options.start),
        press("again", ask_again.ask_again),
        press("reveal", reveal.press_reveal),
        press("close", close.press_close),
        press("summary", close.show_summary),
        press("unmask", mask_owners.offer),
        press("who", mask_owners.lift),
        press("unsay", private_words.take_back),
        press("done", private_words.finish),
        press("plan", plan.show),
        press("planning", plan.add),
        press("planned", plan.put),
        press("unplan", plan.drop),
        press("schedules", schedule.show),
        press("unschedule", schedule.drop),
        press("move", decisions.press),
        press("unmet", unanswered.turn),
        press("gap", unanswered.open_gap),
        press("others", unanswered.others),
        press("teach", unanswered.learn),
        press("untaught", unanswered.undo),
        press("aside", unanswered.set_aside),
        press("log", consent.log),
        press("forget", forget_me.press),
        press("settings", seminar_settings.press),
        press("export", export.press),
        press("", start.stale),  # whatever else: a button of an earlier version, or made up
    ]


def _commands() -> Sequence[BaseHandler[Any, Context, Any]]:
    return [
        # What everybody may do; what has an answer out of the reading not too often (ask/rate_limit.py).
        command("start", rate_limited(start.start)),
        command("help", rate_limited(start.help_)),
        command("ask", rate_limited(questions.ask)),
        command("topics", rate_limited(topics.topics)),
        command("why", rate_limited(why.why)),
        command("para", rate_limited(paragraphs.para)),
        command("stance", stances.ask),
        command("privacy", consent.privacy),
        command("optout", consent.opt_out),
        command("optin", consent.opt_in),
        command("mydata", my_data.my_data),
        command("forgetme", forget_me.forget_me),
        # What only admins may do.
        command("discuss", discuss_menu.discuss),
        command("close", close.close),
        command("quiet", decisions.quiet),
        command("plan", plan.plan),
        command("schedule", schedule.schedule),
        command("pack", pack_choice.pack),  # in private everybody
        command("unanswered", unanswered.unanswered),
        command("settings", seminar_settings.settings),
        command("setup", readiness.setup),
        command("export", export.export),
        command("report", report.report),
        command("board", board_links.board),
        command("reload", reload.reload),  # only who runs the bot
    ]


def _messages() -> Sequence[BaseHandler[Any, Context, Any]]:
    return [
        # Words. A mention goes before a reply: who replies to the card and names us does want an answer.
        message(MENTIONS_US, rate_limited(questions.mentioned)),
        message(REPLIES_TO_US, rate_limited(round_options.replied)),
        message(IN_PRIVATE & filters.COMMAND, start.unknown),  # in groups it may be another bot's
        message(IN_PRIVATE & filters.VIA_BOT, inline.posted),
        message(IN_PRIVATE & WORDS, private_words.written),
        edit(IN_PRIVATE & WORDS, private_words.rewritten),
        message(IN_PRIVATE & ~filters.StatusUpdate.ALL, questions.not_text),
        # In any chat, of people who may never have met us.
        InlineQueryHandler(inline.offer),
        # The group itself.
        message(filters.StatusUpdate.MIGRATE, membership.group_migrated),
        ChatMemberHandler(membership.membership_changed, ChatMemberHandler.MY_CHAT_MEMBER),
    ]


def build(  # noqa: PLR0913  what a house is made of
    settings: Settings,
    store: Store,
    library: Library,
    *,
    clock: Callable[[], datetime] = utc_now,
    request: BaseRequest | None = None,
    paced: bool = True,
) -> House:
    """Return the application, not yet initialized; updates are fed to it by the intake.

    `paced`: keep Telegram's limits, which a rehearsal's Telegram does not have.

    Raises:
        ConfigError: the pack of the settings is not in the library, or cannot be read.
    """
    _check_pack(settings, library)
    library = library.taught(store.learned.all())
    store.terms = terms_of(library.packs.values())
    services = Services(store=store, library=library, speech=load_speech(), settings=settings, clock=clock)
    builder = (
        Application.builder()
        .token(settings.token)
        .base_url(f"{settings.api_url}/bot")
        .base_file_url(f"{settings.api_url}/file/bot")
        .updater(None)  # updates come through the journal, see bot/intake
        .job_queue(None)
        .rate_limiter(Outbox(store, pace=None if paced else NoPace()))
        .defaults(
            Defaults(parse_mode=ParseMode.HTML, link_preview_options=LinkPreviewOptions(is_disabled=True))
        )
        .context_types(ContextTypes(context=Context, bot_data=cast("type[Services]", lambda: services)))
    )
    way = request or AiohttpRequest()
    application: House = builder.request(way).get_updates_request(way).build()
    application.add_handlers(list(table()))
    application.add_error_handler(failures.failed)
    return application


async def announce(application: House) -> None:
    """Tell Telegram which commands to offer, by place and language; what fails is logged, no more."""
    scopes: list[tuple[BotCommandScope, tuple[str, ...]]] = [
        (BotCommandScopeAllPrivateChats(), ALONE),
        (BotCommandScopeAllGroupChats(), EVERYBODY),
        (BotCommandScopeAllChatAdministrators(), (*STEERING, *EVERYBODY)),
    ]
    if owner := application.bot_data.settings.owner:
        scopes.append((BotCommandScopeChat(owner), (*ALONE, *OWNING)))
    speech = application.bot_data.speech
    for language, code in ANNOUNCED_IN:
        for scope, names in scopes:
            commands = [BotCommand(name, speech.plain(language, f"command.{name}")) for name in names]
            try:
                await application.bot.set_my_commands(commands, scope=scope, language_code=code)
            except TelegramError as error:
                log.warning("commands not announced in %s: %s", language, type(error).__name__)


def _check_pack(settings: Settings, library: Library) -> None:
    """Find out at the start, and not at the first question, that there is nothing to answer from."""
    if settings.pack in library.packs:
        return
    if settings.pack in library.broken:
        raise ConfigError(
            "WENDU_PACK",
            f"教材包「{settings.pack}」讀不進來；用 wendu pack check {settings.pack} 看哪裡要改",
            f"the pack {settings.pack!r} cannot be read; wendu pack check {settings.pack} says why",
        )
    there = "、".join(library.packs) or "–"
    raise ConfigError(
        "WENDU_PACK",
        f"在 {settings.packs} 找不到教材包「{shown(settings.pack)}」；那裡有：{there}",
        f"no pack {shown(settings.pack)!r} in {settings.packs}; there are: {there}",
    )
