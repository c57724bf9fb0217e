using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Notices;
using Bot.Domain.People;
using Bot.Domain.Rules;
using Bot.Storage;
using Microsoft.EntityFrameworkCore;

namespace Bot.Outbox;

/// <summary>
/// Sends the notices that are owed. A round reads what is due outside of any transaction, claims it in small ones, sends to several people at a
/// time, and writes down what became of it; a crash in between is healed by the lease running out and by channels that send an id once.
/// People who talk to us meanwhile wait for none of it.
/// </summary>
public sealed partial class Deliver(
    Transactions transactions,
    IServiceScopeFactory scopes,
    IEnumerable<IChannel> channels,
    Returning returning,
    Pages pages,
    RulePack rules,
    CalendarBook calendars,
    ChinaClock clock,
    ILogger<Deliver> log)
{
    private const string Key = "outbox";
    private const int AtOnce = 200;
    private const int MostInLists = 20 * AtOnce;
    private const int PeopleAtOnce = 16;
    private const int ClaimedTogether = 50;
    private const int MostTries = 8;
    private const int MostInDigest = 10;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan JustNow = TimeSpan.FromMinutes(10);

    private readonly Dictionary<string, IChannel> byName = channels.ToDictionary(channel => channel.Name, StringComparer.Ordinal);

    /// <summary>One round. Gives how many messages were handed over, held for a better hour or given up; zero when there was nothing to do now.</summary>
    public async Task<int> Round(CancellationToken cancellationToken)
    {
        var done = await returning.TryAgain(cancellationToken) + await TakeReports(cancellationToken);
        var batch = await Batch(cancellationToken);
        if (batch.Count == 0)
            return done;

        var lost = batch.Where(mine => mine.To.Count == 0).SelectMany(mine => mine.Notices).Select(notice => new Lost(notice.Id, NoticeState.Undeliverable, "没有可用的联系方式")).ToList();
        var held = batch.Where(mine => mine.To.Count > 0).SelectMany(mine => mine.Notices).Count(notice => notice.Later is not null);
        var going = await Claim([.. batch.Where(mine => mine.To.Count > 0)], cancellationToken);
        var results = await Send(going, cancellationToken);
        await WriteDown(results, lost, cancellationToken);
        return done + held + lost.Count + results.Count(result => result.Handed.Delivery != Delivery.Failed);
    }

    /// <summary>What is due, by person. What is urgent comes first, and only when nothing is due what waits for a better hour.</summary>
    private async Task<List<Mine>> Batch(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<SupervisionDb>();
        var now = clock.UtcNow;
        var owed = db.Notices.AsNoTracking().Where(n => n.State == NoticeState.Owed && n.NextAttemptAt <= now);
        var due = await owed.Where(n => n.Urgent).OrderBy(n => n.NextAttemptAt).Take(AtOnce).ToListAsync(cancellationToken);
        if (due.Count == 0)
            due = await owed.OrderBy(n => n.NextAttemptAt).Take(AtOnce).ToListAsync(cancellationToken);
        if (due.Count == 0)
            due = await HeldBack(db, now, cancellationToken);

        var personIds = due.Select(n => n.PersonId).Distinct().ToArray();
        if (due.Count == AtOnce && due.Exists(n => n is { Digest: true, Urgent: false }))
            due.AddRange(await RestOfTheirLists(owed, due, personIds, cancellationToken));
        var people = await db.People.AsNoTracking().Where(p => personIds.Contains(p.Id)).ToDictionaryAsync(p => p.Id, cancellationToken);
        var addresses = (await db.Addresses.AsNoTracking().Where(a => personIds.Contains(a.PersonId!)).ToListAsync(cancellationToken)).ToLookup(a => a.PersonId!, StringComparer.Ordinal);
        return [.. due.GroupBy(n => n.PersonId, StringComparer.Ordinal).Select(mine => Of(mine, people.GetValueOrDefault(mine.Key), addresses[mine.Key], now))];
    }

    /// <summary>What else is due in the same people's lists: a list that a round cut off would reach them in pieces.</summary>
    private static async Task<List<Notice>> RestOfTheirLists(IQueryable<Notice> owed, List<Notice> due, string[] personIds, CancellationToken cancellationToken)
    {
        var there = due.Select(n => n.Id).ToHashSet();
        var lists = await owed.Where(n => n.Digest && !n.Urgent && personIds.Contains(n.PersonId)).OrderBy(n => n.NextAttemptAt).Take(MostInLists).ToListAsync(cancellationToken);
        return lists.FindAll(n => !there.Contains(n.Id));
    }

    private Mine Of(IEnumerable<Notice> owed, Person? person, IEnumerable<ChannelAddress> addresses, DateTime now)
    {
        var reachable = person is null ? [] : InOrder(addresses.Where(a => a.UnreachableSince is null && byName.ContainsKey(a.Channel)), now);
        var present = reachable.Exists(a => Present(a, now));
        var due = owed.OrderBy(n => n.CreatedAt).ThenBy(n => n.Id).Select(notice =>
        {
            var earliest = person is null ? now : Consideration.Earliest(notice, person, present, now, rules, calendars.Current);
            return new Due(notice, earliest > now ? earliest : null);
        });
        return new Mine(person, [.. reachable.Select(a => new Address(a.Channel, a.ExternalId))], [.. due]);
    }

    /// <summary>Where they are just now, else what rings in their pocket. Of the last contact only the day is kept, so that alone leaves it open.</summary>
    private List<ChannelAddress> InOrder(IEnumerable<ChannelAddress> addresses, DateTime now) =>
    [
        .. addresses
            .OrderByDescending(a => Present(a, now))
            .ThenByDescending(a => byName[a.Channel].Rings)
            .ThenByDescending(a => a.LastSeenAt ?? DateTime.MinValue)
            .ThenBy(a => a.Channel, StringComparer.Ordinal)
            .ThenBy(a => a.ExternalId, StringComparer.Ordinal),
    ];

    /// <summary>What waits for a better hour, longer than any lease: whoever has come into the talk meanwhile need not wait for it.</summary>
    private async Task<List<Notice>> HeldBack(SupervisionDb db, DateTime now, CancellationToken cancellationToken)
    {
        var leased = now + Lease;
        var held = db.Notices.AsNoTracking().Where(n => n.State == NoticeState.Owed && n.Attempts == 0 && n.NextAttemptAt > leased);
        if (!await held.AnyAsync(cancellationToken))
            return [];
        var justNow = now - JustNow;
        var shown = byName.Values.Where(channel => channel.ShowsPresence).Select(channel => channel.Name).ToArray();
        var maybe = await db.Addresses.AsNoTracking().Where(a => a.PersonId != null && (a.LastSeenAt > justNow || shown.Contains(a.Channel))).ToListAsync(cancellationToken);
        var present = maybe.Where(a => byName.ContainsKey(a.Channel) && Present(a, now)).Select(a => a.PersonId!).Distinct().Take(AtOnce).ToArray();
        return present.Length == 0 ? [] : await held.Where(n => present.Contains(n.PersonId)).OrderBy(n => n.NextAttemptAt).Take(AtOnce).ToListAsync(cancellationToken);
    }

    private bool Present(ChannelAddress address, DateTime now) =>
        address.LastSeenAt > now - JustNow || byName[address.Channel].IsOpen(new Address(address.Channel, address.ExternalId));

    /// <summary>Takes what may go now and puts the rest off. Another instance may have been quicker; what it took is left to it.</summary>
    private async Task<List<Parcel>> Claim(List<Mine> batch, CancellationToken cancellationToken)
    {
        var lease = clock.UtcNow + Lease;
        var claimed = new HashSet<Guid>();
        foreach (var chunk in batch.SelectMany(mine => mine.Notices.Select(due => (Due: due, Page: pages.Open(due.Notice, mine.Person!)))).Chunk(ClaimedTogether))
        {
            var taken = await transactions.Run(
                Key,
                async (work, token) =>
                {
                    var mine = new List<Guid>(chunk.Length);
                    foreach (var (due, page) in chunk)
                    {
                        if (!await work.Rows.ClaimNotice(due.Id, due.Notice.NextAttemptAt, due.Later ?? lease, token) || due.Later is not null)
                            continue;
                        mine.Add(due.Id);
                        if (page is not null && due.Notice.PageToken is null)
                            await work.Rows.OpenPage(due.Id, page.Token, page.Until, token);
                    }

                    return mine;
                },
                cancellationToken);
            claimed.UnionWith(taken);
            foreach (var (due, page) in chunk)
                due.Page = page?.Url;
        }

        return [.. batch.SelectMany(mine => Pack(mine, claimed))];
    }

    private static IEnumerable<Parcel> Pack(Mine mine, HashSet<Guid> claimed)
    {
        var going = mine.Notices.Where(due => claimed.Contains(due.Id)).ToArray();
        var joined = mine.Person!.Role.IsOfficial() ? going.Where(due => due.Notice is { Digest: true, Urgent: false }).ToArray() : [];
        if (joined.Length > 1)
            yield return new Parcel([.. joined.Select(due => due.Id)], mine.To, Digest([.. joined.Select(due => due.Notice)]), joined.Min(due => due.Notice.Attempts));
        foreach (var due in joined.Length > 1 ? going.Except(joined) : going)
        {
            var notice = due.Notice;
            var message = new OutgoingMessage(notice.Id.ToString("N"), notice.Kind, notice.Text, notice.Fields, notice.Actions)
            {
                SubjectId = notice.SubjectId,
                WrittenAt = notice.CreatedAt,
                WrittenOn = ChinaClock.ToChinaDate(notice.CreatedAt),
                Page = due.Page,
                Attempts = notice.Attempts,
                FailedRoute = notice.FailedRoute,
            };
            yield return new Parcel([notice.Id], mine.To, message, notice.Attempts);
        }
    }

    private static OutgoingMessage Digest(Notice[] notices)
    {
        var (lines, tails) = DigestLines.Of([.. notices.Take(MostInDigest).Select(notice => notice.Text)]);
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"今日提醒（{notices.Length}件）");
        for (var i = 0; i < lines.Count; i++)
            text.Append(CultureInfo.InvariantCulture, $"\n{i + 1}. {lines[i]}");
        foreach (var tail in tails)
            text.Append(CultureInfo.InvariantCulture, $"\n{tail}");
        if (notices.Length > MostInDigest)
            text.Append(CultureInfo.InvariantCulture, $"\n另有{notices.Length - MostInDigest}件，请回复“今日待办”查看。");

        // Of all its notices: sent again after a crash with one more in it, it must not pass for the one that went out.
        var id = Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(string.Join(',', notices.Select(notice => notice.Id.ToString("N")).Order(StringComparer.Ordinal)))).AsSpan(0, 16));
        return new OutgoingMessage("d" + id, OutgoingMessage.Joined, text.ToString(), "{}", [OutgoingMessage.TodoWords])
        {
            Parts = [.. notices.Select(notice => new OutgoingPart(notice.Kind, notice.SubjectId, notice.Text, notice.Fields, notice.Actions))],
        };
    }

    /// <summary>To several people at a time, and to each of them in the order in which it was owed.</summary>
    private async Task<IReadOnlyCollection<Result>> Send(List<Parcel> parcels, CancellationToken cancellationToken)
    {
        var results = new ConcurrentBag<Result>();
        var options = new ParallelOptions { MaxDegreeOfParallelism = PeopleAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(parcels.GroupBy(parcel => parcel.To), options, async (mine, token) =>
        {
            foreach (var parcel in mine)
                results.Add(await Send(parcel, token));
        });
        return results;
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever a channel throws is a failed try of this message; the others must go out.")]
    private async Task<Result> Send(Parcel parcel, CancellationToken cancellationToken)
    {
        var last = new Handed(Delivery.Unreachable, "没有可用的联系方式");
        var by = "";
        var gone = new List<Address>();
        foreach (var to in parcel.To)
        {
            // What may ring in a while is not laid down where nobody may look.
            if (last.Delivery == Delivery.Failed && MayTryAgain(last, parcel) && !byName[to.Channel].Rings)
                continue;
            Handed handed;
            try
            {
                handed = await byName[to.Channel].Send(to, parcel.Message, cancellationToken);
            }
            catch (Exception failed) when (failed is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                LogFailed(parcel.Message.Id, to.Channel, failed.GetType().Name);
                handed = new Handed(Delivery.Failed, failed.GetType().Name);
            }

            if (handed.Delivery is Delivery.Sent or Delivery.Submitted or Delivery.Unknown)
                return new Result(parcel, handed, to.Channel, gone);
            if (handed.Delivery == Delivery.Unreachable)
                gone.Add(to);

            // Of several ways that did not work the one that may work later counts, then the one that says most.
            if (last.Delivery != Delivery.Failed)
                (last, by) = (handed, to.Channel);
        }

        return new Result(parcel, last, by, gone);
    }

    private async Task WriteDown(IReadOnlyCollection<Result> results, List<Lost> lost, CancellationToken cancellationToken)
    {
        foreach (var chunk in results.Where(result => result.Handed.Delivery is Delivery.Sent or Delivery.Submitted).Chunk(ClaimedTogether))
        {
            await transactions.Run(
                Key,
                async (work, token) =>
                {
                    foreach (var result in chunk)
                    {
                        foreach (var id in result.Parcel.Notices)
                            await work.Rows.NoticeSent(id, result.Channel, result.Parcel.Message.Id, result.Handed.Receipt, clock.UtcNow, token);
                    }

                    return chunk.Length;
                },
                cancellationToken);
        }

        var gone = results.SelectMany(result => result.Gone).Distinct().ToArray();
        var failed = results.Where(result => result.Handed.Delivery == Delivery.Failed && MayTryAgain(result.Handed, result.Parcel)).ToArray();
        lost = [.. lost, .. results.Where(result => result.Handed.Delivery is not (Delivery.Sent or Delivery.Submitted) && !failed.Contains(result)).SelectMany(LostBy)];
        if (gone.Length + failed.Length + lost.Count == 0)
            return;
        await transactions.Run(
            Key,
            async (work, token) =>
            {
                var db = work.Services.GetRequiredService<SupervisionDb>();
                foreach (var address in gone)
                    (await db.Addresses.FindAsync([address.Channel, address.ExternalId], token))?.Lose(clock.UtcNow);
                foreach (var result in failed)
                    await TryAgain(db, result, token);
                await work.Services.GetRequiredService<Undelivered>().GiveUp(lost, token);
                return 0;
            },
            cancellationToken);
    }

    private static bool MayTryAgain(Handed handed, Parcel parcel) => handed.Untried || parcel.Attempts + 1 < MostTries;

    private static IEnumerable<Lost> LostBy(Result result) => result.Parcel.Notices.Select(id => new Lost(
        id, result.Handed.Delivery == Delivery.Failed ? NoticeState.Parked : NoticeState.Undeliverable, result.Handed.Why)
    {
        MayHaveArrived = result.Handed.Delivery == Delivery.Unknown,
    });

    private async Task TryAgain(SupervisionDb db, Result result, CancellationToken cancellationToken)
    {
        var now = clock.UtcNow;
        foreach (var notice in await db.Notices.Where(n => result.Parcel.Notices.Contains(n.Id)).ToListAsync(cancellationToken))
        {
            if (result.Handed is { Untried: true, RetryAt: { } free })
            {
                notice.Hold(free);
                continue;
            }

            var next = now + TimeSpan.FromMinutes(Math.Min(60, Math.Pow(2, notice.Attempts)));
            notice.Failed(result.Handed.Why, result.Handed.RetryAt is { } at && at > next ? at : next);
        }
    }

    /// <summary>What platforms reported of what they had taken.</summary>
    private async Task<int> TakeReports(CancellationToken cancellationToken)
    {
        var reports = await transactions.Read((rows, token) => rows.ReportsToTake(AtOnce, token), cancellationToken);
        foreach (var chunk in reports.Where(report => report.Arrived).Chunk(ClaimedTogether))
        {
            await transactions.Run(
                Key,
                async (work, token) =>
                {
                    foreach (var report in chunk)
                        await work.Rows.NoticeArrived(report.Receipt, token);
                    return chunk.Length;
                },
                cancellationToken);
        }

        var failed = reports.Where(report => !report.Arrived).ToArray();
        if (failed.Length > 0)
            await transactions.Run(Key, (work, token) => work.Services.GetRequiredService<Undelivered>().Reported(failed, token), cancellationToken);
        return reports.Count;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Message {Id} could not be sent on {Channel}: {Why}.")]
    private partial void LogFailed(string id, string channel, string why);

    /// <summary>One person's notices that are due.</summary>
    private sealed record Mine(Person? Person, IReadOnlyList<Address> To, IReadOnlyList<Due> Notices);

    /// <summary>A notice that is due; <see cref="Later"/> when it has to wait for a better hour.</summary>
    private sealed record Due(Notice Notice, DateTime? Later)
    {
        public Guid Id => Notice.Id;

        public string? Page { get; set; }
    }

    private sealed record Parcel(IReadOnlyList<Guid> Notices, IReadOnlyList<Address> To, OutgoingMessage Message, int Attempts);

    private sealed record Result(Parcel Parcel, Handed Handed, string Channel, IReadOnlyList<Address> Gone);
}
