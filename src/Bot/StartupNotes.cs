using Bot.Channels.WeChat;
using Bot.Channels.WeCom;

namespace Bot;

/// <summary>A setting that the service cannot start with; the message says in one line what to do.</summary>
public sealed class WrongSettingException(string message) : Exception(message);

/// <summary>What an operator wants to know at start: which channels are on, which are off and why. Never a secret.</summary>
public static class StartupNotes
{
    public static void Refuse(Settings settings)
    {
        if (settings.Demo && (settings.WeChat || settings.WeCom))
            throw new WrongSettingException("演示模式不能和真实渠道一起启动：请去掉 WeChat、WeCom 的配置，或不要用 --demo。");
    }

    public static void Say(WebApplication app, Settings settings)
    {
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Bot");
        foreach (var line in Lines(settings, app.Urls, app.Services.GetService<TemplateBook>()))
            log.LogInformation("{Line}", line);
        if (settings.Demo)
            Console.WriteLine(
                $"""

                演示已启动：在浏览器打开 {app.Urls.First()}/
                按 Ctrl+C 停止；再次启动时接着上次的进度，删掉数据库文件就从头开始。
                试一试：左边是企业的庄亦舟，输入“最近谁要来查”，再输入“申请行政指导”。
                右边是应急管理局的魏亦舟，输入“今日待办”；再把时钟往后拨一天，看看谁会收到提醒。

                """);
    }

    private static IEnumerable<string> Lines(Settings settings, IEnumerable<string> urls, TemplateBook? templates)
    {
        yield return $"规则包 {settings.District}，清单 {settings.Manifests}，地址 {string.Join(' ', urls)}";
        yield return "网页对话：开";
        if (!settings.DirectLineSecretIsSet)
            yield return settings.Demo
                ? $"DirectLine:Secret 未设置，本次启动使用 {settings.DirectLineSecret}"
                : "DirectLine:Secret 未设置：本次启动随机生成，重启后网页要重新进入";
        foreach (var line in WeChat(settings, templates))
            yield return line;
        foreach (var line in WeCom(settings))
            yield return line;
        yield return settings.ApiKeys > 0 ? $"集成接口：关（已有{settings.ApiKeys}个密钥，这一版只有不用密钥的工作日历接口）" : "集成接口：关（没有 Api:Keys）";
        yield return settings.Demo ? "演示：开" : "演示：关（没有 --demo）";
    }

    private static IEnumerable<string> WeCom(Settings settings)
    {
        if (!settings.WeCom)
        {
            yield return "企业微信：关（没有 WeCom:CorpId）";
            yield break;
        }

        var account = settings.WeComAccount;
        yield return $"企业微信：开，{account}，应用的“接收消息”URL填 {settings.PublicUrl ?? "https://您的域名"}{WeComRegistration.Path}";
        if (account.Secret is null)
            yield return "企业微信：没有 WeCom:Secret，只能回复，不能主动发消息和卡片、取图片、核对人员";
    }

    private static IEnumerable<string> WeChat(Settings settings, TemplateBook? templates)
    {
        if (!settings.WeChat)
        {
            yield return "微信公众号：关（没有 WeChat:AppId）";
            yield break;
        }

        var account = settings.WeChatAccount;
        yield return $"微信公众号：开，{account.AppId}，{(account.Key is null ? "明文模式" : "安全模式")}，服务器地址填 {settings.PublicUrl ?? "https://您的域名"}{WeChatRegistration.Path}";
        if (account.Key is null)
            yield return "微信公众号：没有 WeChat:EncodingAESKey，消息不加密；建议在公众平台选安全模式并设置它";
        if (account.AppSecret is null)
            yield return "微信公众号：没有 WeChat:AppSecret，只能回复，不能主动发消息、取图片、生成二维码";
        if (templates?.WithoutId is { Count: > 0 } unset)
            yield return $"微信公众号：模板{string.Join('、', unset)}没有模板ID（manifests/{TemplateBook.FileName} 或 WeChat:Templates），用户48小时没有来过就收不到这类通知";
    }
}
