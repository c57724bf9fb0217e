using Bot.Dialogs.Conversations;
using Bot.Dialogs.Understanding;
using Bot.Domain.People;

namespace Bot.Dialogs.People;

/// <summary>As what somebody wants to be bound, and under which name: 3, 办事人员, 3 王芳.</summary>
internal sealed record ContactAnswer(string Role, string? Name)
{
    public const string Options = $"[1]{ContactRoles.LegalRepresentative} [2]{ContactRoles.SafetyOfficer} [3]{ContactRoles.Clerk}";

    public static Read<ContactAnswer> Read(Said said)
    {
        var roles = ContactRoles.All;
        if (Numbers.ChoiceAndRest(said.Text, roles.Count) is var (chosen, rest))
            return new ContactAnswer(roles[chosen - 1], rest);
        if (Numbers.Choice(said.Text, roles.Count) is { } number)
            return new ContactAnswer(roles[number - 1], null);
        var role = said.Text switch
        {
            var text when text.Contains("法人", StringComparison.Ordinal) || text.Contains("法定", StringComparison.Ordinal) || text.Contains("老板", StringComparison.Ordinal) => ContactRoles.LegalRepresentative,
            var text when text.Contains("安全", StringComparison.Ordinal) || text.Contains("合规", StringComparison.Ordinal) || text.Contains("负责人", StringComparison.Ordinal) => ContactRoles.SafetyOfficer,
            var text when text.Contains("办事", StringComparison.Ordinal) || text.Contains("员工", StringComparison.Ordinal) || text.Contains("经办", StringComparison.Ordinal) => ContactRoles.Clerk,
            _ => null,
        };
        return role is null ? Conversations.Read.No<ContactAnswer>("请回复1到3的数字，例如“3”或“3 王芳”。") : new ContactAnswer(role, NameBehind(said.Text));
    }

    /// <summary>"办事人员 王芳": what stands apart at the end and is as short as a name.</summary>
    public static string? NameBehind(string text)
    {
        var words = text.Split([' ', ',', '，', '、'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return words is [_, { Length: >= 2 and <= 4 } name] && name.All(char.IsLetter) ? name : null;
    }
}
