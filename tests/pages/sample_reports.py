"""Reports to render in tests: an ordinary class, and one that means harm."""

from dataclasses import replace
from typing import cast

from bot.pages.charts.cloud import WordCloud
from bot.pages.charts.evidence import EvidenceChart
from bot.pages.charts.network import ReplyNetwork
from bot.pages.charts.participation import ParticipationChart
from bot.pages.charts.stances import MovementChart, StanceChart
from bot.pages.charts.timeline import TimelineChart
from bot.pages.report.html import Excerpt, Facilitation, Figure, QuestionCount, Report, RoundNumbers
from tests.pages.samples import EXTREME, ODD, ORDINARY

ALL_ODD = " ".join((*ODD, "<!-- head -->", "{{ 7 * 7 }}", "</style>"))
FULL = Report(
    title="AI 應否獲准用於畢業論文？",
    reading="AI電影：代碼編織的技術之網，能否承載人文的溫度？",
    held="2025 年 11 月 22 日・60 分鐘",
    figures=(Figure("12", "人發言"), Figure("151", "則發言"), Figure("0.40", "Gini 係數")),
    rounds=(
        RoundNumbers("第 1 輪", "AI 可用於文獻搜尋", 12, 80, 25, 0.41, "3.7", "4.2", 9),
        RoundNumbers("第 2 輪", "AI 可代寫初稿", 10, 71, 20, 0.36, "2.2", "2.3", 4),
    ),
    stances=cast("StanceChart", ORDINARY["stances"]),
    moves=(cast("MovementChart", ORDINARY["moves"]),),
    participation=cast("ParticipationChart", ORDINARY["participation"]),
    network=cast("ReplyNetwork", ORDINARY["network"]),
    rhythm=(cast("TimelineChart", ORDINARY["timeline"]),),
    words=cast("WordCloud", ORDINARY["cloud"]),
    evidence=cast("EvidenceChart", ORDINARY["evidence"]),
    questions=(
        QuestionCount("導演是誰？", 3, answered=True, helped=2),
        QuestionCount("What is the runtime?", 1, answered=False),
        QuestionCount("影展有哪些短片？", 2, answered=True, unhelped=1),
    ),
    facilitation=(
        Facilitation("12:05", "可以說說你的理由嗎？", "3 人補上理由"),
        Facilitation("21:40", "有沒有還沒說話的同學？", "2 位第一次發言"),
    ),
    excerpts=(
        Excerpt("用了工具就要申報，引用來源也要寫清楚。", "青鳥", "08:12", "第 1 輪"),
        Excerpt("第一行 👩🏽\u200d🎓\n第二行", "藍鵲", "44:18"),
        Excerpt("I think the human touch is in the choices.", "山羊", "15:40"),
    ),
)
HOSTILE = replace(
    FULL,
    title=ALL_ODD,
    reading=ALL_ODD,
    held=ALL_ODD,
    figures=(Figure(ALL_ODD, ALL_ODD),),
    rounds=(RoundNumbers(ALL_ODD, ALL_ODD, 1, 1, 1, 0.5, ALL_ODD, ALL_ODD, 1),) * 2,
    stances=cast("StanceChart", EXTREME["stances"]),
    moves=(cast("MovementChart", EXTREME["moves"]),),
    participation=cast("ParticipationChart", EXTREME["participation"]),
    network=cast("ReplyNetwork", EXTREME["network"]),
    rhythm=(cast("TimelineChart", EXTREME["timeline"]),),
    words=cast("WordCloud", EXTREME["cloud"]),
    evidence=cast("EvidenceChart", EXTREME["evidence"]),
    questions=(
        QuestionCount(ALL_ODD, 9, answered=True),
        QuestionCount(ALL_ODD, 9, answered=False, unhelped=3),
    ),
    facilitation=(Facilitation(ALL_ODD, ALL_ODD, ALL_ODD),),
    excerpts=(Excerpt(ALL_ODD, ALL_ODD, ALL_ODD, ALL_ODD),),
)
