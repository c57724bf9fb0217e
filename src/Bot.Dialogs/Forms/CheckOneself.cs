using Bot.Dialogs.Conversations;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Forms;

namespace Bot.Dialogs.Forms;

/// <summary>S42, D23: the head of a unit fills in the quarter's self-check.</summary>
public static class CheckOneself
{
    public static Conversation Conversation { get; } = new("CheckOneself", "季度自查", "这次自查", Play)
    {
        Roles = [ActorRole.UnitLeader],
        Opens = text => text is "季度自查" or "自查" or "自查表" or "填自查表" or "单位自查",
    };

    private static async Task Play(Chat chat)
    {
        var form = await chat.Look(new FindForm(chat.Visitor, FormBook.SelfCheck));
        var progress = await chat.Look(new SelfCheckProgress(chat.Visitor));
        chat.Say($"{progress.Quarter}《{form.Title}》，共{form.Questions.Count}题，{ChineseDates.WithWeekday(progress.Until)}前填写，到期前可以重填。{form.Intro}");
        var answers = await FillIn.Ask(chat, form);
        var denied = form.Questions.Where(question => answers.Contains(new FormAnswer(question.Key, FormQuestion.No))).Select(question => question.Text).ToList();
        var summary = denied.Count == 0 ? "各项都答“是”" : $"答“否”的有{denied.Count}项：{string.Join('；', denied)}";
        if (!await chat.Confirm("submit", $"{summary}。以单位名义提交吗？", "提交", "不提交"))
        {
            chat.Say("好的，没有提交。想填的时候再说“季度自查”。");
            return;
        }

        var receipt = await chat.Send(new SubmitSelfCheck(chat.Visitor, answers));
        chat.Say($"{receipt.Quarter}自查表已{(receipt.Replaced ? "重新" : "")}提交：发现问题{receipt.Found}个，已改正{receipt.Corrected}个。", "自查进度");
    }
}

/// <summary>D23: which units have done their self-check.</summary>
public static class SeeSelfChecks
{
    public static Conversation Conversation { get; } = new("SeeSelfChecks", "自查进度", "这次查看", Play)
    {
        Roles = [ActorRole.UnitLeader, ActorRole.UnitLiaison, ActorRole.Supervisor],
        Opens = text => text is "自查进度" or "自查情况" or "各单位自查" or "自查通报",
    };

    private static async Task Play(Chat chat)
    {
        var checks = await chat.Look(new SelfCheckProgress(chat.Visitor));
        var done = checks.Units.Count(unit => unit.DoneOn is not null);
        var lines = checks.Units.Select(unit => $"{(unit.DoneOn is { } on ? $"已交 {ChineseDates.Short(on)}" : "未交")} {unit.UnitName}{Details(unit)}");
        chat.Say($"{checks.Quarter}自查：{checks.Units.Count}个单位，已交{done}个，{ChineseDates.WithWeekday(checks.Until)}截止。\n{string.Join('\n', lines)}", chat.Visitor.Role == ActorRole.UnitLeader ? ["季度自查"] : []);
    }

    private static string Details(SelfCheckLine unit) => unit.Found is not { } found
        ? ""
        : $"：发现{found}个，改正{unit.Corrected}个{(unit.Denied.Count == 0 ? "" : $"，没有做到：{string.Join('；', unit.Denied)}")}";
}
