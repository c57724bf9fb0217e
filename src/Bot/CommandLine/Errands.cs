using Bot.Channels.WeChat;
using Bot.Channels.WeCom;
using Bot.Demo;
using Bot.Domain.Calendar;
using Bot.Domain.Forms;
using Bot.Domain.Knowledge;
using Bot.Domain.Manifests;
using Bot.Domain.Monitoring;
using Bot.Domain.Results;
using Bot.Domain.Rules;
using Bot.Domain.Supervision;
using Bot.Import;
using Bot.Storage;

namespace Bot.CommandLine;

/// <summary>The commands that do one thing and end. Exit codes: 0 done, 1 something was found, 2 a wrong option, file or setting.</summary>
public static class Errands
{
    public const int Done = 0;
    public const int Found = 1;
    public const int Refused = 2;

    public static int Refuse(string why)
    {
        Console.Error.WriteLine(why);
        return Refused;
    }

    public static async Task<int> Run(Asked asked)
    {
        var configuration = WebApplication.CreateSlimBuilder([.. asked.SettingArguments]).Configuration;
        var settings = new Settings(configuration, demo: false);
        return asked.Errand switch
        {
            Errand.Import => await ImportErrand.Run(settings, asked),
            Errand.AuditVerify => await VerifyAudit.Run(DatabaseLocation.Parse(configuration.GetConnectionString("Database"))),
            Errand.ManifestsCheck => await CheckManifests(settings),
            Errand.PublishWeChatMenu => await PublishWeChatMenu.Run(settings),
            Errand.PublishWeComMenu => await PublishWeComMenu.Run(settings),
            _ => Explain(),
        };
    }

    private static int Explain()
    {
        Console.WriteLine(Asked.Usage);
        return Done;
    }

    public static async Task<int> CheckManifests(Settings settings)
    {
        if (!Directory.Exists(settings.Manifests))
            return Refuse($"没有清单文件夹：{settings.Manifests}。可以用 --Manifests 指定。");
        var demo = Path.Combine(settings.Manifests, "demo");
        ManifestProblem[] problems = [.. ManifestProblems(settings.Manifests), .. Directory.Exists(demo) ? await DemoFiles.Check(demo, CancellationToken.None) : []];
        foreach (var problem in problems)
            Console.Error.WriteLine(problem);
        if (problems.Length > 0)
            return Found;
        Console.WriteLine("manifests 里的文件都没有问题。");
        return Done;
    }

    public static IReadOnlyList<ManifestProblem> ManifestProblems(string manifests) =>
    [
        .. RulePackFiles.Check(Path.Combine(manifests, "rules")),
        .. HolidayNotices.Check(Path.Combine(manifests, "holidays")),
        .. NoticeWordingCheck.Check(Path.Combine(manifests, "notices.json")),
        .. LeniencyLists.Check(Path.Combine(manifests, "lists")),
        .. FormBook.Check(Path.Combine(manifests, "forms")),
        .. KnowledgeFolder.Check(manifests),
        .. RiskIndicators.Check(manifests),
        .. PaperBook.Check(manifests),
        .. WeChatMenu.Check(manifests),
        .. TemplateBook.Check(manifests),
        .. WeComMenu.Check(manifests),
        .. CardBook.Check(manifests),
    ];

    /// <summary>A menu can only be sent to a platform that the settings name.</summary>
    public static int NotConfigured(string channel, string setting) =>
        Refuse($"{channel}没有配置（缺少 {setting}），菜单没有发布。");
}
