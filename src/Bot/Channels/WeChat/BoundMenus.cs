using System.Diagnostics.CodeAnalysis;
using Bot.Channels.Calls;
using Bot.Channels.WeChat.Api;
using Bot.Domain.People;
using Bot.Storage;
using Microsoft.EntityFrameworkCore;

namespace Bot.Channels.WeChat;

/// <summary>
/// Lets the platform show the menu of those who are bound to an enterprise to just them: compares who is with who is tagged, so that whatever failed
/// is tried again by itself.
/// </summary>
internal sealed partial class BoundMenus(WeChatApi api, WeChatMenu menu, Transactions transactions, IServiceScopeFactory scopes, ILogger<BoundMenus> log) : BackgroundService
{
    private const int AtOnce = 50;
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(20);

    private long? tag;

    /// <summary>Puts on and takes off the tags that are due; gives how many were.</summary>
    public async Task<int> Round(CancellationToken cancellationToken)
    {
        if (menu.BoundTag is not { } name)
            return 0;
        var wrong = await Wrong(cancellationToken);
        foreach (var (openid, bound) in wrong)
        {
            tag ??= await api.Tag(name, cancellationToken);
            try
            {
                await (bound ? api.TagUser(openid, tag.Value, cancellationToken) : api.UntagUser(openid, tag.Value, cancellationToken));
            }
            catch (PlatformRefusedException refused) when (refused.Action is PlatformAction.Unreachable or PlatformAction.Drop)
            {
                // Who does not follow any more sees no menu; following again begins with a new address.
                LogRefused(refused.Message);
            }

            await transactions.Run("bound-menus", async (work, token) =>
            {
                if (await work.Services.GetRequiredService<SupervisionDb>().Addresses.FindAsync([WeChatChannel.ChannelName, openid], token) is { } address)
                    address.ShownAsBound = bound;
                return true;
            }, cancellationToken);
        }

        return wrong.Count;
    }

    [SuppressMessage("Design", "CA1031", Justification = "A menu is worth another try at the next round, not the end of the service.")]
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pace);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await Round(stoppingToken);
            }
            catch (Exception failed) when (failed is not OperationCanceledException)
            {
                LogRefused(failed.Message);
            }
        }
    }

    private async Task<List<(string OpenId, bool Bound)>> Wrong(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<SupervisionDb>();
        var wrong = await db.Addresses.AsNoTracking()
            .Where(a => a.Channel == WeChatChannel.ChannelName && a.UnreachableSince == null)
            .Where(a => a.ShownAsBound != db.Bindings.Any(b => b.PersonId == a.PersonId && b.State == BindingState.Active))
            .Take(AtOnce)
            .Select(a => new { a.ExternalId, Bound = !a.ShownAsBound })
            .ToListAsync(cancellationToken);
        return [.. wrong.Select(one => (one.ExternalId, one.Bound))];
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The menu for bound people could not be set: {Why}")]
    private partial void LogRefused(string why);
}
