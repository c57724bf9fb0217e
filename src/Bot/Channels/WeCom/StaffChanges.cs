using Bot.Domain.Commands;
using Bot.Domain.People;
using Bot.Storage;
using MediatR;

namespace Bot.Channels.WeCom;

/// <summary>
/// Who may use the app, as the platform tells it: who leaves the company, is blocked or taken out of the visible range loses access at once, who gets
/// another userid keeps it. Done twice, or in another order than it happened, it ends the same.
/// </summary>
internal sealed class StaffChanges(Transactions transactions, PlatformAlarms alarms)
{
    private const string Disabled = "2";
    private const string Left = "5";

    public Task Take(WeComPush push, CancellationToken cancellationToken) => push switch
    {
        { Event: "subscribe" } => Resume(push.Address, push.At, cancellationToken),
        { Event: "unsubscribe" } => Stop(push.Address, push.At, AccessEnd.ForNow, cancellationToken),
        { From: WeComPush.System, ChangeType: "delete_user", UserId: { } gone } => Stop(WeComPush.AddressOf(gone), push.At, AccessEnd.ForGood, cancellationToken),
        { From: WeComPush.System, ChangeType: "create_user", UserId: { } made } => Stop(WeComPush.AddressOf(made), push.At, AccessEnd.MadeAnew, cancellationToken),
        { From: WeComPush.System, ChangeType: "update_user", UserId: { } changed } => Update(push, WeComPush.AddressOf(changed), cancellationToken),
        _ => Task.CompletedTask,
    };

    public Task<bool> Stop(Address account, DateTime at, AccessEnd how, CancellationToken cancellationToken) => Change(
        account,
        new StopAccess(Actor.Service, account, at, how),
        (rows, token) => rows.EndTalk(account, token),
        cancellationToken);

    public Task<bool> Resume(Address account, DateTime at, CancellationToken cancellationToken) =>
        Change(account, new ResumeAccess(Actor.Service, account, at), (_, _) => Task.CompletedTask, cancellationToken);

    private async Task Update(WeComPush push, Address account, CancellationToken cancellationToken)
    {
        if (push.NewUserId is { Length: > 0 } renamed && WeComPush.AddressOf(renamed) is var now && now != account)
        {
            await Rename(account, now, push.At, cancellationToken);
            account = now;
        }

        if (push.Status is Disabled or Left)
            await Stop(account, push.At, AccessEnd.ForNow, cancellationToken);
    }

    private Task<bool> Rename(Address account, Address now, DateTime at, CancellationToken cancellationToken) => transactions.Run(
        account.ToString(),
        async (work, token) =>
        {
            var changed = await work.Services.GetRequiredService<IMediator>().Send(new RenameAccount(Actor.Service, account, now.ExternalId, at), token);
            if (changed.Conflict)
            {
                await work.Rows.EndTalk(account, token);
                await work.Rows.EndTalk(now, token);
                alarms.Raise(Api.WeComApi.Platform, "change_contact", 0, "成员改了账号，而新账号在人员名单里是别人的：两人都暂停使用，请更正名单");
            }
            else if (changed.PersonId is not null)
            {
                await work.Rows.MoveTalk(account, now.ExternalId, token);
            }

            return changed.PersonId is not null;
        },
        cancellationToken);

    /// <summary>In the order of what the person says, so that nothing said afterwards is heard as before.</summary>
    private Task<bool> Change(Address account, ICommand<AccessChanged> command, Func<HotRows, CancellationToken, Task> also, CancellationToken cancellationToken) => transactions.Run(
        account.ToString(),
        async (work, token) =>
        {
            var changed = (await work.Services.GetRequiredService<IMediator>().Send(command, token)).PersonId is not null;
            if (changed)
                await also(work.Rows, token);
            return changed;
        },
        cancellationToken);
}
