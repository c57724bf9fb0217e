namespace Bot.Emulators.WeCom;

/// <summary>A company and its app as the administrator has set them up in the console. All values are invented.</summary>
public sealed record CompanyApp
{
    public string CorpId { get; init; } = "ww5e1f0a2b3c4d5e6f";

    public string CompanyName { get; init; } = "云澜区";

    public int AgentId { get; init; } = 1000002;

    public string Name { get; init; } = "涉企检查";

    public string Secret { get; init; } = "EmulatedAppSecret-0123456789abcdefghijklmno";

    public string Token { get; init; } = "emulatorToken2026";

    public string EncodingAesKey { get; init; } = "V2VDb21FbXVsYXRvcktleUZvclRlc3RzT25seTAxMjM";

    /// <summary>The secret of contact synchronisation, which gives tokens that belong to no app.</summary>
    public string ContactsSecret { get; init; } = "EmulatedContactsSecret-0123456789abcdefghij";

    /// <summary>A path before every address of the interface, as a private deployment may have it; begins with a slash.</summary>
    public string PathBefore { get; init; } = "";
}
