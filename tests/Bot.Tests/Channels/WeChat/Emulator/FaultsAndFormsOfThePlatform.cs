using System.Net;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Bot.Emulators.Tencent;
using Bot.Emulators.WeChat;
using Microsoft.AspNetCore.Http;

namespace Bot.Tests.Channels.WeChat.Emulator;

public sealed class FaultsAndFormsOfThePlatform : IAsyncDisposable
{
    private static readonly byte[] Jpeg = [0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3];

    private readonly WeChatPlatform platform = new();

    public ValueTask DisposeAsync() => platform.DisposeAsync();

    [Fact]
    public async Task Half_an_answer_strange_fields_and_a_code_in_quotes()
    {
        await platform.Start();
        using var client = await new BareClient(platform).LogIn();
        platform.Faults.Next("getcallbackip", Fault.HalfBody, Fault.ExtraFields, Fault.CutBefore, new Fault.Code(45011));
        platform.Faults.Next("qrcode/create", Fault.TextualCode);

        await Assert.ThrowsAsync<HttpRequestException>(() => client.CallGet("getcallbackip"));
        Assert.NotNull((await client.CallGet("getcallbackip"))["new_in_2027"]);
        await Assert.ThrowsAsync<HttpRequestException>(() => client.CallGet("getcallbackip"));
        Assert.Equal(45011, (int)(await client.CallGet("getcallbackip"))["errcode"]!);
        Assert.Equal("40052", (string?)(await client.Call("qrcode/create", """{"action_name":"?","action_info":{"scene":{}}}"""))["errcode"]);
    }

    [Fact]
    public async Task Chances_repeat_with_their_seed()
    {
        async Task<string> Run()
        {
            await using var one = new WeChatPlatform(seed: 7);
            await one.Start();
            using var client = await new BareClient(one).LogIn();
            one.Faults.Often(0.3, Fault.Busy);
            var codes = new List<int>();
            for (var call = 0; call < 30; call++)
                codes.Add(await BareClient.Code(client.CallGet("getcallbackip")));
            return string.Join(',', codes);
        }

        var first = await Run();
        Assert.Contains("-1", first, StringComparison.Ordinal);
        Assert.Equal(first, await Run());
    }

    [Theory]
    [InlineData("name=\"media\"; filename=\"a.jpg\"", "abc", 0)]
    [InlineData("name=media; filename=a.jpg; filename*=utf-8''a.jpg", "abc", 41005)]
    [InlineData("name=\"media\"; filename=\"a.jpg\"", "\"abc\"", 41005)]
    [InlineData("name=\"file\"; filename=\"a.jpg\"", "abc", 41005)]
    public async Task Only_the_form_that_tencents_parsers_read_uploads_a_picture(string disposition, string boundary, int code)
    {
        await platform.Start();
        using var http = new HttpClient { BaseAddress = platform.ApiBase };
        var token = await Token(http);
        var content = new ByteArrayContent([.. "--abc\r\nContent-Disposition: form-data; "u8, .. System.Text.Encoding.ASCII.GetBytes(disposition), .. "\r\nContent-Type: image/jpeg\r\n\r\n"u8, .. Jpeg, .. "\r\n--abc--\r\n"u8]);
        content.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=" + boundary);

        using var answer = await http.PostAsync($"cgi-bin/media/upload?access_token={token}&type=image", content);
        var json = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;

        Assert.Equal(code, (int?)json["errcode"] ?? 0);
        if (code == 0)
            Assert.Equal(Jpeg, await http.GetByteArrayAsync($"cgi-bin/media/get?access_token={token}&media_id={json["media_id"]}"));
    }

    [Theory]
    [InlineData(PushMode.Plain, true, false)]
    [InlineData(PushMode.Compatible, true, true)]
    [InlineData(PushMode.Safe, false, true)]
    public async Task Each_mode_carries_what_it_should(PushMode mode, bool clear, bool encrypted)
    {
        await using var own = new WeChatPlatform(new OfficialAccount { Mode = mode });
        var bodies = new List<XElement>();
        await using var service = await StandIn.Start(async http =>
        {
            using var reader = new StreamReader(http.Request.Body);
            bodies.Add(XElement.Parse(await reader.ReadToEndAsync()));
            await http.Response.WriteAsync("");
        });
        own.Callback.SendTo(service.Address);
        var user = own.NewUser();
        await user.Follow();

        await user.Write("你好");

        Assert.Equal(clear, bodies[1].Element("Content") is not null);
        Assert.Equal(encrypted, bodies[1].Element("Encrypt") is not null);
        Assert.Empty(own.Violations);
    }

    [Fact]
    public async Task What_must_be_refused_differs_from_what_is_right_in_signature_or_content()
    {
        var crypto = new CallbackCrypto(platform.Account.Token, platform.Account.EncodingAesKey, platform.Account.AppId);
        await using var service = await StandIn.Start(async http =>
        {
            http.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = null;
            using var reader = new StreamReader(http.Request.Body);
            http.Response.StatusCode = IsRight(await reader.ReadToEndAsync(), http.Request.Query) ? 200 : 403;
        });
        platform.Callback.SendTo(service.Address);
        var user = platform.NewUser();

        foreach (var wrong in WrongPush.All.Except([WrongPush.StaleTimestamp]))
            Assert.Equal(HttpStatusCode.Forbidden, (await platform.Callback.PushWrong(wrong, user, "你好")).Status);

        bool IsRight(string body, IQueryCollection query)
        {
            try
            {
                using var strict = System.Xml.XmlReader.Create(new StringReader(body), new System.Xml.XmlReaderSettings { DtdProcessing = System.Xml.DtdProcessing.Prohibit });
                var encrypted = XElement.Load(strict).Element("Encrypt")?.Value ?? "";
                if (body.Length > 1_000_000 || crypto.Sign(query["timestamp"]!, query["nonce"]!, encrypted) != query["msg_signature"])
                    return false;
                using var inner = System.Xml.XmlReader.Create(new StringReader(crypto.Decrypt(encrypted)), new System.Xml.XmlReaderSettings { DtdProcessing = System.Xml.DtdProcessing.Prohibit });
                XElement.Load(inner);
                return true;
            }
            catch (Exception refused) when (refused is System.Xml.XmlException or SealBrokenException or ArgumentException)
            {
                return false;
            }
        }
    }

    private async Task<string> Token(HttpClient http) => (string)JsonNode.Parse(
        await http.GetStringAsync($"cgi-bin/token?grant_type=client_credential&appid={platform.Account.AppId}&secret={platform.Account.AppSecret}"))!["access_token"]!;
}
