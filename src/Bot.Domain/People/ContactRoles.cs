namespace Bot.Domain.People;

/// <summary>As what somebody speaks for an enterprise (C1), and what each may do with the others.</summary>
public static class ContactRoles
{
    public const string LegalRepresentative = "法定代表人";
    public const string SafetyOfficer = "安全/合规负责人";
    public const string Clerk = "办事人员";

    public static IReadOnlyList<string> All { get; } = [LegalRepresentative, SafetyOfficer, Clerk];

    /// <summary>Lets colleagues in and out.</summary>
    public static bool Leads(string role) => role is LegalRepresentative or SafetyOfficer;
}
