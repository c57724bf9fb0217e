namespace Bot.Emulators.WeChat;

/// <summary>How the platform wraps what it pushes.</summary>
public enum PushMode
{
    Plain,
    Compatible,
    Safe,
}

/// <summary>An account as its owner has set it up in the platform's console. All values are invented.</summary>
public sealed record OfficialAccount
{
    public string AppId { get; init; } = "wx5e1f0a2b3c4d5e6f";

    public string AppSecret { get; init; } = "0123456789abcdef0123456789abcdef";

    public string Token { get; init; } = "emulatorToken2026";

    public string EncodingAesKey { get; init; } = "RW11bGF0b3JLZXlGb3JUZXN0c09ubHkwMTIzNDU2Nzg";

    /// <summary>The account's original id, which stands in every message.</summary>
    public string OriginalId { get; init; } = "gh_1a2b3c4d5e6f";

    public string Name { get; init; } = "云岚涉企检查";

    public PushMode Mode { get; init; } = PushMode.Safe;
}
