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
/// Sends the notices that are owed. A round claims what is due in one transaction, sends outside of any, and writes down what became of it in
/// another; a crash in between is healed by the lease running out and by channels that send an id once.
/// </summary>
public sealed partial class Deliver(
    Transactions transactions,
    IEnumerable<IChannel> channels,
    RulePack rules,
    CalendarBook calendars,
    NoticeWording wording,
    ChinaClock clock,
    ILogger<Deliver> log)
{
    private const string Key = "outbox";
    private const int AtOnce = 200;
    private const int MostTries = 8;
    private const int MostInDigest = 10;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan JustNow = TimeSpan.FromMinutes(10);

    private readonly Dictionary<string, IChannel> byName = channels.ToDictionary(channel => channel.Name, StringComparer.Ordinal);

    /// <summary>One round. Gives how many messages were handed over or given up; zero when there was nothing to do now.</summary>
    public async Task<int> Round(CancellationToken cancellationToken)
    {
        var (parcels, givenUp) = await transactions.Run(Key, (work, token) => Claim(work.Services.GetRequiredService<SupervisionDb>(), token), cancellationToken);
        if (parcels.Count == 0)
            return givenUp;

        var results = new List<Result>(parcels.Count);
        foreach (var parcel in parcels)
            results.Add(await Send(parcel, cancellationToken));
        await transactions.Run(Key, (work, token) => WriteDown(work.Services.GetRequiredService<SupervisionDb>(), results, token), cancellationToken);
        return givenUp + results.Count(result => result.Delivery != Delivery.Failed);
    }

    private async Task<(List<Parcel> Parcels, int GivenUp)> Claim(SupervisionDb db, CancellationToken cancellationToken)
    {
        var now = clock.UtcNow;
        var due = await db.Notices.Where(n => n.State == NoticeState.Owed && n.NextAttemptAt <= now).OrderBy(n => n.NextAttemptAt).ThenBy(n => n.CreatedAt).Take(AtOnce).ToListAsync(cancellationToken);
        due.AddRange(await HeldBack(db, now, cancellationToken));
        var personIds = due.Select(n => n.PersonId).Distinct().ToArray();
        var people = await db.People.Where(p => personIds.Contains(p.Id)).ToDictionaryAsync(p => p.Id, cancellationToken);
        var addresses = (await db.Addresses.Where(a => personIds.Contains(a.PersonId!)).ToListAsync(cancellationToken)).ToLookup(a => a.PersonId!, StringComparer.Ordinal);

        var parcels = new List<Parcel>();
        var givenUp = 0;
        foreach (var mine in due.GroupBy(n => n.PersonId, StringComparer.Ordinal))
        {
            var reachable = addresses[mine.Key].Where(a => byName.ContainsKey(a.Channel)).OrderByDescending(a => a.LastSeenAt ?? DateTime.MinValue).ToList();
            if (!people.TryGetValue(mine.Key, out var person) || reachable.Count == 0)
            {
                foreach (var notice in mine)
                    await GiveUp(db, notice, NoticeState.Undeliverable, "没有可用的联系方式", cancellationToken);
                givenUp += mine.Count();
                continue;
            }

            var present = reachable.Any(a => a.LastSeenAt > now - JustNow || byName[a.Channel].IsOpen(new Address(a.Channel, a.ExternalId)));
            parcels.AddRange(Pack(mine, person, reachable, present, now));
        }

        return (parcels, givenUp);
    }

    /// <summary>What waits for a better hour, longer than any lease: whoever has come into the talk meanwhile need not wait for it.</summary>
    private static Task<List<Notice>> HeldBack(SupervisionDb db, DateTime now, CancellationToken cancellationToken)
    {
        var leased = now + Lease;
        return db.Notices.Where(n => n.State == NoticeState.Owed && n.Attempts == 0 && n.NextAttemptAt > leased).OrderBy(n => n.NextAttemptAt).Take(AtOnce).ToListAsync(cancellationToken);
    }

    private IEnumerable<Parcel> Pack(IEnumerable<Notice> owed, Person person, IReadOnlyList<ChannelAddress> reachable, bool present, DateTime now)
    {
        var to = reachable.Select(a => new Address(a.Channel, a.ExternalId)).ToArray();
        var going = new List<Notice>();
        foreach (var notice in owed)
        {
            var earliest = Consideration.Earliest(notice, person, present, now, rules, calendars.Current);
            notice.Hold(earliest > now ? earliest : now + Lease);
            if (earliest <= now)
                going.Add(notice);
        }

        var joined = person.Role.IsOfficial() ? going.Where(n => n.Digest && !n.Urgent).ToArray() : [];
        if (joined.Length > 1)
            yield return new Parcel([.. joined.Select(n => n.Id)], to, Digest(joined));
        foreach (var notice in joined.Length > 1 ? going.Except(joined) : going)
            yield return new Parcel([notice.Id], to, new OutgoingMessage(notice.Id.ToString("N"), notice.Kind, notice.Text, notice.Fields, notice.Actions));
    }

    private static OutgoingMessage Digest(Notice[] notices)
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"今日提醒（{notices.Length}件）");
        foreach (var (notice, i) in notices.Take(MostInDigest).Select((notice, i) => (notice, i)))
            text.Append(CultureInfo.InvariantCulture, $"\n{i + 1}. {notice.Text}");
        if (notices.Length > MostInDigest)
            text.Append(CultureInfo.InvariantCulture, $"\n另有{notices.Length - MostInDigest}件，请回复“今日待办”查看。");

        // Of all its notices: sent again after a crash with one more in it, it must not pass for the one that went out.
        var id = Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(string.Join(',', notices.Select(notice => notice.Id.ToString("N")).Order(StringComparer.Ordinal)))).AsSpan(0, 16));
        return new OutgoingMessage("d" + id, "digest", text.ToString(), "{}", ["今日待办"]);
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever a channel throws is a failed try of this message; the others must go out.")]
    private async Task<Result> Send(Parcel parcel, CancellationToken cancellationToken)
    {
        var last = (Delivery: Delivery.Unreachable, Channel: "", Why: "没有可用的联系方式");
        foreach (var to in parcel.To)
        {
            try
            {
                var delivery = await byName[to.Channel].Send(to, parcel.Message, cancellationToken);
                if (delivery == Delivery.Sent)
                    return new Result(parcel, delivery, to.Channel, "");
                if (last.Delivery != Delivery.Failed)
                    last = (delivery, to.Channel, delivery.ToString());
            }
            catch (Exception failed) when (failed is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                LogFailed(parcel.Message.Id, to.Channel, failed.GetType().Name);
                last = (Delivery.Failed, to.Channel, failed.GetType().Name);
            }
        }

        return new Result(parcel, last.Delivery, last.Channel, last.Why);
    }

    private async Task<int> WriteDown(SupervisionDb db, IReadOnlyList<Result> results, CancellationToken cancellationToken)
    {
        var ids = results.SelectMany(result => result.Parcel.Notices).ToArray();
        var notices = await db.Notices.Where(n => ids.Contains(n.Id)).ToDictionaryAsync(n => n.Id, cancellationToken);
        var now = clock.UtcNow;
        foreach (var result in results)
        {
            foreach (var notice in result.Parcel.Notices.Select(id => notices[id]))
            {
                if (result.Delivery == Delivery.Sent)
                    notice.Sent(result.Channel, result.Parcel.Message.Id, now);
                else if (result.Delivery == Delivery.Unreachable)
                    await GiveUp(db, notice, NoticeState.Undeliverable, result.Why, cancellationToken);
                else
                    await TryAgain(db, notice, result.Why, now, cancellationToken);
            }
        }

        return notices.Count;
    }

    private async Task TryAgain(SupervisionDb db, Notice notice, string why, DateTime now, CancellationToken cancellationToken)
    {
        notice.Failed(why, now + TimeSpan.FromMinutes(Math.Min(60, Math.Pow(2, notice.Attempts))));
        if (notice.Attempts >= MostTries)
            await GiveUp(db, notice, NoticeState.Parked, why, cancellationToken);
    }

    /// <summary>A preview that nobody received is not a preview: somebody is told to use phone or paper.</summary>
    private async Task GiveUp(SupervisionDb db, Notice notice, NoticeState state, string why, CancellationToken cancellationToken)
    {
        notice.GiveUp(state, why);
        LogGivenUp(notice.Id, state);
        if (notice.Kind == "N21")
            return;
        var unit = await db.Tasks.Where(t => t.Id == notice.SubjectId).Select(t => t.UnitId).FirstOrDefaultAsync(cancellationToken);
        var told = await db.People.Where(p => unit == null ? p.Role == ActorRole.Supervisor : p.Role == ActorRole.UnitLiaison && p.UnitId == unit).Select(p => p.Id).ToListAsync(cancellationToken);
        var board = new NoticeBoard(db, wording, clock);
        var fields = new Dictionary<string, string>
        {
            ["name"] = wording.Templates.FirstOrDefault(t => t.Id == notice.Kind)?.Name ?? notice.Kind,
            ["subject"] = notice.SubjectId,
            ["reason"] = why,
        };
        foreach (var personId in told)
            await board.Owe(personId, "N21", $"undelivered:{notice.Key}:{personId}", notice.SubjectId, fields, cancellationToken, digest: true);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Message {Id} could not be sent on {Channel}: {Why}.")]
    private partial void LogFailed(string id, string channel, string why);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Notice {Id} given up: {State}.")]
    private partial void LogGivenUp(Guid id, NoticeState state);

    private sealed record Parcel(IReadOnlyList<Guid> Notices, IReadOnlyList<Address> To, OutgoingMessage Message);

    private sealed record Result(Parcel Parcel, Delivery Delivery, string Channel, string Why);
}
