namespace Bot.Channels.WeChat.Api;

/// <summary>What a caller does about a refusal.</summary>
public enum WeChatAction
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

/// <summary>What is special about a refusal, beyond its <see cref="WeChatAction"/>.</summary>
public enum WeChatDetail
{
    None,

    /// <summary>The openid is of another account or none: what belongs to it is forgotten, never tried again.</summary>
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

    /// <summary>Shorten the value named by <see cref="WeChatRefusedException.Field"/> once, else drop.</summary>
    ShortenValue,

    /// <summary>Begin the web authorisation again, once.</summary>
    RestartAuthorisation,

    /// <summary>The address of this service, named in the log, is not in the platform's allow list.</summary>
    ShowAddress,

    /// <summary>Shown to the operator who is publishing a menu, tags or templates.</summary>
    ShowOperator,
}

/// <summary>For how long the client makes no further call of the kind that was refused.</summary>
public enum WeChatPause
{
    None,
    NextMinute,
    FiveMinutes,
    AnHour,

    /// <summary>Until midnight in China, when the platform counts anew.</summary>
    NextDay,

    /// <summary>Until the service is started again, with other settings.</summary>
    Restart,
}

/// <summary>A code, or a range of codes, of the platform and what is done about it.</summary>
public sealed record WeChatError(int From, int To, string Meaning, WeChatAction Action, WeChatDetail Detail = WeChatDetail.None, bool Alarm = false, WeChatPause Pause = WeChatPause.None);

/// <summary>Every code that the platform is known to answer with (official account pages, API error codes). First match counts.</summary>
public static class WeChatErrors
{
    public const int Busy = -1;
    public const int QuotaOfTheDay = 45009;
    public const int QuotaOfTheMinute = 45011;

    private const int WrongSecret = 40125;
    private const int TokenOrSecretWrong = 40001;

    public static IReadOnlyList<WeChatError> All { get; } =
    [
        One(Busy, "系统繁忙", WeChatAction.TryLater),

        One(TokenOrSecretWrong, "access_token 无效或不是最新的", WeChatAction.RefreshToken),
        One(40014, "access_token 不合法", WeChatAction.RefreshToken),
        One(42001, "access_token 已过期", WeChatAction.RefreshToken),
        One(41001, "请求没有带 access_token", WeChatAction.Stop, alarm: true),

        One(40002, "凭证类型错误", WeChatAction.Stop, alarm: true),
        One(40013, "AppID 不对", WeChatAction.Stop, alarm: true),
        One(WrongSecret, "AppSecret 不对", WeChatAction.Stop, alarm: true),
        One(41002, "缺少 AppID", WeChatAction.Stop, alarm: true),
        One(41004, "缺少 AppSecret", WeChatAction.Stop, alarm: true),
        One(40164, "本机出口地址不在公众平台的 IP 白名单里", WeChatAction.Stop, WeChatDetail.ShowAddress, true, WeChatPause.FiveMinutes),
        One(40243, "AppSecret 已冻结", WeChatAction.Stop, alarm: true, pause: WeChatPause.AnHour),
        One(50004, "禁止使用 token 接口", WeChatAction.Stop, alarm: true, pause: WeChatPause.AnHour),
        One(50007, "账号已冻结", WeChatAction.Stop, alarm: true, pause: WeChatPause.AnHour),
        One(89503, "这个 IP 的调用等待管理员确认", WeChatAction.Stop, WeChatDetail.ShowAddress, true, WeChatPause.AnHour),
        One(89506, "这个 IP 被管理员多次拒绝，暂不能调用", WeChatAction.Stop, WeChatDetail.ShowAddress, true, WeChatPause.AnHour),
        One(89507, "这个 IP 被管理员拒绝，一小时内不能调用", WeChatAction.Stop, WeChatDetail.ShowAddress, true, WeChatPause.AnHour),

        One(40003, "openid 无效或属于别的账号", WeChatAction.Unreachable, WeChatDetail.ForgetAddress),
        One(40007, "media_id 无效，多半已超过三天", WeChatAction.Drop, WeChatDetail.UploadAgain),
        Range(40004, 40006, "素材的类型或大小不对", WeChatAction.Drop, WeChatDetail.AsText),
        Range(40009, 40012, "素材的类型或大小不对", WeChatAction.Drop, WeChatDetail.AsText),
        One(45001, "素材太大", WeChatAction.Drop, WeChatDetail.AsText),
        One(45007, "语音太长", WeChatAction.Drop, WeChatDetail.AsText),
        One(44001, "素材是空的", WeChatAction.Drop, WeChatDetail.AsText),
        One(41005, "上传的素材没有被认出来", WeChatAction.Drop, alarm: true),

        One(40008, "消息类型不对", WeChatAction.Drop, alarm: true),
        One(40035, "参数不合法", WeChatAction.Drop, alarm: true),
        One(40038, "请求格式不对", WeChatAction.Drop, alarm: true),
        Range(44002, 44004, "请求的内容是空的", WeChatAction.Drop, alarm: true),
        Range(43001, 43003, "请求方法不对", WeChatAction.Drop, alarm: true),
        One(47001, "请求的 JSON 不对", WeChatAction.Drop, alarm: true),
        One(40033, "请求里有 \\u 转义的字符", WeChatAction.Drop, alarm: true),

        One(40029, "授权 code 无效", WeChatAction.Drop, WeChatDetail.RestartAuthorisation),
        One(40163, "授权 code 已用过", WeChatAction.Drop, WeChatDetail.RestartAuthorisation),
        One(42003, "授权 code 已过期", WeChatAction.Drop, WeChatDetail.RestartAuthorisation),

        One(40037, "template_id 不对", WeChatAction.OtherRoute, alarm: true),
        One(41030, "小程序页面路径不对", WeChatAction.Drop, WeChatDetail.WithoutJump),
        One(40165, "小程序页面路径不对", WeChatAction.Drop, WeChatDetail.WithoutJump),
        One(47003, "模板里有一项的值不合要求", WeChatAction.Drop, WeChatDetail.ShortenValue),
        One(43101, "用户没有同意接收，或同意的次数已用完", WeChatAction.OtherRoute, WeChatDetail.NoAcceptLeft),

        One(43004, "用户没有关注", WeChatAction.Unreachable, WeChatDetail.UntilSubscribe),
        One(43019, "用户在黑名单里", WeChatAction.Unreachable),
        One(48002, "用户关闭了消息接收", WeChatAction.Unreachable),
        One(50005, "用户没有关注", WeChatAction.Unreachable, WeChatDetail.UntilSubscribe),

        One(45002, "内容太长", WeChatAction.Drop, WeChatDetail.Shorten),
        Range(45003, 45006, "标题、描述或链接太长", WeChatAction.Drop, WeChatDetail.Shorten),
        One(45008, "图文太多", WeChatAction.Drop, WeChatDetail.Shorten),

        // Looping on a used-up quota gets an account punished; only a person clears it (quotas of the API calls).
        One(QuotaOfTheDay, "今天的调用额度已用完", WeChatAction.OtherRoute, alarm: true, pause: WeChatPause.NextDay),
        One(QuotaOfTheMinute, "这一分钟的调用太多", WeChatAction.TryLater, pause: WeChatPause.NextMinute),
        One(45015, "超出可以回复的时间，或用户已取消关注", WeChatAction.OtherRoute, WeChatDetail.UntilContact),
        One(45047, "可以下发的条数已用完", WeChatAction.OtherRoute, WeChatDetail.HoldForContact),
        One(45065, "同一条消息已经发过", WeChatAction.Nothing),
        One(45066, "同一条消息重发得太快", WeChatAction.Drop),
        One(45067, "消息的 clientmsgid 太长", WeChatAction.Drop),
        One(45072, "输入状态的命令不对", WeChatAction.Nothing),
        Range(45080, 45081, "现在不能显示输入状态", WeChatAction.Nothing),
        One(45109, "接口已下线", WeChatAction.Stop, alarm: true, pause: WeChatPause.NextDay),

        Range(45157, 45159, "标签名不合要求或已有", WeChatAction.Drop, WeChatDetail.ShowOperator),
        One(40051, "分组名不合法", WeChatAction.Drop, WeChatDetail.ShowOperator),
        One(40117, "分组名不合法", WeChatAction.Drop, WeChatDetail.ShowOperator),
        One(46003, "没有菜单", WeChatAction.Drop, WeChatDetail.ShowOperator),
        Range(40016, 40027, "菜单不合要求", WeChatAction.Drop, WeChatDetail.ShowOperator),
        Range(40052, 40053, "二维码的场景值或有效期不合要求", WeChatAction.Drop),
        Range(40054, 40055, "菜单里的链接不合要求", WeChatAction.Drop, WeChatDetail.ShowOperator),
        Range(65301, 65318, "个性化菜单不合要求", WeChatAction.Drop, WeChatDetail.ShowOperator),
        One(65320, "个性化菜单的匹配条件已不支持", WeChatAction.Drop, WeChatDetail.ShowOperator),
        One(53600, "菜单里的内容不可用", WeChatAction.Drop, WeChatDetail.ShowOperator),
        One(200012, "模板数量已满", WeChatAction.Drop, WeChatDetail.ShowOperator),
        One(200014, "模板标题不对", WeChatAction.Drop, WeChatDetail.ShowOperator),
        Range(200020, 200022, "模板的关键词或场景说明不对", WeChatAction.Drop, WeChatDetail.ShowOperator),

        One(48001, "账号没有这个接口的权限", WeChatAction.OtherRoute, alarm: true, pause: WeChatPause.AnHour),
        One(48004, "接口被封禁", WeChatAction.Stop, alarm: true, pause: WeChatPause.NextDay),
        One(48006, "这个月清零额度的次数已用完", WeChatAction.Stop, alarm: true),
        One(48008, "账号不能发这种消息", WeChatAction.OtherRoute, WeChatDetail.AsText),
        One(50001, "没有得到授权", WeChatAction.Stop, alarm: true, pause: WeChatPause.AnHour),
        One(50002, "账号受限", WeChatAction.Stop, alarm: true, pause: WeChatPause.AnHour),
        Range(61003, 61004, "第三方平台的接口：没有授权或 IP 没有登记", WeChatAction.Stop, alarm: true, pause: WeChatPause.AnHour),
        One(61007, "第三方平台的接口：没有得到这个权限", WeChatAction.Stop, alarm: true, pause: WeChatPause.AnHour),
        Range(65400, 65417, "人工客服的记录不可用", WeChatAction.Drop),
        One(70000, "为保护未成年人，消息没有发出", WeChatAction.Drop),
        Range(76001, 76004, "rid 查询不到", WeChatAction.Drop),
        Range(76021, 76022, "额度查询的路径或权限不对", WeChatAction.Drop),
        One(87014, "内容含有违规信息", WeChatAction.Drop),
    ];

    /// <summary>A code that nobody knows is never tried again, and somebody is told.</summary>
    public static WeChatError Of(int code) =>
        All.FirstOrDefault(error => code >= error.From && code <= error.To) ?? new(code, code, "未知的错误码", WeChatAction.Drop, Alarm: true);

    /// <summary>
    /// At the token endpoint 40001 says that the secret is wrong, and nothing but "busy" and the quota of the minute is worth another try: the same
    /// account with the same secret is asked again after a pause, or not before a restart (access tokens, client policy 4).
    /// </summary>
    public static WeChatError AtTokenEndpoint(int code)
    {
        var error = Of(code == TokenOrSecretWrong ? WrongSecret : code);
        return error.Action == WeChatAction.TryLater
            ? error
            : error with { Action = WeChatAction.Stop, Alarm = true, Pause = error.Pause == WeChatPause.None ? WeChatPause.Restart : error.Pause };
    }

    private static WeChatError One(
        int code, string meaning, WeChatAction action, WeChatDetail detail = WeChatDetail.None, bool alarm = false, WeChatPause pause = WeChatPause.None) =>
        new(code, code, meaning, action, detail, alarm, pause);

    private static WeChatError Range(
        int from, int to, string meaning, WeChatAction action, WeChatDetail detail = WeChatDetail.None, bool alarm = false, WeChatPause pause = WeChatPause.None) =>
        new(from, to, meaning, action, detail, alarm, pause);
}
