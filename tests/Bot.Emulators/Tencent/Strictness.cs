namespace Bot.Emulators.Tencent;

/// <summary>What both platforms insist on. Everything is on; a test may let go of one rule to look behind it.</summary>
public abstract class Strictness
{
    public bool Tokens { get; set; } = true;

    public bool TextLength { get; set; } = true;

    public bool MediaExpiry { get; set; } = true;

    /// <summary>The multipart form exactly as Tencent's parsers want it.</summary>
    public bool MediaForm { get; set; } = true;

    public bool Quotas { get; set; } = true;

    public bool MenuLimits { get; set; } = true;

    public bool Replies { get; set; } = true;
}
