"""Every number of the engine and where it comes from: a fit (`make fit`), or a choice with its reason."""

# --- Finding (index.py). Chosen on public texts (DRCD, CMRC) as packs: docs/measurements.md.
FIELDS = {"title": 3.0, "keywords": 3.0, "aliases": 2.0, "text": 1.0, "gloss": 1.0, "reading": 0.2}
K1, B = 1.2, 0.75  # the usual ones: others gain nothing
SOUND_WEIGHT = 0.6  # of a pair known only by its sound
LATIN_SHORTEST, LATIN_CUTOFF = 5, 0.79  # a Latin word of five letters may have one slip
MOST_READ = 6_000  # entries in the lists of one question's terms: what 10,000 snippets may cost
LOOKED_AT = 10  # candidates that are looked at closely: the right one is hardly ever behind them
TRANSLATED_WEIGHT = 0.2  # of what an English word is called in Chinese

# --- Looking closely (features.py).
TELLING = 4.0  # rarity from which a word tells what is asked
MOST_PARAGRAPHS = 3  # that a snippet may rest on for their words to be its own
MOST_UNITS = 8  # of a longer question's words no more count against it
MOSTLY = 0.6  # share of a question's weight in unheard words from which it is about something else
SHORT_QUESTION, PARTLY = 3, 0.35  # words; of a short question without a name so large a share is enough
COVERED = 0.5  # share of a word from which a snippet knows it
PARTS = 0.7  # what a word's pairs of characters stand for, or the sounds of them
CHOICE = (7.0, 1.0, 0.3, 1.0, 4.0, 0.3, 1.5, 1.7)
# The line (line.py): shares of what no pack answers that stay below, and how far a pack's line follows.
STAYS_BELOW = {"offtopic": 0.90, "other_readings": 0.90}
LOWEST_LINE, LOWEST_ENGLISH = -1.2, -2.5  # of a small pack: it must not answer just anything
LINE_SHARE, LINE_BASE = 0.8, -0.4  # on public texts: 5% of their own refused, 8% of others answered
ENGLISH_BASE = -1.4  # English words are known or not, with nothing in between: own questions reach less
CERTAINTY = (1.42, 1.11, 1.0, 1.82, 0.02, -0.41, -2.17, -1.5, -0.11, 0.55)
CERTAINTY_BASE = -3.11

# --- Stages (stages/). Choices, made on dialogues and wordings of our own; `make ablate` looks at each stage.
REMEMBERED = 256  # questions ranked: a class asks the same ones, and follow-ups rank the one before again
MOST_TURNS = 3  # how far back an earlier question is understood
MOST_SUGGESTIONS = 4  # buttons; more are not read
SURE_NAME = 0.85  # likeness from which a name is surely meant: the same sound, one letter wrong
SUGGEST = 0.2  # confidence from which an answer in doubt asks back instead of refusing
CLOSE = 0.9  # of the best score, that a second must reach to make an answer in doubt a choice
MOST_CHARACTERS = 680  # of the texts of one answer: what a phone shows at once
SECOND_COVERS = 4.0  # weight of the words that only a second snippet knows, from which it is shown too
SECOND_SCORE = 0.5  # of the best score, that it must reach
OTHER_SIDE = 0.25  # of the best score, that what tells the other side must reach when both are asked
BARE = 3.0  # weight of words beside names, up to which a question is no more than its names
SHORT = 3  # content words; a longer question stands on its own
BESIDE_ABSENT = 4.0  # weight of the words beside what is not told, from which something else is asked
OVERVIEW = 0.8  # share of the paragraphs from which a snippet is about the whole text
