"""What a round's card shows: prompt, state and buttons, by the round's terms and what the store says now."""

from collections.abc import Mapping
from datetime import timedelta
from typing import NamedTuple, Protocol

from telegram import InlineKeyboardButton

from bot.handlers.common.buttons import button, labelled, tag
from bot.handlers.common.places import Place
from bot.handlers.common.reply import Rows, deep_link
from bot.seminar.prompts import details_of, evidence_of, title_of
from bot.seminar.records import STEPS, Round
from bot.seminar.round_times import left
from bot.seminar.stances import moment_of
from bot.speech import Markup, shorten

EVIDENCE_LABEL = (16, 28)  # letters, Chinese and Latin: two stand beside each other on a phone
DAY = timedelta(hours=24)
SAY = "say_"  # the deep link's payload: what I write in private is for the round


class WithPrompt(Protocol):
    """A round, a draft or a schedule: its prompt's slug, empty for the teacher's own words, and text."""

    @property
    def prompt_slug(self) -> str:
        """The prompt's slug."""

    @property
    def prompt_text(self) -> str:
        """Its text, as it was chosen or written."""


class Card(NamedTuple):
    """A card as it is posted: its text as HTML, and its buttons."""

    text: str
    rows: Rows


def card_of(place: Place, shown: Round) -> Card:
    """Return the round's card; a closed one keeps the way to the summary."""
    counts = stance_counts(place, shown) if shown.stance_on else {}
    return Card(
        place.say(
            "round.card",
            number=shown.number,
            prompt=prompt_of(place, shown),
            state=Markup("\n".join(filter(None, _state(place, shown, sum(counts.values()))))),
            notice=Markup(_notice(place, shown)),
        ),
        _rows(place, shown, counts),
    )


def prompt_of(place: Place, shown: WithPrompt) -> Markup:
    """Return a prompt as HTML: its title in bold where the pack has it, then its text."""
    prompt, text = place.pack.prompt(shown.prompt_slug), shown.prompt_text
    if prompt is None:
        return Markup(place.say("round.own", text=text))
    title, details = title_of(prompt, place.language), details_of(prompt, place.language, text)
    return Markup(place.say("round.prompt", title=title, text=details))


def name_of(place: Place, shown: WithPrompt) -> str:
    """Return what to call a prompt in passing: its title, or the teacher's own words."""
    prompt = place.pack.prompt(shown.prompt_slug)
    return shown.prompt_text if prompt is None else title_of(prompt, place.language)


def stance_counts(place: Place, shown: Round) -> dict[int, int]:
    """Return how many people stand on each step at the round's present moment."""
    return place.store.stances.counts(shown.id, moment_of(shown))


def stance_rows(place: Place, shown: Round, counts: Mapping[int, int]) -> list[list[InlineKeyboardButton]]:
    """Return the five steps as buttons: two against, neutral, two in favour, as labels fit on a phone."""
    told = counts if shown.counts == "shown" else {}
    labels = [f"{place.plain(f'step.{step}')} {told.get(step, '')}".strip() for step in STEPS]
    steps = [button(label, "stance", shown.id, step) for label, step in zip(labels, STEPS, strict=True)]
    return [steps[:2], steps[2:3], steps[3:]]


def time_left(place: Place, shown: Round) -> str:
    """Return how much time is left, as a phrase; empty where the round has no end."""
    if shown.ends_at is None:
        return ""
    unit, number = left(shown.ends_at, place.now)
    until = place.local(shown.ends_at)
    same_day = until.date() == place.local(place.now).date()
    shown_until = until.strftime("%H:%M" if same_day else "%m/%d %H:%M")
    return place.say("round.until", until=shown_until, left=Markup(place.say(f"left.{unit}", count=number)))


def _state(place: Place, shown: Round, people: int) -> list[str]:
    """Return the lines that tell how the round stands; `people`: those who have chosen a stance."""
    if shown.closed_at is not None:
        return [place.say("round.over_stances", count=people) if shown.stance_on else place.say("round.over")]
    stance = ""
    if shown.stance_on:
        hidden = Markup("" if shown.counts == "shown" else place.say("round.counts_hidden"))
        stance = place.say(f"round.stance_{moment_of(shown)}", count=people, hidden=hidden).rstrip()
    return [_visibility(place, shown), stance, time_left(place, shown)]


def _visibility(place: Place, shown: Round) -> str:
    if shown.visibility == "relay":
        return place.say("round.relay")
    if not shown.collects:
        return ""
    collecting = place.say("round.post_first", count=place.store.private_answers.count(shown.id))
    if shown.reveal_at is None:
        return collecting
    near = shown.reveal_at - place.now < DAY
    at = place.local(shown.reveal_at).strftime("%H:%M" if near else "%m/%d %H:%M")
    return collecting + place.say("round.reveal_at", at=at)


def _notice(place: Place, shown: Round) -> str:
    """Return what is logged and how to say no; once the round is over there is nothing to press."""
    days = place.seminar.retention_days
    if shown.closed_at is not None:
        return place.say("round.notice_over", days=days)
    if place.seminar.consent_rule == "explicit":
        return place.say("round.notice_explicit", days=days)
    return place.say("round.notice", days=days)


def _rows(place: Place, shown: Round, counts: Mapping[int, int]) -> Rows:
    """Return the buttons: to the evidence, the stances, the private chat, consent, and for the teacher."""
    unmask = [labelled(place, "button.unmask", "unmask", shown.id)] if shown.visibility == "relay" else []
    if shown.closed_at is not None:
        return [[labelled(place, "button.summary", "summary", shown.id), *unmask]]
    reveal = [labelled(place, "button.reveal", "reveal", shown.id)] if shown.collects else []
    asks = shown.stance_on and shown.asked_again_at is None
    again = [labelled(place, "button.again", "again", shown.id)] if asks else []
    agree = place.seminar.consent_rule == "explicit"
    return [
        *_evidence(place, shown),
        *(stance_rows(place, shown, counts) if shown.stance_on else []),
        _join(place, shown),
        [
            *([labelled(place, "button.agree", "log", "yes")] if agree else []),
            labelled(place, "button.stop_logging", "log", "no"),
        ],
        [*reveal, *unmask],
        [*again, labelled(place, "button.close", "close", shown.id)],
    ]


def _evidence(place: Place, shown: Round) -> list[list[InlineKeyboardButton]]:
    """Return the prompt's evidence, both sides mixed and without saying which side a piece is on."""
    longest = EVIDENCE_LABEL[place.language == "en"]
    found = [
        button("📖 " + shorten(place.called(one), longest), "evidence", tag(place.pack, one.slug))
        for one in evidence_of(place.pack, shown.prompt_slug)
    ]
    return [found[:2], found[2:]]


def _join(place: Place, shown: Round) -> list[InlineKeyboardButton]:
    """Return the way to our private chat, where the round takes words there."""
    if shown.visibility != "relay" and not shown.collects:
        return []
    label = place.plain("button.answer" if shown.collects else "button.relay")
    return [InlineKeyboardButton(label, url=deep_link(place.bot, f"{SAY}{shown.id}"))]
