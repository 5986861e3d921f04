"""Charts to draw in tests: an ordinary class, nobody, one person, and everything at once."""

from bot.pages.charts.chart import PAGE, PHONE, Chart, ChartStyle, chart_labels
from bot.pages.charts.cloud import WordCloud
from bot.pages.charts.evidence import EvidenceChart, EvidenceGroup, EvidencePiece
from bot.pages.charts.network import Reply, ReplyNetwork
from bot.pages.charts.participation import ParticipationChart
from bot.pages.charts.stances import MovementChart, RoundStances, StanceChart
from bot.pages.charts.timeline import Phase, TimelineChart
from bot.pages.palette import DARK, LIGHT
from bot.pages.texts import LANGUAGES

NAMES = ("青鳥", "山羊", "石虎", "黑鳶", "藍鵲", "水鹿", "麻雀", "海豚", "雲豹", "白鷺", "松鼠", "穿山甲")
COUNTS = (31, 24, 22, 17, 15, 12, 9, 8, 6, 4, 2, 1)
PEOPLE = tuple(zip(NAMES, COUNTS, strict=True))
REPLIES = (*(Reply(i, (i * 5 + 2) % 12, 1 + i % 4) for i in range(12)), Reply(0, 1, 7), Reply(1, 0, 5))
WORDS = (("人文溫度", 32), ("原創性", 22), ("ChatGPT", 20), ("公平", 19), ("讨论", 8), ("佢哋", 2))

ODD = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "\u202e反轉\u2066abc\u2069",
    "漢" * 4096,
    "x" * 4096,
    "a\x00b\x1b[31m\ud800\ufffe 👩🏽\u200d🎓",
    "",
    "😀",
    "한국어 עברית",
    "&amp; ]]> <!-- & ' \"",
)
ORDINARY: dict[str, Chart] = {
    "stances": StanceChart(
        "立場變化",
        "AI 應否獲准用於畢業論文？",
        (
            RoundStances("第 1 輪", "AI 可用於文獻搜尋", (1, 3, 5, 9, 7), (0, 1, 3, 11, 10)),
            RoundStances("第 2 輪", "AI 可代寫初稿", (9, 8, 4, 3, 1), (7, 9, 5, 3, 1)),
        ),
    ),
    "moves": MovementChart(
        "誰改變了",
        "AI 可代寫初稿",
        ((0, 1, 0, 0, 0), (0, 1, 2, 0, 0), (0, 0, 1, 3, 1), (0, 0, 0, 6, 3), (0, 0, 0, 1, 6)),
    ),
    "participation": ParticipationChart("發言分布", "12 人・151 則", PEOPLE),
    "timeline": TimelineChart(
        "討論節奏",
        "60 分鐘",
        tuple(1 + (minute * 7) % 9 for minute in range(60)),
        (Phase("暖身", 0, 8), Phase("細讀", 8, 30), Phase("交鋒", 30, 60)),
    ),
    "network": ReplyNetwork("誰回應了誰", "圓愈大，發言愈多", PEOPLE, REPLIES),
    "cloud": WordCloud("關鍵詞", "字愈大，提及愈多", WORDS),
    "evidence": EvidenceChart(
        "用到的證據",
        "文章 9 段",
        (
            EvidenceGroup(
                "一、緣起", tuple(EvidencePiece(str(number), number % 3) for number in range(1, 10))
            ),
            EvidenceGroup(
                "支持", (EvidencePiece("觀眾被什麼打動", 4), EvidencePiece("沒有身體就沒有經驗", 0))
            ),
        ),
    ),
}
NOBODY: dict[str, Chart] = {
    "stances": StanceChart("立場變化", "", (RoundStances("第 1 輪", "", (0,) * 5, (0,) * 5),)),
    "moves": MovementChart("誰改變了", "", ((0,) * 5,) * 5),
    "participation": ParticipationChart("發言分布", "", ()),
    "timeline": TimelineChart("討論節奏", "", ()),
    "network": ReplyNetwork("誰回應了誰", "", (), ()),
    "cloud": WordCloud("關鍵詞", "", ()),
    "evidence": EvidenceChart("用到的證據", "", ()),
}
ONE: dict[str, Chart] = {
    "stances": StanceChart("立場變化", "", (RoundStances("第 1 輪", "", (0, 0, 1, 0, 0), (0,) * 5),)),
    "moves": MovementChart("誰改變了", "", ((1, 0, 0, 0, 0), *((0,) * 5,) * 4)),
    "participation": ParticipationChart("發言分布", "", (("青鳥", 1),)),
    "timeline": TimelineChart("討論節奏", "", (1,)),
    "network": ReplyNetwork("誰回應了誰", "", (("青鳥", 1),), (Reply(0, 0, 2),)),
    "cloud": WordCloud("關鍵詞", "", (("溫度", 1),)),
    "evidence": EvidenceChart("用到的證據", "", (EvidenceGroup("", (EvidencePiece("1", 0),)),)),
}
CROWD = tuple((ODD[i] if i < len(ODD) else f"{NAMES[i % 12]}{i}", 3000 - i * 50) for i in range(60))
EXTREME: dict[str, Chart] = {
    "stances": StanceChart(
        ODD[3],
        ODD[0] + ODD[4],
        tuple(RoundStances(ODD[i], ODD[-i], (1, 0, 58, 0, 1), (10_000, 1, 1, 1, 1)) for i in range(9)),
    ),
    "moves": MovementChart(ODD[0], ODD[2], (*(((0, 0, 0, 0, 1),) * 4), (12_345, 0, 0, 0, 0))),
    "participation": ParticipationChart(ODD[4], ODD[3], CROWD),
    "timeline": TimelineChart(
        ODD[1],
        ODD[5],
        tuple((minute * 7) % 13 for minute in range(1440 * 40)),
        tuple(Phase(name, 3000 * place, 3000 * place + 3000) for place, name in enumerate(ODD)),
    ),
    "network": ReplyNetwork(
        ODD[0],
        ODD[3],
        CROWD,
        tuple(Reply(i, (i * step) % 60, 1 + i % 9) for step in (3, 7, 11) for i in range(60)),
    ),
    "cloud": WordCloud(
        ODD[0],
        ODD[1],
        tuple((word, 1000 - place) for place, word in enumerate(ODD))
        + tuple((f"詞{n}彙", 99 - n) for n in range(90)),
    ),
    "evidence": EvidenceChart(
        ODD[3],
        ODD[0],
        (
            EvidenceGroup(ODD[4], tuple(EvidencePiece(name, place) for place, name in enumerate(ODD))),
            EvidenceGroup("", ()),
            EvidenceGroup(ODD[0], tuple(EvidencePiece(str(n), n * 1000 % 7) for n in range(300))),
        ),
    ),
}
LOOKS = {
    f"{size.name}-{theme.name}-{language}": ChartStyle(chart_labels(language), theme, size, language)
    for size in (PAGE, PHONE)
    for theme in (LIGHT, DARK)
    for language in LANGUAGES
}
CASES = {
    f"{kind}-{name}": chart
    for kind, charts in (("ordinary", ORDINARY), ("nobody", NOBODY), ("one", ONE), ("extreme", EXTREME))
    for name, chart in charts.items()
}
