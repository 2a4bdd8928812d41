"""Whether bytes that read as Chinese are Chinese: those of Korean, Japanese and of Big5 read as Hanzi too, as rare ones that say nothing."""

from codecs import getincrementaldecoder

from qa.text import Text

# What most of any Chinese text is written with, people's names among it, simplified and traditional.
COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力"
    "里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么"
    "利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山"
    "统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什"
    "认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需"
    "段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族"
    "维划选标写存候毛亲快效院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严客户服坐席座呼咨询诉投评检抽监录错致项扣奖"
    "警您请谢喂喷款费账卡银储贷险赔退换货订购售店网站登密码姓编挂拨振铃排待班早晚夜假休职训辅核申未否停欠缴充套餐宽故障修李刘陈杨赵黄吴徐孙胡朱郭罗梁宋郑"
    "韩唐冯董萧曹袁邓傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田姜范姚谭廖邹熊陆郝孔崔康邱秦顾侯邵孟龙雷钱汤尹黎武乔贺赖龚伟芳娜秀英敏静丽磊洋勇艳杰娟"
    "涛超兰霞刚桂玲燕梅春雪婷琳颖慧佳欣怡雨梦辰浩宇轩泽涵晨阳博鹏飞峰波斌鑫凯辉健俊宁莉萍琴云洁凤莲环荣爱妹香莺媛瑞凡佩這個國來時們會對發後說產種經進著電"
    "裡現實點從業應開還當動學過體機關與總條題員設計見將區處隊給門規熱領導壓東車帶場報聲書質線號碼務話調間認證單據確轉複聯絡訴滿評檢監錄項獎請謝費帳銀儲貸"
    "險賠換貨訂購網語編掛斷撥鈴組訓輔陳劉楊趙黃吳孫鄭馮蕭鄧許蔣賈葉閻鐘範龍錢湯喬賀賴龔偉麗強軍豔傑濤蘭剛紅穎媽鳳蓮環榮愛鶯無為問類於術援戶繳維護諮詢專"
)
KOREAN, JAPANESE, TRADITIONAL = Text("韩文", "Korean"), Text("日文", "Japanese"), Text("繁体中文（Big5）", "traditional Chinese (Big5)")
OTHERS = {"cp949": KOREAN, "euc_jp": JAPANESE, "shift_jis": JAPANESE, "big5": TRADITIONAL}
LEAST_KANA = 0.1
# Chinese of so many different signs has a larger share of common ones, also where it is a list of names.
ENOUGH, LEAST_COMMON, CLEARLY = 8, 0.3, 0.4


def other_language(start: bytes) -> Text | None:
    """The language that the start of a file says more in than in Chinese; None where that is Chinese, or too little to tell."""
    chinese = _familiar(start, "gb18030")
    if chinese >= LEAST_COMMON:
        return None
    shares = {encoding: _familiar(start, encoding) for encoding in OTHERS}
    best = max(shares, key=lambda encoding: shares[encoding])
    return OTHERS[best] if shares[best] >= chinese + CLEARLY else None


def _familiar(start: bytes, encoding: str) -> float:
    """The share, among the different letters beyond Latin, of those that a text of the encoding is mostly written with; 0 where it cannot be read so."""
    try:
        text = getincrementaldecoder(encoding)().decode(start)
    except UnicodeDecodeError:
        return 0.0
    letters = {sign for sign in text if sign > "\u02ff" and sign.isalpha() or _is_private(sign)}
    hangul, kana, common = (sum(map(test, letters)) for test in (_is_hangul, _is_kana, COMMON.__contains__))
    language = OTHERS.get(encoding)
    if language is None and len(letters) < ENOUGH:
        return 1.0
    if not letters or language is JAPANESE and kana < LEAST_KANA * len(letters):
        return 0.0
    return (hangul if language is KOREAN else kana + common if language is JAPANESE else common) / len(letters)


def _is_hangul(sign: str) -> bool:
    return "\uac00" <= sign <= "\ud7a3"


def _is_kana(sign: str) -> bool:
    return "\u3041" <= sign <= "\u30fe"


def _is_private(sign: str) -> bool:
    return "\ue000" <= sign <= "\uf8ff"
