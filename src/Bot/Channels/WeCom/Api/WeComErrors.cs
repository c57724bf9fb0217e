using Bot.Channels.Calls;
using static Bot.Channels.Calls.PlatformError;

namespace Bot.Channels.WeCom.Api;

/// <summary>Every code that WeCom is known to answer with and this app may meet (WeCom, error codes). First match counts.</summary>
public static class WeComErrors
{
    /// <summary>Nobody of those named is a member whom the app may see.</summary>
    public const int NobodyReached = 81013;

    private const int Secret = 40001;

    public static IReadOnlyList<PlatformError> All { get; } =
    [
        One(-1, "系统繁忙", PlatformAction.TryLater),

        // Unlike on the official account it speaks of the secret; from a call it may still be a token given for another one.
        One(Secret, "Secret 不对，请核对应用页面上的 Secret", PlatformAction.RefreshToken),
        One(40014, "access_token 不合法", PlatformAction.RefreshToken),
        One(42001, "access_token 已过期", PlatformAction.RefreshToken),
        One(41001, "请求没有带 access_token", PlatformAction.Stop, alarm: true),

        One(40013, "企业ID（CorpId）不对", PlatformAction.Stop, alarm: true, pause: PlatformPause.AnHour),
        One(41002, "请求没有带企业ID", PlatformAction.Stop, alarm: true),
        One(41004, "没有设置应用的 Secret", PlatformAction.Stop, alarm: true),
        One(40091, "Secret 是别的企业的", PlatformAction.Stop, alarm: true, pause: PlatformPause.AnHour),
        One(40056, "应用的 AgentId 不对", PlatformAction.Stop, alarm: true, pause: PlatformPause.AnHour),
        One(41011, "请求没有带 AgentId", PlatformAction.Stop, alarm: true),
        One(301002, "AgentId 和 Secret 不是同一个应用的，请核对", PlatformAction.Stop, alarm: true, pause: PlatformPause.AnHour),
        One(50003, "应用已被停用，请在管理后台启用", PlatformAction.Stop, alarm: true, pause: PlatformPause.FiveMinutes),
        One(60020, "本机的 IP 不在应用的“企业可信IP”里，请在管理后台加上", PlatformAction.Stop, PlatformDetail.ShowAddress, true, PlatformPause.FiveMinutes),
        One(48002, "应用没有这个接口的权限", PlatformAction.Stop, alarm: true, pause: PlatformPause.AnHour),
        One(48004, "接口的授权无效", PlatformAction.Stop, alarm: true, pause: PlatformPause.AnHour),
        One(48005, "接口已停用", PlatformAction.Stop, alarm: true, pause: PlatformPause.NextDay),
        One(50001, "跳转的域名没有登记，请在“网页授权及JS-SDK”里设置可信域名", PlatformAction.Stop, alarm: true),
        Range(42007, 42009, "第三方应用的授权码，自建应用不应遇到", PlatformAction.Stop, alarm: true),
        One(48003, "第三方应用的授权，自建应用不应遇到", PlatformAction.Stop, alarm: true),
        Range(40080, 40089, "第三方应用的套件，自建应用不应遇到", PlatformAction.Stop, alarm: true),

        // No wait is told; the blocks of the platform last a minute, an hour or the day (frequency limits).
        One(45009, "调用太频繁", PlatformAction.TryLater, pause: PlatformPause.Growing),
        One(45033, "同时的调用太多", PlatformAction.TryLater, pause: PlatformPause.Growing),

        One(40003, "没有这个成员", PlatformAction.Unreachable, PlatformDetail.ForgetAddress),
        One(60111, "没有这个成员", PlatformAction.Unreachable, PlatformDetail.ForgetAddress),
        One(46004, "没有这个成员", PlatformAction.Unreachable, PlatformDetail.ForgetAddress),
        One(50002, "成员不在应用的权限范围内", PlatformAction.Unreachable),
        One(60011, "应用看不到这个成员、部门或标签，请检查“可见范围”", PlatformAction.Unreachable),
        One(NobodyReached, "收件人都不存在或不在应用的可见范围内", PlatformAction.Unreachable),
        One(43004, "成员没有关注微信插件", PlatformAction.OtherRoute),

        Range(40031, 40032, "成员名单不合法或太长", PlatformAction.Drop, PlatformDetail.WithoutBadRecipients),
        One(40066, "部门名单不合法", PlatformAction.Drop, PlatformDetail.WithoutBadRecipients),
        One(40068, "标签不合法", PlatformAction.Drop, PlatformDetail.WithoutBadRecipients),
        One(40070, "标签名单里没有有效的成员或部门", PlatformAction.Drop, PlatformDetail.WithoutBadRecipients),
        Range(82001, 82003, "收件人都不合法，或名单太长", PlatformAction.Drop, PlatformDetail.WithoutBadRecipients),

        One(40007, "media_id 无效，多半已超过三天", PlatformAction.Drop, PlatformDetail.UploadAgain),
        Range(40004, 40006, "素材的类型或大小不对", PlatformAction.Drop, PlatformDetail.AsText),
        Range(40009, 40011, "素材的类型或大小不对", PlatformAction.Drop, PlatformDetail.AsText),
        One(45001, "素材太大", PlatformAction.Drop, PlatformDetail.AsText),
        One(45007, "语音太长", PlatformAction.Drop, PlatformDetail.AsText),
        One(44001, "素材是空的", PlatformAction.Drop, PlatformDetail.AsText),
        Range(301016, 301017, "素材的内容不合要求", PlatformAction.Drop, PlatformDetail.AsText),

        One(40008, "消息类型不对", PlatformAction.Drop, alarm: true),
        One(40033, "请求里有不合法的字符", PlatformAction.Drop, alarm: true),
        One(40035, "参数不合法", PlatformAction.Drop, alarm: true),
        One(40058, "参数不合要求", PlatformAction.Drop, alarm: true),
        One(40063, "参数是空的", PlatformAction.Drop, alarm: true),
        One(44004, "消息的内容是空的", PlatformAction.Drop, alarm: true),
        One(47001, "请求的 JSON 不对", PlatformAction.Drop, alarm: true),
        One(43002, "请求方法不对", PlatformAction.Drop, alarm: true),

        One(40029, "登录的 code 无效、已用过或已过期", PlatformAction.Drop, PlatformDetail.RestartAuthorisation),
        Range(84014, 84015, "成员的登录票据已过期或无效", PlatformAction.Drop, PlatformDetail.RestartAuthorisation),

        Range(40054, 40055, "链接的格式或域名不合要求", PlatformAction.Drop),
        One(40094, "链接不合要求", PlatformAction.Drop),
        Range(40016, 40027, "菜单不合要求", PlatformAction.Drop, PlatformDetail.ShowOperator),
        One(46003, "没有菜单", PlatformAction.Drop, PlatformDetail.ShowOperator),
        One(41010, "没有链接", PlatformAction.Drop),
        One(41016, "没有标题", PlatformAction.Drop),
        One(41033, "没有描述", PlatformAction.Drop),

        One(45002, "内容太长", PlatformAction.Drop, PlatformDetail.Shorten),
        One(45008, "图文太多", PlatformAction.Drop, PlatformDetail.Shorten),
        One(45032, "图文里的字段太长", PlatformAction.Drop, PlatformDetail.Shorten),

        One(60003, "没有这个部门", PlatformAction.Drop),
        Range(60102, 60107, "通讯录的内容不合要求", PlatformAction.Drop),
        One(60129, "通讯录的内容不合要求", PlatformAction.Drop),
        One(40096, "外部联系人不合法", PlatformAction.Drop),
        One(84061, "没有这个外部联系人", PlatformAction.Drop),
        One(84074, "没有外部联系人的权限", PlatformAction.Drop),
        One(85002, "内容里有不能用的词", PlatformAction.Drop),
        Range(86001, 86220, "应用群聊不可用", PlatformAction.Drop),
        One(93000, "群机器人的地址无效", PlatformAction.Stop, alarm: true),
        One(93004, "群机器人已停用", PlatformAction.Stop, alarm: true),
        One(93008, "群机器人不在群里", PlatformAction.Stop, alarm: true),
        Range(301021, 301025, "打卡或审批的数据不可用", PlatformAction.Drop),
        Range(301055, 301057, "打卡或审批的数据不可用", PlatformAction.Drop),
    ];

    public static PlatformError Of(int code) => PlatformError.Of(All, code);

    /// <summary>
    /// There 40001 says that the secret is wrong. Nothing but "busy" and too many calls is worth another try with the same settings; what an
    /// administrator can put right meanwhile is asked again after a pause, the rest not before a restart (WeCom, token).
    /// </summary>
    public static PlatformError AtTokenEndpoint(int code)
    {
        var error = Of(code);
        return error.Action == PlatformAction.TryLater
            ? error
            : error with { Action = PlatformAction.Stop, Alarm = true, Pause = error.Pause == PlatformPause.None ? PlatformPause.Restart : error.Pause };
    }
}
