namespace Bot.Channels.Calls;

/// <summary>The platform answered and said no. Never holds a token, a secret or whom the call was about.</summary>
public sealed class PlatformRefusedException(CalledPlatform platform, string api, int code, PlatformError error) : Exception($"{platform.Words}接口 {api} 拒绝了调用：{code} {error.Meaning}")
{
    public string Api => api;

    public int Code => code;

    public PlatformAction Action => error.Action;

    public PlatformDetail Detail => error.Detail;

    /// <summary>What the code means, in Chinese, for an operator.</summary>
    public string Meaning => error.Meaning;

    /// <summary>The platform's number of this call, for the log only: its support can look it up for seven days.</summary>
    public string? Rid { get; init; }

    /// <summary>The template's key whose value was refused (official account, 47003), such as <c>thing3</c>.</summary>
    public string? Field { get; init; }

    /// <summary>Before this instant (UTC) the client refuses calls of this API by itself.</summary>
    public DateTime? RetryAt { get; init; }

    /// <summary>An earlier try of the same call got no answer and may have been carried out.</summary>
    public bool MayHaveHappenedBefore { get; internal set; }
}

/// <summary>The platform gave no answer that can be used: not reached, too slow, broken, or busy (-1) to the end of our patience.</summary>
public sealed class PlatformUnreachableException(CalledPlatform platform, string api, string how, bool outcomeUnknown) : Exception($"{platform.Words}接口 {api} 没有可用的回答：{how}")
{
    public string Api => api;

    internal string How => how;

    /// <summary>The call may have been carried out all the same: what must not reach a person twice is not sent again.</summary>
    public bool OutcomeUnknown => outcomeUnknown;

    /// <summary>Whether the client may ask again by itself.</summary>
    internal bool WorthAnotherTry { get; init; }
}
