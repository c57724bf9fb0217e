using System.Diagnostics.CodeAnalysis;
using Bot.Domain.Commands;
using Bot.Domain.Knowledge;
using Bot.Domain.Manifests;
using Bot.Domain.Results;
using Bot.Domain.Rules;
using Bot.Storage;
using MediatR;

namespace Bot.Knowledge;

public static class KnowledgeRegistration
{
    /// <summary>The library of guides, cases and answers, kept in step with the operator's files.</summary>
    public static IServiceCollection AddKnowledge(this IServiceCollection services) => services
        .AddSingleton<KnowledgeWatch>()
        .AddHostedService(provider => provider.GetRequiredService<KnowledgeWatch>());
}

/// <summary>
/// Has the library in place before anybody can ask, and notices a new or changed file in <c>manifests/knowledge</c> while the service runs. A broken file
/// changes nothing and is said in the log.
/// </summary>
public sealed partial class KnowledgeWatch(Settings settings, LeniencyLists lists, Transactions transactions, TimeProvider time, ILogger<KnowledgeWatch> log) : BackgroundService, IHostedLifecycleService
{
    private static readonly TimeSpan Pace = TimeSpan.FromMinutes(1);

    private readonly string folder = Path.Combine(settings.Manifests, "knowledge");

    private string seen = "";

    /// <exception cref="ManifestException">A file is wrong; the service does not start on half of a library.</exception>
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        seen = Look();
        try
        {
            await TakeIn(cancellationToken);
        }
        catch (RuleBrokenException broken)
        {
            LogBroken(broken.Message);
        }
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Reads the folder again.</summary>
    /// <exception cref="ManifestException">A file is wrong; the library stays as it was.</exception>
    /// <exception cref="RuleBrokenException">A case names an enterprise of the registry; the library stays as it was.</exception>
    public Task<KnowledgeTakenIn> TakeIn(CancellationToken cancellationToken)
    {
        var entries = KnowledgeFolder.Load(settings.Manifests, lists);
        return transactions.RunLong("knowledge", (work, token) => work.Services.GetRequiredService<IMediator>().Send(new TakeInKnowledge(Actor.Service, entries), token), cancellationToken);
    }

    [SuppressMessage("Design", "CA1031", Justification = "An unreadable folder or an unreachable database is tried again; it must not end the service.")]
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pace, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var now = seen;
            try
            {
                now = Look();
                if (now == seen)
                    continue;
                var taken = await TakeIn(stoppingToken);
                seen = now;
                LogTakenIn(taken.Changed, taken.Gone);
            }
            catch (Exception broken) when (broken is ManifestException or RuleBrokenException)
            {
                LogBroken(broken.Message);
                seen = now;
            }
            catch (Exception failed) when (!stoppingToken.IsCancellationRequested)
            {
                LogTryingAgain(failed);
            }
        }
    }

    /// <summary>What tells one state of the folder from another.</summary>
    private string Look() => !Directory.Exists(folder) ? "" : string.Join('|', new DirectoryInfo(folder).EnumerateFiles("*.json")
        .OrderBy(file => file.Name, StringComparer.Ordinal)
        .Select(file => FormattableString.Invariant($"{file.Name} {file.Length} {file.LastWriteTimeUtc.Ticks}")));

    [LoggerMessage(Level = LogLevel.Information, Message = "资料库有更新：新增或修改{Changed}条，撤下{Gone}条")]
    private partial void LogTakenIn(int changed, int gone);

    [LoggerMessage(Level = LogLevel.Error, Message = "资料库有更新，但没有读成，一分钟后再试")]
    private partial void LogTryingAgain(Exception failed);

    [LoggerMessage(Level = LogLevel.Warning, Message = "资料库的文件有误，仍用原来的：{Problems}")]
    private partial void LogBroken(string problems);
}
