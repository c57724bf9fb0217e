using Bot.Channels.Calls;
using Bot.Channels.WeChat.Api;
using Bot.Emulators.Tencent;
using Bot.Emulators.WeChat;
using Bot.Storage;
using Bot.Testing;
using Bot.Tests.Channels.WeChat.Emulator;
using MenuItem = Bot.Channels.WeChat.Api.MenuItem;

namespace Bot.Tests.Channels.WeChat.Api;

/// <summary>The client against the strict emulator of the platform, which shares no code with it.</summary>
public sealed class AcceptedByThePlatform : IAsyncLifetime
{
    private const string TemplateId = "T-preview";
    private static readonly byte[] Jpeg = [0xFF, 0xD8, 0xFF, 0xE0, .. new byte[600]];
    private static readonly Dictionary<string, string> Fields = new() { ["thing1"] = "应急管理局😀", ["time2"] = "2026年3月4日 09:00" };

    private readonly HandTime time = new("2026-03-02 09:00");
    private readonly WeChatPlatform platform;
    private StandIn service = null!;
    private Databases database = null!;
    private Instance instance = null!;

    public AcceptedByThePlatform() => platform = new WeChatPlatform(time: time);

    private WeChatApi Api => instance.Api;

    public async ValueTask InitializeAsync()
    {
        await platform.Start(cancellationToken: TestContext.Current.CancellationToken);
        service = await StandIn.Silent();
        platform.Callback.SendTo(service.Address);
        platform.Templates.Add(TemplateId, "检查预告", "检查单位:{{thing1.DATA}}\n检查时间:{{time2.DATA}}");
        database = await Databases.Fresh(DatabaseKind.Sqlite);
        instance = await Instance.Start(database, platform, new HurriedTime("2026-03-02 09:00"));
    }

    public async ValueTask DisposeAsync()
    {
        await instance.DisposeAsync();
        await database.DisposeAsync();
        await platform.DisposeAsync();
        await service.DisposeAsync();
    }

    [Fact]
    public async Task Every_kind_of_call_keeps_to_the_platforms_rules()
    {
        var user = await Talking();

        await Api.CreateMenu("""{"button":[{"type":"click","name":"检查预告","key":"检查预告"},{"type":"click","name":"\u83dc\u5355","key":"菜单"}]}""", default);
        var tag = await Api.Tag("已绑定", default);
        Assert.Equal(tag, await Api.Tag("已绑定", default));
        await Api.TagUser(user.OpenId, tag, default);
        Assert.NotEmpty(await Api.AddConditionalMenu($$$"""{"button":[{"type":"click","name":"我的企业","key":"我的企业"}],"matchrule":{"tag_id":"{{{tag}}}"}}""", default));
        Assert.Equal("我的企业", Assert.Single(user.Menu).Name);
        await Api.UntagUser(user.OpenId, tag, default);
        Assert.Contains("检查预告", await Api.GetMenu(default), StringComparison.Ordinal);
        await Api.DeleteMenu(default);

        await Api.SendText(user.OpenId, "您好😀", default);
        await Api.SendMenu(user.OpenId, "您想", [new MenuItem("101", "检查预告")], "点一下", default);
        await Api.SendImage(user.OpenId, await Api.UploadMedia(Jpeg, "二维码.jpg", "image/jpeg", default), default);
        Assert.True(await Api.SendTemplate(user.OpenId, TemplateId, "https://example.com/n/1", Fields, "n1", default) > 1L << 53);
        await user.AnswerPopup(TemplateId, accept: true);
        await Api.SendSubscription(user.OpenId, TemplateId, "https://example.com/n/1", Fields, default);

        var code = await Api.CreateQrCode("bind_8H2K", TimeSpan.FromMinutes(10), default);
        using var http = new HttpClient();
        Assert.NotEmpty(await http.GetByteArrayAsync(code.Picture, TestContext.Current.CancellationToken));
        Assert.NotEmpty(await Api.GetCallbackIps(default));
        Assert.True((await Api.GetQuota("/cgi-bin/message/custom/send", default)).Used > 0);
        await Api.ClearQuota(default);

        Assert.Empty(platform.Violations);
        Assert.Contains(user.Received, bubble => bubble.Text.Contains("您好😀", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_photo_that_somebody_sent_is_kept_and_one_of_four_days_ago_is_refused()
    {
        var media = platform.Media.Keep("image", Jpeg, "image/jpeg");
        var picture = await instance.Pictures.Take("wechat", media, default);
        Assert.Equal(Jpeg, await File.ReadAllBytesAsync(instance.Files.PathOf(picture.Evidence.Id), TestContext.Current.CancellationToken));

        var old = platform.Media.Keep("image", Jpeg, "image/jpeg");
        time.Advance(TimeSpan.FromDays(4));
        await Assert.ThrowsAsync<Domain.Rules.RuleBrokenException>(() => instance.Pictures.Take("wechat", old, default));
    }

    [Fact]
    public async Task Whatever_goes_wrong_on_the_way_a_template_message_arrives_once_or_is_known_not_to_have_arrived()
    {
        var user = await Talking();
        foreach (var fault in new[] { Fault.Busy, Fault.BadGateway, Fault.HalfBody, Fault.CutBefore, Fault.CutAfter, Fault.WrongContentType, Fault.ExtraFields, Fault.TextualCode, Fault.TokensExpire, Fault.TokensDie })
            platform.Faults.Often(0.06, fault);
        var arrived = 0;
        for (var i = 0; i < 150; i++)
        {
            var failed = await Record.ExceptionAsync(() => Api.SendTemplate(user.OpenId, TemplateId, null, new Dictionary<string, string>(Fields) { ["thing1"] = $"第{i}件" }, $"n{i}", default));
            var here = user.Received.Count(bubble => bubble.Card?.Lines.Any(line => line.Value == $"第{i}件") == true);
            arrived += here;
            Assert.True(failed is null ? here == 1 : here <= 1 && (here == 0 || failed is PlatformUnreachableException { OutcomeUnknown: true }), $"第{i}件: {here} {failed?.Message}");
        }

        Assert.InRange(arrived, 145, 150);
        Assert.Empty(platform.Violations);
    }

    private async Task<WeChatUser> Talking()
    {
        var user = platform.NewUser();
        await user.Follow();
        await user.Write("你好");
        return user;
    }
}
