using Bot.Emulators.Tencent;
using Bot.Emulators.WeChat;

namespace Bot.Tests.Channels.WeChat.Surviving;

/// <summary>What goes wrong between platform and service, and how often.</summary>
internal static class Weather
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
        platform.Callback.Copies = 1;
        platform.Callback.Cuts = 0.1;
        platform.Callback.HalfRequests = 0.05;
        platform.Callback.LostAnswers = 0.1;
        platform.Templates.SystemFailures = 0.03;
        foreach (var path in (string[])[CustomSend, TemplateSend, Token])
        {
            platform.Faults.Often(0.02, Fault.Busy, path);
            platform.Faults.Often(0.015, Fault.BadGateway, path);
            platform.Faults.Often(0.015, Fault.HalfBody, path);
            platform.Faults.Often(0.015, Fault.CutBefore, path);
            platform.Faults.Often(0.015, Fault.CutAfter, path);
            platform.Faults.Often(0.05, new Fault.Slow(TimeSpan.FromSeconds(2)), path);
            platform.Faults.Often(0.02, Fault.WrongContentType, path);
            platform.Faults.Often(0.02, Fault.ExtraFields, path);
            platform.Faults.Often(0.02, Fault.TextualCode, path);
        }

        platform.Faults.Often(0.01, Fault.TokensExpire, "/send");
        platform.Faults.Often(0.01, Fault.TokensDie, "/send");
        platform.Faults.Next("/send", Fault.Hang);
    }

    public static void Refusals(WeChatPlatform platform, bool thatStop)
    {
        foreach (var code in thatStop ? Stopping : Passing)
            platform.Faults.Often(thatStop ? 0.002 : 0.0008, new Fault.Code(code), "/send");
    }

    public static void Clear(WeChatPlatform platform)
    {
        platform.Faults.Stop();
        (platform.Callback.Copies, platform.Callback.Cuts, platform.Callback.HalfRequests, platform.Callback.LostAnswers, platform.Templates.SystemFailures) = (0, 0, 0, 0, 0);
    }

    public static bool Stops(int code) => Stopping.Contains(code);

    /// <summary>Whether nobody but the platform can know whether a call was carried out that ended so.</summary>
    public static bool IsUnknowable(ApiCall call) => call.Fault is "hang" or "502" or "half body" or "cut before" or "cut after" || call.ErrorCode == -1;

    public static bool WasDone(ApiCall call) => call.ErrorCode == 0 && call.Fault is not ("hang" or "502" or "cut before");
}
