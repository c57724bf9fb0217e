using System.Text.RegularExpressions;
using Bot.Dialogs.Conversations;
using Bot.Dialogs.Guidance;
using Bot.Domain.Calendar;
using Bot.Domain.Clues;
using Bot.Domain.Commands;
using Bot.Domain.Guidance;
using Bot.Domain.Rules;

namespace Bot.Dialogs.Clues;

/// <summary>C24: what the rules found over the books. A supervisor looks at the evidence, warns, tells the unit, or sets it aside with a reason (S11–S13, J39, J40).</summary>
public static partial class SeeClues
{
    private const string Word = "监督线索";
    private const string Scan = "查找线索";
    private const string SetAside = "不采用";
    private const string LastMonth = "上月异常";
    private const string ThisMonth = "本月异常";
    private const int Listed = 9;
    private const int Longest = 500;
    private const int MostLines = 12;

    private static readonly Rule Waiting = new("这条线索已经处理过了。说“监督线索”可以看到等处理的。", "S13");

    public static Conversation Conversation { get; } = new("SeeClues", Word, "这次处理", Play)
    {
        Roles = [ActorRole.Supervisor],
        Opens = text => text is Word or "线索" or "看线索" or Scan or LastMonth or ThisMonth
            || (text.StartsWith(Word, StringComparison.Ordinal) && text.Length <= Word.Length + Listed)
            || (text.EndsWith("线索", StringComparison.Ordinal) && text.Length <= Listed + 3 && !text.Contains("移送", StringComparison.Ordinal) && !text.Contains("复议", StringComparison.Ordinal))
            || (In(text) is { } id && text.Replace(id, "", StringComparison.OrdinalIgnoreCase).Trim() is "" or "线索" or "看线索" or "打开" or "看" or SetAside),
        Browsing = ["which", "wish"],
    };

    /// <summary>The number of a clue in a message: X26-1.</summary>
    internal static string? In(string text) => Number().Match(text) is { Success: true } found ? found.Value.ToUpperInvariant() : null;

    private static async Task Play(Chat chat)
    {
        switch (chat.Opening)
        {
            case LastMonth or ThisMonth:
                await Month(chat);
                return;
            case Scan:
                var found = await chat.Send(new ScanForClues(chat.Visitor));
                chat.Say(found.Count == 0 ? "已查找一遍，没有新的线索。" : $"已查找一遍，新增或有变化的线索{found.Count}条。", Word);
                return;
        }

        var id = In(chat.Opening) ?? await Pick(chat);
        if (id.Length > 0)
            await About(chat, id);
    }

    private static async Task<string> Pick(Chat chat)
    {
        var units = await chat.Look(new UnitsForGuidance(chat.Visitor));
        var unit = NamingAUnit.After(Word, chat, units);
        var open = await chat.Look(new OpenClues(chat.Visitor, unit));
        var whose = unit is null ? "" : NamingAUnit.Name(unit, units);
        if (open.Count == 0)
        {
            chat.Tell($"{whose}现在没有等处理的线索。每天早上自动查找一次，也可以说“{Scan}”马上查一遍。");
            return "";
        }

        return await chat.Choose(
            "which",
            $"{whose}等处理的线索{open.Count}条{(open.Count > Listed ? $"，先看证据最多的{Listed}条，其余可以说单位名加“线索”" : "")}。每条把同一单位同类问题合在一起，是否预警由您决定。\n{string.Join('\n', open.Clues.Take(Listed).Select(clue => $"{clue.Id} {clue.UnitName} {clue.Kind.InChinese()}{clue.EvidenceCount}件"))}\n看哪一条？",
            [.. open.Clues.Take(Listed).Select(clue => new Option(clue.Id, clue.Id))]);
    }

    private static async Task About(Chat chat, string id)
    {
        var clue = await chat.Look(new ClueDetail(chat.Visitor, id));
        if (clue.State != ClueState.Open)
        {
            chat.Tell($"{Head(clue)}\n{(clue.State == ClueState.TakenUp ? $"已用于监督案件{clue.CaseId}，说“打开 {clue.CaseId}”可以看办理情况。" : $"没有采用，理由：{clue.SetAsideBecause}")}");
            return;
        }

        var tellable = !clue.Line.Kind.NamesComplaints() && clue.Line.Kind != ClueKind.FromReconsideration;
        Option[] options =
        [
            new("warn", "发预警提醒", "预警", "发预警"),
            .. tellable ? [new Option("tell", "情况反馈", "反馈")] : Array.Empty<Option>(),
            new("aside", "不采用并写理由", SetAside),
            new("leave", "先不处理", "先不", "知道了"),
        ];
        var wish = chat.Opening.StartsWith(SetAside, StringComparison.Ordinal) ? "aside" : await chat.Choose("wish", Shown(clue), options);
        switch (wish)
        {
            case "warn":
                chat.Say("预警的事实和依据按这条线索填好，您核对以后才发出。", $"发预警 {id}");
                break;
            case "tell":
                await Tell(chat, clue);
                break;
            case "aside":
                var because = await chat.Ask("because", $"{Head(clue)}\n为什么不采用？理由会留存备查。", Longest);
                Waiting.Require((await chat.Send(new SetAsideClue(chat.Visitor, id, because))).State == ClueState.SetAside);
                chat.Say($"{id}已记为不采用，理由已留存。", Word);
                break;
            default:
                chat.Say("好的。", Word);
                break;
        }
    }

    private static async Task Tell(Chat chat, ClueView clue)
    {
        if (!await chat.Confirm("sure", $"把上面的事实反馈给{clue.Line.UnitName}，请其{chat.Rules.SituationAnswer.Period}内说明情况？负责人和联络员都会收到；这不是预警。", "反馈", "先不"))
        {
            chat.Say("好的，没有反馈。", Word);
            return;
        }

        var told = await chat.Send(new TellSituation(chat.Visitor, clue.Line.UnitId, [clue.Line.Id]));
        chat.Say($"已反馈，{told.Number}，请{told.UnitName}{ChineseDates.WithWeekday(told.AnswerBy)}前说明。线索{clue.Line.Id}仍留在等处理里。", "情况反馈");
    }

    private static async Task Month(Chat chat)
    {
        var today = DateOnly.FromDateTime(chat.StartedAt);
        var view = await chat.Look(new ReviewOfMonth(chat.Visitor, chat.Opening == LastMonth ? new DateOnly(today.Year, today.Month, 1).AddMonths(-1) : today));
        var lines = view.Lines.Take(MostLines).Select(line => $"{line.UnitName} {line.Kind.InChinese()}{line.EvidenceIds.Count}件：{string.Join('、', line.EvidenceIds.Take(Listed))}{(line.EvidenceIds.Count > Listed ? "等" : "")}");
        chat.Tell($"{view.Month.ToString("yyyy年M月", System.Globalization.CultureInfo.InvariantCulture)}上传材料{view.Materials}件，异常{view.Anomalies}件{(view.Anomalies == 0 ? "。" : "：")}{string.Concat(lines.Select(line => $"\n{line}"))}{(view.Lines.Count > MostLines ? $"\n……共{view.Lines.Count}项，可以说单位名加“线索”分开看" : "")}");
    }

    private static string Head(ClueView clue) => $"{clue.Line.Id}（{clue.Number}）{clue.Line.UnitName}：{clue.Line.Kind.InChinese()}，{clue.Line.EvidenceCount}件。";

    private static string Shown(ClueView clue) => string.Join('\n',
    [
        Head(clue),
        $"依据：{clue.Clause}",
        .. clue.Evidence.Take(MostLines),
        .. clue.Line.EvidenceCount > MostLines ? [$"……共{clue.Line.EvidenceCount}件"] : Array.Empty<string>(),
        .. clue.OtherUnits.Count > 0 ? [$"另涉及：{string.Join('、', clue.OtherUnits)}"] : Array.Empty<string>(),
        .. clue.EarlierCases.Count > 0 ? [$"同类问题已有监督案件：{string.Join('、', clue.EarlierCases)}"] : Array.Empty<string>(),
    ]);

    [GeneratedRegex(@"(?<![A-Za-z0-9])[Xx][0-9]{2}-[0-9]{1,6}(?![A-Za-z0-9])")]
    private static partial Regex Number();
}
