namespace Bot.Emulators.Tencent;

/// <summary>A business failure as the platform reports it: HTTP 200 with a code. <paramref name="rule"/> is set where a careful client never gets there.</summary>
internal sealed class RefusedException(int code, string message, int? rule = null) : Exception(message)
{
    public int Code => code;

    public int? Rule => rule;
}
