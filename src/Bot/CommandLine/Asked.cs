namespace Bot.CommandLine;

/// <summary>What the program was asked to do; every one but <see cref="Serve"/> ends by itself.</summary>
public enum Errand
{
    Serve,
    Usage,
    Import,
    AuditVerify,
    ManifestsCheck,
    PublishWeChatMenu,
    PublishWeComMenu,
}

/// <summary>
/// The command line, read strictly: a word or option nobody knows is a mistake and nothing is done. Settings keep ASP.NET's own form
/// (<c>--Urls http://…</c> or <c>--Urls=http://…</c>).
/// </summary>
public sealed record Asked(Errand Errand)
{
    public const string Usage =
        """
        用法：Bot [命令] [选项] [--设置 值 …]
          （无命令）              按配置启动服务
          --demo                  启动演示：虚构的区、网页对话、可拨动的时钟
          import 文件 [--kind 种类] [--dry-run]
                                  导入文件；--dry-run 只检查不写入
          audit verify            核验审计链，完整为0，否则为1并指出第一处
          manifests check         检查 manifests 文件夹里的每个文件
          wechat menu publish     发布公众号菜单
          wecom menu publish      发布企业微信菜单
        """;

    /// <summary>What is wrong with the command line, in one line; null when nothing is.</summary>
    public string? Mistake { get; init; }

    public bool Demo { get; init; }

    public bool DryRun { get; init; }

    public string? File { get; init; }

    public string? Kind { get; init; }

    /// <summary>The settings among the arguments, for the configuration.</summary>
    public IReadOnlyList<string> SettingArguments { get; init; } = [];

    public static Asked Read(IReadOnlyList<string> arguments)
    {
        var words = new List<string>();
        var settings = new List<string>();
        var asked = new Asked(Errand.Serve);
        for (var at = 0; at < arguments.Count; at++)
        {
            var argument = arguments[at];
            if (argument is "--help" or "-h" or "-?")
                return new Asked(Errand.Usage);
            if (argument == "--demo")
                asked = asked with { Demo = true };
            else if (argument == "--dry-run")
                asked = asked with { DryRun = true };
            else if (argument == "--kind" && at + 1 < arguments.Count)
                asked = asked with { Kind = arguments[++at] };
            else if (!argument.StartsWith('-'))
                words.Add(argument);
            else if (!IsSetting(argument))
                return Wrong($"没有这个选项：{NameOf(argument)}。用 --help 看用法。");
            else if (argument.Contains('='))
                settings.Add(argument);
            else if (at + 1 < arguments.Count && !arguments[at + 1].StartsWith("--", StringComparison.Ordinal))
                settings.AddRange([argument, arguments[++at]]);
            else
                return Wrong($"选项 {argument} 后面缺少值。");
        }

        return asked.With(words) with { SettingArguments = settings };
    }

    private Asked With(List<string> words)
    {
        var errand = string.Join(' ', words.Where((_, i) => i == 0 || words[0] != "import"));
        var named = errand switch
        {
            "" => this,
            "import" when words.Count == 2 => this with { Errand = Errand.Import, File = words[1] },
            "import" => Wrong("导入要写明一个文件：import 文件 [--kind 种类] [--dry-run]。"),
            "audit verify" => this with { Errand = Errand.AuditVerify },
            "manifests check" => this with { Errand = Errand.ManifestsCheck },
            "wechat menu publish" => this with { Errand = Errand.PublishWeChatMenu },
            "wecom menu publish" => this with { Errand = Errand.PublishWeComMenu },
            _ => Wrong($"没有这个命令：{errand}。用 --help 看用法。"),
        };
        if (named.Mistake is null && named.Errand != Errand.Import && (DryRun || Kind is not null))
            return Wrong("--kind 和 --dry-run 只用于 import。");
        return named.Mistake is null && named.Errand != Errand.Serve && Demo ? Wrong("--demo 只用于启动服务。") : named;
    }

    private static Asked Wrong(string mistake) => new(Errand.Usage) { Mistake = mistake };

    private static bool IsSetting(string argument) =>
        argument.StartsWith("--", StringComparison.Ordinal) && Settings.Sections.Contains(NameOf(argument)[2..].Split(':')[0]);

    /// <summary>Without the value: it may be a secret.</summary>
    private static string NameOf(string argument) => argument.Split('=')[0];
}
