using System.Globalization;
using System.Text;
using Bot.Channels.Callbacks;
using Bot.Channels.WeChat;
using Bot.Emulators.Tencent;
using Bot.Emulators.WeChat;
using Bot.Tests.Channels.Callbacks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Tests.Channels.WeChat;

/// <summary>
/// Mutated bodies, rightly signed so that they get as far as they can: whatever comes is taken or refused, and nothing is thrown.
/// BOT_FUZZ_BODIES says how many; the same number gives the same bodies.
/// </summary>
public sealed class BearingAnyBody
{
    private const int Usual = 20_000;

    private static readonly string[] Pieces =
    [
        "<", ">", "</", "/>", "<xml>", "</xml>", "<![CDATA[", "]]>", "&", "&lt;", "&#x0;", "&#1114112;", "<!DOCTYPE x>", "<?xml version=\"1.0\"?>", "\0", "\u0001", "\uFFFF", "\uD83D",
        "{", "<Encrypt>", "</Encrypt>", "<MsgType>", "event", "subscribe", "text", "image", "qrscene_", "-1", "99999999999999999999", "<List>", "</List>", "😀", " ", "\n",
    ];

    [Fact]
    public async Task Nothing_is_thrown()
    {
        var bodies = int.TryParse(Environment.GetEnvironmentVariable("BOT_FUZZ_BODIES"), NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? asked : Usual;
        await using var bot = await FollowedBot.Start();
        var callback = bot.Bot.Services.GetRequiredService<WeChatCallback>();
        var account = bot.Platform.Account;
        var envelopes = new Envelopes(account.Token, account.AppId, EnvelopeKey.Parse(account.EncodingAesKey), null);
        var key = EnvelopeKey.Parse(account.EncodingAesKey)!;
        var chance = new Random(bodies);
        var seconds = bot.Time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        string[] seeds = [.. Seeds(seconds)];
        var answers = new Dictionary<int, int>();
        for (var i = 0; i < bodies; i++)
        {
            var inner = Mutated(Encoding.UTF8.GetBytes(seeds[chance.Next(seeds.Length)]), chance, chance.Next(4));
            var body = i % 4 == 0 ? Mutated(inner, chance, 1) : Sealed(inner, envelopes, key, chance);
            var status = await Post(callback, account, body, seconds, chance);
            answers[status] = answers.GetValueOrDefault(status) + 1;
        }

        Assert.All(answers.Keys, status => Assert.Contains(status, (int[])[200, 400, 403, 413]));
        Assert.True(answers.Count >= 3, string.Join(' ', answers));
        Assert.DoesNotContain(bot.Log.Lines, line => line.StartsWith("Error", StringComparison.Ordinal) || line.StartsWith("Critical", StringComparison.Ordinal));
    }

    private static IEnumerable<string> Seeds(string seconds)
    {
        foreach (var name in OpeningEnvelopes.Named("vectors"))
            yield return (string)OpeningEnvelopes.Vector(name)["plaintext"]!;
        yield return $"<xml><ToUserName>gh_1</ToUserName><FromUserName>o1</FromUserName><CreateTime>{seconds}</CreateTime><MsgType>event</MsgType><Event>subscribe_msg_popup_event</Event>"
            + "<SubscribeMsgPopupEvent><List><TemplateId>T</TemplateId><SubscribeStatusString>accept</SubscribeStatusString></List></SubscribeMsgPopupEvent></xml>";
        yield return $"<xml><ToUserName>gh_1</ToUserName><FromUserName>o2</FromUserName><CreateTime>{seconds}</CreateTime><MsgType>event</MsgType><Event>LOCATION</Event><Latitude>1</Latitude></xml>";
        yield return $"<xml><ToUserName>gh_1</ToUserName><FromUserName>o3</FromUserName><CreateTime>{seconds}</CreateTime><MsgType>location</MsgType><Label>&lt;x&gt;</Label><MsgId>1</MsgId></xml>";
    }

    private static byte[] Mutated(byte[] body, Random chance, int times)
    {
        for (; times > 0 && body.Length > 0; times--)
        {
            var at = chance.Next(body.Length);
            var length = Math.Min(chance.Next(1, 30), body.Length - at);
            body = chance.Next(5) switch
            {
                0 => [.. body[..at], .. Encoding.UTF8.GetBytes(Pieces[chance.Next(Pieces.Length)]), .. body[at..]],
                1 => [.. body[..at], .. body[(at + length)..]],
                2 => [.. body[..at], (byte)chance.Next(256), .. body[(at + 1)..]],
                3 => [.. body[..at], .. body[at..(at + length)], .. body[at..]],
                _ => body[..at],
            };
        }

        return body;
    }

    /// <summary>Mostly as the platform does it, sometimes with a mutated envelope.</summary>
    private static byte[] Sealed(byte[] inner, Envelopes envelopes, EnvelopeKey key, Random chance)
    {
        var answer = new byte[envelopes.LongestAnswer(inner.Length)];
        var length = envelopes.Seal(inner, key, DateTimeOffset.UnixEpoch, answer);
        return Mutated(answer[..length], chance, chance.Next(10) == 0 ? 1 : 0);
    }

    private static async Task<int> Post(WeChatCallback callback, OfficialAccount account, byte[] body, string seconds, Random chance)
    {
        var text = Encoding.UTF8.GetString(body);
        var (start, end) = (text.IndexOf("<Encrypt><![CDATA[", StringComparison.Ordinal), text.IndexOf("]]></Encrypt>", StringComparison.Ordinal));
        var encrypted = start >= 0 && end > start ? text[(start + "<Encrypt><![CDATA[".Length)..end] : "";
        var crypto = new CallbackCrypto(account.Token, account.EncodingAesKey, account.AppId);
        var http = new DefaultHttpContext();
        http.Request.Method = "POST";
        http.Request.QueryString = new QueryString($"?signature={crypto.Sign(seconds, "1")}&timestamp={seconds}&nonce=1&encrypt_type=aes&msg_signature={crypto.Sign(seconds, "1", encrypted)}");
        http.Request.Body = new MemoryStream(body);
        http.Request.ContentLength = chance.Next(2) == 0 ? body.Length : null;
        await callback.Handle(http);
        return http.Response.StatusCode;
    }
}
