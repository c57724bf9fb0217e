using System.Diagnostics;
using Bot.Emulators.Tencent;
using Bot.Emulators.WeChat;
using Bot.Storage;
using Bot.Testing;
using Bot.Tests.Channels.WeChat.Emulator;

namespace Bot.Tests.Channels.WeChat.Sending;

/// <summary><c>wechat menu publish</c> from outside: exit codes and one clear line (contract, commands).</summary>
public sealed class PublishingTheMenu : IAsyncLifetime
{
    private readonly WeChatPlatform platform = new();
    private Databases database = null!;

    [Fact]
    public async Task Everybody_gets_the_menu_and_the_bound_their_own()
    {
        var (code, said, _) = await Publish();
        var (stranger, bound) = (platform.NewUser(), platform.NewUser());
        await using var silent = await StandIn.Silent();
        platform.Callback.SendTo(silent.Address);
        await bound.Follow();
        await Tag(bound);

        Assert.Equal(0, code);
        Assert.Contains("已发布", said, StringComparison.Ordinal);
        Assert.Equal(["查检查", "要服务", "我的"], stranger.Menu.Select(button => button.Name));
        Assert.All(stranger.Menu, button => Assert.Equal(5, button.Entries.Count));
        Assert.All(stranger.Menu.SelectMany(button => button.Entries), entry => Assert.Equal(("click", entry.Name), (entry.Type, entry.Key)));
        Assert.Equal("我的企业", bound.Menu[2].Name);
        Assert.Empty(platform.Book.Violations);
    }

    [Fact]
    public async Task Publishing_again_leaves_one_variant()
    {
        await Publish();
        var (code, _, _) = await Publish();

        Assert.Equal(0, code);
        Assert.Equal(2, platform.Book.Calls.Count(call => call.Path.EndsWith("addconditional", StringComparison.Ordinal)));
        Assert.Single(platform.Book.Calls, call => call.Path.EndsWith("delconditional", StringComparison.Ordinal) && call.ErrorCode == 0);
        Assert.Single(platform.Book.Calls, call => call.Path.EndsWith("tags/create", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("menu/create", 40018, "40018 菜单不合要求")]
    [InlineData("menu/addconditional", 65316, "65316 个性化菜单不合要求")]
    [InlineData("menu/create", 48001, "没有这个接口的权限")]
    [InlineData("stable_token", 40164, "IP 白名单")]
    [InlineData("stable_token", 40125, "AppSecret 不对")]
    public async Task A_refusal_of_the_platform_is_one_clear_line(string path, int refusal, string words)
    {
        platform.Faults.Next(path, new Fault.Code(refusal, "refused"));

        var (code, _, wrong) = await Publish();

        Assert.Equal(1, code);
        Assert.Contains("菜单没有发布", Assert.Single(wrong.TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.Contains(words, wrong, StringComparison.Ordinal);
        Assert.DoesNotContain(platform.Account.AppSecret, wrong, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AppId")]
    [InlineData("AppSecret")]
    public async Task Without_settings_nothing_is_done(string missing)
    {
        var (code, _, wrong) = await Publish(without: missing);

        Assert.Equal(2, code);
        Assert.Contains($"WeChat:{missing}", Assert.Single(wrong.TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.Empty(platform.Book.Calls);
    }

    [Fact]
    public async Task A_wrong_menu_is_not_sent()
    {
        var folder = Directory.CreateTempSubdirectory("manifests-");
        Directory.CreateDirectory(Path.Combine(folder.FullName, "wechat"));
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "wechat", "menu.json"), """{"default": []}""", TestContext.Current.CancellationToken);

        var (code, _, wrong) = await Publish(manifests: folder.FullName);
        folder.Delete(recursive: true);

        Assert.Equal(2, code);
        Assert.Contains("wechat/menu.json，default", wrong, StringComparison.Ordinal);
        Assert.Empty(platform.Book.Calls);
    }

    public async ValueTask InitializeAsync()
    {
        database = await Databases.Fresh(DatabaseKind.Sqlite);
        await platform.Start(cancellationToken: TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await platform.DisposeAsync();
        await database.DisposeAsync();
    }

    private async Task Tag(WeChatUser user)
    {
        using var client = await new BareClient(platform).LogIn();
        await client.Call("tags/members/batchtagging", $$"""{"openid_list":["{{user.OpenId}}"],"tagid":100}""");
    }

    private async Task<(int Code, string Said, string Wrong)> Publish(string? without = null, string? manifests = null)
    {
        var start = new ProcessStartInfo("dotnet",
        [
            Path.Combine(AppContext.BaseDirectory, "Bot.dll"), "wechat", "menu", "publish",
            .. platform.Settings.Where(setting => without is null || !setting.StartsWith($"--WeChat:{without}=", StringComparison.Ordinal)),
            $"--ConnectionStrings:Database={database.Location.ConnectionString}",
            $"--Manifests={manifests ?? Manifests.Folder}",
        ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var said = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var wrong = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await said, await wrong);
    }
}
