using System.Text.Json;
using System.Text.Json.Serialization;
using Bot.Domain.Manifests;
using Bot.Domain.Monitoring;
using Bot.Import;
using Bot.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Bot.Demo;

/// <summary>Where the demonstration begins: its clock, the last number given out in each series that year, and whom a visitor may be.</summary>
public sealed record DemoOutline(DateTimeOffset Clock, IReadOnlyDictionary<string, int> Series, IReadOnlyList<string> Personas);

/// <summary>A request for guidance made before the demonstration begins, and its answer.</summary>
public sealed record PastGuidance(
    int Number,
    DateTimeOffset At,
    string? By,
    string? Enterprise,
    string Unit,
    string? Task,
    string Question,
    DateTimeOffset? AnsweredAt,
    string? AnsweredBy,
    string? Answer,
    string? Basis,
    string? Steps);

/// <summary>A complaint made before the demonstration begins, and what became of it. Without a person it is anonymous.</summary>
public sealed record PastComplaint(
    int Number,
    DateTimeOffset At,
    string? By,
    string? Enterprise,
    string Kind,
    string? AgainstUnit,
    string Text,
    DateTimeOffset? AcceptedAt,
    DateTimeOffset? ResolvedAt,
    string? Finding,
    string? Action,
    string? Reason,
    DateTimeOffset? WithdrawnAt);

public sealed record PastRating(DateTimeOffset At, string By, string Enterprise, string Task, int Score, bool Anonymous, string Text = "");

public sealed record PastObservation(int Number, DateTimeOffset At, string By, string Task, IReadOnlyList<string> Answers, string Text);

/// <summary>A case on the ladder of supervision that began before the demonstration, and how far it came.</summary>
public sealed record PastSupervision(
    int Number,
    string Unit,
    string Problem,
    string Rule,
    IReadOnlyList<string> Facts,
    IReadOnlyList<string> Evidence,
    DateTimeOffset WarnedAt,
    DateTimeOffset? AnsweredAt,
    string? Answer,
    DateTimeOffset? UncorrectedAt,
    string? Finding,
    DateTimeOffset? FactAt,
    string? Fact,
    IReadOnlyList<string>? FactEvidence,
    string? Advice,
    int? LetterNumber,
    DateTimeOffset? IssuedAt,
    DateTimeOffset? ServedAt,
    DateTimeOffset? RectifiedAt,
    string? Rectified,
    DateTimeOffset? RecheckedAt,
    bool Corrected,
    string? Recheck,
    DateTimeOffset? ReportedAt,
    string? Decision,
    DateOnly? DecisionIssuedOn,
    DateOnly? DecisionServedOn,
    DateTimeOffset? DecisionAt,
    DateTimeOffset? ClosedAt,
    string? Closing);

/// <summary>A unit that the justice bureau looked into before the demonstration begins (C27).</summary>
public sealed record PastSpotCheck(DateTimeOffset At, string By, string Unit, IReadOnlyList<string> Means, DateTimeOffset? ClosedAt, string? Findings, bool FoundProblems);

/// <summary>What the reconsideration body handed over before the demonstration begins (S05).</summary>
public sealed record PastReferral(DateTimeOffset At, string By, string Unit, string Organ, string Document, DateOnly On, string Facts);

/// <summary>The invented district as an operator finds it in <c>manifests/demo</c>.</summary>
public sealed class DemoFiles(string folder)
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    public DemoOutline Outline => Read<OutlineFile>("district").Outline;

    public IReadOnlyList<PastGuidance> Guidance => Records<PastGuidance>("guidance");

    public IReadOnlyList<PastComplaint> Complaints => Records<PastComplaint>("complaints");

    public IReadOnlyList<PastRating> Ratings => Records<PastRating>("ratings");

    public IReadOnlyList<PastSupervision> Supervision => Records<PastSupervision>("supervision");

    public IReadOnlyList<PastObservation> Observations => Records<PastObservation>("observations");

    public IReadOnlyList<PastSpotCheck> SpotChecks => Records<PastSpotCheck>("spotChecks");

    public IReadOnlyList<PastReferral> HandedOver => Records<PastReferral>("handedOver");

    internal string PathOf(string name) => Path.Combine(folder, $"{name}.json");

    /// <summary>Everything that is wrong in these files; the registry's are taken in on trial, into a database that is thrown away.</summary>
    public static async Task<IReadOnlyList<ManifestProblem>> Check(string folder, CancellationToken cancellationToken)
    {
        var files = new DemoFiles(folder);
        var problems = new List<ManifestProblem>();
        await using var connection = new SqliteConnection("Data Source=:memory:");
        await connection.OpenAsync(cancellationToken);
        await using var trial = new SupervisionDb(new DbContextOptionsBuilder<SupervisionDb>().UseSqlite(connection).Options);
        await trial.Database.EnsureCreatedAsync(cancellationToken);
        foreach (var kind in Kind.All)
        {
            var bad = new List<BadLine>();
            try
            {
                var registry = await Registry.Open(trial, DateTime.UnixEpoch, RiskIndicators.Load(Path.Combine(folder, "..")), cancellationToken);
                foreach (var line in Lines.Read(files.PathOf(kind.Name), kind, bad))
                    kind.Take(line, registry);
                if (bad.Count == 0)
                    await trial.SaveChangesAsync(cancellationToken);
                problems.AddRange(bad.Select(line => new ManifestProblem($"demo/{kind.Name}.json", $"{line.Place} {line.Column}".TrimEnd(), line.Reason)));
            }
            catch (Exception unreadable) when (unreadable is UnreadableFileException or IOException)
            {
                problems.Add(new ManifestProblem($"demo/{kind.Name}.json", "", unreadable.Message));
            }
        }

        foreach (var read in new Func<object>[] { () => files.Outline, () => files.Guidance, () => files.Complaints, () => files.Ratings, () => files.Supervision, () => files.Observations, () => files.SpotChecks, () => files.HandedOver })
        {
            try
            {
                read();
            }
            catch (ManifestException broken)
            {
                problems.AddRange(broken.Problems);
            }
        }

        return [.. problems, .. DemoBureau.Problems(files)];
    }

    private List<T> Records<T>(string name) => Read<RecordsFile<T>>(name).Records;

    private T Read<T>(string name)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(File.ReadAllText(PathOf(name)), Strict)!;
        }
        catch (JsonException broken)
        {
            throw new ManifestException([new($"demo/{name}.json", broken.Path ?? "", "内容不对，请检查名称、日期和引号")]);
        }
        catch (IOException)
        {
            throw new ManifestException([new($"demo/{name}.json", "", "没有这个文件")]);
        }
    }

    private sealed record OutlineFile(string Notice, DateTimeOffset Clock, Dictionary<string, int> Series, List<string> Personas)
    {
        public DemoOutline Outline => new(Clock, Series, Personas);
    }

    private sealed record RecordsFile<T>(string Notice, List<T> Records);
}
