using System.Globalization;
using Bot.Channels.Calls;
using Bot.Channels.WeCom.Api;
using Bot.Storage;
using Bot.Testing;
using Bot.Tests.Channels.WeChat.Api;

namespace Bot.Tests.Channels.WeCom.Api;

/// <summary>The table of WeCom's codes, copied here once more: T refresh, B later, F other route, U unreachable, P drop, A alarm.</summary>
public sealed class KnowingEveryWeComCode
{
    private const string Table =
        """
        B: -1 45009 45033
        T: 40001 40014 42001
        A: 41001 40013 41002 41004 40091 40056 41011 301002 50003 60020 48002 48004 48005 50001 42007-42009 48003 40080-40089 93000 93004 93008
        U: 40003 60111 46004 50002 60011 81013
        F: 43004
        P: 40031 40032 40066 40068 40070 82001-82003 40007 40004-40006 40009-40011 45001 45007 44001 301016 301017 40029 84014 84015 40054 40055 40094
        P: 40016-40027 46003 41010 41016 41033 45002 45008 45032 60003 60102-60107 60129 40096 84061 84074 85002 86001-86220 301021-301025 301055-301057
        PA: 40008 40033 40035 40058 40063 44004 47001 43002
        """;

    private static readonly Dictionary<int, string> Expected = Table.Split('\n')
        .SelectMany(line => line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .SelectMany(Codes)
            .Select(code => (code, Letters: line[..line.IndexOf(':', StringComparison.Ordinal)].Trim())))
        .ToDictionary(row => row.code, row => row.Letters);

    [Fact]
    public void Every_code_of_the_table_has_its_class_and_no_other_is_in_it()
    {
        Assert.Equal(Expected, Expected.Keys.ToDictionary(code => code, code => Letters(WeComErrors.Of(code))));
        Assert.Equal(Expected.Keys.Order(), WeComErrors.All.SelectMany(error => Enumerable.Range(error.From, error.To - error.From + 1)).Order());
    }

    [Fact]
    public void An_unknown_code_is_dropped_and_somebody_is_told() => Assert.Equal("PA", Letters(WeComErrors.Of(987654)));

    [Theory]
    [InlineData(40001, PlatformPause.Restart)]
    [InlineData(40014, PlatformPause.Restart)]
    [InlineData(40013, PlatformPause.AnHour)]
    [InlineData(60020, PlatformPause.FiveMinutes)]
    [InlineData(987654, PlatformPause.Restart)]
    public void At_the_token_endpoint_nothing_is_tried_again_at_once(int code, PlatformPause pause)
    {
        var error = WeComErrors.AtTokenEndpoint(code);

        Assert.Equal((PlatformAction.Stop, true, pause), (error.Action, error.Alarm, error.Pause));
    }

    [Fact]
    public async Task Each_code_leads_to_what_its_class_says_and_to_no_call_more()
    {
        var time = new HurriedTime("2026-11-20 10:00");
        await using var platform = await ScriptedPlatform.Start(time);

        // Four hours pass: a token that ran out meanwhile would cost one of them a call more.
        platform.TokenLife = TimeSpan.FromDays(1);
        await using var database = await Databases.Fresh(DatabaseKind.Sqlite);
        const string path = "/cgi-bin/message/send";
        await using var instance = await AppInstance.Start(database, platform);
        foreach (var (code, letters) in Expected.Where(row => row.Key is not (> 86001 and < 86220)).Append(new(987654, "PA")))
        {
            platform.Script(path, $$"""{"errcode":{{code}},"errmsg":"refused for zhangyi, hint: [1732000000_{{code}}_1]"}""");
            var before = platform.Of(path).Count;
            var failed = await Record.ExceptionAsync(() => instance.Api.Send(["zhangyi"], WeComMessages.Text("一"), TimeSpan.FromMinutes(30), default));
            var calls = platform.Of(path).Count - before;

            // A refusal that may pass by itself is asked about up to four times; a token that the platform insists on is not used again.
            Assert.True(calls == (code == -1 ? 4 : 1), $"{code}: {calls} calls");
            if (code == -1)
                Assert.IsType<PlatformUnreachableException>(failed);
            else
                Assert.Equal(code, Assert.IsType<PlatformRefusedException>(failed).Code);
            Assert.DoesNotContain("zhangyi", failed.ToString(), StringComparison.Ordinal);
            Assert.Equal(
                letters.Contains('A', StringComparison.Ordinal) || letters == "T",
                instance.Alarms.Standing(WeComApi.Platform)?.Contains($"{code} ", StringComparison.Ordinal) == true);
            instance.Brakes.Release(code);
            time.Advance(TimeSpan.FromMinutes(2));
        }

        Assert.Contains("bot_platform_alarms_total{platform=\"wecom\",api=\"/cgi-bin/message/send\",code=\"987654\"} 1", instance.Figures, StringComparison.Ordinal);
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
        var from = int.Parse(ends.Item1, CultureInfo.InvariantCulture);
        return Enumerable.Range(from, int.Parse(ends.Item2, CultureInfo.InvariantCulture) - from + 1);
    }
}
