using Bot.Channels.Calls;
using Bot.Channels.WeChat.Api;
using Bot.Storage;
using Bot.Testing;

namespace Bot.Tests.Channels.WeChat.Api;

/// <summary>The table of the platform's codes, copied here once more: T refresh, B later, F other route, U unreachable, P drop, A alarm, – nothing.</summary>
public sealed class KnowingEveryCode
{
    private const string Table =
        """
        B: -1 45011
        T: 40001 40014 42001
        A: 41001 40002 40013 40125 41002 41004 40164 40243 50004 50007 89503 89506 89507 45109 48004 48006 50001 50002 61003 61004 61007
        U: 40003 43004 43019 48002 50005
        P: 40007 40004-40006 40009-40012 45001 45007 44001 40029 40163 42003 41030 40165 47003 45002-45006 45008 45066 45067 45157-45159 40051 40117
        P: 46003 65301-65318 65320 40016-40027 40052-40055 53600 200012 200014 200020-200022 65400-65417 70000 76001-76004 76021-76022 87014
        PA: 40008 40035 40038 44002-44004 43001-43003 47001 40033 41005
        F: 43101 45015 45047 48008
        FA: 40037 45009 48001
        –: 45065 45072 45080 45081
        """;

    private static readonly Dictionary<int, string> Expected = Table.Split('\n')
        .SelectMany(line => line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .SelectMany(Codes)
            .Select(code => (code, Letters: line[..line.IndexOf(':', StringComparison.Ordinal)].Trim())))
        .ToDictionary(row => row.code, row => row.Letters);

    [Fact]
    public void Every_code_of_the_table_has_its_class()
    {
        var has = Expected.Keys.ToDictionary(code => code, code => Letters(WeChatErrors.Of(code)));

        Assert.Equal(Expected, has);
    }

    [Fact]
    public void No_code_is_in_the_table_that_is_not_expected_and_none_is_there_twice()
    {
        var codes = WeChatErrors.All.SelectMany(error => Enumerable.Range(error.From, error.To - error.From + 1)).ToList();

        Assert.Equal(codes.Count, codes.Distinct().Count());
        Assert.Empty(codes.Except(Expected.Keys));
    }

    [Fact]
    public void An_unknown_code_is_dropped_and_somebody_is_told() => Assert.Equal("PA", Letters(WeChatErrors.Of(987654)));

    [Theory]
    [InlineData(40001)]
    [InlineData(40125)]
    [InlineData(40013)]
    [InlineData(43002)]
    [InlineData(987654)]
    public void At_the_token_endpoint_nothing_is_tried_again_with_the_same_settings(int code)
    {
        var error = WeChatErrors.AtTokenEndpoint(code);

        Assert.Equal((PlatformAction.Stop, true, PlatformPause.Restart), (error.Action, error.Alarm, error.Pause));
    }

    [Fact]
    public async Task Each_code_leads_to_what_its_class_says_and_to_no_call_more()
    {
        var time = new HurriedTime("2026-11-20 10:00");
        await using var platform = await ScriptedPlatform.Start(time);
        await using var database = await Databases.Fresh(DatabaseKind.Sqlite);
        await using var instance = await Instance.Start(database, platform);
        const string path = "/cgi-bin/message/template/send";
        foreach (var (code, letters) in Expected.Append(new(987654, "PA")))
        {
            var tokens = platform.Forced;
            platform.Script(path, $$"""{"errcode":{{code}},"errmsg":"refused for o-person rid: 6a0e-{{code}}-1"}""");
            var before = platform.Of(path).Count;
            var failed = await Record.ExceptionAsync(() => instance.Api.SendTemplate("o-person", "T1", null, new Dictionary<string, string>(), "n1", default));
            var calls = platform.Of(path).Count - before;

            // A refusal that may pass by itself is asked about up to four times, a wrong token twice, everything else once.
            Assert.True(calls == (code == -1 ? 4 : letters == "T" ? 2 : 1), $"{code}: {calls} calls");
            Assert.Equal(letters == "T" ? 1 : 0, platform.Forced - tokens);
            if (letters == "–")
                Assert.Null(failed);
            else if (code == -1)
                Assert.IsType<PlatformUnreachableException>(failed);
            else
                Assert.Equal(code, Assert.IsType<PlatformRefusedException>(failed).Code);
            Assert.DoesNotContain("o-person", failed?.ToString() ?? "", StringComparison.Ordinal);
            Assert.Equal(
                letters.Contains('A', StringComparison.Ordinal) || letters == "T",
                instance.Alarms.Standing(WeChatApi.Platform)?.Contains($"{code} ", StringComparison.Ordinal) == true);
            instance.Brakes.Release(code);
            time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Contains("bot_platform_alarms_total{platform=\"wechat\",api=\"/cgi-bin/message/template/send\",code=\"987654\"} 1", instance.Figures, StringComparison.Ordinal);
    }

    private static string Letters(PlatformError error)
    {
        var letter = error.Action switch
        {
            PlatformAction.RefreshToken => "T",
            PlatformAction.TryLater => "B",
            PlatformAction.OtherRoute => "F",
            PlatformAction.Unreachable => "U",
            PlatformAction.Drop => "P",
            PlatformAction.Stop => "",
            _ => "–",
        };
        return letter + (error.Alarm ? "A" : "");
    }

    private static IEnumerable<int> Codes(string range)
    {
        var ends = range.IndexOf('-', 1) is > 0 and var dash ? (range[..dash], range[(dash + 1)..]) : (range, range);
        var from = int.Parse(ends.Item1, System.Globalization.CultureInfo.InvariantCulture);
        return Enumerable.Range(from, int.Parse(ends.Item2, System.Globalization.CultureInfo.InvariantCulture) - from + 1);
    }
}
