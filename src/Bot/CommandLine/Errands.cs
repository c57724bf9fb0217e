using Bot.Domain.Calendar;
using Bot.Domain.Manifests;
using Bot.Domain.Rules;
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
            Errand.Import => await Import(settings, asked),
            Errand.AuditVerify => await VerifyAudit.Run(DatabaseLocation.Parse(configuration.GetConnectionString("Database"))),
            Errand.ManifestsCheck => CheckManifests(settings),
            Errand.PublishWeChatMenu => PublishMenu("微信公众号", "WeChat:AppId"),
            Errand.PublishWeComMenu => PublishMenu("企业微信", "WeCom:CorpId"),
            _ => Explain(),
        };
    }

    private static int Explain()
    {
        Console.WriteLine(Asked.Usage);
        return Done;
    }

    public static int CheckManifests(Settings settings)
    {
        if (!Directory.Exists(settings.Manifests))
            return Refuse($"没有清单文件夹：{settings.Manifests}。可以用 --Manifests 指定。");
        var problems = ManifestProblems(settings.Manifests);
        foreach (var problem in problems)
            Console.Error.WriteLine(problem);
        if (problems.Count > 0)
            return Found;
        Console.WriteLine("manifests 里的文件都没有问题。");
        return Done;
    }

    public static IReadOnlyList<ManifestProblem> ManifestProblems(string manifests) =>
    [
        .. RulePackFiles.Check(Path.Combine(manifests, "rules")),
        .. HolidayNotices.Check(Path.Combine(manifests, "holidays")),
        .. NoticeWordingCheck.Check(Path.Combine(manifests, "notices.json")),
    ];

    /// <summary>A menu can only be sent to a platform that the settings name.</summary>
    public static int PublishMenu(string channel, string setting) =>
        Refuse($"{channel}没有配置（缺少 {setting}），菜单没有发布。");

    public static async Task<int> Import(Settings settings, Asked asked)
    {
        if (!File.Exists(asked.File))
            return Refuse($"没有这个文件：{asked.File}");
        const string kind = "holidays";
        if (asked.Kind is { } wanted && wanted != kind)
            return Refuse($"不能导入“{wanted}”，可以导入的种类：{kind}（放假安排，.ics 或 .json）。");
        try
        {
            var text = await File.ReadAllTextAsync(asked.File);
            var name = Path.GetFileName(asked.File);
            var years = asked.File.EndsWith(".ics", StringComparison.OrdinalIgnoreCase)
                ? HolidayNotices.FromICalendar(text, name)
                : [HolidayNotices.FromJson(name, text)];
            foreach (var year in years)
            {
                var target = Path.Combine(settings.Manifests, "holidays", FormattableString.Invariant($"{year.Year}.json"));
                if (!asked.DryRun)
                    await File.WriteAllTextAsync(target, HolidayNotices.ToJson(year));
                Console.WriteLine(asked.DryRun ? $"{year.Year}年：{year.Title}，可以导入（没有写入）。" : $"{year.Year}年：{year.Title}，已写入 {target}。");
            }

            return Done;
        }
        catch (ManifestException broken)
        {
            foreach (var problem in broken.Problems)
                Console.Error.WriteLine(problem);
            return Refused;
        }
    }
}
