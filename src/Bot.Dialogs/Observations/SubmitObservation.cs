using System.Text.RegularExpressions;
using Bot.Dialogs.Conversations;
using Bot.Dialogs.Forms;
using Bot.Dialogs.Understanding;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Forms;
using Bot.Domain.Observations;
using Bot.Domain.Observers;

namespace Bot.Dialogs.Observations;

/// <summary>C29: a legal observer reports what was seen at an inspection. Somebody whose term has ended is thanked and refused, and the bureau is told (S08).</summary>
public static partial class SubmitObservation
{
    public static Conversation Conversation { get; } = new("SubmitObservation", "提交观察意见", "这次观察意见", Play)
    {
        Roles = [ActorRole.LegalObserver],
        Intents = [Intents.ObserverFeedback],
        Opens = text => text is "提交观察意见" or "观察" or "填观察表" || Task().IsMatch(text),
        TakesEvidence = true,
    };

    private static async Task Play(Chat chat)
    {
        var term = await chat.Look(new MyTerm(chat.Visitor));
        if (!term.InOffice)
        {
            await chat.Send(new TellOfEndedTerm(chat.Visitor));
            var ended = term.To is { } to ? $"您的聘期到{ChineseDates.Long(to)}已满" : "您还不在聘期内";
            chat.Say($"谢谢您。{ended}，这次的观察意见暂时不能提交，我已告诉{chat.Rules.SupervisionOffice.Name}；续聘后就可以。发现问题也可以用“意见反馈”或“投诉”告诉我们。", "意见反馈", "投诉检查行为");
            return;
        }

        var task = Task().Match(chat.Opening) is { Success: true } found ? found.Value.ToUpperInvariant() : await Promised(chat);
        var answers = await FillIn.Ask(chat, await chat.Look(new FindForm(chat.Visitor, FormBook.Observation)));
        var more = await chat.AskForMore("more", "还有要说明的吗？可发照片，请避开无关人员面部和商业秘密。没有就回复“没有”。");
        var receipt = await chat.Send(new Bot.Domain.Observations.SubmitObservation(chat.Visitor, task, answers, more.Text, [.. more.Files.Select(file => file.Id)]));
        chat.Say($"已提交给{chat.Rules.SupervisionOffice.Name}，编号 {receipt.Number}。被观察单位只看到汇总，看不到您的名字。");
    }

    /// <summary>Which of the month's observations it is, where one was taken on (C30).</summary>
    private static async Task<string?> Promised(Chat chat)
    {
        var promised = (await chat.Look(new ObservationOffersOfMonth(chat.Visitor))).Where(one => one is { State: OfferState.Accepted, TaskId: not null }).ToList();
        if (promised.Count == 0)
            return null;
        var which = await chat.Choose("which", "是哪次检查？", [.. promised.Select(one => new Option(one.TaskId!, $"{one.TaskId} {(one.On is { } on ? ChineseDates.Short(on) : "")} {one.Field}")), new Option("", "别的检查", "自选")]);
        return which.Length == 0 ? null : which;
    }

    [GeneratedRegex(@"(?<![A-Za-z0-9])[Tt]\d+(?:-\d+)?(?!\d)")]
    private static partial Regex Task();
}
