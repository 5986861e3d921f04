"""What a move says: one of several phrasings, always the same one for the same remark."""

from bot.handlers.common.places import Place
from bot.handlers.rounds.card_view import name_of
from bot.pack.model import Snippet
from bot.pack.topics import question_in
from bot.seminar.moves.records import Spotted
from bot.seminar.records import Round
from bot.speech import shorten

PROMPT_LIMIT = 60  # letters of a prompt in the teacher's own words, quoted in passing


def line_of(place: Place, running: Round, spotted: Spotted) -> str:
    """Return what the move says, as plain text."""
    fields = _fields(place, running, spotted)
    key = "wake_plain" if spotted.kind == "wake" and not fields["question"] else spotted.kind
    lines = place.plain(f"line.{key}", **fields).splitlines()
    seed = spotted.trigger.message_id if spotted.trigger else int(spotted.since.timestamp()) // 60
    return lines[(running.id * 7 + seed) % len(lines)]


def snippet_of(place: Place, spotted: Spotted) -> Snippet | None:
    """Return the part of the reading that the move points to, or None."""
    if spotted.kind not in {"revoice", "evidence", "counter"}:
        return None
    return place.pack.by_slug.get(spotted.about)


def _fields(place: Place, running: Round, spotted: Spotted) -> dict[str, str]:
    """Return all that any phrasing may name; each in one line."""
    snippet, about = snippet_of(place, spotted), spotted.about
    fields = {
        "title": place.called(snippet) if snippet else "",
        "where": _paragraphs(place, snippet) if snippet else "",
        "question": _follow_up(place, running, about) if spotted.kind == "wake" else "",
        "minutes": about,
        "share": about,
        "prompt": shorten(name_of(place, running), PROMPT_LIMIT),
    }
    return {name: " ".join(text.split()) for name, text in fields.items()}


def _follow_up(place: Place, running: Round, about: str) -> str:
    """Return the prompt's further question of that number, or nothing."""
    prompt = place.pack.prompt(running.prompt_slug)
    if prompt is None or not about or int(about) >= len(prompt.follow_ups):
        return ""
    return question_in(prompt.follow_ups[int(about)], place.language)


def _paragraphs(place: Place, snippet: Snippet) -> str:
    """Return where the snippet stands, such as 第12段: the first paragraph that it rests on."""
    if not snippet.paragraphs:
        return ""
    return place.plain("offer.where", number=snippet.paragraphs[0])
