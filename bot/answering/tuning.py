"""Every number of the engine and where it comes from: a fit (`make fit`), or a choice with its reason."""

# --- Finding (index.py). Chosen on public texts (DRCD, CMRC) as packs: docs/measurements.md.
FIELDS = {"title": 3.0, "keywords": 3.0, "aliases": 2.0, "text": 1.0, "gloss": 1.0}
K1, B = 1.2, 0.75  # the usual ones: others gain nothing
SOUND_WEIGHT = 0.6  # of a pair known only by its sound
MOST_READ = 6_000  # entries in the lists of one question's terms: what 10,000 snippets may cost
LOOKED_AT = 10  # candidates that are looked at closely: the right one is hardly ever behind them
NAME_SCORE = 2.4  # of a name's weight
FAVOUR_SCORE = 0.5  # of the highest score, for what the question before was about
TRANSLATED_WEIGHT = 0.2  # of what an English word is called in Chinese

# --- Looking closely (features.py).
TELLING = 4.0  # rarity from which a word tells what is asked
COVERED = 0.5  # share of a word from which a snippet knows it
PARTS = 0.7  # what a word's pairs of characters stand for, or the sounds of them
CHOICE = (10.0, 5.0, 1.0, 1.0, 0.3, 2.0, 0.5, 5.0, 1.0, 1.0, 1.0, 2.0, 4.0, 0.0)
CERTAINTY = (1.0, 0.5, 0.0, 1.0, 1.0, 0.5, 2.0, 0.5, 0.5, 0.3, 1.0, -0.2, 0.1, -0.3, -0.2, -1.0, 0.5, 0.0)
CERTAINTY_BASE = -4.0
