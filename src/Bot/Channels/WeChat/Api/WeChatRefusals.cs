namespace Bot.Channels.WeChat.Api;

/// <summary>The platform answered and said no. Never holds a token, a secret or whom the call was about.</summary>
public sealed class WeChatRefusedException(string api, int code, WeChatError error) : Exception($"微信接口 {api} 拒绝了调用：{code} {error.Meaning}")
{
    public string Api => api;

    public int Code => code;

    public WeChatAction Action => error.Action;

    public WeChatDetail Detail => error.Detail;

    /// <summary>What the code means, in Chinese, for an operator.</summary>
    public string Meaning => error.Meaning;

    /// <summary>The platform's number of this call, for the log only: its support can look it up for seven days.</summary>
    public string? Rid { get; init; }

    /// <summary>The template's key whose value was refused (47003), such as <c>thing3</c>.</summary>
    public string? Field { get; init; }

    /// <summary>Before this instant (UTC) the client refuses calls of this API by itself.</summary>
    public DateTime? RetryAt { get; init; }

    /// <summary>An earlier try of the same call got no answer and may have been carried out.</summary>
    public bool MayHaveHappenedBefore { get; internal set; }
}

/// <summary>The platform gave no answer that can be used: not reached, too slow, broken, or busy (-1) to the end of our patience.</summary>
public sealed class WeChatUnreachableException(string api, string how, bool outcomeUnknown) : Exception($"微信接口 {api} 没有可用的回答：{how}")
{
    public string Api => api;

    internal string How => how;

    /// <summary>The call may have been carried out all the same: what must not reach a person twice is not sent again.</summary>
    public bool OutcomeUnknown => outcomeUnknown;

    /// <summary>Whether the client may ask again by itself.</summary>
    internal bool WorthAnotherTry { get; init; }
}
