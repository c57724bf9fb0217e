using Bot.Emulators.Tencent;
using Bot.Emulators.WeCom;
using Bot.Tests.Channels.Surviving;

namespace Bot.Tests.Channels.WeCom.Surviving;

/// <summary>What WeCom refuses on top of that.</summary>
internal static class WeComWeather
{
    private const string Send = "/message/send";
    private const string SomebodyElsesServer = "203.0.113.9";

    /// <summary>Refusals of one message or one card that are over with it (WeCom, error codes).</summary>
    private static readonly int[] Passing = [40008, 40058, 44004, 45002, 45008, 50015, 82001, 85002, 99999];

    /// <summary>Refusals after which nothing is to be sent until the platform has calmed down or somebody has put something right.</summary>
    private static readonly int[] Stopping = [45009, 45033, 48002, 50003];

    public static void BadLines(WeComPlatform platform) => Weather.BadLines(platform, platform.Callback, Send, "/message/update_template_card", "/cgi-bin/gettoken");

    public static void Refusals(WeComPlatform platform) => Weather.Refusals(platform, 0.001, Passing);

    /// <summary>Each of them once: the pauses come one upon another.</summary>
    public static void Stops(WeComPlatform platform) => platform.Faults.Next(Send, [.. Stopping.Select(code => new Fault.Code(code))]);

    /// <summary>Every call is refused with 60020, until <see cref="Clear"/>.</summary>
    public static void DistrustsOurAddress(WeComPlatform platform) => platform.Tokens.TrustedAddresses.Add(SomebodyElsesServer);

    public static void Clear(WeComPlatform platform)
    {
        Weather.Clear(platform, platform.Callback);
        platform.Tokens.TrustedAddresses.Clear();
    }
}
