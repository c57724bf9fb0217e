using System.Text.RegularExpressions;
using Bot.Dialogs.Understanding;
using Bot.Domain.Complaints;

namespace Bot.Dialogs.Complaints;

/// <summary>What a complainant's own words say happened: facts for the review, and the kind for the ledger. The words themselves are kept as they are.</summary>
/// <param name="Facts">未亮证, 未扫码 …; empty when nothing was recognised.</param>
/// <param name="Kind">The kind for the ledger; bribes outweigh everything else.</param>
internal sealed partial record WhatHappened(IReadOnlyList<string> Facts, ComplaintKind Kind)
{
    private static readonly (string[] Said, string Fact, ComplaintKind Kind)[] Signs =
    [
        (["条烟", "包烟", "烟酒", "红包", "好处", "回扣", "要钱", "收钱", "索要", "吃拿卡要", "辛苦费", "茶水费", "购物卡", "加油卡", "请吃饭", "朋友的灭火器", "指定买", "买指定", "买他指定", "买他们指定", "暗示买", "暗示我买", "让我们买", "逼我们买", "逼我买", "要我们买", "非要我们买", "不开票", "不给票", "不开发票", "不给发票", "不给收据", "没有收据", "私下给"], "涉嫌索要好处", ComplaintKind.Integrity),
        (["没亮证", "未亮证", "不亮证", "没出示", "未出示", "不出示", "没带证", "没有证", "没证", "没看到证", "没给看证"], "未亮证", ComplaintKind.NoScanOrCertificate),
        (["没扫码", "未扫码", "不扫码", "没有扫码", "没扫"], "未扫码", ComplaintKind.NoScanOrCertificate),
        (["安静日"], "在安静日检查", ComplaintKind.OnQuietDays),
        (["变相", "说是指导", "说是走访", "其实是检查", "名义"], "以指导、走访名义检查", ComplaintKind.InspectionInDisguise),
        (["重复", "太频繁", "又来查", "又来检查", "查了三次", "好几次", "一个月查", "三拨人"], "重复或频繁检查", ComplaintKind.RepeatedInspection),
        (["态度", "骂", "凶", "吼", "威胁", "粗暴"], "态度生硬", ComplaintKind.RudeConduct),
        (["没预告", "没有预告", "没通知", "随便查", "随意", "没说要查什么", "没说查什么", "没说明"], "未说明检查内容", ComplaintKind.ArbitraryInspection),
        (["一刀切", "以罚增收", "以罚代管", "罚款任务", "罚款指标", "一罚了之", "只罚不管"], "一刀切或以罚代管", ComplaintKind.FinesForIncome),
        (["结果不对", "不属实", "认定不", "不服"], "对检查结果有异议", ComplaintKind.ResultDisputed),
        (["超期", "一直没回", "没人回", "没答复", "不答复"], "超期未答复", ComplaintKind.LateAnswer),
    ];

    private static readonly string[] Inspecting = ["检查人员", "执法", "检查员", "来查", "来检查", "来了", "他们", "进门", "进店", "进厂"];

    /// <summary>Words that only say that somebody wants to complain.</summary>
    private static readonly string[] Openers = ["我要投诉", "我想投诉", "要投诉", "投诉检查行为", "投诉", "举报", "我要举报", "我想", "我要", "检查行为", "一下", "改为投诉", "吧", "。", "，", ","];

    public string InWords => Facts.Count == 0 ? Kind.InChinese() : string.Join('、', Facts);

    /// <summary>要我交200块钱; a fine has its paper and is no such thing.</summary>
    [GeneratedRegex("(?:要|让|叫|逼|非要|硬要)[我咱][们厂店]?.{0,6}[交给掏拿转付].{0,8}(?:块|元|钱)")]
    private static partial Regex AsksForMoney();

    public static WhatHappened In(string words)
    {
        var bribe = Special.Of(words) is { Kind: SpecialKind.IntegrityClue } || (AsksForMoney().IsMatch(words) && !words.Contains("罚款", StringComparison.Ordinal));
        var found = Signs.Where(sign => (bribe && sign.Kind == ComplaintKind.Integrity) || sign.Said.Any(said => words.Contains(said, StringComparison.Ordinal))).ToList();
        return new WhatHappened([.. found.Select(sign => sign.Fact)], found.Count == 0 ? ComplaintKind.Other : found[0].Kind);
    }

    /// <summary>Whether a question tells of inspectors who did wrong, so that it must not just go to their unit.</summary>
    public static bool IsComplaint(string question)
    {
        var found = In(question);
        return found.Kind is ComplaintKind.Integrity or ComplaintKind.RudeConduct
            || (found.Facts.Count > 0 && Inspecting.Any(word => question.Contains(word, StringComparison.Ordinal)));
    }

    /// <summary>Whether the words that opened the conversation already tell something, so that they need not be asked for again.</summary>
    public static bool IsTold(string opening) =>
        In(opening).Facts.Count > 0
        || Openers.Aggregate(opening, (rest, word) => rest.Replace(word, "", StringComparison.Ordinal)).Trim().Length >= 6;
}
