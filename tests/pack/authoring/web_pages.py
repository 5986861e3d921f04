# ruff: noqa: E501, SIM905  pages are long lines of markup, and words stand best as words
"""Made-up web pages in the shapes of twelve kinds of site: an article, and all the furniture around it."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

from bot.text.folding import to_simplified

SUBJECTS = "漁港的老船長 河堤邊的麵店 山上的小學校長 剛退休的郵差 夜市裡的攤販 管理倉庫的年輕人 養蜂的姐妹 修鐘錶的師傅".split()
WHEN = "去年春天 颱風過後的第二個月 選舉前一週 搬到鎮上的那一年 學校放寒假以前 每個月的第一個星期六".split()
DONE = (
    "把{n}份問卷一張一張收回來，發現將近一半的住戶根本沒有聽說這項計畫",
    "在會議上算給大家看：一年省下的{n}萬元，還不夠補上碼頭那一段路",
    "說服了{n}位鄰居一起值夜，可是沒有人願意把自己的名字寫在公告上",
    "帶著孩子沿著舊鐵道走了{n}公里，想知道從前的人怎麼把貨送到海邊",
    "翻出{n}年前的帳本，才明白當時的價格是怎麼談出來的",
    "數了一整個下午，從橋上經過的貨車一共有{n}輛，比官方的數字多了三成",
    "提出另一種算法，把等車的{n}分鐘也當成這條路線的成本",
)
SAID = (
    "「我們不是反對改變，」他說，「只是想先知道由誰來承擔。」",
    "她沒有回答，只把窗戶打開，讓大家聽一聽外面的聲音。",
    "鎮公所的回覆是：相關的評估還在進行，年底以前會公布結果。",
    "這個數字後來被兩邊引用，而且各自得出了相反的結論。",
    "專家提醒，樣本太小，不能當成全鎮的意見。",
)
WHO = "The harbour master|A retired postman|The head of the village school|Two sisters who keep bees|The owner of the noodle shop"
ENGLISH = (
    "{who} collected {n} answers door by door, and found that nearly half of the households had never heard of the plan.",
    "{who} did the sum in front of everybody: the {n} thousand saved in a year would not mend the road to the pier.",
    "In the winter before the vote {who} walked {n} miles along the old railway to see how goods once reached the sea.",
    "{who} opened the account books of {n} years ago and understood how the price had been agreed.",
    "“We are not against change,” said {who}; “we would only like to know which of the {n} families will pay for it.”",
    "{who} counted {n} lorries on the bridge in one afternoon, a third more than the official figure.",
)
HEADS = "誰來付這筆錢 橋的另一邊 沒有被算進去的人 數字從哪裡來".split()
ENGLISH_HEADS = "Who pays in the end|The other side of the bridge|Those who were not counted".split("|")
NEWS = "市府宣布下月調整公車路線 連假車流估增兩成 海巡尋獲失聯漁船 老街燈會週末登場 高中籃球聯賽八強出爐 便利商店推出新口味 氣象署發布低溫特報 國際油價連三週下跌".split()
ENGLISH_NEWS = "Council delays vote on parking|Storm closes three coastal roads|Five books for a long winter|What the budget means for you|School team reaches the final".split(
    "|"
)


@dataclass(frozen=True)
class Page:
    """A saved page: its source, the title and the paragraphs of its article (none where there is no article)."""

    name: str
    html: str
    title: str
    paragraphs: tuple[str, ...]
    heads: tuple[str, ...]


@dataclass(frozen=True)
class Story:
    """What a site has to print, in its language."""

    title: str
    paragraphs: tuple[str, ...]
    heads: tuple[str, ...]
    news: tuple[str, ...]
    chance: random.Random
    language: str


def story(language: str, seed: int) -> Story:
    """Return a story of six to sixteen paragraphs, never twice the same."""
    chance = random.Random(seed)
    count = chance.randint(6, 16)
    if language == "en":
        made = [" ".join(_english(chance) for _ in range(chance.randint(2, 4))) for _ in range(count)]
        title = f"The {chance.randint(2, 90)} families at the end of the pier"
        return Story(title, tuple(made), tuple(ENGLISH_HEADS), tuple(ENGLISH_NEWS * 3), chance, language)
    spell = to_simplified if language == "zh-Hans" else str
    made = [spell("".join(_chinese(chance) for _ in range(chance.randint(1, 4)))) for _ in range(count)]
    title = spell(f"{chance.choice(SUBJECTS)}與碼頭的{chance.randint(2, 90)}戶人家")
    return Story(title, tuple(made), tuple(map(spell, HEADS)), tuple(map(spell, NEWS * 3)), chance, language)


def _chinese(chance: random.Random) -> str:
    did = chance.choice(DONE).format(n=chance.randint(3, 990))
    return f"{chance.choice(WHEN)}，{chance.choice(SUBJECTS)}{did}。{chance.choice(SAID) if chance.random() < 0.5 else ''}"


def _english(chance: random.Random) -> str:
    who = chance.choice(WHO.split("|"))
    line = chance.choice(ENGLISH).format(who=who, n=chance.randint(3, 990))
    return line.replace("see how", chance.choice(("see how", "learn how")))


def links(items: Sequence[str], tag: str = "li") -> str:
    """Return a list of links, as menus and rankings have them."""
    return "".join(f'<{tag}><a href="/a/{n}">{escape(item)}</a></{tag}>' for n, item in enumerate(items))


def with_heads(told: Story, tag: str = "h2", wrap: str = "<p>{}</p>") -> str:
    """Return the story's paragraphs with a heading before every fourth."""
    out = []
    heads = iter(told.heads)
    for number, paragraph in enumerate(told.paragraphs):
        if number % 4 == 3 and (head := next(heads, "")):
            out.append(f"<{tag}>{head}</{tag}>")
        out.append(wrap.format(escape(paragraph)))
    return "\n".join(out)


def page(title: str, body: str, *, head: str = "", site: str = "海線日報") -> str:
    """Return a whole page of that body."""
    return (
        f'<!doctype html><html><head><meta charset="utf-8"><title>{escape(title)} | {site}</title>'
        f'<meta property="og:title" content="{escape(title)}">{head}</head><body>{body}</body></html>'
    )


MENU = "即時 要聞 娛樂 運動 全球 社會 地方 產經 股市 房市 健康 生活 文教 評論 兩岸 科技 閱讀 旅遊 雜誌 時尚 汽車 棒球 轉角".split()


def newspaper(told: Story) -> str:
    """A daily's page: menus, a picture with a caption, boxes of links between paragraphs, a ranking."""
    parts = with_heads(told).split("\n")
    box = f'<div class="inline-related"><h4>推薦閱讀</h4><ul>{links(told.news[:3])}</ul></div>'
    parts.insert(3, box)
    parts.insert(6, '<div class="ad-slot" id="ad-2"><span>廣告</span></div>')
    body = (
        f'<header><ul class="menu">{links(MENU)}</ul></header><main><article><h1>{told.title}</h1>'
        '<div class="article-meta"><span class="author">記者葉雨晴／海線報導</span><time>2026-03-14 09:20</time>'
        '<div class="share"><a href="#">分享</a><a href="#">facebook</a><a href="#">列印</a></div></div>'
        '<figure><img src="a.jpg"><figcaption>清晨的碼頭，漁船正要進港。記者葉雨晴／攝影</figcaption></figure>'
        f'<section class="article-content__editor">{"".join(parts)}</section></article>'
        f"<aside><h3>熱門新聞</h3><ol>{links(told.news[:10])}</ol></aside></main>"
        f'<section class="related"><h3>相關新聞</h3><ul>{links(told.news[:8])}</ul></section>'
        f"<footer><ul>{links(['關於我們', '服務條款', '隱私權政策', '聯絡我們', '廣告刊登'])}</ul><p>版權所有 海線日報股份有限公司 不得轉載</p></footer>"
    )
    return page(told.title, body)


def breaks(told: Story) -> str:
    """A portal's page whose text is one div with line breaks, below very many menu lines."""
    text = "<br><br>\n".join(f"　　{escape(p)}" for p in told.paragraphs)
    body = (
        f'<div id="top"><ul>{links(MENU * 3)}</ul></div><div class="wrap"><div class="left"><h1>{told.title}</h1>'
        f'<div class="info">2026年3月14日 10:02 | 來源：海線網 | 點閱：3021</div><div class="content">{text}</div>'
        '<div class="edit">責任編輯：周敏</div></div>'
        f'<div class="right"><h3>排行榜</h3><ul>{links(told.news)}</ul></div></div>'
        f'<div class="foot">{links(["首頁", "網站地圖", "客服"], "span")} Copyright 2026</div>'
    )
    return page(told.title, body)


def blog(told: Story) -> str:
    """A blog with a sidebar, an author's box, and comments longer than some articles."""
    comment = escape(
        "寫得真好，我小時候也住在那裡，每次經過那座橋都會想起外婆帶我去買魚的早上，謝謝你把它記下來。"
    )
    comments = "".join(f'<li class="comment"><b>訪客{n}</b><p>{comment * 2}</p></li>' for n in range(9))
    body = (
        f'<nav><ul>{links(["首頁", "關於", "書單", "聯絡"])}</ul></nav><div id="primary"><article class="post hentry">'
        f'<h1 class="entry-title">{told.title}</h1><div class="entry-meta">Posted on 2026 年 3 月 14 日 by 阿樹</div>'
        f'<div class="entry-content">{with_heads(told, "h3")}<div class="sharedaddy">分享此文：<a href="#">Twitter</a></div></div>'
        f'<footer class="entry-footer">分類：<a href="#">散步</a> 標籤：<a href="#">碼頭</a>、<a href="#">地方</a></footer></article>'
        f'<div id="comments" class="comments-area"><h2>9 則留言</h2><ol>{comments}</ol><form>留言內容<textarea></textarea></form></div></div>'
        f'<div id="secondary" class="sidebar widget-area"><h2>近期文章</h2><ul>{links(told.news)}</ul><h2>彙整</h2><ul>{links([f"2025 年 {n} 月" for n in range(1, 13)])}</ul></div>'
    )
    return page(told.title, body, site="樹下散步")


def spans(told: Story) -> str:
    """A blog whose paragraphs are spans between breaks, in divs of divs."""
    text = "<br /><br />".join(
        f'<span style="font-size: medium;">{escape(p)}</span>' for p in told.paragraphs
    )
    body = (
        f'<div class="header-inner"><h1 class="title"><a href="/">樹下散步</a></h1></div><div class="main section"><div class="date-outer"><h2 class="date-header">2026年3月14日</h2>'
        f'<div class="post hentry"><h3 class="post-title entry-title">{told.title}</h3><div class="post-body entry-content"><div style="text-align: justify;">{text}</div></div>'
        '<div class="post-footer">張貼者： <a href="#">阿樹</a> 於 上午9:20 <a href="#">以電子郵件傳送</a></div></div></div></div>'
        f'<div class="sidebar section"><h2>網誌存檔</h2><ul>{links([f"2024 ({n})" for n in range(30)])}</ul><h2>熱門文章</h2><ul>{links(told.news)}</ul></div>'
    )
    return page(told.title, body, site="樹下散步")


def portal(told: Story) -> str:
    """A Simplified portal: an article of indented paragraphs, an editor's line, a ranking of thirty links."""
    text = "".join(f'<p cms-style="font-L">　　{escape(p)}</p>' for p in told.paragraphs)
    body = (
        f'<div class="top-nav">{links(list(map(to_simplified, MENU * 2)), "span")}</div><div class="main-content"><h1 class="main-title">{told.title}</h1>'
        f'<div class="date-source"><span class="date">2026年03月14日 08:00</span> <span class="source">海线网</span></div><div class="article" id="artibody">{text}'
        '<p class="article-editor">责任编辑：周敏 </p></div><div class="article-bottom"><div class="keywords">文章关键词： <a href="#">码头</a> <a href="#">补贴</a></div></div>'
        f'<div class="rank"><h2>新闻排行</h2><ul>{links(told.news + told.news[:6])}</ul></div></div><div class="page-footer">{links(["关于我们", "广告服务", "网站律师"], "a")}</div>'
    )
    return page(told.title, body, site="海线网")


def platform(told: Story) -> str:
    """A writers' platform in English: sections in sections, a byline, claps, more from the author."""
    half = len(told.paragraphs) // 2
    first = "".join(f'<p class="pw-post-body-paragraph">{escape(p)}</p>' for p in told.paragraphs[:half])
    second = "".join(f'<p class="pw-post-body-paragraph">{escape(p)}</p>' for p in told.paragraphs[half:])
    body = (
        '<div id="root"><div><a href="/">Sign up</a><a href="/">Sign in</a></div><article><div><div><section>'
        f'<h1>{told.title}</h1><div class="byline"><a href="#">Rowan Tait</a><span>Follow</span><span>7 min read</span><span>Mar 14</span></div>'
        f'<div><div class="ch bg"><div class="ab ca">{first}</div></div><h2>{told.heads[0]}</h2><div class="ch bg"><div class="ab ca">{second}</div></div></div></section></div></div></article>'
        f'<div class="footer"><span>412 claps</span><div>More from Rowan Tait</div>{links(told.news, "h2")}</div><div>Help Status About Careers Press Blog Privacy Terms</div></div>'
    )
    return page(told.title, body, site="Longhand")


def daily(told: Story) -> str:
    """An English daily: advertisements, a sign-up box and related stories between the paragraphs."""
    parts = [f'<div class="StoryBody"><p>{escape(p)}</p></div>' for p in told.paragraphs]
    parts.insert(2, '<div class="ad"><p>Advertisement</p><a href="#after">SKIP ADVERTISEMENT</a></div>')
    parts.insert(
        5,
        '<div class="newsletter"><h3>Sign up for the Morning Tide</h3><p>All the news of the coast in your inbox every day. Get it sent to you.</p><form><input type="email"><button>Sign up</button></form></div>',
    )
    parts.insert(7, f'<aside class="related"><h3>Related</h3><ul>{links(told.news[:4])}</ul></aside>')
    body = (
        f"<header><nav><ul>{links(['World', 'U.K.', 'Politics', 'Business', 'Opinion', 'Sport', 'Arts', 'Books', 'Style', 'Food'])}</ul></nav></header>"
        f'<main><article id="story"><header><h1>{told.title}</h1><p class="byline">By <a href="#">Rowan Tait</a></p><time>March 14, 2026</time></header>'
        f'<section name="articleBody">{"".join(parts)}</section><p class="bio">Rowan Tait reports on the coast.</p></article>'
        f'<section class="more"><h2>More in Local News</h2>{links(told.news, "div")}</section></main><footer>{links(["Site Map", "Terms of Service", "Privacy Policy"], "span")} © 2026 The Morning Tide</footer>'
    )
    return page(told.title, body, site="The Morning Tide")


def broadcaster(told: Story) -> str:
    """A public broadcaster: text blocks with hashed class names, captions, topic lists between them."""
    parts = [
        f'<div data-component="text-block" class="sc-18fde0d6-0 jb"><p class="sc-eb7bd5f6-0 fY">{escape(p)}</p></div>'
        for p in told.paragraphs
    ]
    parts.insert(
        1,
        '<div data-component="image-block"><figure><img><figcaption><span>The pier in the early morning</span></figcaption></figure></div>',
    )
    parts.insert(4, f'<div data-component="links-block"><ul>{links(told.news[:3])}</ul></div>')
    body = (
        f'<nav>{links(["Home", "News", "Sport", "Weather", "iPlayer", "Sounds"])}</nav><main id="main-content"><article><div data-component="headline-block"><h1>{told.title}</h1></div>'
        f'<div data-component="byline-block">14 March 2026 <span>Rowan Tait</span> <span>Coast correspondent</span></div>{"".join(parts)}</article>'
        f'<div data-component="topic-list"><ul>{links(["Fishing", "Local government"])}</ul></div><div><h2>Top stories</h2>{links(told.news)}</div></main>'
    )
    return page(told.title, body, site="Coast News")


def magazine(told: Story) -> str:
    """A magazine's long read: a table of contents, pull quotes, headings in bold, a box on the author."""
    bold = with_heads(told, "b").replace("<b>", "<p><strong>").replace("</b>", "</strong></p>")
    toc = "".join(f'<li><a href="#s{n}">{head}</a></li>' for n, head in enumerate(told.heads))
    body = (
        f'<div class="site-header"><div class="nav-menu">{links(MENU[:12])}</div></div><div class="single-layout"><h1>{told.title}</h1><div class="toc"><div>本文目錄</div><ol>{toc}</ol></div>'
        f'<div class="post-content">{bold}</div><div class="author-box"><div>作者簡介</div><p>葉雨晴，自由撰稿人，寫海邊的事。</p></div>'
        f'<div class="subscribe">訂閱電子報，每週三把最新的長文寄給你。<button>訂閱</button></div><div class="next">{links(told.news[:6], "div")}</div></div>'
    )
    return page(told.title, body, site="潮間帶")


def tables(told: Story) -> str:
    """A school's page of twenty years ago: tables in tables, font tags, a menu on the left."""
    text = "".join(f'<p><font size="3">　　{escape(p)}</font></p>' for p in told.paragraphs)
    body = (
        '<table width="100%"><tr><td colspan="2" bgcolor="#336699"><font color="white">海線國民小學　校刊網</font></td></tr><tr><td width="150" valign="top"><table>'
        f"{''.join(f'<tr><td><a href=#{n}>{item}</a></td></tr>' for n, item in enumerate(['校長室', '教務處', '學務處', '總務處', '輔導室', '圖書館', '校友會', '下載專區']))}</table></td>"
        f'<td valign="top"><table width="95%"><tr><td><b><font size="5">{told.title}</font></b></td></tr><tr><td>發布日期：2026/3/14　發布者：圖書館</td></tr><tr><td>{text}</td></tr></table></td></tr>'
        '<tr><td colspan="2" align="center">地址：海線鎮中正路1號　電話：(04)000-0000　瀏覽人次：38211</td></tr></table>'
    )
    return page(told.title, body, site="海線國小")


def social(told: Story) -> str:
    """A forum's post with a list of replies of one line below it."""
    text = "\n\n".join(map(escape, told.paragraphs))
    pushes = "".join(
        f'<div class="push"><span class="push-tag">推 </span><span class="f3 push-userid">user{n}</span><span class="f3 push-content">: 推推</span></div>'
        for n in range(40)
    )
    body = (
        f'<div id="topbar">批踢踢 › 看板 Harbour {links(["聯絡資訊", "關於我們"], "span")}</div><div id="main-container"><div id="main-content">'
        f'<div class="article-metaline"><span>作者</span><span>shuxia (阿樹)</span></div><div class="article-metaline"><span>標題</span><span>{told.title}</span></div>'
        f"{text}\n\n--\n<span>※ 發信站: 海線站</span>\n{pushes}</div></div>"
    )
    return page(told.title, body, site="看板 Harbour")


def scripted(told: Story) -> str:
    """A page without its article: one that a script would have loaded, or a front page of headlines."""
    if told.chance.random() < 0.5:
        body = (
            f'<noscript>請開啟 JavaScript 以使用本網站。</noscript><div id="root"></div><ul class="menu">{links(MENU)}</ul>'
            f"<script>window.__STATE__={{}};{'var a=1;' * 400}</script><footer>海線日報</footer>"
        )
    else:
        body = f'<ul class="menu">{links(MENU * 2)}</ul><div class="list">{links(told.news * 2, "h3")}</div><footer>{links(MENU)}</footer>'
    return page(told.title, body)


SITES: dict[str, tuple[Callable[[Story], str], tuple[str, ...]]] = {
    "newspaper": (newspaper, ("zh-Hant",)),
    "breaks": (breaks, ("zh-Hant", "zh-Hans")),
    "blog": (blog, ("zh-Hant",)),
    "spans": (spans, ("zh-Hant", "zh-Hans")),
    "portal": (portal, ("zh-Hans",)),
    "platform": (platform, ("en",)),
    "daily": (daily, ("en",)),
    "broadcaster": (broadcaster, ("en",)),
    "magazine": (magazine, ("zh-Hant",)),
    "tables": (tables, ("zh-Hant",)),
    "social": (social, ("zh-Hant",)),
    "scripted": (scripted, ("zh-Hant",)),
}


def pages(each: int = 5) -> list[Page]:
    """Return so many pages of every site."""
    made = []
    for place, (name, (shape, languages)) in enumerate(SITES.items()):
        for number in range(each):
            told = story(languages[number % len(languages)], 100 * place + number)
            there = shape is not scripted
            made.append(
                Page(
                    f"{name}-{number}", shape(told), told.title, told.paragraphs if there else (), told.heads
                )
            )
    return made
