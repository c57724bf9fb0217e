using Bot.CommandLine;

namespace Bot.Tests.CommandLine;

/// <summary>"Any wrong option or file: one clear line on standard error, exit 2, nothing changed."</summary>
public sealed class ReadingTheCommandLine
{
    [Theory]
    [InlineData("", Errand.Serve)]
    [InlineData("--demo", Errand.Serve)]
    [InlineData("--demo --Urls http://127.0.0.1:5090", Errand.Serve)]
    [InlineData("import people.csv --dry-run", Errand.Import)]
    [InlineData("import people.csv --kind holidays", Errand.Import)]
    [InlineData("audit verify --ConnectionStrings:Database=Host=db", Errand.AuditVerify)]
    [InlineData("manifests check --Manifests other", Errand.ManifestsCheck)]
    [InlineData("wechat menu publish", Errand.PublishWeChatMenu)]
    [InlineData("wecom menu publish", Errand.PublishWeComMenu)]
    public void What_the_contract_names_is_understood(string line, Errand errand)
    {
        var asked = Asked.Read(Words(line));

        Assert.Null(asked.Mistake);
        Assert.Equal(errand, asked.Errand);
    }

    [Theory]
    [InlineData("--demos")]
    [InlineData("-x")]
    [InlineData("serve")]
    [InlineData("import")]
    [InlineData("import a.csv b.csv")]
    [InlineData("audit")]
    [InlineData("audit verify now")]
    [InlineData("manifests check --dry-run")]
    [InlineData("audit verify --demo")]
    [InlineData("--Urls")]
    [InlineData("--Urls --demo")]
    [InlineData("--Nonsense:Key=value")]
    public void Anything_else_is_one_clear_line(string line)
    {
        var asked = Asked.Read(Words(line));

        Assert.NotNull(asked.Mistake);
        Assert.DoesNotContain('\n', asked.Mistake);
    }

    [Fact]
    public void A_mistaken_secret_is_not_repeated() =>
        Assert.DoesNotContain("hunter2", Asked.Read(["--Secret=hunter2"]).Mistake, StringComparison.Ordinal);

    [Fact]
    public void Settings_are_passed_on_as_they_are() =>
        Assert.Equal(["--Urls", "http://127.0.0.1:1", "--District=wuxi"], Asked.Read(["--Urls", "http://127.0.0.1:1", "--demo", "--District=wuxi"]).SettingArguments);

    [Theory]
    [InlineData("import /no/such/file.ics")]
    [InlineData("import /no/such/file.ics --kind nonsense")]
    [InlineData("wechat menu publish")]
    [InlineData("audit verify --ConnectionStrings:Database=DataSource=/no/such/bot.db")]
    [InlineData("manifests check --Manifests=/no/such/folder")]
    public async Task What_cannot_be_done_ends_with_2(string line) =>
        Assert.Equal(Errands.Refused, await Program.Main(Words(line)));

    [Fact]
    public async Task The_shipped_manifests_pass_their_check() =>
        Assert.Equal(Errands.Done, await Program.Main(["manifests", "check", $"--Manifests={Testing.Manifests.Folder}"]));

    [Fact]
    public async Task The_demonstration_does_not_start_beside_a_real_channel() =>
        Assert.Equal(Errands.Refused, await Program.Main(["--demo", "--WeChat:AppId=wx1", $"--Manifests={Testing.Manifests.Folder}"]));

    private static string[] Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
