using System.Text.Json.Nodes;
using Bot.Channels.Calls;
using Bot.Channels.WeCom.Api;
using Bot.Emulators.Tencent;
using Bot.Emulators.WeCom;
using Bot.Storage;
using Bot.Testing;
using Bot.Tests.Channels.WeChat.Api;

namespace Bot.Tests.Channels.WeCom.Api;

/// <summary>The client against the strict emulator of WeCom, which shares no code with it.</summary>
public sealed class AcceptedByWeCom : IAsyncDisposable
{
    private static readonly byte[] Jpeg = [0xFF, 0xD8, 0xFF, 0xE0, .. new byte[600]];
    private static readonly TimeSpan HalfAnHour = TimeSpan.FromMinutes(30);

    private readonly HurriedTime time = new("2026-03-02 09:00");
    private WeComPlatform platform = null!;
    private Databases database = null!;
    private AppInstance instance = null!;

    private WeComApi Api => instance.Api;

    public async ValueTask DisposeAsync()
    {
        await instance.DisposeAsync();
        await database.DisposeAsync();
        await platform.DisposeAsync();
    }

    [Theory]
    [InlineData("")]
    [InlineData("/private/wecom")]
    public async Task Every_kind_of_call_keeps_to_the_platforms_rules(string pathBefore)
    {
        await Start(new CompanyApp { PathBefore = pathBefore });
        var member = platform.NewMember("魏亦舟", "WeiYizhou");
        platform.NewMember("看不到的人", "Invisible", seesApp: false);

        var sent = await Api.Send(["weiyizhou", "nobody"], WeComMessages.Text("您好😀"), null, default);
        await Api.Send(["weiyizhou"], WeComMessages.Image(await Api.UploadMedia(WeComMediaKind.Image, Jpeg, "现场.jpg", "image/jpeg", default)), HalfAnHour, default);
        var card = await Api.Send(["weiyizhou"], Card("T1"), HalfAnHour, default);
        Assert.Empty(await Api.UpdateCard(card.ResponseCode!, ["weiyizhou"], "已由李二同意", default));
        var used = await Assert.ThrowsAsync<PlatformRefusedException>(() => Api.UpdateCard(card.ResponseCode!, ["weiyizhou"], "又一次", default));
        await Api.Recall(sent.MessageId!, default);

        Assert.Equal(["nobody"], sent.Unreached);
        Assert.Null(sent.ResponseCode);
        Assert.Equal(40058, used.Code);
        Assert.Contains("已由李二同意", member.Cards.Single().ToString(), StringComparison.Ordinal);
        Assert.True(member.Chat[0].Recalled);

        Assert.Equal(("weiyizhou", "魏亦舟"), await Api.User("WEIYIZHOU", default) is { } user ? (user.UserId, user.Name) : default);
        Assert.Null(await Api.User("invisible", default));
        Assert.Null(await Api.User("nobody", default));
        Assert.Equal(["invisible", "weiyizhou"], (await Api.UserIds(default)).Order(StringComparer.Ordinal));
        Assert.Equal(1, Assert.Single(await Api.Departments(default)).Id);
        Assert.Equal(["weiyizhou"], await Api.Members(1, default));
        var code = member.SignInCode();
        Assert.Equal("weiyizhou", await Api.WhoIs(code, default));
        await Assert.ThrowsAsync<PlatformRefusedException>(() => Api.WhoIs(code, default));

        await Api.CreateMenu("""{"button":[{"type":"click","name":"今日待办","key":"今日待办"}]}""", default);
        Assert.Equal("今日待办", Assert.Single(member.Menu).Name);
        Assert.Contains("今日待办", await Api.GetMenu(default), StringComparison.Ordinal);
        await Api.DeleteMenu(default);
        Assert.Empty(member.Menu);
        Assert.Empty(platform.Violations);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task Whatever_goes_wrong_on_the_way_a_notice_arrives_once_or_is_known_not_to_have_arrived(bool alwaysNewTokens, bool oldOnesDie)
    {
        await Start(new CompanyApp());
        (platform.Tokens.AlwaysNew, platform.Tokens.OldOnesDie) = (alwaysNewTokens, oldOnesDie);
        var members = Enumerable.Range(0, 10).Select(i => platform.NewMember($"成员{i}", $"m{i}")).ToList();
        foreach (var fault in new[] { Fault.Busy, Fault.BadGateway, Fault.HalfBody, Fault.CutBefore, Fault.CutAfter, Fault.WrongContentType, Fault.ExtraFields, Fault.TextualCode, Fault.TokensExpire, Fault.TokensDie })
            platform.Faults.Often(0.06, fault);
        var arrived = 0;
        for (var i = 0; i < 150; i++)
        {
            var words = $"第{i}件，请在期限内办理";
            var member = members[i % members.Count];
            var failed = await Record.ExceptionAsync(() => Api.Send([member.UserId], WeComMessages.Text(words), HalfAnHour, default));
            var here = member.Received.Count(entry => entry.Text == words);
            arrived += here;
            Assert.True(failed is null ? here == 1 : here == 0 || (here == 1 && failed is PlatformUnreachableException { OutcomeUnknown: true }), $"第{i}件: {here} {failed?.Message}");
        }

        Assert.InRange(arrived, 140, 150);
        Assert.Empty(platform.Violations);
    }

    [Fact]
    public async Task A_hundred_messages_to_one_member_all_arrive_none_is_dropped_by_the_platform()
    {
        await Start(new CompanyApp());
        var member = platform.NewMember("魏亦舟", "WeiYizhou");
        for (var i = 0; i < 100;)
        {
            try
            {
                await Api.Send(["weiyizhou"], WeComMessages.Text($"第{i}条"), null, default);
                i++;
            }
            catch (WeComFullException full)
            {
                time.Advance(full.RetryAt - time.GetUtcNow().UtcDateTime);
            }
        }

        Assert.Equal(Enumerable.Range(0, 100).Select(i => $"第{i}条"), member.Received.Select(entry => entry.Text));
        Assert.Empty(platform.Discarded);
        Assert.Empty(platform.Violations);
    }

    [Fact]
    public async Task From_an_address_that_is_not_trusted_the_operator_reads_which_it_is()
    {
        await Start(new CompanyApp());
        platform.NewMember("魏亦舟", "WeiYizhou");
        platform.Tokens.TrustedAddresses.Add("203.0.113.1");

        var refused = await Assert.ThrowsAsync<PlatformRefusedException>(() => Api.Send(["weiyizhou"], WeComMessages.Text("一"), null, default));

        Assert.Equal(60020, refused.Code);
        Assert.Contains(instance.Log, line => line.Contains("60020", StringComparison.Ordinal) && line.Contains("127.0.0.1", StringComparison.Ordinal));
    }

    private static JsonObject Card(string task) => new()
    {
        ["msgtype"] = "template_card",
        ["template_card"] = new JsonObject
        {
            ["card_type"] = "button_interaction",
            ["main_title"] = new JsonObject { ["title"] = "待审批的检查任务" },
            ["task_id"] = task,
            ["button_list"] = new JsonArray(new JsonObject { ["text"] = "同意", ["style"] = 1, ["key"] = "0|同意审批" }),
        },
    };

    private async Task Start(CompanyApp app)
    {
        platform = new WeComPlatform(app, time);
        await platform.Start(cancellationToken: TestContext.Current.CancellationToken);
        database = await Databases.Fresh(DatabaseKind.Sqlite);
        instance = await AppInstance.Start(database, platform, time);
    }
}
