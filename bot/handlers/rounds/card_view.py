"""What a round's card shows: prompt, state and buttons, by the round's terms and what the store says now."""

from datetime import timedelta

from telegram import InlineKeyboardButton

from bot.handlers.common.buttons import button, tag
from bot.handlers.common.places import Place
from bot.handlers.common.reply import Rows
from bot.seminar.prompt_choice import evidence_of
from bot.seminar.prompt_text import details_of, title_of
from bot.seminar.records import STEPS, Round
from bot.seminar.round_times import left
from bot.seminar.stances import moment_of
from bot.speech import Markup, shorten

EVIDENCE_LABEL = (16, 28)  # letters, Chinese and Latin: two stand beside each other on a phone
DAY = timedelta(hours=24)
SAY = "say_"  # the deep link's payload: what I write in private is for the round


def text_of(place: Place, shown: Round) -> str:
    """Return the card's text as HTML."""
    state = _over(place, shown) if shown.closed_at is not None else _open(place, shown)
    return place.say(
        "round.card",
        number=shown.number,
        prompt=prompt_of(place, shown),
        state=Markup("\n".join(line for line in state if line)),
        notice=Markup(_notice(place, shown)),
    )


def rows_of(place: Place, shown: Round) -> Rows:
    """Return the card's buttons; a closed card keeps the way to the summary."""
    if shown.closed_at is not None:
        return [
            [button(place.plain("button.summary"), "summary", shown.id), *_unmask(place, shown)],
        ]
    stances = stance_rows(place, shown) if shown.stance_on else []
    return [
        *_evidence(place, shown),
        *stances,
        _join(place, shown),
        _consent(place),
        *_steering(place, shown),
    ]


def prompt_of(place: Place, shown: Round) -> Markup:
    """Return the prompt as HTML: its title in bold where the pack has it, then its text."""
    return prompt_as(place, shown.prompt_slug, shown.prompt_text)


def prompt_as(place: Place, slug: str, text: str) -> Markup:
    """Return a prompt as HTML, `text` being its text as it was chosen or opened."""
    prompt = place.pack.prompt(slug)
    if prompt is None:
        return Markup(place.say("round.own", text=text))
    title, details = title_of(prompt, place.language), details_of(prompt, place.language, text)
    return Markup(place.say("round.prompt", title=title, text=details))


def stance_rows(place: Place, shown: Round) -> list[list[InlineKeyboardButton]]:
    """Return the five steps as buttons: two against, neutral, two in favour, as labels fit on a phone."""
    counts = place.store.stances.counts(shown.id, moment_of(shown)) if shown.counts == "shown" else {}
    steps = [
        button(f"{place.plain(f'step.{step}')} {counts.get(step, '')}".strip(), "stance", shown.id, step)
        for step in STEPS
    ]
    return [steps[:2], steps[2:3], steps[3:]]


def chosen(place: Place, shown: Round) -> int:
    """Return how many people have chosen a stance at the round's present moment."""
    return sum(place.store.stances.counts(shown.id, moment_of(shown)).values())


def time_left(place: Place, shown: Round) -> str:
    """Return how much time is left, as a phrase; empty where the round has no end."""
    if shown.ends_at is None:
        return ""
    unit, number = left(shown.ends_at, place.now)
    until = place.local(shown.ends_at)
    same_day = until.date() == place.local(place.now).date()
    shown_until = until.strftime("%H:%M" if same_day else "%m/%d %H:%M")
    return place.say("round.until", until=shown_until, left=Markup(place.say(f"left.{unit}", count=number)))


def join_link(place: Place, shown: Round) -> str:
    """Return the address that opens our private chat for this round."""
    return f"https://t.me/{place.bot.username}?start={SAY}{shown.id}"


def _open(place: Place, shown: Round) -> list[str]:
    return [_visibility(place, shown), _stance(place, shown), time_left(place, shown)]


def _over(place: Place, shown: Round) -> list[str]:
    if not shown.stance_on:
        return [place.say("round.over")]
    return [place.say("round.over_stances", count=chosen(place, shown))]


def _stance(place: Place, shown: Round) -> str:
    if not shown.stance_on:
        return ""
    hidden = "" if shown.counts == "shown" else place.say("round.counts_hidden")
    return place.say(
        f"round.stance_{moment_of(shown)}", count=chosen(place, shown), hidden=Markup(hidden)
    ).rstrip()


def _visibility(place: Place, shown: Round) -> str:
    if shown.visibility == "relay":
        return place.say("round.relay")
    if shown.visibility == "open" or shown.revealed_at is not None:
        return ""
    count = place.store.private_answers.count(shown.id)
    collecting = place.say("round.post_first", count=count)
    if shown.reveal_at is None:
        return collecting
    at = place.local(shown.reveal_at).strftime(
        "%H:%M" if shown.reveal_at - place.now < DAY else "%m/%d %H:%M"
    )
    return collecting + place.say("round.reveal_at", at=at)


def _notice(place: Place, shown: Round) -> str:
    """Return what is logged and how to say no; once the round is over there is nothing to press."""
    days = place.seminar.retention_days
    if shown.closed_at is not None:
        return place.say("round.notice_over", days=days)
    if place.seminar.consent_rule == "explicit":
        return place.say("round.notice_explicit", days=days)
    return place.say("round.notice", days=days)


def _evidence(place: Place, shown: Round) -> list[list[InlineKeyboardButton]]:
    """Return the prompt's evidence, both sides mixed and without saying which side a piece is on."""
    found = [
        button(
            "📖 " + shorten(place.called(one), EVIDENCE_LABEL[place.language == "en"]),
            "evidence",
            tag(place.pack, one.slug),
        )
        for one in evidence_of(place.pack, shown.prompt_slug)
    ]
    return [found[:2], found[2:]]


def _join(place: Place, shown: Round) -> list[InlineKeyboardButton]:
    waiting = shown.visibility == "post_first" and shown.revealed_at is None
    if not waiting and shown.visibility != "relay":
        return []
    label = "button.answer" if waiting else "button.relay"
    return [InlineKeyboardButton(place.plain(label), url=join_link(place, shown))]


def _consent(place: Place) -> list[InlineKeyboardButton]:
    stop = button(place.plain("button.stop_logging"), "log", "no")
    if place.seminar.consent_rule == "explicit":
        return [button(place.plain("button.agree"), "log", "yes"), stop]
    return [stop]


def _steering(place: Place, shown: Round) -> list[list[InlineKeyboardButton]]:
    waiting = shown.visibility == "post_first" and shown.revealed_at is None
    reveal = [button(place.plain("button.reveal"), "reveal", shown.id)] if waiting else []
    asks = shown.stance_on and shown.asked_again_at is None
    again = [button(place.plain("button.again"), "again", shown.id)] if asks else []
    close = button(place.plain("button.close"), "close", shown.id)
    return [[*reveal, *_unmask(place, shown)], [*again, close]]


def _unmask(place: Place, shown: Round) -> list[InlineKeyboardButton]:
    return [button(place.plain("button.unmask"), "unmask", shown.id)] if shown.visibility == "relay" else []
