using System.Security.Cryptography;
using Bot.Channels.WeChat;
using Bot.Channels.WeCom;
using Bot.Dialogs.Conversations;
using Bot.Storage;

namespace Bot;

/// <summary>What an operator can set, with the defaults that need nothing to be set.</summary>
public sealed class Settings(IConfiguration configuration, bool demo)
{
    public const string DefaultUrls = "http://localhost:5080";
    public const string DefaultDistrict = "yunlan";
    public const string DemoDatabase = "Data Source=data/demo.db";

    /// <summary>The first words of every setting; anything else on the command line is a mistake.</summary>
    public static IReadOnlySet<string> Sections { get; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase)
    {
        "Urls", "ConnectionStrings", "Manifests", "District", "Files", "WeChat", "WeCom", "DirectLine", "Api", "PublicUrl",
        "Logging", "Kestrel", "AllowedHosts", "Environment", "ContentRoot", "ApplicationName", "WebRoot", "Http_Ports", "Https_Ports",
    };

    /// <summary>The demonstration: an invented district, its people, a clock that can be moved.</summary>
    public bool Demo => demo;

    public string Urls => Text("Urls") ?? DefaultUrls;

    /// <summary>A demonstration keeps to a file of its own, so that trying it out touches nothing.</summary>
    public DatabaseLocation Database => DatabaseLocation.Parse(configuration.GetConnectionString("Database") is { Length: > 0 } set ? set : demo ? DemoDatabase : null);

    public string? Redis => configuration.GetConnectionString("Redis") is { Length: > 0 } set ? set : null;

    public string Manifests { get; } = FindManifests(configuration["Manifests"]);

    public string District => Text("District") ?? DefaultDistrict;

    /// <summary>Where photos and files that people send are kept.</summary>
    public string Files => Text("Files") ?? Path.Combine("data", "files");

    public string? PublicUrl => Text("PublicUrl")?.TrimEnd('/');

    /// <summary>The address in links that somebody gets in chat; a demonstration that nobody else reaches is at home on its own machine.</summary>
    public OwnAddress Pages => new(PublicUrl ?? (Demo ? Urls.Split(';')[0].TrimEnd('/') : null));

    /// <summary>Signs web-chat tokens. Without one in the settings, tokens live as long as the process.</summary>
    public string DirectLineSecret { get; } = configuration["DirectLine:Secret"] is { Length: > 0 } set
        ? set
        : Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    public bool DirectLineSecretIsSet => Text("DirectLine:Secret") is not null;

    /// <summary>Origins of other sites that may embed the chat, by comma; none set means any.</summary>
    public IReadOnlyList<string> DirectLineOrigins =>
        Text("DirectLine:Origins")?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    public int PostsPerMinute => configuration.GetValue("DirectLine:PostsPerMinute", 120);

    public int TokensPerMinute => configuration.GetValue("DirectLine:TokensPerMinute", 60);

    public bool WeChat => Text("WeChat:AppId") is not null;

    /// <summary>The account's settings, read and checked now.</summary>
    /// <exception cref="WrongSettingException">One of them is wrong.</exception>
    public WeChatAccount WeChatAccount => WeChatAccount.Read(configuration);

    public bool WeCom => Text("WeCom:CorpId") is not null;

    /// <summary>The app's settings, read and checked now.</summary>
    /// <exception cref="WrongSettingException">One of them is wrong.</exception>
    public WeComAccount WeComAccount => WeComAccount.Read(configuration);

    public int ApiKeys => configuration.GetSection("Api:Keys").GetChildren().Count();

    private string? Text(string key) => configuration[key] is { Length: > 0 } set ? set : null;

    /// <summary>A relative folder is looked for where the service was started, then beside its program.</summary>
    private static string FindManifests(string? set)
    {
        var folder = set is { Length: > 0 } ? set : "manifests";
        var besideProgram = Path.Combine(AppContext.BaseDirectory, folder);
        return Directory.Exists(folder) || !Directory.Exists(besideProgram) ? Path.GetFullPath(folder) : besideProgram;
    }
}
