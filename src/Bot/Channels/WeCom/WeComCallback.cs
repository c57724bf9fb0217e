using System.Globalization;
using System.Text;
using Bot.Channels.Callbacks;
using Bot.Channels.WeCom.Api;
using Bot.Storage;

namespace Bot.Channels.WeCom;

/// <summary>The callback of the app in WeCom. Everything is encrypted here, and only what was encrypted counts, the company and the app included.</summary>
internal sealed class WeComCallback(
    WeComAccount account,
    WeComTurns turns,
    StaffChanges staff,
    Transactions transactions,
    PlatformAlarms alarms,
    WeComFigures figures,
    TimeProvider time,
    ILogger<WeComCallback> log)
    : Callback<WeComPush>(
        "企业微信",
        new Envelopes(account.Token, account.CorpId, account.Key, account.PreviousKey),
        account.ReportClockDifference,
        account.RefuseClockDifference,
        turns,
        transactions,
        figures,
        time,
        log)
{
    private readonly string agent = account.AgentId.ToString(CultureInfo.InvariantCulture);
    private readonly string corp = account.CorpId;

    /// <summary>Here the word of the official account would be a mistake (WeCom, callbacks).</summary>
    protected override ReadOnlyMemory<byte> Silence => ReadOnlyMemory<byte>.Empty;

    /// <summary>The echo comes encrypted and goes back in clear, with nothing around it. It touches nothing that could be slow: it has one second.</summary>
    protected override Task Verify(HttpContext http)
    {
        var refusal = Authenticate(http.Request, out var address);
        if (refusal == Refusal.None && address.Echo.Length == 0)
            refusal = Refusal.Parameters;
        if (refusal != Refusal.None)
            return Refuse(http, refusal);
        var echo = Encoding.UTF8.GetBytes(address.Echo.ToArray());
        if (!address.SignsBody(Envelopes, echo))
            return Refuse(http, Refusal.BodySignature);
        if (Envelopes.Open(echo, out var opened) != EnvelopeFault.None)
            return Refuse(http, Refusal.Envelope);
        CompareClocks(address);
        using (opened)
            return Answer(http, opened.Message.ToArray(), PlainText);
    }

    /// <summary>The address is signed together with the body.</summary>
    protected override Refusal Prove(in SignedAddress address) => address.HasBodySignature ? Refusal.None : Refusal.Parameters;

    protected override Pushed<WeComPush> Read(ReadOnlySpan<byte> body, in SignedAddress address)
    {
        if (body.IsEmpty)
            return new Pushed<WeComPush>(Refusal.Malformed);
        var refusal = Open(body, address, out var opened);
        if (refusal != Refusal.None)
            return new Pushed<WeComPush>(refusal);
        CompareClocks(address);
        using (opened)
            return IsJson(opened.Message) ? new Pushed<WeComPush>(Refusal.Json) : ReadPush(opened.Message, opened.Key);
    }

    protected override async Task Act(HttpContext http, Pushed<WeComPush> pushed)
    {
        var push = pushed.Push!;
        switch (WeComMeanings.Of(push))
        {
            case WeComMeaning.Said or WeComMeaning.Picture:
                await Converse(http, push, pushed.Key);
                return;
            case WeComMeaning.Staff:
                await staff.Take(push, CancellationToken.None);
                break;
            case WeComMeaning.Alarm:
                alarms.Raise(WeComApi.Platform, push.Event, 0, "企业微信认为应用不活跃，可能停用它，请到管理后台查看");
                break;
            case WeComMeaning.Unknown:
                await Keep(push, $"{push.Type} {push.Event}", pushed.Xml!);
                break;
        }

        await BeSilent(http);
    }

    protected override byte[] Write(WeComPush push, string passive, DateTimeOffset now, out int length) => PassiveReply.WriteElements(push, passive, now, out length);

    private Pushed<WeComPush> ReadPush(ReadOnlySpan<byte> xml, EnvelopeKey key)
    {
        if (WeComPush.Read(xml) is not { } push)
            return new Pushed<WeComPush>(Refusal.Malformed);
        if (!IsOurs(push))
            return new Pushed<WeComPush>(Refusal.Foreign);
        return new Pushed<WeComPush>(Refusal.None) { Push = push, Key = key, Xml = WeComMeanings.Of(push) == WeComMeaning.Unknown ? xml.ToArray() : null };
    }

    /// <summary>What concerns the address book belongs to no app; everything else names the app it is for.</summary>
    private bool IsOurs(WeComPush push) =>
        push.To == corp && (push.From == WeComPush.System ? push.AgentId is null or "" || push.AgentId == agent : push.AgentId == agent);
}
