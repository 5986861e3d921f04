"""The rules that the first reading's content keeps, whoever edits it next."""

import re
from collections import Counter
from pathlib import Path

import pytest

from bot.pack.load import load_pack
from bot.pack.model import BAR, PHASES, Pack, Prompt, Snippet
from bot.pack.topics import question_in
from bot.text.folding import to_simplified

PACKS = Path(__file__).parents[2] / "prompts"
OVERVIEW = 320  # characters at most for a snippet that spans many paragraphs
HAN = re.compile(r"[\u3400-\u9fff]")
PACK = load_pack(PACKS / "ai-film")

# What the class may ask and where it must be found: (words that one snippet has all of, its paragraph).
FACTS = [
    (1, ("2025年11月", "上海", "大光明電影院", "7部"), 1),
    (2, ("即夢AI青年導演合作計劃",), 2),
    (3, ("實驗室", "主流影院"), 1),
    (4, ("《珍貴的髒》", "臟", "物理動畫師", "細節"), 1),
    (5, ("《老媽的心願》", "表演捕捉者"), 1),
    (6, ("《海豚的故事》", "美術與制景團隊"), 1),
    (7, ("《大夢》", "剪輯預演者", "多重時空"), 2),
    (8, ("《河水東流又往西》", "時空調度師"), 1),
    (9, ("《東方既白》", "美術指導", "燈光師", "東方美學"), 2),
    (10, ("《畬戰》", "動作設計", "特效團隊"), 1),
    (
        11,
        ("珍貴的髒", "老媽的心願", "海豚的故事", "大夢", "河水東流又往西", "東方既白", "畬戰", "表演捕捉者"),
        1,
    ),
    (12, ("《潛入夢海》", "5000元", "五千元", "一週", "上海國際電影節", "大片"), 2),
    (13, ("火山引擎", "字節跳動", "《賣身契》", "商業價值"), 2),
    (14, ("《此心安處》", "好萊塢", "60年", "生成式AI"), 3),
    (15, ("《觀看天空》", "瑞典", "唇形", "英語配音", "毫秒"), 3),
    (16, ("Seedream4.0", "豆包", "形象不一致"), 5),
    (17, ("Adobe Premiere Pro", "情感剪輯", "資深剪輯師", "79%"), 5),
    (18, ("《傳說》", "AI成龍", "情緒深度"), 5),
    (19, ("批量生成", "劇本", "宣傳片", "套路化"), 5),
    (20, ("鏡頭運動", "角色表演", "篩選", "打磨"), 5),
    (21, ("劉姝銘", "技術突破與短板並存"), 5),
    (21, ("深度融入", "全流程"), 4),
    (22, ("劉姝銘", "教授", "天津美術學院", "科技藝術系"), 4),
    (23, ("車傳鋒", "天津工業大學", "傳媒藝術系", "高級實驗師"), 7),
    (24, ("劉姝銘", "車傳鋒", "共識"), 5),
    (24, ("劉姝銘", "車傳鋒", "異："), 9),
    (25, ("默片", "數字特效", "生成式AI", "敘事語言"), 6),
    (26, ("車傳鋒", "情感計算", "仿真符號"), 7),
    (27, ("分鏡", "場景生成", "特效合成", "劇本構思", "角色塑造", "創意環節"), 8),
    (28, ("創作經驗", "限制", "效率"), 8),
    (29, ("線性因果", "審美經驗", "審美輸出"), 8),
    (30, ("車傳鋒", "系統性的失真", "人文深度"), 9),
    (31, ("主體性危機", "失真", "邏輯"), 9),
    (32, ("符號拼貼", "重組", "生命體驗", "情感投射"), 9),
    (33, ("距離感", "機器"), 9),
    (34, ("視覺疲勞", "全身心投入", "不真實"), 9),
    (35, ("製作週期", "成本", "中小團隊", "出圈"), 10),
    (36, ("智能排片", "票房預測", "決策"), 10),
    (37, ("影視基地", "文旅", "實體場景", "大型設備"), 10),
    (38, ("版權歸屬", "爭議", "合規"), 10),
    (39, ("配音", "基礎剪輯", "減少"), 11),
    (40, ("複合型人才", "藝術素養", "提示詞設計", "模型訓練"), 11),
    (41, ("機位", "精準指令"), 11),
    (42, ("核心價值", "人性的洞察", "藝術表達"), 11),
    (43, ("《人工智能生成合成內容標識辦法》", "顯式標識", "元數據水印"), 14),
    (44, ("訓練數據", "侵權", "實質性差異"), 14),
    (45, ("虛假信息", "公序良俗", "史實"), 14),
    (46, ("AI協作導演", "提示詞", "多工具", "判斷力"), 14),
    (47, ("持續學習", "跨區域法規"), 14),
    (48, ("塔可夫斯基", "Andrei Tarkovsky", "俄羅斯", "雕刻時光", "長鏡頭", "自然光"), 12),
    (49, ("鄉愁", "信仰", "存在", "生命經驗", "歷史", "文化", "地域"), 12),
    (50, ("塔可夫斯基", "效仿", "臨摹"), 12),
    (51, ("《鄉愁》", "光影", "時間", "情緒", "靜默"), 12),
    (52, ("哲學注入", "風格復刻", "創作模式"), 12),
    (53, ("肯特里奇", "William Kentridge", "南非", "同一張紙", "炭筆", "錄像機"), 13),
    (54, ("痕", "記憶與歷史消逝", "手工溫度"), 13),
    (55, ("炭筆質感", "猶豫", "思考"), 13),
    (56, ("政治學", "南非", "種族隔離", "創傷"), 13),
    (57, ("XR", "擴展現實", "過渡"), 15),
    (58, ("Marble", "大理石", "李飛飛", "斯坦福", "世界模型", "空間智能"), 16),
    (59, ("Marble", "三維空間", "VR", "建築可視化", "機器人訓練", "物理世界"), 16),
    (60, ("虛擬場景", "數字角色", "動態光影", "週期", "成本"), 17),
    (61, ("所見即所得", "文本", "動作捕捉", "綠幕"), 17),
    (62, ("沉浸式敘事", "被動", "參與者", "分支", "千人千面"), 17),
    (62, ("千人千面", "懸疑", "線索"), 17),
    (63, ("虛擬演唱會", "文旅演出", "教育培訓", "AI影視主題樂園"), 17),
    (64, ("內容生產", "體驗服務", "元宇宙"), 17),
    (65, ("原生AI動畫", "核心創作主體", "渲染"), 18),
    (66, ("分鏡", "角色模板", "環保主題", "水墨", "科幻"), 18),
    (67, ("動態生長", "反饋", "兒童教育動畫", "分支"), 18),
    (68, ("門檻", "非專業", "遊戲", "元宇宙"), 19),
    (69, ("人工主導", "人機共創"), 19),
    (69, ("人文之心", "人機共舞"), 20),
    (70, ("創意環節", "效率", "人機共創", "系統性的失真", "符號拼貼", "生命體驗", "手工溫度"), 9),
    (71, ("沒有給「溫度」下定義", "手工溫度", "生命體驗"), 13),
    (72, ("轉載", "來源", "作者"), 20),
    (72, ("版權", "分享", "刪除"), 20),
    (72, ("AI電影登上大銀幕", "影視工業", "商業模式"), 10),
]


def words_of(snippet: Snippet) -> str:
    return f"{snippet.title}\n{snippet.text}"


@pytest.mark.parametrize(("number", "words", "paragraph"), FACTS)
def test_every_fact_is_told_by_one_snippet_that_cites_its_paragraph(
    number: int, words: tuple[str, ...], paragraph: int
) -> None:
    tellers = [snippet for snippet in PACK.snippets if all(word in words_of(snippet) for word in words)]
    assert tellers, f"fact {number}: no snippet has {words}"
    assert any(paragraph in snippet.paragraphs for snippet in tellers), (
        f"fact {number}: P{paragraph} not cited"
    )


def test_no_fact_of_the_checklist_is_left_out() -> None:
    assert {number for number, _, _ in FACTS} == set(range(1, 73))


def test_there_are_at_least_eighty_snippets_and_none_is_a_draft() -> None:
    assert len(PACK.snippets) >= 80
    assert not [snippet.slug for snippet in PACK.snippets if snippet.draft]


@pytest.mark.parametrize("snippet", PACK.snippets, ids=lambda snippet: snippet.slug)
def test_a_snippet_is_short_cited_and_findable(snippet: Snippet) -> None:
    assert 40 <= len(HAN.findall(snippet.text)) <= 220
    assert len(snippet.text) <= OVERVIEW
    assert snippet.paragraphs
    assert snippet.related
    assert snippet.slug not in snippet.related
    assert len(snippet.keywords) >= 3
    assert len(snippet.aliases) >= 5
    assert re.search(r"[A-Za-z]{3,} [A-Za-z]{2,}", snippet.gloss), "an English sentence is missing"


@pytest.mark.parametrize("snippet", PACK.snippets, ids=lambda snippet: snippet.slug)
def test_a_view_names_its_speaker_in_the_text(snippet: Snippet) -> None:
    if snippet.speaker:
        assert snippet.speaker in snippet.text


def test_no_two_snippets_share_an_alias() -> None:
    said = Counter(to_simplified(alias).lower() for snippet in PACK.snippets for alias in snippet.aliases)
    assert not [alias for alias, times in said.items() if times > 1]


def test_every_short_and_every_person_declares_what_the_reading_does_not_give() -> None:
    shorts = [snippet for snippet in PACK.snippets if snippet.title.startswith("《")]
    assert len(shorts) >= 10
    for snippet in shorts:
        if snippet.slug != "nostalghia":
            assert "導演" in snippet.absent, snippet.slug
    for slug in ("liu-shuming", "che-chuanfeng"):
        assert {"生日", "幾歲", "聯絡方式", "學歷"} <= set(PACK.by_slug[slug].absent)


def test_no_declared_absence_is_told_by_the_same_snippet() -> None:
    """A snippet that says 文章沒有提到X may name X; any other mention contradicts its declaration."""
    for snippet in PACK.snippets:
        told = re.sub(r"[^。；，]*(?:沒有提到|沒有寫|沒有給|沒有答案)[^。]*。", "", snippet.text)
        for attribute in ("片長", "票房", "生日", "年齡", "導演", "主角", "多少錢"):
            if attribute in snippet.absent and attribute in told:
                pytest.fail(f"{snippet.slug} declares that {attribute} is not given, and speaks of it")


def test_there_are_at_least_thirty_two_prompts_over_all_phases() -> None:
    assert len(PACK.prompts) >= 32
    assert all(count >= 4 for count in Counter(prompt.phase for prompt in PACK.prompts).values())
    assert {prompt.phase for prompt in PACK.prompts} == set(PHASES)


@pytest.mark.parametrize("prompt", PACK.prompts, ids=lambda prompt: prompt.slug)
def test_a_prompt_has_evidence_on_both_sides_follow_ups_and_time(prompt: Prompt) -> None:
    assert prompt.evidence_for
    assert prompt.evidence_against
    assert 2 <= len(prompt.follow_ups) <= 3
    for question in prompt.follow_ups:
        chinese, _, english = question.partition(BAR)
        assert (chinese[-1], english[-1]) == ("？", "?")
        assert question_in(question, "en") == english
    assert 5 <= prompt.minutes <= 15
    assert 15 <= len(HAN.findall(prompt.text)) <= 120


def test_the_golden_questions_cover_the_pack_and_what_it_must_decline() -> None:
    answered = [golden for golden in PACK.golden if golden.slugs]
    assert len(answered) >= 170
    assert len(PACK.golden) - len(answered) >= 40
    assert len({golden.question for golden in PACK.golden}) == len(PACK.golden)
    asked_for = {slug for golden in answered for slug in golden.slugs}
    assert len(asked_for) >= 80


def test_no_golden_question_is_word_for_word_an_alias() -> None:
    """Otherwise the golden questions would only measure that the pack repeats itself."""
    aliases = {to_simplified(alias) for snippet in PACK.snippets for alias in snippet.aliases}
    assert not [golden.question for golden in PACK.golden if to_simplified(golden.question) in aliases]


def test_the_sections_cover_every_paragraph_once() -> None:
    covered = [number for section in PACK.sections for number in range(section.first, section.last + 1)]
    assert covered == list(range(1, PACK.paragraph_count + 1))


def write_examples(folder: Path) -> Pack:
    """Write the files that the teachers' page shows into the folder and load them."""
    page = (PACKS.parent / "docs" / "packs.md").read_text(encoding="utf-8")
    for name, content in re.findall(r"`(\w+\.md)`\n\n```markdown\n(.*?)```", page, re.DOTALL):
        (folder / name).write_text(content, encoding="utf-8")
    return load_pack(folder)


def test_the_example_on_the_teachers_page_is_a_pack_that_loads(tmp_path: Path) -> None:
    folder = tmp_path / "bei-ying"
    folder.mkdir()
    pack = write_examples(folder)
    assert [snippet.slug for snippet in pack.snippets] == ["oranges", "tears"]
    assert pack.snippets[0].absent == ("橘子多少錢", "車站名稱")
    assert pack.snippets[1].speaker == "朱自清"
    assert len(pack.prompts[0].follow_ups) == 2
    assert [golden.slugs for golden in pack.golden] == [
        ("oranges",),
        ("tears", "oranges"),
        ("oranges", "tears"),
        (),
    ]
