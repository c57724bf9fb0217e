using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Bot.Dialogs.Understanding;

/// <summary>Brings typed text into one shape before anything reads it: full-width to half-width, control characters out, white space folded, traditional to simplified. Case is kept.</summary>
public static class Normalise
{
    private const string TraditionalThenSimplified =
        "訴诉檢检業业營营執执監监導导請请問问時时間间來来過过員员證证單单頁页預预評评價价進进綁绑碼码務务幫帮給给處处結结辦办應应該该對对錯错為为爲为這这個个們们說说話话誰谁嗎吗麼么點点開开關关門门車车廠厂隊队長长縣县區区鎮镇國国環环衛卫險险災灾煙烟傷伤洩泄電电號号數数據据標标準准條条規规範范還还選选擇择確确認认實实無无沒没聽听見见覺觉現现場场發发後后從从報报舉举擾扰與与專专項项總总統统權权續续約约變变換换轉转態态謝谢嚴严違违罰罚費费錢钱買买賣卖貨货飯饭禮礼紅红燈灯樣样種种類类級级組组織织經经濟济紀纪錄录記记憶忆東东兩两書书寫写讀读傳传圖图掃扫描描顯显驗验審审議议決决異异誤误滿满態态動动勞劳產产農农鄉乡網网頻频週周禮礼號号歷历曆历離离職职註注冊册銷销舊旧稱称紙纸機机構构協协調调聯联絡络繫系係系屬属況况術术設设備备計计劃划劇剧則则剛刚創创別别參参雙双隨随隱隐顧顾題题願愿類类須须領领導导響响飛飞養养餘余體体鐘钟鐵铁鋼钢銀银鄰邻醫医釋释裡里裏里線线練练終终綠绿維维緊紧縮缩績绩繼继義义習习聲声聯联職职腦脑臺台台台舊旧萬万葉叶蓋盖蘭兰蟲虫補补製制複复覆覆親亲觀观觸触訂订討讨訓训託托許许詢询試试詳详誠诚語语課课論论諮咨識识譯译護护讓让負负責责財财貪贪貼贴貴贵貸贷資资賠赔賬账質质購购趕赶跡迹較较載载輔辅輕轻輸输轄辖邊边遞递遠远適适遲迟遷迁邏逻鄭郑鑑鉴長长閉闭閒闲闆板陳陈陸陆陽阳階阶隔隔難难雖虽雜杂雞鸡霧雾靜静頂顶順顺頓顿頭头顆颗願愿顛颠風风館馆馬马駁驳騙骗驚惊魚鱼點点齊齐龍龙爆爆達达運运連连遊游還还邀邀郵邮鬧闹麵面麗丽黨党壓压壞坏士士夠够夢梦夾夹奪夺學学寧宁寶宝將将尋寻對对導导屆届層层巖岩帳帐帶带幣币庫库廳厅廣广張张強强彈弹當当彙汇徵征慣惯慮虑憑凭懷怀戰战戲戏戶户拋抛掛挂採采撥拨擋挡擔担擬拟敗败敵敌於于暫暂會会條条極极樓楼樹树橋桥歡欢歲岁殘残殺杀氣气決决淨净測测湯汤準准滅灭漢汉潔洁濃浓濕湿爭争爾尔牆墙狀状獎奖獨独獲获畫画異异癥症盡尽盤盘眾众礙碍禍祸稅税穩稳窮穷竊窃競竞筆笔節节築筑簡简簽签籌筹糧粮係系紛纷純纯細细罵骂羅罗聞闻腳脚臨临興兴蘇苏處处號号術术衝冲補补裝装複复討讨計计";

    /// <summary>Makes one sign of several: 👷 and ♀ a woman at work.</summary>
    private const char Joiner = '\u200D';

    private static readonly FrozenDictionary<char, char> Simplified = Enumerable.Range(0, TraditionalThenSimplified.Length / 2)
        .Select(i => (From: TraditionalThenSimplified[2 * i], To: TraditionalThenSimplified[2 * i + 1]))
        .DistinctBy(pair => pair.From)
        .ToFrozenDictionary(pair => pair.From, pair => pair.To);

    /// <summary>The characters that stay as they are wherever they stand; almost every message has no others.</summary>
    private static readonly bool[] Kept = [.. Enumerable.Range(0, char.MaxValue + 1).Select(n => (char)n).Select(c => !char.IsWhiteSpace(c) && !char.IsSurrogate(c) && !IsInvisible(c) && Fold(c) == c)];

    /// <summary>The text as every reader of this folder wants it; nothing is ever added, so it cannot grow.</summary>
    public static string Text(string raw)
    {
        ArgumentNullException.ThrowIfNull(raw);
        if (IsKept(raw)) return raw;
        var text = new StringBuilder(raw.Length);
        var gap = false;
        for (var i = 0; i < raw.Length; i++)
        {
            var c = raw[i];
            if (char.IsWhiteSpace(c)) gap = true;
            else if (char.IsSurrogate(c) ? !IsHalfOfPair(raw, i) : IsInvisible(c)) continue;
            else
            {
                if (gap && text.Length > 0) text.Append(' ');
                gap = false;
                text.Append(Fold(c));
            }
        }

        return text.Length == raw.Length && text.Equals(raw) ? raw : text.ToString();
    }

    /// <summary>What other people will read: as it was typed, without control characters; line breaks stay.</summary>
    public static string ForPeople(string raw)
    {
        ArgumentNullException.ThrowIfNull(raw);
        var text = new StringBuilder(raw.Length);
        var lines = raw.ReplaceLineEndings("\n");
        for (var i = 0; i < lines.Length; i++)
        {
            var c = lines[i];
            if (c == '\n' || (char.IsSurrogate(c) ? IsHalfOfPair(lines, i) : c == Joiner ? text.Length > 0 : !IsInvisible(c))) text.Append(c);
        }

        return text.ToString().Trim();
    }

    /// <summary>Lower case without punctuation at either end: the form in which whole messages are compared.</summary>
    internal static string Bare(string raw)
    {
        var text = Text(raw).ToLowerInvariant().AsSpan();
        var (from, to) = (0, text.Length);
        while (from < to && IsMark(text[from])) from++;
        while (to > from && IsMark(text[to - 1])) to--;
        return text[from..to].ToString();
    }

    /// <summary>Punctuation, symbols and space: nothing that carries a word.</summary>
    internal static bool IsMark(char c) => char.IsPunctuation(c) || char.IsWhiteSpace(c) || char.IsSymbol(c) && !IsCircled(c);

    internal static bool IsHan(char c) => c is >= '\u4e00' and <= '\u9fff' or '〇';

    private static bool IsKept(string raw)
    {
        foreach (var c in raw)
        {
            if (!Kept[c]) return false;
        }

        return true;
    }

    private static bool IsCircled(char c) => c is >= '①' and <= '⒛';

    private static bool IsHalfOfPair(string raw, int i) =>
        char.IsHighSurrogate(raw[i]) ? i + 1 < raw.Length && char.IsLowSurrogate(raw[i + 1]) : i > 0 && char.IsHighSurrogate(raw[i - 1]);

    private static bool IsInvisible(char c) => char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse;

    private static char Fold(char c)
    {
        if (c is >= '！' and <= '～') return (char)(c - 0xFEE0);
        return c < 0x80 ? c : Simplified.GetValueOrDefault(c, c);
    }
}
