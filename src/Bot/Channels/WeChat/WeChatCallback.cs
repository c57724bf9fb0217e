using System.Text;
using Bot.Channels.Callbacks;
using Bot.Storage;

namespace Bot.Channels.WeChat;

/// <summary>The official account's callback. In safe mode only what was encrypted counts.</summary>
internal sealed class WeChatCallback(
    WeChatAccount account,
    WeChatTurns turns,
    PushedEvents events,
    Transactions transactions,
    WeChatFigures figures,
    TimeProvider time,
    ILogger<WeChatCallback> log)
    : Callback<Push>("微信", new Envelopes(account.Token, account.AppId, account.Key, account.PreviousKey), account.ReportClockDifference, account.RefuseClockDifference, turns, transactions, figures, time, log)
{
    private static readonly byte[] SuccessBytes = "success"u8.ToArray();

    protected override ReadOnlyMemory<byte> Silence => SuccessBytes;

    /// <summary>The echo comes back as it is.</summary>
    protected override Task Verify(HttpContext http)
    {
        var refusal = Authenticate(http.Request, out var address);
        if (refusal == Refusal.None && address.Echo.Length == 0)
            refusal = Refusal.Parameters;
        if (refusal != Refusal.None)
            return Refuse(http, refusal);
        return Answer(http, Encoding.UTF8.GetBytes(address.Echo.ToArray()), PlainText);
    }

    protected override Refusal Prove(in SignedAddress address)
    {
        if (!address.HasSignature)
            return Refusal.Parameters;
        if (!address.IsSignedBy(Envelopes))
            return Refusal.Signature;
        CompareClocks(address);
        return Refusal.None;
    }

    protected override Pushed<Push> Read(ReadOnlySpan<byte> body, in SignedAddress address)
    {
        if (IsJson(body))
            return new Pushed<Push>(Refusal.Json);
        if (body.IsEmpty)
            return new Pushed<Push>(Refusal.Malformed);
        if (!Envelopes.AreSealed)
            return ReadPush(body, null);
        if (!address.SaysEncrypted)
            return new Pushed<Push>(Refusal.NotEncrypted);
        if (!address.HasBodySignature)
            return new Pushed<Push>(Refusal.Parameters);
        var refusal = Open(body, address, out var opened);
        if (refusal != Refusal.None)
            return new Pushed<Push>(refusal);
        using (opened)
            return IsJson(opened.Message) ? new Pushed<Push>(Refusal.Json) : ReadPush(opened.Message, opened.Key);
    }

    protected override async Task Act(HttpContext http, Pushed<Push> pushed)
    {
        var push = pushed.Push!;
        switch (Meanings.Of(push))
        {
            case Meaning.Said or Meaning.Picture:
                await Converse(http, push, pushed.Key);
                return;
            case Meaning.Report:
                await events.Report(push, CancellationToken.None);
                break;
            case Meaning.Left:
                await events.Left(push, CancellationToken.None);
                break;
            case Meaning.Unknown:
                await Keep(push, $"{push.Type} {push.Event}", pushed.Xml!);
                break;
        }

        await BeSilent(http);
    }

    protected override byte[] Write(Push push, string passive, DateTimeOffset now, out int length) => PassiveReply.Write(push, passive, now, out length);

    private static Pushed<Push> ReadPush(ReadOnlySpan<byte> xml, EnvelopeKey? key)
    {
        if (Push.Read(xml) is not { } push)
            return new Pushed<Push>(Refusal.Malformed);
        return new Pushed<Push>(Refusal.None) { Push = push, Key = key, Xml = Meanings.Of(push) == Meaning.Unknown ? xml.ToArray() : null };
    }
}
