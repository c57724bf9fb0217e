using Bot.Emulators.Tencent;

namespace Bot.Tests.Channels.Surviving;

/// <summary>What goes wrong between a platform and the service, and how often.</summary>
internal static class Weather
{
    private const string AnySending = "/send";

    /// <summary>Connections are cut, slow or answered oddly, in both directions; <paramref name="paths"/> are the calls that the service makes.</summary>
    public static void BadLines(Platform platform, CallbackLine callback, params IReadOnlyList<string> paths)
    {
        (callback.Copies, callback.Cuts, callback.HalfRequests, callback.LostAnswers) = (1, 0.1, 0.05, 0.1);
        foreach (var path in paths)
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

        platform.Faults.Often(0.01, Fault.TokensExpire, AnySending);
        platform.Faults.Often(0.01, Fault.TokensDie, AnySending);
        platform.Faults.Next(AnySending, Fault.Hang);
    }

    public static void Refusals(Platform platform, double rate, IEnumerable<int> codes)
    {
        foreach (var code in codes)
            platform.Faults.Often(rate, new Fault.Code(code), AnySending);
    }

    public static void Clear(Platform platform, CallbackLine callback)
    {
        platform.Faults.Stop();
        (callback.Copies, callback.Cuts, callback.HalfRequests, callback.LostAnswers) = (0, 0, 0, 0);
    }

    /// <summary>Whether nobody but the platform can know whether a call was carried out that ended so.</summary>
    public static bool IsUnknowable(ApiCall call) => call.Fault is "hang" or "502" or "half body" or "cut before" or "cut after" || call.ErrorCode == -1;

    public static bool WasDone(ApiCall call) => call.ErrorCode == 0 && call.Fault is not ("hang" or "502" or "cut before");
}
