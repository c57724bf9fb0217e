using Bot.Dialogs.Conversations;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Inspections;

namespace Bot.Dialogs.Inspections;

/// <summary>J12: what cannot wait is scanned at once; ground and result are reported afterwards.</summary>
public static class InspectAtOnce
{
    private const string Report = "紧急报告";
    private const int LongestText = 500;
    private const int LongestWhy = 300;

    public static Conversation Conversation { get; } = new("InspectAtOnce", "紧急检查", "这次登记", Play)
    {
        Roles = [ActorRole.Inspector],
        Opens = text => text.StartsWith("紧急检查", StringComparison.Ordinal) || text.StartsWith(Report, StringComparison.Ordinal),
    };

    private static async Task Play(Chat chat)
    {
        if (chat.Opening.StartsWith(Report, StringComparison.Ordinal))
        {
            await ReportOn(chat);
            return;
        }

        var choices = await chat.Look(new RegistrationChoices(chat.Visitor));
        await NamingAnEnterprise.FromOpening(chat);
        var enterprise = await NamingAnEnterprise.Ask(chat);
        var why = await chat.Ask("why", "为什么必须当场检查？一句话。", LongestWhy);
        var items = await chat.Ask("items", $"检查什么事项？\n{ReadingTasks.Numbered(choices.Items, item => item.Name)}", said => ReadItems(said, choices), takesAnything: false);
        var team = await chat.Ask("team", $"谁在现场？请选两名以上，包括您本人。\n{ReadingTasks.Numbered(choices.Inspectors, person => person.Name)}", said => ReadTeam(said, choices, chat.Visitor.PersonId), takesAnything: false);
        var start = await chat.Review(
            "review",
            "请看一遍，发起后即视为已扫码，企业会马上收到人员和事项：",
            [
                new ReviewItem("enterprise", "企业", enterprise.Name),
                new ReviewItem("why", "事由", why),
                new ReviewItem("items", "事项", string.Join('、', choices.Items.Where(item => items.Contains(item.Id)).Select(item => item.Name))),
                new ReviewItem("team", "人员", string.Join('、', choices.Inspectors.Where(person => team.Contains(person.Id)).Select(person => person.Name))),
            ],
            submit: "发起",
            drop: "不发起");
        if (!start)
        {
            chat.Say("好的，没有发起。");
            return;
        }

        var receipt = await chat.Send(new StartUrgent(chat.Visitor, enterprise.Id, why, items, team));
        chat.Say($"紧急检查已登记，编号 {receipt.TaskId}，{ChineseDates.Time(TimeOnly.FromDateTime(receipt.StartedAt))}已扫码。请于{Due(receipt)}前书面报告事由和结果并补办审批。", $"{Report} {receipt.TaskId}");
    }

    private static async Task ReportOn(Chat chat)
    {
        var id = TaskReference.In(chat.Opening) ?? await chat.Ask("task", "报告哪次紧急检查？请说任务编号，比如“T26-3”。", said => TaskReference.In(said.Text) is { } named ? named : Read.No<string>("没认出任务编号。"));
        var ground = await chat.Ask("ground", "请写事由。", LongestText);
        var result = await chat.Ask("result", "请写检查结果。", LongestText);
        var submit = await chat.Review("review", $"{id}，请看一遍：", [new ReviewItem("ground", "事由", ground), new ReviewItem("result", "结果", result)]);
        if (!submit)
        {
            chat.Say("好的，没有提交。", $"{Report} {id}");
            return;
        }

        var receipt = await chat.Send(new ReportUrgent(chat.Visitor, id, ground, result));
        chat.Say($"已书面报告单位负责人，等补办审批{(receipt.DueOn is null ? "" : $"，最迟{Due(receipt)}")}。", $"任务 {id}");
    }

    private static string Due(UrgentReceipt receipt) => receipt.DueOn is { } on ? ChineseDates.Due(on, receipt.Provisional) : "下一个工作日";

    private static Read<List<string>> ReadItems(Said said, UnitChoices choices) =>
        ReadingTasks.Items(said.Text, choices.Items) is { Count: > 0 } found ? found.ToList() : Read.No<List<string>>("没认出事项，请回复列表里的数字或名称。");

    private static Read<List<string>> ReadTeam(Said said, UnitChoices choices, string? me) =>
        ReadingTasks.Team(said.Text, choices.Inspectors, me) is { Count: > 0 } team ? team.ToList() : Read.No<List<string>>("没认出是谁，请回复列表里的数字或全名。");
}
