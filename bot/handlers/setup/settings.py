"""/settings: how a seminar is kept and held, changed by its admins with buttons, for all to see."""

from dataclasses import dataclass
from typing import Any

from telegram import InlineKeyboardButton

from bot.config import LANGUAGES
from bot.context import Context, Refusal
from bot.handlers.common import admins
from bot.handlers.common.buttons import arguments, button, labelled, number
from bot.handlers.common.places import Place, here, there
from bot.handlers.common.reply import Rows, edit, reply
from bot.handlers.rounds import cards, schedule
from bot.seminar.records import Seminar
from bot.speech import Markup

ZONES = (
    "Asia/Taipei",
    "Asia/Hong_Kong",
    "Asia/Macau",
    "Asia/Shanghai",
    "Asia/Singapore",
    "Asia/Kuala_Lumpur",
    "Asia/Tokyo",
    "Europe/London",
    "Europe/Berlin",
    "America/New_York",
    "America/Los_Angeles",
    "Australia/Sydney",
)


@dataclass(frozen=True)
class Setting:
    """One field of a seminar, and what it may be."""

    field: str
    values: tuple[Any, ...]
    named: bool = True  # its values have phrases of their own; else they are shown by `settings.<field>_is`


SETTINGS: dict[str, Setting] = {  # by what stands on the button's back; values by their place
    "r": Setting("consent_rule", ("notice", "explicit")),
    "d": Setting("retention_days", (30, 90, 180, 365, 1095), named=False),
    "a": Setting("alias_mode", ("readable", "code")),
    "l": Setting("language", LANGUAGES),
    "z": Setting("timezone", ZONES, named=False),
    "v": Setting("visibility", ("open", "post_first", "relay")),
    "f": Setting("facilitation", ("off", "quiet", "lively")),
}


async def settings(context: Context) -> None:
    """Answer /settings."""
    await admins.only(context)
    await reply(context, *_page(here(context)))


async def press(context: Context) -> None:
    """Show all settings, the choices of one (`settings:d`), or choose (`settings:d:2`)."""
    await admins.only(context)
    place = here(context)
    found = ((context.query and context.query.data) or "").count(":")
    if found == 0:
        await edit(context, *_page(place))
        return
    name, *chosen = arguments(context, found)
    setting = SETTINGS.get(name)
    if setting is None or len(chosen) > 1:
        raise Refusal("toast.stale")
    if not chosen:
        await edit(context, *_choices(place, name, setting))
        return
    await _choose(context, place, setting, chosen[0])


async def _choose(context: Context, place: Place, setting: Setting, at: str) -> None:
    wanted = number(at)
    if wanted >= len(setting.values):
        raise Refusal("toast.stale")
    changed = _change(context, place, setting.field, setting.values[wanted])
    now = there(context, changed)
    await context.toast(now.plain("settings.changed"))
    await edit(context, *_page(now))
    running = context.store.rounds.open_of(changed.id)
    if running is not None:  # its card has the notice
        await cards.refresh(now, running.id)


def _change(context: Context, place: Place, field: str, value: Any) -> Seminar:
    if field == "timezone":
        return schedule.move_to_zone(context, value)
    return context.store.seminars.configure(place.seminar.id, **{field: value})


def _page(place: Place) -> tuple[str, Rows]:
    lines = [
        place.say("settings.line", name=place.plain(f"settings.{each.field}"), value=_now(place, each))
        for each in SETTINGS.values()
    ]
    text = place.say("settings.page", lines=Markup("\n".join(lines)))
    buttons = [
        button(place.plain(f"settings.{each.field}"), "settings", name) for name, each in SETTINGS.items()
    ]
    return text, [buttons[at : at + 2] for at in range(0, len(buttons), 2)]


def _choices(place: Place, name: str, setting: Setting) -> tuple[str, Rows]:
    text = place.say(
        "settings.choose",
        name=place.plain(f"settings.{setting.field}"),
        about=Markup(place.say(f"settings.about_{setting.field}")),
    )
    present = _value(place, setting)
    options = [
        _choice(place, setting, name, at, ticked=value == present) for at, value in enumerate(setting.values)
    ]
    wide = 2 if setting.field in {"retention_days", "timezone"} else 1
    rows = [options[at : at + wide] for at in range(0, len(options), wide)]
    return text, [*rows, [labelled(place, "settings.back", "settings")]]


def _choice(place: Place, setting: Setting, name: str, at: int, *, ticked: bool) -> InlineKeyboardButton:
    label = _label(place, setting, setting.values[at])
    return button(f"✓ {label}" if ticked else label, "settings", name, at)


def _now(place: Place, setting: Setting) -> str:
    return _label(place, setting, _value(place, setting))


def _value(place: Place, setting: Setting) -> Any:
    return place.zone.key if setting.field == "timezone" else getattr(place.seminar, setting.field)


def _label(place: Place, setting: Setting, value: Any) -> str:
    if setting.named:
        return place.plain(f"settings.{setting.field}_{str(value).replace('-', '_').lower()}")
    return place.plain(f"settings.{setting.field}_is", value=value)
