using System.Text.RegularExpressions;
using Bot.Dialogs.Complaints;
using Bot.Dialogs.Conversations;
using Bot.Dialogs.Understanding;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Door;
using Bot.Domain.Guidance;

namespace Bot.Dialogs.Door;

/// <summary>
/// C7: somebody stands at the door. The shown code, certificate numbers and names are held against the register; what was said and found goes into a
/// complaint when one is wanted. Its turns may become the beginning of something anonymous, so they are not kept.
/// </summary>
public static partial class VerifyAtTheDoor
{
    private const string Call = "打给该局核实";
    private const string Complain = "现在投诉";
    private const string Enough = "知道了";
    private const string Lead = "检查码";
    private const string MayRefuse = "不能出示检查码和证件的，您有权拒绝接受检查。";

    private static readonly string[] Openings = ["核验", "核验检查人员", "扫检查码", "核验证件", "查执法证", "检查码"];
    private static readonly string[] NoCertificate = ["没证", "没有证", "没带证", "不出示", "没出示", "没亮证", "不亮证", "不给看", "没有码", "没码", "都没有"];
    private static readonly string[] NotNames = ["谢谢", "好的", "好", "可以", "不用", "没有", "知道了", "不是", "不要", "投诉", "电话", "他们", "你好", "您好"];

    public static Conversation Conversation { get; } = new("VerifyAtTheDoor", "核验检查人员", "这次核验", Play)
    {
        Roles = [ActorRole.EnterpriseUser, ActorRole.Public],
        Intents = [Intents.VerifyInspector],
        Scene = InspectionCode.SceneHead,
        Opens = text => Openings.Contains(text, StringComparer.Ordinal) || CodeIn(text) is not null,
        Browsing = ["how", "next"],
        Fleeting = true,
        TakesEvidence = true,
    };

    /// <summary>检查码 7KQ2-M4XF-9T3C, the bare code, or the words that a code to scan holds; null when it is none.</summary>
    internal static string? CodeIn(string text)
    {
        var behind = text.StartsWith(Lead, StringComparison.Ordinal) ? text[Lead.Length..].Trim(' ', ':', '是', ',') : text;
        if (behind.StartsWith(InspectionCode.SceneHead + "_", StringComparison.OrdinalIgnoreCase))
            behind = behind[(InspectionCode.SceneHead.Length + 1)..];
        return InspectionCode.Read(behind);
    }

    private static async Task Play(Chat chat)
    {
        var units = await chat.Look(new UnitsForGuidance(chat.Visitor));
        var story = new List<string>();
        var unit = Unit(chat.Opening, units);
        UnitToday? known = null;
        var wish = ReadWish(chat.Opening, chat.Visitor, opening: true);
        if (wish is null)
        {
            if (!Openings.Contains(chat.Opening, StringComparer.Ordinal))
                story.Add(chat.Opening);
            wish = await chat.Ask("how", "请问能看到检查码或证号吗？[1]扫检查码 [2]输证号 [3]都没有", said => ReadFirst(said, chat.Visitor), takesAnything: false, "扫检查码", "输证号", "都没有");
        }

        while (true)
        {
            Reply answer;
            switch (wish.What)
            {
                case What.Code:
                    (answer, var shown) = Show(await chat.Send(new CheckInspectionCode(chat.Visitor, wish.Code)));
                    story.Add(shown is null ? "对方出示的检查码查不到。" : $"检查码属于{shown.UnitName}。");
                    known = shown is null ? known : new UnitToday(shown.UnitId, shown.UnitName, shown.UnitPhone, null);
                    break;
                case What.Certificates:
                    var found = await chat.Send(new CheckCertificates(chat.Visitor, wish.Certificates, unit?.Id));
                    known = found.Units.FirstOrDefault(one => one.Id == found.Found.Select(f => f.UnitId).OfType<string>().FirstOrDefault()) ?? (found.Units is [var first, ..] ? first : known);
                    answer = Show(found);
                    story.Add(answer.Text);
                    break;
                case What.AskedForCode:
                    answer = new Reply("请用微信扫对方手机上的检查码；扫不了，就把码下面的12位字母和数字发给我，例如 7KQ2-M4XF-9T3C。") { Actions = ["都没有"] };
                    break;
                case What.AskedForNumber:
                    answer = new Reply(chat.Visitor.EnterpriseId is null ? "请发执法证上的编号，可以一次发几个。" : "请发执法证上的编号，可以一次发几个；只知道姓名的，请发“姓名 张三”。") { Actions = ["都没有"] };
                    break;
                case What.Urgent:
                    story.Add(wish.Said);
                    answer = Offered("紧急情况可以先检查，但应当场发起扫码，事后补办审批。请对方现在扫码，扫码后我会立刻把人员和事项发给您。");
                    break;
                case What.Nothing:
                    story.Add(wish.Said);
                    answer = Offered($"检查应有两名以上持证人员，并主动出示证件；不出示的，您有权拒绝接受检查。需要 [1]{Call} [2]{Complain} 吗？");
                    break;
                case What.Call:
                    unit ??= known is null ? await AskUnit(chat, units) : null;
                    known ??= unit is null ? null : (await chat.Send(new CheckCertificates(chat.Visitor, [], unit.Id))).Units is [var its, ..] ? its : null;
                    answer = Offered($"{(known is null ? $"{chat.Rules.SupervisionOffice.Name}电话 {chat.Rules.SupervisionOffice.Phone}" : $"{known.Name}值班电话 {known.Phone}")}。核实后需要投诉，回复“投诉”即可，我会带入刚才的内容。");
                    break;
                case What.Complain:
                    var against = known is null ? unit : units.FirstOrDefault(one => one.Id == known.Id);
                    await FileComplaint.FromTheDoor(chat, story.Count > 0 ? string.Join('\n', story) : "上门检查未能核验身份。", against);
                    return;
                default:
                    chat.Say("好的。人与证不符、事项不符，随时可以再核验或投诉。", "核验", "投诉检查行为");
                    return;
            }

            wish = await chat.Ask("next", answer, said => ReadNext(said, chat.Visitor));
        }
    }

    private static async Task<UnitChoice?> AskUnit(Chat chat, IReadOnlyList<UnitChoice> units)
    {
        var id = await chat.Ask(
            "whose",
            "对方说是哪个单位？不知道可以说“不清楚”。",
            said => Unit(said.Text, units) is { } named ? named.Id : said.Text.Contains("不清楚", StringComparison.Ordinal) || said.Text.Contains("不知道", StringComparison.Ordinal) ? "" : Read.No<string>("没认出是哪个单位，可以说“应急”“消防”这样的叫法，不知道就回复“不清楚”。"),
            takesAnything: false,
            "不清楚");
        return units.FirstOrDefault(unit => unit.Id == id);
    }

    private static (Reply Reply, DoorCard? Card) Show(InspectionCodeChecked found)
    {
        if (found.Card is not { } card)
            return (Offered($"这个检查码用不了：可能输错了，可能已经换新，也可能不是今天的。请让对方出示最新的检查码，或把证号发给我核对。{MayRefuse}"), null);
        var units = string.Join('、', card.JointUnits.Prepend(card.UnitName));
        var people = string.Concat(card.People.Select(person => $"\n· {person.Name} {person.Number} {Standing(person)}"));
        var text = found.Finding switch
        {
            CodeFinding.OfThisEnterprise when card.NotBegunBecause is { } why => $"检查码是真的（{units}，任务{card.TaskId}），但现在不能开始检查：{why}\n检查人员：{people}\n您可以拒绝接受检查，并请对方联系本单位处理。",
            CodeFinding.OfThisEnterprise => $"核对无误：{units}今天到贵单位检查，任务{card.TaskId}{(card.Urgent ? "（紧急检查，事后补办审批）" : "")}{(card.ScannedInAt is { } at ? $"，{ChineseDates.Time(TimeOnly.FromDateTime(at))}已登记到场" : "")}。\n检查人员：{people}\n检查事项：{string.Join('；', card.Items.Select(item => $"{item.Name}（依据：{item.Basis}）"))}\n请核对照片和人是否一致。单位电话 {card.UnitPhone}。",
            CodeFinding.OfAnother => $"这个检查码是{units}的，但登记的检查对象不是贵单位。请让对方核对，核对清楚前您可以不接受检查。单位电话 {card.UnitPhone}。",
            _ => $"这个检查码是真的：{units}。\n检查人员：{people}\n您还没有绑定企业，我核对不了这次检查是不是到您这里。请核对照片和人是否一致，也可以打给该局核实：{card.UnitPhone}。",
        };
        return (Offered(text), card);
    }

    private static Reply Show(CertificatesChecked found)
    {
        var lines = found.Found.Select(one => one.Standing switch
        {
            CertificateStanding.Valid => $"{one.Asked}：在册，{one.UnitName}{(one.Asked == one.Name ? "" : $"，{one.Name}")}，证件有效。",
            CertificateStanding.Expired => $"{one.Asked}：在册，{one.UnitName}，但证件已于{ChineseDates.Short(one.ValidTo!.Value)}过期，不能检查，您可以拒绝接受检查并在此投诉。",
            CertificateStanding.Suspended => $"{one.Asked}：在册，{one.UnitName}，但证件暂停使用，不能检查，您可以拒绝接受检查并在此投诉。",
            _ => $"{one.Asked}：未查到有效证件，您可以拒绝接受检查并在此投诉。",
        }).ToList();
        if (found.Found.Any(one => one.Standing == CertificateStanding.Valid))
            lines.Add("请核对照片和人是否一致。");
        lines.AddRange(found.Units.Where(unit => unit.InspectsToday is not null).Select(unit => unit.InspectsToday == true
            ? $"今天查到{unit.Name}对贵单位登记的检查任务。"
            : $"今天没有查到{unit.Name}对贵单位登记的检查任务。"));
        if (found.Found.Any(one => one.Standing != CertificateStanding.Valid))
            lines.AddRange(found.Units.Select(unit => $"{unit.Name}值班电话 {unit.Phone}。"));
        return Offered(string.Join('\n', lines));
    }

    private static string Standing(CertificateFinding person) => person.Standing switch
    {
        CertificateStanding.Valid => "证件有效",
        CertificateStanding.Expired => $"证件{ChineseDates.Short(person.ValidTo!.Value)}过期",
        CertificateStanding.Suspended => "证件暂停使用",
        _ => "没有查到证件",
    };

    private static Reply Offered(string text) => new(text) { Actions = [Call, Complain, Enough] };

    private static Read<Wish> ReadFirst(Said said, Actor visitor)
    {
        if (Numbers.ChoiceAndRest(said.Text, 3) is (_, var rest) && ReadWish(rest, visitor, opening: false) is { } named)
            return named;
        return Numbers.Choice(said.Text, 3) switch
        {
            1 => new Wish(What.AskedForCode, said.Text),
            2 => new Wish(What.AskedForNumber, said.Text),
            3 => new Wish(What.Nothing, "没有检查码，也没有证号。"),
            _ => ReadNext(said, visitor),
        };
    }

    private static Read<Wish> ReadNext(Said said, Actor visitor) => Numbers.Choice(said.Text, 2) switch
    {
        1 => new Wish(What.Call, said.Text),
        2 => new Wish(What.Complain, said.Text),
        _ => ReadWish(said.Text, visitor, opening: false) ?? Read.No<Wish>($"没听明白。可以发检查码、证号，或者说“他们说是紧急检查”“没有证”“{Call}”“{Complain}”，不用了说“{Enough}”。"),
    };

    private static Wish? ReadWish(string text, Actor visitor, bool opening)
    {
        if (CodeIn(text) is { } code)
            return new Wish(What.Code, text) { Code = code };
        var numbers = CertificateNumber().Matches(text).Select(match => match.Value).Distinct().ToList();
        if (numbers.Count > 0)
            return new Wish(What.Certificates, text) { Certificates = numbers };
        if (visitor.EnterpriseId is not null && Named().Match(text) is { Success: true } named && !NotNames.Contains(named.Groups[1].Value, StringComparer.Ordinal))
            return new Wish(What.Certificates, text) { Certificates = [named.Groups[1].Value] };
        if (opening)
            return null;
        if (text is "扫检查码" or "扫码" or "检查码")
            return new Wish(What.AskedForCode, text);
        if (text is "输证号" or "证号" or "姓名")
            return new Wish(What.AskedForNumber, text);
        if (text.Contains("投诉", StringComparison.Ordinal) || text.Contains("举报", StringComparison.Ordinal))
            return new Wish(What.Complain, text);
        if (text == Call || text.Contains("电话", StringComparison.Ordinal) || text.Contains("核实", StringComparison.Ordinal))
            return new Wish(What.Call, text);
        if (text.Contains("紧急", StringComparison.Ordinal))
            return new Wish(What.Urgent, $"对方说：{text}");
        if (NoCertificate.Any(word => text.Contains(word, StringComparison.Ordinal)))
            return new Wish(What.Nothing, text);
        return text is Enough or "谢谢" or "没事了" or "没问题" || YesNo.Of(text) is not null ? new Wish(What.Enough, text) : null;
    }

    private static UnitChoice? Unit(string text, IReadOnlyList<UnitChoice> units) =>
        PeopleAndUnits.Unit(text, [.. units.Select(unit => (unit.Id, unit.Name, unit.Field))])?.Id is { } id ? units.First(unit => unit.Id == id) : null;

    private enum What
    {
        Code,
        Certificates,
        AskedForCode,
        AskedForNumber,
        Urgent,
        Nothing,
        Call,
        Complain,
        Enough,
    }

    private sealed record Wish(What What, string Said)
    {
        public string Code { get; init; } = "";

        public IReadOnlyList<string> Certificates { get; init; } = [];
    }

    [GeneratedRegex(@"(?<![0-9A-Za-z])[0-9]{8,20}(?![0-9A-Za-z])")]
    private static partial Regex CertificateNumber();

    [GeneratedRegex(@"^(?:姓名|名字|叫)[:：是叫 ]*([\u4e00-\u9fff·]{2,6})$")]
    private static partial Regex Named();
}
