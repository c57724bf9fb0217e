using Bot.Domain.Calendar;
using Bot.Domain.Clues;
using Bot.Domain.Commands;
using Bot.Domain.Forms;
using Bot.Domain.Merging;
using Bot.Domain.People;
using Bot.Domain.Reports;
using Bot.Domain.Rules;
using Bot.Domain.Supervision;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Meetings;

/// <summary>联席会议材料: one Word document with what is open at each unit, on demand (S02). It can be fetched for a short time only.</summary>
[Allowed(ActorRole.Supervisor)]
public sealed record MakeMeetingPack(Actor By) : ICommand<MeetingPackMade>;

/// <param name="Token">The end of its address.</param>
/// <param name="Units">How many units have something open.</param>
/// <param name="Items">How much is open in all.</param>
/// <param name="Until">Until when it can be fetched, China time.</param>
public sealed record MeetingPackMade(string Token, int Units, int Items, DateTime Until) : IReceipt
{
    string IReceipt.Subject => "";
}

/// <summary>The document behind a link, while it can be fetched.</summary>
[Allowed]
public sealed record MeetingPackBehindLink(Actor By, string Token) : IQuery<MeetingPack>;

/// <summary>A pack that was made.</summary>
public sealed class MeetingPack
{
    /// <summary>Where packs are found below the service's address.</summary>
    public const string Path = "/packs";

    public const int TokenLength = LinkSecret.Length;

    private MeetingPack()
    {
    }

    internal MeetingPack(string hash, string name, byte[] document, string madeById, DateTime until)
    {
        (Hash, Name, Document, MadeById, Until) = (hash, name, document, madeById, until);
    }

    /// <summary>Of the end of its address, which only who asked for it is told.</summary>
    public string Hash { get; private set; } = "";
    public string Name { get; private set; } = "";
    public byte[] Document { get; private set; } = [];
    public string MadeById { get; private set; } = "";

    /// <summary>UTC.</summary>
    public DateTime Until { get; private set; }

    public static string LinkTo(string root, string token) => $"{root}{Path}/{token}";
}

internal sealed class MakeMeetingPackHandler(ISupervisionDb db, FormBook forms, RulePack rules, ChinaClock clock) :
    IRequestHandler<MakeMeetingPack, MeetingPackMade>,
    IRequestHandler<MeetingPackBehindLink, MeetingPack>
{
    private static readonly Rule KnownLink = new("看不到这份材料：链接不正确，或者已经过期。请再说“导出联席会议材料”。", "S02");

    public async Task<MeetingPackMade> Handle(MakeMeetingPack command, CancellationToken cancellationToken)
    {
        var open = await Open(cancellationToken);
        var (token, until) = (LinkSecret.New(), clock.UtcNow.AddHours(rules.ExportHours.Value));
        var title = $"{rules.DistrictName}涉企行政检查联席会议材料";
        db.MeetingPacks.RemoveRange(await db.MeetingPacks.Where(pack => pack.Until < clock.UtcNow || pack.MadeById == command.By.PersonId).ToListAsync(cancellationToken));
        db.MeetingPacks.Add(new MeetingPack(LinkSecret.HashOf(token), $"{title}{clock.Today:yyyyMMdd}.docx", Write(title, open), command.By.PersonId!, until));
        return new MeetingPackMade(token, open.Count(unit => unit.Lines.Count > 0), open.Sum(unit => unit.Lines.Count), ChinaClock.ToChina(until));
    }

    public async Task<MeetingPack> Handle(MeetingPackBehindLink query, CancellationToken cancellationToken)
    {
        var (hash, now) = (LinkSecret.HashOf(query.Token), clock.UtcNow);
        var pack = await db.MeetingPacks.FirstOrDefaultAsync(p => p.Hash == hash && p.Until > now, cancellationToken);
        KnownLink.Require(pack is not null);
        return pack!;
    }

    /// <summary>Who complained does not stand in it, nor what complaints say: complaints have a desk of their own.</summary>
    private async Task<List<OfUnit>> Open(CancellationToken cancellationToken)
    {
        var (today, quarter) = (clock.Today, Quarter.Of(clock.Today));
        var units = (await db.Units.OrderBy(u => u.Id).ToListAsync(cancellationToken)).FindAll(unit => unit.IsOfThisDistrict);
        var deadlines = await db.Deadlines
            .Where(d => d.MetAt == null && d.DroppedAt == null && d.UnitId != null && !d.Kind.StartsWith("complaint.") && !d.Kind.StartsWith("merge.") && !d.Kind.StartsWith("supervision."))
            .OrderBy(d => d.DueOn)
            .ToListAsync(cancellationToken);
        var merges = await db.MergePrompts.Include(p => p.Parties).Where(p => p.State == MergeState.Open).OrderBy(p => p.Id).ToListAsync(cancellationToken);
        var enterprises = merges.ConvertAll(prompt => prompt.EnterpriseId);
        var names = await db.Enterprises.Where(e => enterprises.Contains(e.Id)).ToDictionaryAsync(e => e.Id, e => e.Name, cancellationToken);
        var cases = await db.SupervisionCases.Where(c => c.Stage != SupervisionStage.Closed).OrderBy(c => c.Id).ToListAsync(cancellationToken);
        var clues = await db.Clues.Where(c => c.State == ClueState.Open).OrderBy(c => c.Id).ToListAsync(cancellationToken);
        var actions = await db.JointActions.Where(a => a.ClosedOn == null).OrderBy(a => a.From).ToListAsync(cancellationToken);
        var form = forms.Get(FormBook.SelfCheck);
        var checks = await db.FilledForms.Where(f => f.FormId == form.Id && f.SubjectId == quarter.Id).ToListAsync(cancellationToken);
        return units.ConvertAll(unit => new OfUnit(unit.Name,
        [
            .. cases.Where(one => one.UnitId == unit.Id).Select(one => $"监督事项 {one.Number}：{one.Problem}"),
            .. clues.Where(clue => clue.UnitId == unit.Id).Select(clue => $"监督线索 {clue.Number}：{clue.Summary}"),
            .. deadlines.Where(d => d.UnitId == unit.Id).Select(d => $"{(d.DueOn < today ? "已超期" : "未到期")} {d.Title}，最迟{ChineseDates.Short(d.DueOn)}"),
            .. merges.Where(prompt => prompt.Parties.Exists(party => party.UnitId == unit.Id)).Select(prompt => $"并办提示 {prompt.Id}：{names.GetValueOrDefault(prompt.EnterpriseId, prompt.EnterpriseId)}"),
            .. actions.Where(action => action.LeadUnitId == unit.Id || action.MemberUnitIds.Contains(unit.Id)).Select(action => $"联合行动 {action.Number}：{action.Field}，{ChineseDates.Short(action.From)}至{ChineseDates.Short(action.To)}{(action.LeadUnitId == unit.Id ? "（牵头）" : "")}"),
            .. checks.Exists(check => check.UnitId == unit.Id) ? [] : new[] { $"{quarter.LongName}自查表未交" },
        ]));
    }

    private byte[] Write(string title, List<OfUnit> units) => WordPaper.Write(new Reports.Paper(
        title,
        $"{rules.SupervisionOffice.Name}，{ChineseDates.Long(clock.Today)}。以下为系统记录的各单位未结事项，请核对后使用。",
        units.ConvertAll(unit => new PaperPart(
            $"{unit.Name}（{unit.Lines.Count}项）",
            unit.Lines.Count > 0 ? [.. unit.Lines.Select((line, i) => $"{i + 1}. {line.ReplaceLineEndings("；")}")] : ["没有未结事项。"]))));

    private sealed record OfUnit(string Name, IReadOnlyList<string> Lines);
}
