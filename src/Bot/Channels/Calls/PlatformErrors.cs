namespace Bot.Channels.Calls;

/// <summary>What a caller does about a refusal.</summary>
public enum PlatformAction
{
    /// <summary>The access token is not the right one any more; the client has already fetched another and tried again.</summary>
    RefreshToken,

    /// <summary>Try again later, with the same idempotency key.</summary>
    TryLater,

    /// <summary>This way is closed; another kind of message may get through.</summary>
    OtherRoute,

    /// <summary>The person cannot be reached for now.</summary>
    Unreachable,

    /// <summary>The same input will never be taken: drop it.</summary>
    Drop,

    /// <summary>Nothing of this kind will work until an operator has done something; the alarm has been raised.</summary>
    Stop,

    /// <summary>Not a failure: what was asked for is so already, or does not matter.</summary>
    Nothing,
}

/// <summary>What is special about a refusal, beyond its <see cref="PlatformAction"/>.</summary>
public enum PlatformDetail
{
    None,

    /// <summary>The person is of another account or company, or nobody: what belongs to the address is forgotten, never tried again.</summary>
    ForgetAddress,

    /// <summary>The media id is unknown, often because it is older than three days: upload once more, then drop.</summary>
    UploadAgain,

    /// <summary>Send a text instead.</summary>
    AsText,

    /// <summary>Send once more without the page to jump to.</summary>
    WithoutJump,

    /// <summary>Reachable again when the person follows the account.</summary>
    UntilSubscribe,

    /// <summary>Reachable again when the person writes.</summary>
    UntilContact,

    /// <summary>The allowance is used up: join with what is waiting and hold until the person writes.</summary>
    HoldForContact,

    /// <summary>No accepted subscription is left for this template: the balance is 0.</summary>
    NoAcceptLeft,

    /// <summary>Shorten or split once, else drop.</summary>
    Shorten,

    /// <summary>Shorten the value named by <see cref="PlatformRefusedException.Field"/> once, else drop.</summary>
    ShortenValue,

    /// <summary>Begin the web authorisation again, once.</summary>
    RestartAuthorisation,

    /// <summary>The address of this service, named in the log, is not in the platform's allow list.</summary>
    ShowAddress,

    /// <summary>Shown to the operator who is publishing a menu, tags or templates.</summary>
    ShowOperator,

    /// <summary>Some of the recipients named are not right: leave them out and send once more, else drop.</summary>
    WithoutBadRecipients,
}

/// <summary>For how long the client makes no further call of the kind that was refused.</summary>
public enum PlatformPause
{
    None,
    NextMinute,

    /// <summary>A minute, and an hour when it is refused again soon after: the platform does not say how long (WeCom, frequency limits).</summary>
    Growing,
    FiveMinutes,
    AnHour,

    /// <summary>Until midnight in China, when the platform counts anew.</summary>
    NextDay,

    /// <summary>Until the service is started again, with other settings.</summary>
    Restart,
}

/// <summary>A code, or a range of codes, of the platform and what is done about it.</summary>
public sealed record PlatformError(int From, int To, string Meaning, PlatformAction Action, PlatformDetail Detail = PlatformDetail.None, bool Alarm = false, PlatformPause Pause = PlatformPause.None)
{
    public static PlatformError One(
        int code, string meaning, PlatformAction action, PlatformDetail detail = PlatformDetail.None, bool alarm = false, PlatformPause pause = PlatformPause.None) =>
        new(code, code, meaning, action, detail, alarm, pause);

    public static PlatformError Range(
        int from, int to, string meaning, PlatformAction action, PlatformDetail detail = PlatformDetail.None, bool alarm = false, PlatformPause pause = PlatformPause.None) =>
        new(from, to, meaning, action, detail, alarm, pause);

    /// <summary>The first row that has the code. One that nobody knows is never tried again, and somebody is told.</summary>
    public static PlatformError Of(IReadOnlyList<PlatformError> table, int code) =>
        table.FirstOrDefault(error => code >= error.From && code <= error.To) ?? new(code, code, "未知的错误码", PlatformAction.Drop, Alarm: true);
}
