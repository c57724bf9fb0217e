using Bot.Dialogs.Understanding;
using Bot.Domain.People;

namespace Bot.Import;

/// <summary>经营主体, as the market registry exports them.</summary>
internal static class Enterprises
{
    private static readonly Column Id = new("id", "企业编号");
    private static readonly Column Name = new("name", "企业名称");
    private static readonly Column Code = new("creditCode", "统一社会信用代码");
    private static readonly Column Town = new("town", "所在镇街");
    private static readonly Column Industry = new("industry", "行业");
    private static readonly Column IndustryCode = new("industryCode", "行业代码");
    private static readonly Column IndustryAndTrade = new("industryAndTrade", "工贸企业");
    private static readonly Column Employees = new("employees", "从业人数");
    private static readonly Column CreditLevel = new("creditLevel", "信用等级");
    private static readonly Column RiskLevel = new("riskLevel", "风险等级");
    private static readonly Column LongTermTopCredit = new("longTermTopCredit", "长期最高信用");
    private static readonly Column FlexibleWhitelist = new("flexibleWhitelist", "柔性执法白名单");
    private static readonly Column Cap = new("annualOnSiteCapPerUnit", "每单位年度现场检查上限");
    private static readonly Column MovedOn = new("movedOn", "迁入日期");
    private static readonly Column Abnormal = new("abnormal", "异常或失信名单");
    private static readonly Column Complaints = new("complaintsThisYear", "本年度被投诉件数");

    public static Kind Kind { get; } = new(
        "enterprises",
        "企业",
        [Id, Name, Code, Town, Industry, IndustryCode, IndustryAndTrade, Employees, CreditLevel, RiskLevel, LongTermTopCredit, FlexibleWhitelist, Cap, MovedOn, Abnormal, Complaints],
        Take);

    private static void Take(Line line, Registry registry)
    {
        var id = registry.Once(line, Id);
        var code = ReadCode(line);
        if (code is not null && registry.OwnerOfCode(code) is { } owner && owner != id)
            line.Report(Code, $"和企业{owner}的代码相同");
        registry.Put(new Enterprise(id, line.Text(Name), code)
        {
            Town = line.OptionalText(Town) ?? "",
            Industry = line.OptionalText(Industry) ?? "",
            IndustryCode = line.OptionalText(IndustryCode) ?? "",
            IndustryAndTrade = line.Flag(IndustryAndTrade),
            Employees = line.OptionalNumber(Employees) ?? 0,
            CreditLevel = line.OptionalText(CreditLevel) ?? "",
            RiskLevel = line.OptionalText(RiskLevel) ?? "",
            LongTermTopCredit = line.Flag(LongTermTopCredit),
            FlexibleWhitelist = line.Flag(FlexibleWhitelist),
            AnnualOnSiteCapPerUnit = line.OptionalNumber(Cap),
            MovedOn = line.OptionalDate(MovedOn),
            Abnormal = line.Flag(Abnormal),
            ComplaintsThisYear = line.OptionalNumber(Complaints) ?? 0,
        });
    }

    /// <summary>Without a licence there is none (J31). Only upper case is forgiven; a code that is merely nearly right belongs to somebody else.</summary>
    private static string? ReadCode(Line line)
    {
        if (line.OptionalText(Code) is not { Length: > 0 } text)
            return null;
        if (CreditCode.From(text.ToUpperInvariant()) is { } code)
            return code.Value;
        line.Report(Code, CreditCodes.Read(text) is { Sentence.Length: > 0 } reading ? reading.Sentence : "应恰好是18位代码，不要有其他文字");
        return null;
    }
}
