using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Inspections;
using Bot.Domain.People;
using Bot.Domain.Rules;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Unit = Bot.Domain.People.Unit;

namespace Bot.Domain.Door;

/// <summary>
/// 核验证号: looks certificate numbers up in the roster, and names too for somebody bound to an enterprise (S24). Whether the unit has registered an inspection of the
/// asking enterprise today is said as well; one without preview is said only once it was scanned in, so that nobody can ask for surprises (J19).
/// A command, because unknown numbers are counted.
/// </summary>
[Allowed(ActorRole.EnterpriseUser, ActorRole.Public)]
public sealed record CheckCertificates(Actor By, IReadOnlyList<string> Asked, string? UnitId = null) : ICommand<CertificatesChecked>;

/// <param name="Found">One for each that was asked about, in that order.</param>
/// <param name="Units">The units that they belong to, or that was named, with what is registered today.</param>
public sealed record CertificatesChecked(IReadOnlyList<CertificateFinding> Found, IReadOnlyList<UnitToday> Units);

/// <param name="Asked">The number or name as it was asked about.</param>
/// <param name="Name">Null when nobody of the roster has it.</param>
/// <param name="Number">The certificate's.</param>
/// <param name="UnitId">Whose inspector it is.</param>
/// <param name="UnitName">Its name.</param>
/// <param name="Standing">Valid, run out …</param>
/// <param name="ValidTo">The last day of one that has run out.</param>
public sealed record CertificateFinding(string Asked, string? Name, string? Number, string? UnitId, string? UnitName, CertificateStanding Standing, DateOnly? ValidTo);

public enum CertificateStanding
{
    Unknown,
    Valid,
    Expired,
    Suspended,
}

/// <param name="Id">The unit.</param>
/// <param name="Name">Its name.</param>
/// <param name="Phone">To be called for certainty.</param>
/// <param name="InspectsToday">An inspection of the asking enterprise is registered for today; null where the asker speaks for none.</param>
public sealed record UnitToday(string Id, string Name, string Phone, bool? InspectsToday);

internal static class Certificates
{
    public static string Say(InspectorFault fault) => fault switch
    {
        InspectorFault.NoCertificate => "没有执法证",
        InspectorFault.Expired => "证件过期",
        _ => "证件暂停使用",
    };

    public static CertificateFinding Of(Person person, Unit? unit, DateOnly today, string? asked = null)
    {
        var standing = TeamRuling.FaultOf(person, today) switch
        {
            null => CertificateStanding.Valid,
            InspectorFault.Expired => CertificateStanding.Expired,
            InspectorFault.Suspended => CertificateStanding.Suspended,
            _ => CertificateStanding.Unknown,
        };
        return new CertificateFinding(asked ?? person.CertificateNumber ?? person.Name, person.Name, person.CertificateNumber, unit?.Id, unit?.Name, standing, standing == CertificateStanding.Expired ? person.CertificateValidTo : null);
    }
}

internal sealed class CheckCertificatesHandler(ISupervisionDb db, ChinaClock clock) : IRequestHandler<CheckCertificates, CertificatesChecked>
{
    private const string Tried = "certificate";
    private const int MostAtOnce = 6;
    private const int Longest = 40;

    private static readonly Rule SomeAsked = new("请发证件上的编号，一次最多6个。", "S24");
    private static readonly Rule NotByTrying = new("查不到的证号太多，请一小时后再试，或直接打给检查单位核实。查不到有效证件的，您可以拒绝接受检查并在此投诉。", "S24");

    public async Task<CertificatesChecked> Handle(CheckCertificates command, CancellationToken cancellationToken)
    {
        SomeAsked.Require(command.Asked.Count <= MostAtOnce && (command.Asked.Count > 0 || command.UnitId is not null) && command.Asked.All(asked => asked.Length is > 0 and <= Longest));
        var tries = await WrongTries.Of(db, command.By.Address, Tried, cancellationToken);
        NotByTrying.Require(tries.HasRoom(clock.UtcNow));
        var found = new List<CertificateFinding>();
        foreach (var asked in command.Asked.Distinct(StringComparer.Ordinal))
            found.Add(await Find(command.By, asked, cancellationToken));
        foreach (var unknown in found.Where(one => one.Name is null && one.Asked.Any(char.IsAsciiDigit)))
            tries.Note(db, clock.UtcNow);

        var unitIds = found.Select(one => one.UnitId).Append(command.UnitId).OfType<string>().Distinct().ToList();
        var units = await db.Units.Where(u => unitIds.Contains(u.Id)).OrderBy(u => u.Id).ToListAsync(cancellationToken);
        return new CertificatesChecked(found, [.. await Today(command.By.EnterpriseId, units, cancellationToken)]);
    }

    /// <summary>By number for everybody; by name for an enterprise only, which has somebody standing in front of it. Two of one name are nobody.</summary>
    private async Task<CertificateFinding> Find(Actor by, string asked, CancellationToken cancellationToken)
    {
        var byName = by.EnterpriseId is not null;
        var people = await db.People
            .Where(p => p.Role == ActorRole.Inspector && (p.CertificateNumber == asked || (byName && p.Name == asked)))
            .Take(2)
            .ToListAsync(cancellationToken);
        if (people.Count != 1)
            return new CertificateFinding(asked, null, null, null, null, CertificateStanding.Unknown, null);
        var unit = await db.Units.FirstOrDefaultAsync(u => u.Id == people[0].UnitId, cancellationToken);
        return Certificates.Of(people[0], unit, clock.Today, asked);
    }

    private async Task<IEnumerable<UnitToday>> Today(string? enterpriseId, List<Unit> units, CancellationToken cancellationToken)
    {
        if (enterpriseId is null)
            return units.Select(unit => new UnitToday(unit.Id, unit.Name, unit.Phone, null));
        var today = clock.Today;
        var tasks = await db.Tasks.Where(t => t.EnterpriseId == enterpriseId && t.ScheduledOn == today).ToListAsync(cancellationToken);
        var known = tasks.FindAll(MaySpeakOf);
        return units.Select(unit => new UnitToday(unit.Id, unit.Name, unit.Phone, known.Exists(task => task.UnitId == unit.Id || task.JointUnitIds.Contains(unit.Id))));
    }

    /// <summary>What the enterprise was told before, or what has begun at its door.</summary>
    private static bool MaySpeakOf(InspectionTask task) =>
        task.Stage == InspectionStage.UnderWay || task.Stage.IsDone()
        || (task.Stage is InspectionStage.Approved or InspectionStage.Previewed && !task.PreviewWaived && task.PreviewSentOn is not null);
}
