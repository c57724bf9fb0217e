using System.Text.Json;
using System.Text.Json.Serialization;
using Bot.Domain.Manifests;
using Bot.Domain.Meetings;

namespace Bot.Demo;

/// <summary>A questionnaire to all enterprises, and what came back.</summary>
public sealed record PastQuestionnaire(DateTimeOffset At, string By, string Form, IReadOnlyList<PastAnswers> Answers);

/// <summary>A form that was filled in, by the keys of its questions.</summary>
public sealed record PastAnswers(DateTimeOffset At, string By, IReadOnlyDictionary<string, string> Values, string? Enterprise = null);

public sealed record PastMeeting(DateTimeOffset At, string By, MeetingKind Kind, string Topic, DateOnly On, TimeOnly From, TimeOnly To, string Place, string Agenda);

/// <summary>What the justice bureau had sent out before the demonstration begins, and what came in (<c>manifests/demo/bureau.json</c>).</summary>
public sealed record DemoBureau(string Notice, IReadOnlyList<PastQuestionnaire> Questionnaires, IReadOnlyList<PastAnswers> SelfChecks, IReadOnlyList<PastMeeting> Meetings)
{
    private const string Name = "bureau";

    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter<MeetingKind>() },
    };

    /// <exception cref="ManifestException">The file is not there, or wrong.</exception>
    internal static DemoBureau Of(DemoFiles files)
    {
        try
        {
            return JsonSerializer.Deserialize<DemoBureau>(File.ReadAllText(files.PathOf(Name)), Strict)!;
        }
        catch (JsonException broken)
        {
            throw new ManifestException([new($"demo/{Name}.json", broken.Path ?? "", "内容不对，请检查名称、日期和引号")]);
        }
        catch (IOException)
        {
            throw new ManifestException([new($"demo/{Name}.json", "", "没有这个文件")]);
        }
    }

    internal static IReadOnlyList<ManifestProblem> Problems(DemoFiles files)
    {
        try
        {
            Of(files);
            return [];
        }
        catch (ManifestException broken)
        {
            return broken.Problems;
        }
    }
}
