using Bot.Channels.Calls;
using static Bot.Channels.Calls.PlatformError;

namespace Bot.Channels.WeChat.Api;

/// <summary>Every code that the platform is known to answer with (official account pages, API error codes). First match counts.</summary>
public static class WeChatErrors
{
    public const int Busy = -1;
    public const int QuotaOfTheDay = 45009;
    public const int QuotaOfTheMinute = 45011;

    private const int WrongSecret = 40125;
    private const int TokenOrSecretWrong = 40001;

    public static IReadOnlyList<PlatformError> All { get; } =
    [
        One(Busy, "系统繁忙", PlatformAction.TryLater),

        One(TokenOrSecretWrong, "access_token 无效或不是最新的", PlatformAction.RefreshToken),
        One(40014, "access_token 不合法", PlatformAction.RefreshToken),
        One(42001, "access_token 已过期", PlatformAction.RefreshToken),
        One(41001, "请求没有带 access_token", PlatformAction.Stop, alarm: true),

        One(40002, "凭证类型错误", PlatformAction.Stop, alarm: true),
        One(40013, "AppID 不对", PlatformAction.Stop, alarm: true),
        One(WrongSecret, "AppSecret 不对", PlatformAction.Stop, alarm: true),
        One(41002, "缺少 AppID", PlatformAction.Stop, alarm: true),
        One(41004, "缺少 AppSecret", PlatformAction.Stop, alarm: true),
        One(40164, "本机出口地址不在公众平台的 IP 白名单里", PlatformAction.Stop, PlatformDetail.ShowAddress, true, PlatformPause.FiveMinutes),
        One(40243, "AppSecret 已冻结", PlatformAction.Stop, alarm: true, pause: PlatformPause.AnHour),
        One(50004, "禁止使用 token 接口", PlatformAction.Stop, alarm: true, pause: PlatformPause.AnHour),
        One(50007, "账号已冻结", PlatformAction.Stop, alarm: true, pause: PlatformPause.AnHour),
        One(89503, "这个 IP 的调用等待管理员确认", PlatformAction.Stop, PlatformDetail.ShowAddress, true, PlatformPause.AnHour),
        One(89506, "这个 IP 被管理员多次拒绝，暂不能调用", PlatformAction.Stop, PlatformDetail.ShowAddress, true, PlatformPause.AnHour),
        One(89507, "这个 IP 被管理员拒绝，一小时内不能调用", PlatformAction.Stop, PlatformDetail.ShowAddress, true, PlatformPause.AnHour),

        One(40003, "openid 无效或属于别的账号", PlatformAction.Unreachable, PlatformDetail.ForgetAddress),
        One(40007, "media_id 无效，多半已超过三天", PlatformAction.Drop, PlatformDetail.UploadAgain),
        Range(40004, 40006, "素材的类型或大小不对", PlatformAction.Drop, PlatformDetail.AsText),
        Range(40009, 40012, "素材的类型或大小不对", PlatformAction.Drop, PlatformDetail.AsText),
        One(45001, "素材太大", PlatformAction.Drop, PlatformDetail.AsText),
        One(45007, "语音太长", PlatformAction.Drop, PlatformDetail.AsText),
        One(44001, "素材是空的", PlatformAction.Drop, PlatformDetail.AsText),
        One(41005, "上传的素材没有被认出来", PlatformAction.Drop, alarm: true),

        One(40008, "消息类型不对", PlatformAction.Drop, alarm: true),
        One(40035, "参数不合法", PlatformAction.Drop, alarm: true),
        One(40038, "请求格式不对", PlatformAction.Drop, alarm: true),
        Range(44002, 44004, "请求的内容是空的", PlatformAction.Drop, alarm: true),
        Range(43001, 43003, "请求方法不对", PlatformAction.Drop, alarm: true),
        One(47001, "请求的 JSON 不对", PlatformAction.Drop, alarm: true),
        One(40033, "请求里有 \\u 转义的字符", PlatformAction.Drop, alarm: true),

        One(40029, "授权 code 无效", PlatformAction.Drop, PlatformDetail.RestartAuthorisation),
        One(40163, "授权 code 已用过", PlatformAction.Drop, PlatformDetail.RestartAuthorisation),
        One(42003, "授权 code 已过期", PlatformAction.Drop, PlatformDetail.RestartAuthorisation),

        One(40037, "template_id 不对", PlatformAction.OtherRoute, alarm: true),
        One(41030, "小程序页面路径不对", PlatformAction.Drop, PlatformDetail.WithoutJump),
        One(40165, "小程序页面路径不对", PlatformAction.Drop, PlatformDetail.WithoutJump),
        One(47003, "模板里有一项的值不合要求", PlatformAction.Drop, PlatformDetail.ShortenValue),
        One(43101, "用户没有同意接收，或同意的次数已用完", PlatformAction.OtherRoute, PlatformDetail.NoAcceptLeft),

        One(43004, "用户没有关注", PlatformAction.Unreachable, PlatformDetail.UntilSubscribe),
        One(43019, "用户在黑名单里", PlatformAction.Unreachable),
        One(48002, "用户关闭了消息接收", PlatformAction.Unreachable),
        One(50005, "用户没有关注", PlatformAction.Unreachable, PlatformDetail.UntilSubscribe),

        One(45002, "内容太长", PlatformAction.Drop, PlatformDetail.Shorten),
        Range(45003, 45006, "标题、描述或链接太长", PlatformAction.Drop, PlatformDetail.Shorten),
        One(45008, "图文太多", PlatformAction.Drop, PlatformDetail.Shorten),

        // Looping on a used-up quota gets an account punished; only a person clears it (quotas of the API calls).
        One(QuotaOfTheDay, "今天的调用额度已用完", PlatformAction.OtherRoute, alarm: true, pause: PlatformPause.NextDay),
        One(QuotaOfTheMinute, "这一分钟的调用太多", PlatformAction.TryLater, pause: PlatformPause.NextMinute),
        One(45015, "超出可以回复的时间，或用户已取消关注", PlatformAction.OtherRoute, PlatformDetail.UntilContact),
        One(45047, "可以下发的条数已用完", PlatformAction.OtherRoute, PlatformDetail.HoldForContact),
        One(45065, "同一条消息已经发过", PlatformAction.Nothing),
        One(45066, "同一条消息重发得太快", PlatformAction.Drop),
        One(45067, "消息的 clientmsgid 太长", PlatformAction.Drop),
        One(45072, "输入状态的命令不对", PlatformAction.Nothing),
        Range(45080, 45081, "现在不能显示输入状态", PlatformAction.Nothing),
        One(45109, "接口已下线", PlatformAction.Stop, alarm: true, pause: PlatformPause.NextDay),

        Range(45157, 45159, "标签名不合要求或已有", PlatformAction.Drop, PlatformDetail.ShowOperator),
        One(40051, "分组名不合法", PlatformAction.Drop, PlatformDetail.ShowOperator),
        One(40117, "分组名不合法", PlatformAction.Drop, PlatformDetail.ShowOperator),
        One(46003, "没有菜单", PlatformAction.Drop, PlatformDetail.ShowOperator),
        Range(40016, 40027, "菜单不合要求", PlatformAction.Drop, PlatformDetail.ShowOperator),
        Range(40052, 40053, "二维码的场景值或有效期不合要求", PlatformAction.Drop),
        Range(40054, 40055, "菜单里的链接不合要求", PlatformAction.Drop, PlatformDetail.ShowOperator),
        Range(65301, 65318, "个性化菜单不合要求", PlatformAction.Drop, PlatformDetail.ShowOperator),
        One(65320, "个性化菜单的匹配条件已不支持", PlatformAction.Drop, PlatformDetail.ShowOperator),
        One(53600, "菜单里的内容不可用", PlatformAction.Drop, PlatformDetail.ShowOperator),
        One(200012, "模板数量已满", PlatformAction.Drop, PlatformDetail.ShowOperator),
        One(200014, "模板标题不对", PlatformAction.Drop, PlatformDetail.ShowOperator),
        Range(200020, 200022, "模板的关键词或场景说明不对", PlatformAction.Drop, PlatformDetail.ShowOperator),

        One(48001, "账号没有这个接口的权限", PlatformAction.OtherRoute, alarm: true, pause: PlatformPause.AnHour),
        One(48004, "接口被封禁", PlatformAction.Stop, alarm: true, pause: PlatformPause.NextDay),
        One(48006, "这个月清零额度的次数已用完", PlatformAction.Stop, alarm: true),
        One(48008, "账号不能发这种消息", PlatformAction.OtherRoute, PlatformDetail.AsText),
        One(50001, "没有得到授权", PlatformAction.Stop, alarm: true, pause: PlatformPause.AnHour),
        One(50002, "账号受限", PlatformAction.Stop, alarm: true, pause: PlatformPause.AnHour),
        Range(61003, 61004, "第三方平台的接口：没有授权或 IP 没有登记", PlatformAction.Stop, alarm: true, pause: PlatformPause.AnHour),
        One(61007, "第三方平台的接口：没有得到这个权限", PlatformAction.Stop, alarm: true, pause: PlatformPause.AnHour),
        Range(65400, 65417, "人工客服的记录不可用", PlatformAction.Drop),
        One(70000, "为保护未成年人，消息没有发出", PlatformAction.Drop),
        Range(76001, 76004, "rid 查询不到", PlatformAction.Drop),
        Range(76021, 76022, "额度查询的路径或权限不对", PlatformAction.Drop),
        One(87014, "内容含有违规信息", PlatformAction.Drop),
    ];

    public static PlatformError Of(int code) => PlatformError.Of(All, code);

    /// <summary>
    /// At the token endpoint 40001 says that the secret is wrong, and nothing but "busy" and the quota of the minute is worth another try: the same
    /// account with the same secret is asked again after a pause, or not before a restart (access tokens, client policy 4).
    /// </summary>
    public static PlatformError AtTokenEndpoint(int code)
    {
        var error = Of(code == TokenOrSecretWrong ? WrongSecret : code);
        return error.Action == PlatformAction.TryLater
            ? error
            : error with { Action = PlatformAction.Stop, Alarm = true, Pause = error.Pause == PlatformPause.None ? PlatformPause.Restart : error.Pause };
    }
}
