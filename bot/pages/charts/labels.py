"""The words on charts, in one language. Callers make them from `bot/locales/pages/`."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Labels:
    """Phrases with {fields}. A phrase in two forms, "{n} person|{n} people", has the singular first."""

    steps: tuple[str, str, str, str, str]  # strongly disagrees … strongly agrees
    people: str  # {n}
    remarks: str  # {n}
    times: str  # {n}
    replies: str  # {n}
    before: str
    after: str
    mean: str  # {value}
    others: str  # {n}
    shown: str  # {shown} {total}
    gini: str
    gini_note: str
    average: str  # {value} remarks a person
    more_agreeing: str
    more_disagreeing: str
    same: str
    moved: str  # {n} {total}
    minute: str  # {n}
    hour: str  # {n}
    day: str  # {n}
    per: str  # {span}: one bar is …
    touched: str  # {n} {total}
    untouched: str
    touched_key: str
    network_key: str
    unnumbered: str  # {n}: lines without a number
    nobody_spoke: str
    nobody_chose: str
    nobody_replied: str
    no_words: str
    no_evidence: str
    nameless: str  # for a name of which the font can draw nothing
    round_column: str
    moment_column: str
    person_column: str
    remarks_column: str
    time_column: str
    phase_column: str
    from_column: str
    to_column: str
    replies_column: str
    word_column: str
    times_column: str
    evidence_column: str
    group_column: str
    mean_column: str
    people_column: str


def counted(phrase: str, n: int) -> str:
    """Return the phrase with its number, in the singular where the language has one."""
    one, _, many = phrase.partition("|")
    return (one if n == 1 or not many else many).format(n=f"{n:,}")
