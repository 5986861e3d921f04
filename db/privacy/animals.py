"""Names to be called by: birds and animals that a class can say aloud, none of them an insult.

The order in which a seminar draws hangs on the names themselves: one that is added or taken away changes it.
"""

ANIMALS = tuple(
    """
    青鳥 山羊 白鷺 黑熊 梅花鹿 石虎 雲豹 穿山甲 水獺 松鼠 飛鼠 獼猴 藍鵲 帝雉 藍腹鷴
    竹雞 畫眉 綠繡眼 白頭翁 五色鳥 翠鳥 黃鸝 八哥 喜鵲 燕子 家燕 雨燕 麻雀 文鳥 山雀
    黃山雀 大卷尾 小卷尾 小剪尾 河烏 朱雀 領角鴞 褐鷹鴞 草鴞 大冠鷲 松雀鷹 魚鷹 遊隼
    紅隼 黑鳶 林鵰 熊鷹 蒼鷺 夜鷺 牛背鷺 紫鷺 栗小鷺 黃頭鷺 丹頂鶴 灰鶴 白枕鶴 天鵝
    鴻雁 豆雁 綠頭鴨 花嘴鴨 小水鴨 鴛鴦 鸕鶿 軍艦鳥 信天翁 海鷗 黑尾鷗 蒼燕鷗 高蹺鴴
    金斑鴴 小辮鴴 青足鷸 赤足鷸 中杓鷸 大杓鷸 翻石鷸 水雉 金背鳩 綠鳩 翠翼鳩 灰林鴿 杜鵑
    番鵑 鷹鵑 佛法僧 戴勝 啄木鳥 蜂鳥 巨嘴鳥 鸚鵡 孔雀 錦雞 雷鳥 企鵝 鴕鳥 火鶴 鵜鶘
    犀鳥 琴鳥 極樂鳥 園丁鳥 笑翠鳥 長頸鹿 斑馬 羚羊 瞪羚 犛牛 水牛 野牛 麝牛 駱駝 羊駝
    駱馬 馴鹿 駝鹿 麋鹿 水鹿 山羌 藏羚 盤羊 岩羊 雪豹 花豹 獵豹 獅子 老虎 山貓 狐獴
    貓鼬 靈貓 黃喉貂 紫貂 水貂 雪貂 海獺 海豹 海獅 海象 海豚 白海豚 鯨魚 藍鯨 座頭鯨
    虎鯨 白鯨 江豚 海牛 貓熊 小貓熊 棕熊 北極熊 馬來熊 眼鏡熊 浣熊 蜜熊 無尾熊 袋鼠
    袋熊 蜜袋鼯 鴨嘴獸 針鼴 食蟻獸 樹懶 大象 河馬 犀牛 野兔 雪兔 鼠兔 土撥鼠 花栗鼠
    河狸 豪豬 刺蝟 睡鼠 天竺鼠 水豚 龍貓 狐猴 眼鏡猴 金絲猴 長臂猿 狐蝠 樹蛙 蠑螈
    山椒魚 綠蠵龜 玳瑁 食蛇龜 壁虎 海馬 飛魚 章魚 水母 螢火蟲 鳳蝶 紫斑蝶 蜻蜓 豆娘
    獨角仙 鍬形蟲 黃鶯 雲雀 夜鶯 鷓鴣 鵪鶉 白鴿 斑鳩 雪鴞 貓頭鷹 老鷹 金雕 仙鶴 孔雀魚
    小丑魚 河豚 比目魚 旗魚 鯉魚 錦鯉 鮭魚 海星 海葵 寄居蟹 招潮蟹 蝸牛 瓢蟲 蜜蜂 蟋蟀
    螳螂 竹節蟲 草蜥 石龜 小鹿 白馬 駿馬 羔羊 綿羊 黃牛 鯨鯊 魟魚
    """.split()  # noqa: SIM905  a list of four hundred quotation marks is not easier to read
)
# None that is somebody's first name (robin, martin, wren), and none that is said of people (goose, sloth).
ENGLISH = tuple(
    """
    Aardvark Agouti Albatross Alpaca Angelfish Antelope Armadillo Avocet Axolotl Badger Barracuda Beluga
    Bilby Bison Bittern Bluebird Bobcat Bongo Buffalo Bullfinch Bumblebee Bunting Butterfly Camel Canary
    Capybara Caracal Cardinal Caribou Cassowary Chaffinch Chameleon Chamois Cheetah Chickadee Chinchilla
    Chipmunk Cicada Civet Coati Condor Cormorant Coyote Crane Crayfish Cricket Crossbill Curlew
    Cuttlefish Dingo Dolphin Dormouse Dragonfly Dromedary Dugong Dunlin Eagle Echidna Egret Eider Eland
    Elk Ermine Falcon Fennec Ferret Fieldfare Firecrest Firefly Flamingo Flycatcher Frigatebird Fulmar
    Gazelle Gecko Gerbil Gibbon Giraffe Godwit Goldcrest Goldfinch Goldfish Goshawk Grasshopper Grebe
    Greenfinch Greenshank Grouse Guanaco Guillemot Hamster Hare Harrier Hawk Hawkmoth Hedgehog Heron
    Honeybee Hoopoe Hornbill Hummingbird Ibex Ibis Iguana Impala Jacana Jackdaw Jackrabbit Jaguar Junco
    Kakapo Kangaroo Kestrel Kingfisher Kinglet Kinkajou Kite Kittiwake Koala Kookaburra Kudu Lacewing
    Lapwing Lemur Leopard Lion Lionfish Llama Lorikeet Lynx Lyrebird Macaw Magpie Mallard Manatee Manta
    Mantis Markhor Marmoset Marmot Mayfly Meadowlark Meerkat Merganser Mockingbird Monarch Mongoose
    Moorhen Moose Mouflon Muntjac Muskox Mustang Narwhal Nautilus Nighthawk Nightingale Nightjar Numbat
    Nuthatch Ocelot Octopus Okapi Orca Oriole Oryx Osprey Otter Owl Oystercatcher Panda Pangolin
    Parakeet Partridge Peacock Pelican Penguin Petrel Phalarope Pheasant Pika Pintail Pipit Platypus
    Plover Pochard Pony Porcupine Porpoise Ptarmigan Puffin Puma Quail Quetzal Quokka Rabbit Razorbill
    Redpoll Redshank Redstart Redwing Reindeer Roadrunner Rosefinch Salamander Salmon Sanderling
    Sandpiper Scallop Seagull Seahorse Seal Serval Shearwater Shelduck Shoebill Siskin Skylark Sparrow
    Spoonbill Springbok Squirrel Starfish Starling Stingray Stonechat Stork Sturgeon Sunbird Sunfish
    Swallow Swallowtail Swan Swordfish Tamarin Tapir Tern Terrapin Thrush Tiger Tortoise Toucan Treefrog
    Tropicbird Turnstone Turtle Vicuna Wagtail Wallaby Warbler Waxbill Waxwing Whimbrel Wigeon Wildcat
    Wolverine Wombat Woodlark Yak Yellowhammer Zebra
    """.split()  # noqa: SIM905  as above
)
