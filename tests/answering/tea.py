"""A small pack about tea, as a teacher would write it. Another topic than the built-in pack's on purpose."""

from pathlib import Path

PACK = """# 一杯茶的路

作者：林茶生
來源：自編講義
授權：自由使用
段落：12
語言：zh-Hant

## 章節
- P1-P4 產地
- P5-P12 製茶
"""

SNIPPETS = """# 產地

## 凍頂烏龍茶 {#dongding}
關鍵詞：凍頂烏龍、凍頂、鹿谷
別名：凍頂茶產在哪裡；鹿谷的茶叫什麼
出處：P2
相關：baozhong、roasting
沒提到：價格、出口量、幾度
English: Dongding oolong grows in Lugu, Nantou, and is half fermented and roasted.

凍頂烏龍茶產在南投鹿谷，屬於半發酵茶，焙火之後帶有炭香。

## 文山包種茶 {#baozhong}
關鍵詞：文山包種、包種茶、坪林
別名：坪林的茶；包種茶為什麼叫包種
出處：P3-P4 林茶生
相關：dongding
沒提到：價格
English: Wenshan Baozhong from Pinglin is lightly fermented and smells of flowers.

文山包種茶產在坪林，發酵很輕，花香清揚。林茶生說，名字來自從前用兩張方紙包成四方形。

## 陳阿水是誰 {#chen-ashui}
關鍵詞：陳阿水、陳師傅、Chen Ashui
別名：陳師傅是什麼人
出處：P5
相關：roasting、withering
沒提到：年齡、生日、聯絡方式
English: Chen Ashui is a third-generation roaster in Lugu.

陳阿水是鹿谷第三代的焙茶師傅，受訪時已經焙茶四十年。

## 焙火的好處 {#roasting}
關鍵詞：焙火、炭焙
別名：為什麼要焙火；焙火有什麼優點
出處：P6、P8 陳阿水
相關：roasting-risks、dongding
English: Roasting drives out moisture, keeps the tea and gives it a charcoal aroma.

陳阿水認為，焙火的優點是去掉水分，讓茶耐放，也帶出炭香。

## 焙火的風險 {#roasting-risks}
關鍵詞：焙火過度、焦味
別名：焙火有什麼缺點；焙火會失敗嗎
出處：P9 陳阿水
相關：roasting
English: Too much roasting burns the leaf and hides the flavour of its place.

陳阿水說，焙火的缺點是容易過頭：葉子會焦，產地的味道就被蓋掉了。

## 萎凋 {#withering}
關鍵詞：萎凋、日光萎凋
別名：茶葉為什麼要曬太陽
出處：P7
相關：roasting
English: Withering lets fresh leaves lose water in the sun so that fermentation can begin.

萎凋是讓剛採的葉子在日光下失去水分，發酵才能開始。

## 三道工序 {#steps}
關鍵詞：三道工序、製茶流程、製茶步驟
別名：製茶有哪些步驟；做茶要幾道工序
出處：P5-P12
相關：withering、roasting
English: The three steps of making tea are withering, fermenting and roasting.

製茶有三道工序：

- 萎凋：曬掉水分
- 焙火：去水帶香
- 文山包種茶：用紙包起來

## 還沒寫好的一則 {#unfinished}
狀態：草稿
關鍵詞：冷泡茶

這一則不該拿來回答。
"""

DISCUSSION = """# 討論題

## 機器焙的茶有沒有人味 {#human-tea}
階段：立場
時間：12 分鐘
正方：roasting
反方：roasting-risks、chen-ashui
追問：誰來決定好不好喝？；機器能記住火候嗎？

如果機器焙出來的茶喝不出差別，陳師傅四十年的手藝還重要嗎？
"""

GOLDEN = """# 題目

## 直接問
- 陳阿水是誰 -> chen-ashui
- 焙火的好處和壞處 -> roasting + roasting-risks
- 鹿谷產什麼茶 -> dongding | chen-ashui

## 不答
- 今天天氣如何 -> 無
"""


def write_tea(packs: Path, **files: str) -> Path:
    """Return the folder `tea` in `packs`, written with these texts in place of the usual ones."""
    folder = packs / "tea"
    folder.mkdir(parents=True, exist_ok=True)
    texts = {"pack": PACK, "snippets": SNIPPETS, "discussion": DISCUSSION, "golden": GOLDEN, **files}
    for name, text in texts.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    return folder
