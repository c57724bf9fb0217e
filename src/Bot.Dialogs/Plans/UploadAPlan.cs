using System.Globalization;
using System.Text.RegularExpressions;
using Bot.Dialogs.Conversations;
using Bot.Dialogs.Understanding;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Plans;
using Bot.Domain.Rules;

namespace Bot.Dialogs.Plans;

/// <summary>C22: a plan comes as a table; what is missing is named by row and may be filled in here; then it waits for its filings (J08, S26, S27).</summary>
public static partial class UploadAPlan
{
    private const int MostNamed = 5;
    private const int LongestTitle = 100;
    private const int LongestNumber = 60;

    public static Conversation Conversation { get; } = new("UploadAPlan", "上传检查计划", "这次上传", Play)
    {
        Roles = [ActorRole.UnitLiaison, ActorRole.UnitLeader],
        Opens = text => Wish().IsMatch(text),
        TakesEvidence = true,
    };

    /// <summary>What to do about rows without a ratio; the ratio, when it was said at once.</summary>
    internal sealed record Filling(bool Here, decimal? Ratio);

    private static async Task Play(Chat chat)
    {
        var wish = Wish().Match(chat.Opening);
        var year = wish.Groups[1].Success ? int.Parse(wish.Groups[1].Value, CultureInfo.InvariantCulture) : await AskYear(chat);
        var kind = chat.Opening switch
        {
            var text when text.Contains("专项", StringComparison.Ordinal) => PlanKind.Special,
            var text when text.Contains("上级", StringComparison.Ordinal) => PlanKind.FromAbove,
            var text when text.Contains("临时", StringComparison.Ordinal) => PlanKind.AdHoc,
            _ => PlanKind.Annual,
        };
        var title = kind == PlanKind.Annual ? $"{year}年度检查计划" : await chat.Ask("title", "计划叫什么名称？例如“冬季火灾防控专项检查”。", LongestTitle);
        var (lines, filled) = await PlanTable.Ask(chat, $"请发计划表（.xlsx 或 .csv）。企业微信里发不了表格，请在电脑上打开网页版对话发。{PlanTable.Columns}。{Order(chat, kind)}");
        var receipt = await chat.Send(new UploadPlan(chat.Visitor, year, kind, title, lines));
        await PlanFiling.After(chat, receipt, (filled ? "已补。" : "已上传。") + (kind == PlanKind.Annual ? InTime(receipt, chat) : ""));
    }

    private static Task<int> AskYear(Chat chat) => chat.Ask(
        "year",
        $"哪一年的计划？[1]{chat.StartedAt.Year}年 [2]{chat.StartedAt.Year + 1}年",
        said => Numbers.Choice(said.Text, 2) is { } choice
            ? chat.StartedAt.Year + choice - 1
            : Year().Match(said.Text) is { Success: true } named
                ? int.Parse(named.Value, CultureInfo.InvariantCulture)
                : Read.No<int>("请回复年份，例如2027。"),
        takesAnything: false,
        $"{chat.StartedAt.Year}年",
        $"{chat.StartedAt.Year + 1}年");

    private static string Order(Chat chat, PlanKind kind) => kind == PlanKind.Annual
        ? $"区级单位须先完成市级备案，再报{chat.Rules.SupervisionOffice.Name}；镇街直接报{chat.Rules.SupervisionOffice.Name}；区级单位的计划要向社会公告。"
        : $"专项计划须经政府或上级批准，再报{chat.Rules.SupervisionOffice.Name}备案。";

    private static string InTime(PlanReceipt receipt, Chat chat) => receipt.Late
        ? $"截止{ChineseDates.Long(receipt.DueOn)}，已经晚了，会列入{chat.Rules.SupervisionOffice.Name}的超期名单。"
        : $"截止{ChineseDates.Long(receipt.DueOn)}前上传，您{(DateOnly.FromDateTime(chat.StartedAt) < receipt.DueOn ? "提前" : "按时")}完成。";

    [GeneratedRegex("^(?:我要)?上传(?:([0-9]{4})年?)?(?:度|年度)?(?:的)?(?:专项|上级指定|临时)?(?:行政)?(?:检查)?计划$")]
    private static partial Regex Wish();

    [GeneratedRegex("20[0-9]{2}")]
    private static partial Regex Year();

    /// <summary>The table and the talk about what is wrong in it.</summary>
    internal static class PlanTable
    {
        public static string Columns { get; } = $"第一行是列名：{string.Join('、', PlanColumns.All)}；每行一类对象，前四列必填，联合检查的还要写频次、方式和分工";

        public static async Task<(IReadOnlyList<PlanLineFacts> Lines, bool Filled)> Ask(Chat chat, string question)
        {
            var file = (chat.Attachments is [.., var last] ? last.Id : null) ?? await File(chat, question);
            while (true)
            {
                var (sheet, wrong) = await Look(chat, file);
                wrong ??= sheet!.Faults.Count > 0 ? Faults(sheet) : null;
                if (wrong is not null)
                {
                    file = await File(chat, wrong);
                    continue;
                }

                var missing = sheet!.WithoutRatio;
                if (missing.Count == 0)
                    return (sheet.Lines, false);
                var filling = await AskFilling(chat, sheet.Lines.Count, missing);
                if (filling.Here)
                {
                    var ratio = filling.Ratio ?? await chat.Ask("ratio", "这几行的检查比例是多少？例如10%。", said => Share(said.Text) is { } share ? share : Read.No<decimal>("请写百分数，例如10%。"));
                    return ([.. sheet.Lines.Select(line => line.Ratio is null ? line with { Ratio = ratio } : line)], true);
                }

                file = await File(chat, "好，请发改好的计划表。");
            }
        }

        private static Task<string> File(Chat chat, string question) => chat.Ask(
            "sheet",
            question,
            said => said.Files is [.., var last] ? last.Id : Read.No<string>($"请把计划表作为文件发来（.xlsx 或 .csv）。{Columns}。"));

        private static async Task<(PlanSheet? Sheet, string? Wrong)> Look(Chat chat, string file)
        {
            try
            {
                return (await chat.Look(new ReadPlanSheet(chat.Visitor, file)), null);
            }
            catch (RuleBrokenException unreadable)
            {
                return (null, unreadable.Message);
            }
        }

        private static string Faults(PlanSheet sheet)
        {
            var more = sheet.Faults.Count > MostNamed ? $"\n……共{sheet.Faults.Count}处" : "";
            return $"读到{sheet.Lines.Count}行，{sheet.Faults.Count}处要改：\n{string.Join('\n', sheet.Faults.Take(MostNamed))}{more}\n改好后请重新发来。";
        }

        private static Task<Filling> AskFilling(Chat chat, int lines, IReadOnlyList<int> missing) => chat.Ask(
            "filling",
            $"读到{lines}行，{missing.Count}行缺检查比例（第{string.Join('、', missing.Take(MostNamed * 2))}{(missing.Count > MostNamed * 2 ? "等" : "")}行）。[1]改后重传 [2]就在这里补",
            said => said.Text switch
            {
                var text when Numbers.ChoiceAndRest(text, 2) is (2, var rest) && Share(rest) is { } ratio => new Filling(true, ratio),
                var text when Share(text) is { } ratio && (text.EndsWith('%') || text.Contains("都是", StringComparison.Ordinal)) => new Filling(true, ratio),
                var text when Numbers.Choice(text, 2) == 1 || text.Contains("重传", StringComparison.Ordinal) => new Filling(false, null),
                var text when Numbers.Choice(text, 2) == 2 || text.Contains("这里补", StringComparison.Ordinal) => new Filling(true, null),
                _ => Read.No<Filling>("请回复1重传，或回复“2 都是10%”这样就在这里补。"),
            },
            takesAnything: false,
            "改后重传",
            "就在这里补");

        private static decimal? Share(string text) => Number().Match(text) is { Success: true } found ? Percent.Read(found.Value) : null;
    }

    [GeneratedRegex(@"[0-9]+(?:\.[0-9]+)?\s*[%％]?")]
    private static partial Regex Number();

    /// <summary>What comes after a version was saved: the superior's number, then the justice bureau.</summary>
    internal static class PlanFiling
    {
        private static readonly string[] NotYet = ["没有", "还没有", "还没", "没", "暂时没有", "稍后", "以后", "没呢", "无", "稍后补"];

        public static async Task After(Chat chat, PlanReceipt receipt, string lead)
        {
            var office = chat.Rules.SupervisionOffice.Name;
            if (receipt.Stage == "待市级备案")
            {
                var number = await chat.Ask("superior", $"{lead}市级备案编号有了吗？没有可以稍后补，补齐前不能报{office}。", ReadNumber, takesAnything: true, "还没有");
                if (number.Length == 0)
                {
                    chat.Say($"已保存为“待市级备案”，{(receipt.RemindOn is { } on ? $"{ChineseDates.WithWeekday(on)}提醒您" : "备案后请说一声")}。", $"市级备案 {receipt.PlanId}");
                    return;
                }

                receipt = await chat.Send(new FileWithSuperior(chat.Visitor, receipt.PlanId, number));
                lead = "市级备案编号已登记。";
            }

            if (receipt.Stage == "待政府批准")
            {
                var number = await chat.Ask("approval", $"{lead}批准文件的文号有了吗？没有可以稍后补，补齐前不能报{office}。", ReadNumber, takesAnything: true, "还没有");
                if (number.Length == 0)
                {
                    chat.Say("已保存为“待政府批准”。", $"登记批准 {receipt.PlanId}");
                    return;
                }

                receipt = await chat.Send(new RecordApproval(chat.Visitor, receipt.PlanId, number));
                lead = "批准文号已登记。";
            }

            await WithJustice(chat, receipt, lead);
        }

        public static async Task WithJustice(Chat chat, PlanReceipt receipt, string lead)
        {
            var office = chat.Rules.SupervisionOffice.Name;
            if (receipt.Stage == "待报区司法局备案")
            {
                if (!await chat.Confirm("justice", $"{lead}现在报{office}备案吗？", "报", "先不报"))
                {
                    chat.Say($"好的，已保存为“{receipt.Stage}”。", $"司法局备案 {receipt.PlanId}");
                    return;
                }

                receipt = await chat.Send(new FileWithJustice(chat.Visitor, receipt.PlanId));
                lead = $"已报{office}备案。";
            }

            if (receipt.Stage == "待公告")
                chat.Say($"{lead}计划须向社会公告，公告后请告诉我。", $"公告计划 {receipt.PlanId}");
            else
                chat.Say($"{lead}{receipt.Title}现在是“{receipt.Stage}”。", $"计划 {receipt.PlanId}");
        }

        public static Read<string> ReadNumber(Said said)
        {
            if (NotYet.Contains(said.Text.TrimEnd('。'), StringComparer.Ordinal))
                return "";
            return said.ForPeople.Length is > 0 and <= LongestNumber && said.Text.Any(char.IsDigit)
                ? said.ForPeople.Trim()
                : Read.No<string>("请写编号，例如“江应急备〔2027〕3号”；还没有就回复“还没有”。");
        }
    }
}
