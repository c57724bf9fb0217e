using Bot.Emulators.WeChat;
using Bot.Tests.Channels.Surviving;

namespace Bot.Tests.Channels.WeChat.Surviving;

/// <summary>What the official account refuses on top of that.</summary>
internal static class WeChatWeather
{
    private const string CustomSend = "/message/custom/send";
    private const string TemplateSend = "/message/template/send";
    private const string Token = "/cgi-bin/stable_token";

    /// <summary>Refusals of a message that are over with it (API error codes).</summary>
    private static readonly int[] Passing =
    [
        40003, 40004, 40005, 40006, 40007, 40008, 40009, 40010, 40011, 40012, 40033, 40035, 40037, 40038, 40165, 41001, 41030, 43001, 43002, 43003, 43004, 43019, 43101, 44002, 44003, 44004,
        45001, 45002, 45003, 45004, 45005, 45006, 45007, 45008, 45015, 45047, 45066, 45067, 45157, 46003, 47001, 47003, 48002, 48006, 48008, 50005, 65301, 65320, 65400, 70000, 76021, 87014, 99999,
    ];

    /// <summary>Refusals after which nothing of the kind is to be asked for until a minute, an hour or the day is over.</summary>
    private static readonly int[] Stopping = [40164, 40243, 45009, 45011, 45109, 48001, 48004, 50001, 50002, 50004, 50007, 61003, 61004, 61007, 89503, 89506, 89507];

    public static void BadLines(WeChatPlatform platform)
    {
        Weather.BadLines(platform, platform.Callback, CustomSend, TemplateSend, Token);
        platform.Templates.SystemFailures = 0.03;
    }

    public static void Refusals(WeChatPlatform platform, bool thatStop) => Weather.Refusals(platform, thatStop ? 0.002 : 0.0008, thatStop ? Stopping : Passing);

    public static void Clear(WeChatPlatform platform)
    {
        Weather.Clear(platform, platform.Callback);
        platform.Templates.SystemFailures = 0;
    }

    public static bool Stops(int code) => Stopping.Contains(code);
}
