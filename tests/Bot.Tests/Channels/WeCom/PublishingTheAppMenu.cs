using System.Diagnostics;
using Bot.Channels.WeCom;
using Bot.CommandLine;
using Bot.Domain.Manifests;
using Bot.Emulators.Tencent;
using Bot.Emulators.WeCom;
using Bot.Storage;
using Bot.Testing;

namespace Bot.Tests.Channels.WeCom;

/// <summary><c>wecom menu publish</c> from outside: exit codes and one clear line (contract, commands).</summary>
public sealed class PublishingTheAppMenu : IAsyncLifetime
{
    private readonly WeComPlatform platform = new();
    private Databases database = null!;

    [Fact]
    public async Task Everybody_who_sees_the_app_gets_the_menu_and_each_line_says_its_own_words()
    {
        var member = platform.NewMember("魏亦舟");

        var (code, said, _) = await Publish();

        Assert.Equal(0, code);
        Assert.Contains("已发布", said, StringComparison.Ordinal);
        Assert.Equal(["今日待办", "登记办理", "查询"], member.Menu.Select(button => button.Name));
        Assert.All(member.Menu, button => Assert.Equal(5, button.Entries.Count));
        Assert.All(member.Menu.SelectMany(button => button.Entries), entry => Assert.Equal(("click", entry.Name), (entry.Type, entry.Key)));
        Assert.Empty(platform.Violations);
    }

    [Theory]
    [InlineData("menu/create", 40018, "40018 菜单不合要求")]
    [InlineData("menu/create", 60020, "企业可信IP")]
    [InlineData("gettoken", 40001, "Secret 不对")]
    [InlineData("menu/create", 301002, "不是同一个应用")]
    public async Task A_refusal_of_the_platform_is_one_clear_line(string path, int refusal, string words)
    {
        platform.Faults.Next(path, new Fault.Code(refusal, "refused"));

        var (code, _, wrong) = await Publish();

        Assert.Equal(1, code);
        Assert.Contains("菜单没有发布", Assert.Single(wrong.TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.Contains(words, wrong, StringComparison.Ordinal);
        Assert.DoesNotContain(platform.App.Secret, wrong, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CorpId")]
    [InlineData("Secret")]
    [InlineData("AgentId")]
    public async Task Without_settings_nothing_is_done(string missing)
    {
        var (code, _, wrong) = await Publish(without: missing);

        Assert.Equal(2, code);
        Assert.Contains($"WeCom:{missing}", Assert.Single(wrong.TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.Empty(platform.Book.Calls);
    }

    [Theory]
    [InlineData("""{"menu": []}""", "应有1到3个")]
    [InlineData("""{}""", "缺少“menu”")]
    [InlineData("""{"menu": [{"name": "今日待办事项", "say": "今日待办"}]}""", "超过16字节")]
    [InlineData("""{"menu": [{"name": "查询", "entries": [{"name": "这一行的名字太长了", "say": "待办"}]}]}""", "只显示前8个字")]
    [InlineData("""{"menu": [{"name": "查询", "entries": [{"name": "待办"}]}]}""", "应写“say”")]
    public async Task A_wrong_menu_is_named_by_the_check_and_not_sent(string json, string words)
    {
        var folder = Directory.CreateTempSubdirectory("manifests-");
        Directory.CreateDirectory(Path.Combine(folder.FullName, "wecom"));
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "wecom", "menu.json"), json, TestContext.Current.CancellationToken);

        var problems = WeComMenu.Check(folder.FullName);
        var broken = Assert.Throws<ManifestException>(() => WeComMenu.Load(folder.FullName));
        folder.Delete(recursive: true);

        Assert.Contains(problems, problem => problem.ToString().Contains(words, StringComparison.Ordinal));
        Assert.Equal(problems, broken.Problems);
    }

    [Fact]
    public void What_is_delivered_has_no_problem() => Assert.Empty(Errands.ManifestProblems(Manifests.Folder));

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

    private async Task<(int Code, string Said, string Wrong)> Publish(string? without = null)
    {
        var start = new ProcessStartInfo("dotnet",
        [
            Path.Combine(AppContext.BaseDirectory, "Bot.dll"), "wecom", "menu", "publish",
            .. platform.Settings.Where(setting => without is null || !setting.StartsWith($"--WeCom:{without}=", StringComparison.Ordinal)),
            $"--ConnectionStrings:Database={database.Location.ConnectionString}",
            $"--Manifests={Manifests.Folder}",
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
