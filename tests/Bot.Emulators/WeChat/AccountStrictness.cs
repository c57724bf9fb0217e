using Bot.Emulators.Tencent;

namespace Bot.Emulators.WeChat;

/// <summary>What the platform of official accounts insists on beside.</summary>
public sealed class AccountStrictness : Strictness
{
    /// <summary>Windows and counts of customer-service messages.</summary>
    public bool Allowances { get; set; } = true;

    /// <summary>Allowances of several classes that are open at once add up. Not documented, so by default they do not.</summary>
    public bool AllowancesAddUp { get; set; }

    public bool TemplateFields { get; set; } = true;

    /// <summary>JSON escapes of characters: refused in menus, shown as they stand in messages.</summary>
    public bool RawUtf8 { get; set; } = true;
}
