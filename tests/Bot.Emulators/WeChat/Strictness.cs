namespace Bot.Emulators.WeChat;

/// <summary>What the platform insists on. Everything is on; a test may let go of one rule to look behind it.</summary>
public sealed class Strictness
{
    public bool Tokens { get; set; } = true;

    /// <summary>Windows and counts of customer-service messages.</summary>
    public bool Allowances { get; set; } = true;

    /// <summary>Allowances of several classes that are open at once add up. Not documented, so by default they do not.</summary>
    public bool AllowancesAddUp { get; set; }

    public bool TemplateFields { get; set; } = true;

    public bool TextLength { get; set; } = true;

    /// <summary>JSON escapes of characters: refused in menus, shown as they stand in messages.</summary>
    public bool RawUtf8 { get; set; } = true;

    public bool MediaExpiry { get; set; } = true;

    /// <summary>The multipart form exactly as Tencent's parsers want it.</summary>
    public bool MediaForm { get; set; } = true;

    public bool Quotas { get; set; } = true;

    public bool MenuLimits { get; set; } = true;

    public bool Replies { get; set; } = true;
}
