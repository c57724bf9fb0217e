using Bot.CommandLine;
using Bot.Domain;
using Bot.Domain.Calendar;
using Bot.Domain.Manifests;
using Bot.Storage;

namespace Bot.Import;

/// <summary>
/// <c>import FILE [--kind KIND] [--dry-run]</c>: all of a file or nothing of it. 0 when it was taken in (or could be), 1 with a line for everything
/// that is wrong in it, 2 for a file or kind that cannot be read at all.
/// </summary>
public static class ImportErrand
{
    private const string Holidays = "holidays";

    private static string Kinds => $"{string.Join('、', Kind.All.Select(kind => $"{kind.Name}（{kind.Title}）"))}、{Holidays}（放假安排）";

    public static async Task<int> Run(Settings settings, Asked asked, CancellationToken cancellationToken = default)
    {
        var file = asked.File!;
        if (!File.Exists(file))
            return Errands.Refuse($"没有这个文件：{file}");
        try
        {
            if (IsHolidays(asked))
                return await TakeHolidays(settings, file, asked.DryRun, cancellationToken);
            var kind = asked.Kind is { } named ? Kind.Named(named) : Kind.OfFile(Path.GetFileName(file));
            if (kind is null)
            {
                return Errands.Refuse(asked.Kind is null
                    ? $"看不出文件是哪一种，请用 --kind 写明：{Kinds}。"
                    : $"还不能导入“{asked.Kind}”，可以导入：{Kinds}。");
            }

            return await TakeLines(settings, file, kind, asked.DryRun, cancellationToken);
        }
        catch (UnreadableFileException unreadable)
        {
            return Errands.Refuse($"{Path.GetFileName(file)}：{unreadable.Message}");
        }
        catch (IOException failed)
        {
            return Errands.Refuse($"文件读不出来：{failed.Message}");
        }
    }

    private static bool IsHolidays(Asked asked) => asked.Kind is { } kind
        ? kind is Holidays or "放假安排"
        : asked.File!.EndsWith(".ics", StringComparison.OrdinalIgnoreCase);

    private static async Task<int> TakeLines(Settings settings, string file, Kind kind, bool dryRun, CancellationToken cancellationToken)
    {
        var collection = new ServiceCollection()
            .AddLogging()
            .AddSingleton(TimeProvider.System)
            .AddStorage(settings.Database)
            .AddDomain();
        collection.AddRulesAndCalendar(settings);
        await using var services = collection.BuildServiceProvider();
        await services.GetRequiredService<Schema>().BringUpToDate(cancellationToken);
        var imported = await Importing.Take(services.GetRequiredService<Transactions>(), file, kind, dryRun, cancellationToken);
        foreach (var bad in imported.Bad)
            Console.Error.WriteLine(bad);
        if (imported.Bad.Count > 0)
        {
            Console.Error.WriteLine(FormattableString.Invariant($"共{imported.Bad.Count}处问题，一行都没有导入；改好后请重新导入整个文件。"));
            return Errands.Found;
        }

        var counted = FormattableString.Invariant($"{kind.Title}：新增{imported.Added}条，更新{imported.Changed}条");
        Console.WriteLine(dryRun ? $"{counted}，可以导入（没有写入）。" : $"{counted}，已导入。");
        return Errands.Done;
    }

    /// <summary>A notice is kept as a file of its own, where the running service finds it and counts open time limits anew.</summary>
    private static async Task<int> TakeHolidays(Settings settings, string file, bool dryRun, CancellationToken cancellationToken)
    {
        try
        {
            var text = await File.ReadAllTextAsync(file, cancellationToken);
            var name = Path.GetFileName(file);
            var years = file.EndsWith(".ics", StringComparison.OrdinalIgnoreCase)
                ? HolidayNotices.FromICalendar(text, name)
                : [HolidayNotices.FromJson(name, text)];
            foreach (var year in years)
            {
                var target = Path.Combine(settings.Manifests, Holidays, FormattableString.Invariant($"{year.Year}.json"));
                if (!dryRun)
                    await Replace(target, HolidayNotices.ToJson(year), cancellationToken);
                Console.WriteLine(dryRun
                    ? FormattableString.Invariant($"{year.Year}年：{year.Title}，可以导入（没有写入）。")
                    : FormattableString.Invariant($"{year.Year}年：{year.Title}，已写入 {target}。运行中的服务会在一分钟内按新安排重算时限。"));
            }

            return Errands.Done;
        }
        catch (ManifestException broken)
        {
            foreach (var problem in broken.Problems)
                Console.Error.WriteLine(problem);
            return Errands.Found;
        }
    }

    /// <summary>In one step, so that the running service never reads half a file.</summary>
    private static async Task Replace(string target, string text, CancellationToken cancellationToken)
    {
        await File.WriteAllTextAsync(target + ".new", text, cancellationToken);
        File.Move(target + ".new", target, overwrite: true);
    }
}
