using Bot.Dialogs.Conversations;
using Bot.Domain.Commands;
using Bot.Domain.People;
using Bot.Files;
using Bot.Storage;
using MediatR;

namespace Bot.Turns;

/// <summary>
/// Somebody has left a channel for good, for example unfollowed the account: what leads to the person is deleted in one transaction, what was
/// submitted stays (domain command <see cref="LeaveChannel"/>). Safe to repeat.
/// </summary>
public sealed class TakeLeave(Transactions transactions, FileStore files)
{
    /// <summary><paramref name="alsoForget"/> deletes the channel's own rows of the address in the same transaction.</summary>
    public Task<LeftChannel> Take(Address from, Func<HotRows, CancellationToken, Task>? alsoForget, CancellationToken cancellationToken) =>
        transactions.Run(
            from.ToString(),
            async (work, token) =>
            {
                var rows = work.Rows;
                var visitor = await rows.Actor(from, token);
                var talk = TalkState.Read((await rows.Talk(from, token))?.State);
                var left = await work.Services.GetRequiredService<IMediator>().Send(new LeaveChannel(visitor, [.. talk.FileIds]), token);
                await rows.ForgetAddress(from, token);
                if (alsoForget is not null)
                    await alsoForget(rows, token);

                // Before the commit: if it fails the platform says again that the person has left, and nobody is there to miss a draft's photo.
                foreach (var id in left.FilesOfNoCase)
                {
                    await rows.DropPicture(id, token);
                    files.Forget(id);
                }

                return left;
            },
            cancellationToken);
}
