using System.Text;
using System.Threading.RateLimiting;
using Bot.Channels.Calls;
using Bot.Channels.WeChat.Api;
using Bot.Dialogs.Conversations;
using Bot.Domain.Commands;
using Bot.Outbox;
using Bot.Storage;

namespace Bot.Channels.WeChat;

/// <summary>
/// Notices on the official account. The long form as a customer-service message while the platform takes one, the short form as a template message
/// otherwise, as a subscription notice where the person accepted one; else the person is out of reach until they come back (channel rules: fallback
/// ladder). What the platform takes only once under an id, or whose fate is unknown, is not sent a second time.
/// </summary>
internal sealed class WeChatChannel : IChannel, IDisposable
{
    public const string ChannelName = "wechat";

    private const string FullText = "回复“详情”看全文";

    /// <summary>The platform knows a template message again for ten minutes; a little is left for the way.</summary>
    private static readonly TimeSpan KnownAgain = TimeSpan.FromMinutes(9);

    private readonly WeChatApi api;
    private readonly Transactions transactions;
    private readonly TemplateBook templates;
    private readonly TimeProvider time;
    private readonly TokenBucketRateLimiter pace;

    /// <param name="api">The platform.</param>
    /// <param name="transactions">Where allowances are counted.</param>
    /// <param name="templates">The short forms.</param>
    /// <param name="time">The service's clock.</param>
    /// <param name="perSecond">So many messages leave in a second at most, so that whoever talks to us meanwhile does not feel it.</param>
    public WeChatChannel(WeChatApi api, Transactions transactions, TemplateBook templates, TimeProvider time, int perSecond)
    {
        (this.api, this.transactions, this.templates, this.time) = (api, transactions, templates, time);
        pace = new TokenBucketRateLimiter(new TokenBucketRateLimiterOptions
        {
            TokenLimit = perSecond,
            TokensPerPeriod = Math.Max(1, perSecond / 10),
            ReplenishmentPeriod = TimeSpan.FromSeconds(perSecond < 10 ? 1.0 / perSecond : 0.1),
            QueueLimit = int.MaxValue,
        });
    }

    public string Name => ChannelName;

    public bool ShowsPresence => false;

    public bool Rings => true;

    public bool IsOpen(Address to) => false;

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    public async Task<Handed> Send(Address to, OutgoingMessage message, CancellationToken cancellationToken)
    {
        using var turn = await pace.AcquireAsync(1, cancellationToken);
        if (message.FailedRoute != Undelivered.TemplateRoute && templates.Notice(message.Kind) is { } begun
            && await transactions.Read((rows, token) => rows.BegunSince(AsTemplate(message), token), cancellationToken) is { } since)
            return await ByTemplateAgain(to, message, begun, since, cancellationToken);
        var tried = await ByCustomerService(to, message, cancellationToken);
        if (tried is { } service && service.Delivery != Delivery.OutsideWindow)
            return service;
        var hindrance = tried;
        if (message.FailedRoute != Undelivered.TemplateRoute && templates.Notice(message.Kind) is { } form)
        {
            hindrance = await ByTemplate(to, message, form, cancellationToken);
            if (hindrance.Delivery is Delivery.Submitted or Delivery.Sent or Delivery.Unreachable or Delivery.Unknown)
                return hindrance;
        }

        if (templates.Subscription(message.Kind) is { } accepted && await BySubscription(to, message, accepted, cancellationToken) is { } notice)
            return notice;
        return hindrance ?? new Handed(Delivery.OutsideWindow, message.FailedRoute is null ? "用户近期没有发过消息，这类通知也没有可用的模板" : "平台报告模板消息发送失败，没有其他途径");
    }

    public void Dispose() => pace.Dispose();

    /// <summary>Null when the platform would not take one now.</summary>
    private async Task<Handed?> ByCustomerService(Address to, OutgoingMessage message, CancellationToken cancellationToken)
    {
        var (allowed, begun) = await transactions.Read((rows, token) => rows.SendStands(to, message.Id, Now, token), cancellationToken);
        if (begun)
            return Unsure;
        if (!allowed || !await Begin(to, message.Id, cancellationToken))
            return null;
        try
        {
            await Say(to.ExternalId, message, cancellationToken);
            return Handed.Over;
        }
        catch (PlatformRefusedException refused)
        {
            await TakeBack(to, message.Id, refused.Detail is PlatformDetail.UntilContact or PlatformDetail.HoldForContact);
            return refused.Action switch
            {
                PlatformAction.Nothing => Handed.Over,
                PlatformAction.Unreachable => new Handed(Delivery.Unreachable, refused.Meaning),
                PlatformAction.OtherRoute or PlatformAction.Drop => new Handed(Delivery.OutsideWindow, refused.Meaning),
                _ => Later(refused),
            };
        }
        catch (PlatformUnreachableException lost) when (lost.OutcomeUnknown)
        {
            return Unsure;
        }
        catch (PlatformUnreachableException lost)
        {
            await TakeBack(to, message.Id, allowanceOver: false);
            return new Handed(Delivery.Failed, lost.Message);
        }
    }

    /// <summary>It may have arrived before: it goes the same way again while the platform would know it, and after that it does not go at all.</summary>
    private async Task<Handed> ByTemplateAgain(Address to, OutgoingMessage message, ShortForm form, DateTime since, CancellationToken cancellationToken)
    {
        if (Now - since > KnownAgain)
            return Unsure;
        var handed = await ByTemplate(to, message, form, cancellationToken);
        if (handed.Delivery is Delivery.Submitted or Delivery.Sent)
            await Write(to, rows => Always(rows.TakeBackSend(AsTemplate(message), CancellationToken.None)));
        return handed.Delivery is Delivery.OutsideWindow or Delivery.Unreachable ? Unsure : handed;
    }

    private async Task<Handed> ByTemplate(Address to, OutgoingMessage message, ShortForm form, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<string, string> values = TemplateBook.Fill(form, message.Fields, message.WrittenOn);
        for (var shortened = false; ; shortened = true)
        {
            try
            {
                var receipt = await api.SendTemplate(to.ExternalId, form.Template.Id!, message.Page, values, message.Id, cancellationToken);
                return new Handed(Delivery.Submitted) { Receipt = FormattableString.Invariant($"{ChannelName}:{receipt}") };
            }
            catch (PlatformRefusedException refused) when (!shortened && refused.Detail == PlatformDetail.ShortenValue && refused.Field is { } key && values.ContainsKey(key))
            {
                values = values.ToDictionary(value => value.Key, value => value.Key == key ? TemplateField.Tighter(key, value.Value) : value.Value, StringComparer.Ordinal);
            }
            catch (PlatformRefusedException refused)
            {
                if (refused.MayHaveHappenedBefore)
                {
                    await NoteUnknown(to, message);
                    return refused.Action is PlatformAction.Unreachable or PlatformAction.OtherRoute or PlatformAction.Drop && refused.RetryAt is null ? Unsure : Later(refused);
                }

                return refused.Action switch
                {
                    PlatformAction.Nothing => Handed.Over,
                    PlatformAction.Unreachable => new Handed(Delivery.Unreachable, refused.Meaning),

                    // The quota of a day is held for; a template that is not there will not be there later.
                    PlatformAction.OtherRoute or PlatformAction.Drop when refused.RetryAt is null => new Handed(Delivery.OutsideWindow, refused.Meaning),
                    _ => Later(refused),
                };
            }
            catch (PlatformUnreachableException lost)
            {
                if (lost.OutcomeUnknown)
                    await NoteUnknown(to, message);
                return new Handed(Delivery.Failed, lost.Message);
            }
        }
    }

    /// <summary>Null when the person accepted none, or the platform knows of none.</summary>
    private async Task<Handed?> BySubscription(Address to, OutgoingMessage message, ShortForm form, CancellationToken cancellationToken)
    {
        var (openid, template) = (to.ExternalId, form.Template.Id!);
        if (!await Write(to, rows => rows.TakeAccept(openid, template, CancellationToken.None)))
            return null;
        if (!await Write(to, rows => rows.BeginSend(message.Id, Now, CancellationToken.None)))
            return Unsure;
        try
        {
            await api.SendSubscription(openid, template, message.Page, TemplateBook.Fill(form, message.Fields, message.WrittenOn), cancellationToken);
            return Handed.Over;
        }
        catch (PlatformRefusedException refused)
        {
            await TakeBack(to, message.Id, allowanceOver: false);
            if (refused.Detail == PlatformDetail.NoAcceptLeft)
                await Write(to, rows => Always(rows.EndAccepts(openid, template, CancellationToken.None)));
            else
                await Write(to, rows => Always(rows.AddAccepts(openid, template, 1, CancellationToken.None)));
            return refused.Action switch
            {
                PlatformAction.Unreachable => new Handed(Delivery.Unreachable, refused.Meaning),
                PlatformAction.OtherRoute or PlatformAction.Drop when refused.RetryAt is null => null,
                _ => Later(refused),
            };
        }
        catch (PlatformUnreachableException lost) when (lost.OutcomeUnknown)
        {
            return Unsure;
        }
        catch (PlatformUnreachableException lost)
        {
            await TakeBack(to, message.Id, allowanceOver: false);
            await Write(to, rows => Always(rows.AddAccepts(openid, template, 1, CancellationToken.None)));
            return new Handed(Delivery.Failed, lost.Message);
        }
    }

    /// <summary>Buttons whose words a link cannot carry become a menu message, where it fits.</summary>
    private Task Say(string openid, OutgoingMessage message, CancellationToken cancellationToken)
    {
        var text = ReplyText.Escape(message.Text);
        if (message.Actions.Any(words => words.Any(char.IsWhiteSpace)) && Bytes(text) + message.Actions.Sum(Bytes) < WeChatApi.LongestText)
            return api.SendMenu(openid, text, [.. message.Actions.Select(words => new MenuItem(ReplyText.NoStep, words))], "", cancellationToken);
        var more = message.Page is { } page ? $"<a href=\"{page}\">详情</a>" : FullText;
        return api.SendText(openid, ReplyText.Of([new Reply(message.Text) { Actions = message.Actions }], more), cancellationToken);
    }

    /// <summary>From when it may have arrived; the first time counts.</summary>
    private Task<bool> NoteUnknown(Address to, OutgoingMessage message) => Write(to, rows => rows.BeginSend(AsTemplate(message), Now, CancellationToken.None));

    private static string AsTemplate(OutgoingMessage message) => $"{Undelivered.TemplateRoute}:{message.Id}";

    private Task<bool> Begin(Address to, string messageId, CancellationToken cancellationToken) => transactions.Run(
        to.ToString(),
        async (work, token) => await work.Rows.TakeAllowance(to, Now, token) && await work.Rows.BeginSend(messageId, Now, token),
        cancellationToken);

    /// <summary>What is surely not sent is written down even while the service is stopping, else it would pass for unknown.</summary>
    private Task<bool> TakeBack(Address to, string messageId, bool allowanceOver) => Write(to, async rows =>
    {
        await rows.TakeBackSend(messageId, CancellationToken.None);
        if (allowanceOver)
            await rows.EndAllowance(to, CancellationToken.None);
        return true;
    });

    private Task<bool> Write(Address to, Func<HotRows, Task<bool>> write) => transactions.Run(to.ToString(), (work, _) => write(work.Rows), CancellationToken.None);

    private static async Task<bool> Always(Task done)
    {
        await done;
        return true;
    }

    private static Handed Unsure { get; } = new(Delivery.Unknown, "平台没有回答，不能确定是否送达");

    private static Handed Later(PlatformRefusedException refused) => new(Delivery.Failed, refused.Meaning) { RetryAt = refused.RetryAt };

    private static int Bytes(string words) => Encoding.UTF8.GetByteCount(words);
}
