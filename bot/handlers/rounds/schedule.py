"""/schedule: prompts posted at a time or weekly, in the seminar's time zone, with a list to delete from."""

from zoneinfo import ZoneInfo, available_timezones

from telegram import InlineKeyboardButton

from bot.context import Context, Refusal
from bot.handlers.common import admins
from bot.handlers.common.buttons import button, labelled, numbers
from bot.handlers.common.entry import rest_of
from bot.handlers.common.places import Place, here
from bot.handlers.common.reply import Rows, edit, reply
from bot.handlers.rounds import plan, round_options
from bot.handlers.rounds.card_view import name_of
from bot.seminar.records import Schedule, Seminar
from bot.seminar.schedule_dates import NotUnderstood, WantedTime, next_weekly, parse_wanted_time, read_clock
from bot.speech import Markup, shorten

MOST = 20
ZONE_WORDS = ("時區", "timezone")


async def schedule(context: Context) -> None:
    """Answer /schedule: keep what follows, set the time zone, or show what is to come."""
    await admins.only(context)
    words = rest_of(context)
    if not words:
        await reply(context, *_page(here(context)))
        return
    first, _, rest = words.partition(" ")
    if first.lower() in ZONE_WORDS:
        await _set_zone(context, rest.strip())
        return
    place = here(context)
    if len(context.store.schedules.of(place.seminar.id)) >= MOST:
        raise Refusal("schedule.full", most=MOST)
    made = context.store.schedules.add(_wanted(context, place, words))
    await reply(
        context,
        context.say("schedule.kept", line=Markup(_line(place, made))),
        [_drop(place, made), _all(place)],
    )


async def show(context: Context) -> None:
    """Show what is to come, in place."""
    await admins.only(context)
    await edit(context, *_page(here(context)))


async def drop(context: Context) -> None:
    """Delete the one whose button was pressed; one that has been posted meanwhile is gone already."""
    await admins.only(context)
    place = here(context)
    if not context.store.schedules.drop(place.seminar.id, *numbers(context, 1)):
        raise Refusal("toast.schedule_gone")
    await context.toast(context.plain("toast.schedule_dropped"))
    await edit(context, *_page(place))


def _wanted(context: Context, place: Place, words: str) -> Schedule:
    try:
        wish = parse_wanted_time(words, context.now, place.zone)
    except NotUnderstood as error:
        raise Refusal(f"schedule.bad_{error.what}") from None
    slug, text = _prompt(context, wish)
    return Schedule(
        id=0,
        seminar_id=place.seminar.id,
        prompt_slug=slug,
        prompt_text=text,
        minutes=wish.minutes,
        weekday=wish.weekday,
        clock=wish.clock,
        due_at=wish.due_at,
        made_by=context.person.id,
    )


def _prompt(context: Context, wish: WantedTime) -> tuple[str, str]:
    """Return slug and text: a prompt of the pack where one is named, else the teacher's own words."""
    if not wish.prompt:
        return "", ""
    try:
        found = plan.find(context.pack, wish.prompt)
    except Refusal:
        if wish.prompt.isascii() and " " not in wish.prompt:  # meant as a slug: better asked than posted
            raise
        return "", round_options.check(wish.prompt)
    return found.slug, ""


async def _set_zone(context: Context, name: str) -> None:
    """Set the time zone; what is scheduled keeps its time of day."""
    fitting = {zone.lower(): zone for zone in available_timezones()}
    if name.lower() not in fitting:
        raise Refusal("schedule.bad_zone", name=shorten(name, 40))
    zone = ZoneInfo(fitting[name.lower()])
    move_to_zone(context, zone.key)
    text = context.say("schedule.zone", name=zone.key, now=f"{context.now.astimezone(zone):%H:%M}")
    await reply(context, text)


def move_to_zone(context: Context, name: str) -> Seminar:
    """Set the seminar's time zone and return it as it is then; what is scheduled keeps its time of day."""
    was, zone = here(context).zone, ZoneInfo(name)
    seminar = context.store.seminars.configure(context.group_seminar.id, timezone=name)
    for one in context.store.schedules.of(seminar.id):
        if one.weekday is None:
            due = one.due_at.astimezone(was).replace(tzinfo=zone)
        else:
            due = next_weekly(one.weekday, read_clock(one.clock), context.now, zone)
        context.store.schedules.move(one.id, due)
    return seminar


def _page(place: Place) -> tuple[str, Rows]:
    coming = place.store.schedules.of(place.seminar.id)
    zone = place.zone.key
    if not coming:
        return place.say("schedule.none", zone=zone), []
    lines = [_line(place, one) for one in coming]
    text = place.say("schedule.list", lines=Markup("\n".join(lines)), zone=zone)
    return text, [_drop(place, one) for one in coming]


def _line(place: Place, one: Schedule) -> str:
    return place.say(
        "schedule.line",
        when=_when(place, one),
        prompt=shorten(_named(place, one), 60),
        length=_length(place, one),
    )


def _when(place: Place, one: Schedule) -> str:
    due = place.local(one.due_at)
    day = place.plain(f"weekday.{due.weekday()}")
    key = "schedule.once" if one.weekday is None else "schedule.weekly"
    return place.plain(key, date=f"{due:%Y-%m-%d}", day=day, clock=one.clock)


def _named(place: Place, one: Schedule) -> str:
    return name_of(place, one) or place.plain("schedule.next_planned")


def _length(place: Place, one: Schedule) -> str:
    if not one.minutes:
        return ""
    day, hour = 24 * 60, 60
    unit, size = next(
        (unit, size)
        for unit, size in (("days", day), ("hours", hour), ("minutes", 1))
        if one.minutes % size == 0
    )
    return place.plain(f"length.{unit}", count=one.minutes // size)


def _drop(place: Place, one: Schedule) -> list[InlineKeyboardButton]:
    label = place.plain("button.unschedule", when=_when(place, one))
    return [button(label, "unschedule", one.id)]


def _all(place: Place) -> list[InlineKeyboardButton]:
    return [labelled(place, "button.schedules", "schedules")]
