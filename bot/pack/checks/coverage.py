"""Checks of what is left out: paragraphs, golden questions, evidence, drafts, the pack's own particulars."""

import re
from collections import Counter
from collections.abc import Iterator

from bot.pack.checks.findings import PackFinding, Subject, advice, error
from bot.pack.key_lines import PACK_KEYS
from bot.pack.reading_file import MARK

SNIPPETS, PROMPTS, GOLDEN = "snippets.md", "discussion.md", "golden.md"


def uncovered_paragraphs(subject: Subject) -> Iterator[PackFinding]:
    """Find paragraphs of the reading that no snippet rests on (drafts count: they will be written)."""
    covered = {number for snippet in subject.pack.snippets for number in snippet.paragraphs}
    missing = [number for number in range(1, subject.pack.paragraph_count + 1) if number not in covered]
    if missing:
        told = "、".join(f"P{number}" for number in missing)
        yield advice(
            "uncovered-paragraph",
            SNIPPETS,
            0,
            f"沒有摘解談到 {told} / no snippet rests on these paragraphs",
            "各寫一則，或把段落加進相關摘解的「出處」 / write one, or add them to a source",
        )


def sourceless(subject: Subject) -> Iterator[PackFinding]:
    """Find snippets that do not say where in the reading they come from."""
    for snippet in subject.written:
        if not snippet.paragraphs:
            yield advice(
                "no-source",
                SNIPPETS,
                snippet.line,
                f"「{snippet.title}」沒有出處 / has no source",
                "加一行「出處：P3」 / add a line “Source: P3”",
            )


def unreached_snippets(subject: Subject) -> Iterator[PackFinding]:
    """Find snippets that no golden question asks for."""
    asked = {slug for item in subject.pack.golden for slug in item.slugs}
    for snippet in subject.written:
        if snippet.slug not in asked:
            yield advice(
                "no-golden",
                SNIPPETS,
                snippet.line,
                f"測試題裡沒有問到「{snippet.title}」 / no golden question asks for it",
                f"在 golden.md 加一行「- 學生會怎麼問 -> {snippet.slug}」 / add one to golden.md",
            )


def golden_twice(subject: Subject) -> Iterator[PackFinding]:
    """Find golden questions that stand there twice, and those that only a draft could answer."""
    first: dict[str, int] = {}
    drafts = {snippet.slug for snippet in subject.pack.snippets if snippet.draft}
    for item in subject.pack.golden:
        line = first.setdefault("".join(item.question.split()), item.line)  # other spellings test more
        if line != item.line:
            yield advice(
                "golden-twice",
                GOLDEN,
                item.line,
                f"「{item.question}」和第 {line} 行重複 / the same question as on line {line}",
                "刪掉一題，或合成「-> 甲 | 乙」 / remove one, or join the answers with |",
            )
        if item.slugs and drafts.issuperset(item.slugs):
            yield advice(
                "golden-draft",
                GOLDEN,
                item.line,
                f"「{item.question}」要的摘解還是草稿 / its snippet is still a draft",
                "寫完那一則並刪掉「狀態：草稿」 / write that snippet and remove its status line",
            )


def one_sided_prompts(subject: Subject) -> Iterator[PackFinding]:
    """Find prompts with evidence on one side only, the same on both, or none where a stance is asked."""
    for prompt in subject.pack.prompts:
        pro, con = set(prompt.evidence_for), set(prompt.evidence_against)
        if bool(pro) != bool(con):
            side = "反方" if pro else "正方"
            message, mend = (
                f"「{prompt.title}」只有一邊有證據 / evidence on one side only",
                f"補一行「{side}：摘解代號」",
            )
        elif pro and (pro <= con or con <= pro):
            both = "、".join(sorted(pro & con))
            message, mend = (
                f"「{prompt.title}」兩邊用同一則證據 {both} / the same on both sides",
                "換成各自最強的證據",
            )
        elif prompt.phase in {"立場", "交鋒"} and not pro:
            message, mend = (
                f"「{prompt.title}」沒有證據 / has no evidence",
                "補「正方：」和「反方：」，寫摘解代號",
            )
        else:
            continue
        yield advice("one-sided", PROMPTS, prompt.line, message, f"{mend} / name snippets for both sides")


def draft_evidence(subject: Subject) -> Iterator[PackFinding]:
    """Find prompts whose evidence is a snippet that is still a draft."""
    drafts = {snippet.slug for snippet in subject.pack.snippets if snippet.draft}
    for prompt in subject.pack.prompts:
        for slug in (*prompt.evidence_for, *prompt.evidence_against):
            if slug in drafts:
                yield advice(
                    "draft-evidence",
                    PROMPTS,
                    subject.line_of(PROMPTS, prompt.line, slug),
                    f"證據「{slug}」還是草稿 / this evidence is still a draft",
                    "先寫完那一則摘解 / write that snippet first",
                )


def drafts_left(subject: Subject) -> Iterator[PackFinding]:
    """Tell how many snippets are still to be written."""
    drafts = [snippet for snippet in subject.pack.snippets if snippet.draft]
    if drafts:
        yield advice(
            "drafts",
            SNIPPETS,
            drafts[0].line,
            f"還有 {len(drafts)} 則草稿沒寫，不會拿來回答 / {len(drafts)} drafts left, not answered from",
            "寫好內文後刪掉「狀態：草稿」；不需要的整則刪掉 / write them, or remove them",
        )


def out_of_step(subject: Subject) -> Iterator[PackFinding]:
    """Tell that a reading which is not included has other paragraphs than the sources name."""
    lines = subject.files.get("reading.md", "").splitlines()
    marks = [int(match[1]) for line in lines if (match := MARK.match(line))]
    if marks and not subject.pack.paragraphs and marks != [*range(1, subject.pack.paragraph_count + 1)]:
        yield advice(
            "reading-renumber",
            "reading.md",
            0,
            "段落的編號和 pack.md、出處對不上 / its paragraphs are not those that the sources name",
            "刪了段落就執行 wendu pack renumber / after removing one, run wendu pack renumber",
        )


def nothing_written(subject: Subject) -> Iterator[PackFinding]:
    """Tell that no question can be answered: there is no snippet, or all are drafts."""
    if not subject.written:
        yield advice(
            "nothing-written",
            SNIPPETS,
            0,
            "沒有一則寫好的摘解，什麼都不會回答 / no snippet is finished: nothing will be answered",
            "先寫好一則，刪掉它的「狀態：草稿」 / finish one and remove its line “Status: draft”",
        )


def glossless(subject: Subject) -> Iterator[PackFinding]:
    """Tell how many snippets cannot be shown to who asks in English, unless the pack is in English."""
    if subject.pack.language.lower().startswith("en"):
        return
    bare = [snippet for snippet in subject.written if not snippet.gloss]
    if bare:
        yield advice(
            "no-gloss",
            SNIPPETS,
            bare[0].line,
            f"{len(bare)} 則摘解沒有英文一句話 / {len(bare)} snippets have no English gloss",
            "加一行「English: …」 / add a line “English: …”",
        )


def particulars(subject: Subject) -> Iterator[PackFinding]:
    """Find what pack.md does not say yet; a reading may be included only under a licence that is named."""
    pack = subject.pack
    given = {"author": pack.author, "source": pack.source, "licence": pack.licence}
    for name, value in given.items():
        key = PACK_KEYS[name][0]
        if value and not re.match(r"[（(](?:請|请|please)", value):
            continue
        lines = (subject.line_of("pack.md", 1, value or f"{spelled}：") for spelled in PACK_KEYS[name])
        line = next((line for line in lines if line > 1), 1)
        if key == "授權" and pack.paragraphs:
            message = "收錄了全文，但沒有寫授權 / the full text is included without a licence"
            yield error(
                "no-licence",
                "pack.md",
                line,
                message,
                "寫明授權，或改成「全文：不收錄」 / name it, or leave it out",
            )
        else:
            message = f"還沒有寫{key} / not filled in yet"
            yield advice("particulars", "pack.md", line, message, f"寫成「{key}：…」 / fill in this line")


def few_refusals(subject: Subject) -> Iterator[PackFinding]:
    """Advise to test refusing too: a pack that answers everything looks perfect otherwise."""
    kinds = Counter(bool(item.slugs) for item in subject.pack.golden)
    if kinds[True] and not kinds[False]:
        message = "測試題裡沒有「-> 無」的題目 / no golden question that must not be answered"
        yield advice(
            "no-refusal", GOLDEN, 0, message, "加幾題讀物沒談的問題，寫「-> 無」 / add some off-topic ones"
        )
