from pathlib import Path

from bot.cli.pack_places import all_packs
from bot.pack.load import load_pack
from bot.pack.model import Pack, Section, Snippet
from bot.pack.topics import topics

PROMPTS = Path(__file__).resolve().parents[2] / "prompts"


def test_topics_stand_under_the_section_of_their_first_paragraph() -> None:
    pack = Pack(
        *("x", "題", "", "", "", 3),
        sections=(Section("開頭", 1, 1), Section("後來", 2, 3)),
        snippets=(
            Snippet("b", "乙", "文", paragraphs=(2, 1)),
            Snippet("a", "甲", "文", paragraphs=(1, 3)),
            Snippet("c", "丙", "", draft=True),
        ),
    )
    assert list(topics(pack)) == [
        "P1 開頭（1）",
        "  甲　{#a}　P1、P3",
        "P2-P3 後來（1）",
        "  乙　{#b}　P2、P1",
        "其他 / others（1）",
        "  丙　{#c}　－　草稿 / draft",
    ]


def test_every_snippet_of_our_packs_is_listed_once() -> None:
    for folder in all_packs(PROMPTS):
        pack = load_pack(folder)
        lines = list(topics(pack))
        assert [sum(f"{{#{item.slug}}}" in line for line in lines) for item in pack.snippets] == [1] * len(
            pack.snippets
        )
