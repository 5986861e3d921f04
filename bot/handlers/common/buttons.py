"""Buttons: what is written on their backs (`verb:argument:…`), and how it is read again, never trusted."""

from hashlib import blake2s

from telegram import InlineKeyboardButton

from bot.context import Context, Localized, Refusal
from bot.pack.model import Pack, Prompt, Snippet
from bot.seminar.records import Round

DATA_LIMIT = 64  # bytes, Telegram's
LONGEST_ID = 15  # digits
LABEL_LIMIT = 40  # more is cut off on a phone


def button(label: str, verb: str, *arguments: object) -> InlineKeyboardButton:
    """Return a button that comes back as `verb:argument:…`."""
    data = ":".join([verb, *map(str, arguments)])
    if len(data.encode()) > DATA_LIMIT:
        raise ValueError(f"callback data over {DATA_LIMIT} bytes: {data}")
    return InlineKeyboardButton(label, callback_data=data)


def labelled(where: Localized, phrase: str, verb: str, *arguments: object) -> InlineKeyboardButton:
    """Return such a button with a phrase of ours as its label."""
    return button(where.plain(phrase), verb, *arguments)


def arguments(context: Context, count: int) -> list[str]:
    """Return what stands behind the verb.

    Raises:
        Refusal: there are not `count` of them; somebody's own client made them up.
    """
    found = ((context.query and context.query.data) or "").split(":")[1:]
    if len(found) != count:
        raise Refusal("toast.stale")
    return found


def numbers(context: Context, count: int) -> list[int]:
    """Return what stands behind the verb as numbers, none negative.

    Raises:
        Refusal: they are not `count` plain numbers.
    """
    return [number(text) for text in arguments(context, count)]


def number(text: str) -> int:
    """Return one argument as a number that is not negative.

    Raises:
        Refusal: it is no plain number, or longer than any of ours.
    """
    if not _is_number(text):
        raise Refusal("toast.stale")
    return int(text)


def number_or_zero(text: str) -> int:
    """Return such a number; 0, which none of ours is, for anything else that a link may carry."""
    return int(text) if _is_number(text) else 0


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= LONGEST_ID


def tag(pack: Pack, slug: str) -> str:
    """Return twelve letters that stand for a snippet or prompt of a pack: slugs may be long, or Chinese."""
    return blake2s(f"{pack.slug}/{slug}".encode(), digest_size=6).hexdigest()


def tagged_snippet(context: Context, wanted: str) -> tuple[Pack, Snippet]:
    """Return the snippet that the tag stands for, with its pack.

    Raises:
        Refusal: no pack has it (any more).
    """
    for pack in context.services.library.packs.values():
        for snippet in pack.snippets:
            if tag(pack, snippet.slug) == wanted and not snippet.draft:
                return pack, snippet
    raise Refusal("toast.stale")


def tagged_prompt(context: Context, wanted: str) -> Prompt:
    """Return the prompt of this seminar's pack that the tag stands for.

    Raises:
        Refusal: the pack does not have it (any more), or the seminar reads another one now.
    """
    for prompt in context.pack.prompts:
        if tag(context.pack, prompt.slug) == wanted:
            return prompt
    raise Refusal("toast.stale")


def pressed_round(context: Context) -> Round:
    """Return the round that a button is about and nothing else, open or closed.

    Raises:
        Refusal: it is not one of this seminar.
    """
    return round_here(context, *numbers(context, 1))


def round_here(context: Context, round_id: int) -> Round:
    """Return the round of that number, open or closed.

    Raises:
        Refusal: it is not one of this seminar: a button works only where it was posted.
    """
    found = context.store.rounds.by_id(round_id)
    if found is None or found.seminar_id != context.group_seminar.id:
        raise Refusal("toast.stale")
    return found


def pager(context: Context, page: int, pages: int, *verb: object) -> list[InlineKeyboardButton]:
    """Return the buttons to the page before and after, where there are such; `verb` takes the page last."""
    first, *rest = map(str, verb)
    turns = [("button.previous", page - 1), ("button.next", page + 1)]
    return [
        button(context.plain(label), first, *rest, number) for label, number in turns if 0 <= number < pages
    ]
