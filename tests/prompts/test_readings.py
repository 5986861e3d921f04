"""What each reading that comes with its text keeps: complete, cited, two-sided, asked and declined."""

import re
from collections import Counter
from pathlib import Path

import pytest

from bot.answering.engine import Engine
from bot.cli.shared import all_packs
from bot.pack.checks.check_pack import check_pack
from bot.pack.load import load_pack
from bot.pack.model import PHASES, Pack
from bot.pack.topics import question_in
from bot.text.folding import fold

PROMPTS = Path(__file__).parents[2] / "prompts"
READINGS = [pack for pack in map(load_pack, all_packs(PROMPTS)) if pack.paragraphs]
ANSWERED, DECLINED = 0.85, 0.9  # what the engine reaches on the weakest: the aliases are few by intention

MOST_ADVICE = 3

reading = pytest.mark.parametrize("pack", READINGS, ids=lambda pack: pack.slug)


def test_there_is_one_in_english_and_two_in_chinese() -> None:
    assert Counter(pack.language for pack in READINGS) == {"zh-Hant": 2, "en": 1}


@reading
def test_its_text_may_be_passed_on(pack: Pack) -> None:
    assert "CC BY 4.0" in pack.licence


@reading
def test_there_is_hardly_anything_to_advise(pack: Pack) -> None:
    assert len(check_pack(PROMPTS / pack.slug)) <= MOST_ADVICE


@reading
def test_every_paragraph_is_covered_and_every_snippet_finished(pack: Pack) -> None:
    assert {n for snippet in pack.snippets for n in snippet.paragraphs} == set(
        range(1, pack.paragraph_count + 1)
    )
    assert not [snippet.slug for snippet in pack.snippets if snippet.draft or not snippet.related]


@reading
def test_every_figure_of_a_snippet_stands_in_the_reading(pack: Pack) -> None:
    """A year by which a snippet explains an old reckoning (西元 … 年) is the pack's own."""
    text = re.sub(r"(?<=\d),(?=\d)", "", " ".join(pack.paragraphs))
    for snippet in pack.snippets:
        for figure in re.findall(r"\d+", re.sub(r"西元.*?年。|(?<=\d),(?=\d)", "", snippet.text)):
            assert figure in text, (snippet.slug, figure)


@reading
def test_whose_view_it_is_stands_in_the_snippet(pack: Pack) -> None:
    for snippet in pack.snippets:
        assert snippet.speaker in snippet.text


@reading
def test_prompts_lead_through_all_phases_with_evidence_on_both_sides(pack: Pack) -> None:
    assert {prompt.phase for prompt in pack.prompts} == set(PHASES)
    for prompt in pack.prompts:
        assert prompt.evidence_for
        assert prompt.evidence_against
        assert not set(prompt.evidence_for) & set(prompt.evidence_against)
        assert len(prompt.follow_ups) == 2
        assert all(question_in(question, "en") for question in prompt.follow_ups)


@reading
def test_every_snippet_is_asked_for_and_some_questions_are_declined(pack: Pack) -> None:
    asked = {slug for golden in pack.golden for slug in golden.slugs}
    assert asked == set(pack.by_slug)
    assert sum(not golden.slugs for golden in pack.golden) >= 10
    aliases = {fold(alias) for snippet in pack.snippets for alias in snippet.aliases}
    spoken = [g.question for g in pack.golden if g.slugs and fold(g.question) in aliases]
    assert len(spoken) <= len(pack.golden) // 8  # else they only measure that the pack repeats itself


@reading
def test_the_engine_answers_its_golden_questions_and_declines_the_others(pack: Pack) -> None:
    engine = Engine(pack)
    right = Counter((bool(g.slugs), g.met_by(engine.answer(g.question))) for g in pack.golden)
    assert right[True, True] >= ANSWERED * (right[True, True] + right[True, False])
    assert right[False, True] >= DECLINED * (right[False, True] + right[False, False])
