using Bot.Dialogs.Understanding;
using Bot.Domain.Complaints;

namespace Bot.Dialogs.Complaints;

/// <summary>What a complainant's own words say happened: facts for the review, and the kind for the ledger. The words themselves are kept as they are.</summary>
/// <param name="Facts">未亮证, 未扫码 …; empty when nothing was recognised.</param>
/// <param name="Kind">The kind for the ledger; bribes outweigh everything else.</param>
internal sealed record WhatHappened(IReadOnlyList<string> Facts, ComplaintKind Kind)
{
    private static readonly (string[] Said, string Fact, ComplaintKind Kind)[] Signs =
    [
        (["条烟", "包烟", "烟酒", "红包", "好处", "回扣", "要钱", "收钱", "索要", "吃拿卡要", "辛苦费", "茶水费", "购物卡", "加油卡", "请吃饭", "朋友的灭火器", "指定买", "暗示买", "暗示我买", "让我们买"], "涉嫌索要好处", ComplaintKind.Integrity),
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

    /// <summary>Words that only say that somebody wants to complain.</summary>
    private static readonly string[] Openers = ["我要投诉", "我想投诉", "要投诉", "投诉检查行为", "投诉", "举报", "我要举报", "我想", "我要", "检查行为", "一下", "改为投诉", "吧", "。", "，", ","];

    public string InWords => Facts.Count == 0 ? Kind.InChinese() : string.Join('、', Facts);

    public static WhatHappened In(string words)
    {
        var bribe = Special.Of(words) is { Kind: SpecialKind.IntegrityClue };
        var found = Signs.Where(sign => (bribe && sign.Kind == ComplaintKind.Integrity) || sign.Said.Any(said => words.Contains(said, StringComparison.Ordinal))).ToList();
        return new WhatHappened([.. found.Select(sign => sign.Fact)], found.Count == 0 ? ComplaintKind.Other : found[0].Kind);
    }

    /// <summary>Whether the words that opened the conversation already tell something, so that they need not be asked for again.</summary>
    public static bool IsTold(string opening) =>
        In(opening).Facts.Count > 0
        || Openers.Aggregate(opening, (rest, word) => rest.Replace(word, "", StringComparison.Ordinal)).Trim().Length >= 6;
}
