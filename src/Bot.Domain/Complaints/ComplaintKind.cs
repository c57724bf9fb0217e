using System.Collections.Frozen;

namespace Bot.Domain.Complaints;

/// <summary>What enterprises complain about (domain.md 2.7).</summary>
public enum ComplaintKind
{
    Other,
    NoScanOrCertificate,
    RepeatedInspection,
    ArbitraryInspection,
    OnQuietDays,
    InspectionInDisguise,
    RudeConduct,
    ResultDisputed,
    LateAnswer,

    /// <summary>一刀切、以罚增收、以罚代管 (W25).</summary>
    FinesForIncome,

    /// <summary>Hints at money, goods or favours: read by the desk alone, never sent to any unit (H11).</summary>
    Integrity,
}

public static class ComplaintKinds
{
    private static readonly FrozenDictionary<ComplaintKind, string> Names = new Dictionary<ComplaintKind, string>
    {
        [ComplaintKind.Other] = "其他问题",
        [ComplaintKind.NoScanOrCertificate] = "未扫码/未亮证",
        [ComplaintKind.RepeatedInspection] = "重复检查",
        [ComplaintKind.ArbitraryInspection] = "随意检查",
        [ComplaintKind.OnQuietDays] = "安静日检查",
        [ComplaintKind.InspectionInDisguise] = "变相检查",
        [ComplaintKind.RudeConduct] = "态度生硬",
        [ComplaintKind.ResultDisputed] = "对检查结果有异议",
        [ComplaintKind.LateAnswer] = "超期未答复",
        [ComplaintKind.FinesForIncome] = "一刀切/以罚代管",
        [ComplaintKind.Integrity] = "涉嫌索要好处",
    }.ToFrozenDictionary();

    public static string InChinese(this ComplaintKind kind) => Names[kind];

    /// <summary>The kind that an imported ledger writes in Chinese; what it does not know is <see cref="ComplaintKind.Other"/>.</summary>
    public static ComplaintKind Of(string chinese) => Names.FirstOrDefault(name => name.Value == chinese).Key;
}
