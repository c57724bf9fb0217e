using Bot.Emulators.Tencent;

namespace Bot.Emulators.WeCom;

/// <summary>What WeCom insists on beside.</summary>
public sealed class AppStrictness : Strictness
{
    /// <summary>30 messages a minute and 1000 an hour to one member; the surplus vanishes without an error.</summary>
    public bool MemberLimits { get; set; } = true;

    /// <summary>Fields, list sizes, keys and task ids of template cards.</summary>
    public bool Cards { get; set; } = true;

    /// <summary>Lengths that the platform merely suggests: a longer text is shown cut.</summary>
    public bool CardLengths { get; set; } = true;

    /// <summary>The code of a tap changes the card of who tapped, nobody else's.</summary>
    public bool OwnCodesOnly { get; set; } = true;

    /// <summary>The list of all userids is given to the contacts' secret alone. Some pages say so, others do not.</summary>
    public bool ListsNeedContactsSecret { get; set; }

    /// <summary>A silently dropped duplicate is answered without the first one's response_code.</summary>
    public bool DuplicatesHaveNoCode { get; set; } = true;
}
