using Bot.Dialogs.Conversations;
using Bot.Dialogs.Understanding;
using Bot.Domain.Commands;
using Bot.Domain.People;

namespace Bot.Dialogs.People;

/// <summary>
/// C1 by a one-time code, scanned or typed: shows the enterprise, and one answer binds. Its turns hold the code and are deleted soon from what is kept.
/// </summary>
public static class UseBindingCode
{
    private const string Lead = "绑定码";
    private const string Yes = "绑定";
    private const string No = "不绑定";
    private const string Unusable = "这个绑定码用不了：可能输错了，可能已经用过，也可能过期了。绑定码是10位字母和数字，例如 7KQ2M-4XF9T，请核对；还不行，请向发码的人再要一个。";

    public static Conversation Conversation { get; } = new("UseBindingCode", "绑定企业", "这次绑定", Play)
    {
        Roles = [ActorRole.EnterpriseUser, ActorRole.Public],
        Scene = BindingCode.SceneHead,
        Opens = text => CodeIn(text) is not null || LooksLikeOne(text) || text is Lead or "我有绑定码" or "输入绑定码",
        Browsing = ["code", "bind"],
        Fleeting = true,
    };

    /// <summary>绑定码 7KQ2M-4XF9T, the bare code, or the words that a code to scan holds; null when it is none.</summary>
    internal static string? CodeIn(string text) => BindingCode.Read(Behind(text));

    internal static async Task With(Chat chat, string code)
    {
        var found = await chat.Send(new CheckBindingCode(chat.Visitor, code));
        if (found.EnterpriseName is not { } enterprise)
        {
            chat.Say(Unusable, "绑定企业", "人工帮助");
            return;
        }

        if (found.AlreadyBound)
        {
            chat.Say($"您已经绑定{enterprise}了，不用再绑定。", "检查预告", "办理进度");
            return;
        }

        var question = found.ContactRole is { } given
            ? $"绑定{enterprise}，身份是{given}，对吗？[1]{Yes} [2]{No}\n可以带上姓名，同事好认出您，例如“1 王芳”。"
            : $"绑定{enterprise}，您的身份是？{ContactAnswer.Options} [4]{No}\n可以带上姓名，同事好认出您，例如“3 王芳”。";
        IReadOnlyList<string> buttons = found.ContactRole is null ? [.. ContactRoles.All, No] : [Yes, No];
        var contact = await chat.Ask("bind", question, said => Read(said, found.ContactRole), takesAnything: false, buttons);
        if (contact.Role.Length == 0)
        {
            chat.Say("好的，没有绑定。这个码在有效期内还能用。");
            return;
        }

        var bound = await chat.Send(new BindByCode(chat.Visitor, code, contact.Role, contact.Name));
        if (bound.BindingId is null)
        {
            chat.Say(Unusable, "绑定企业", "人工帮助");
            return;
        }

        var current = bound.IsCurrent ? "" : "您现在办事的还是原来那家，要换请说“切换企业”。";
        chat.Say($"绑定成功：{bound.EnterpriseName}（{bound.ContactRole}）。您会收到这家企业的检查预告，也可以申请行政指导、评价检查。{current}不用了说“解除绑定”。", "检查预告", "申请行政指导");
    }

    private static async Task Play(Chat chat)
    {
        if (CodeIn(chat.Opening) is { } code)
            await With(chat, code);
        else if (chat.Opening.Any(char.IsAsciiLetterOrDigit))
            chat.Say(Unusable, "绑定企业", "人工帮助");
        else
            await With(chat, await chat.Ask("code", "请发绑定码（10位字母和数字，例如 7KQ2M-4XF9T）。", ReadCode));
    }

    private static Read<string> ReadCode(Said said) =>
        CodeIn(said.Text) is { } code ? code : Conversations.Read.No<string>("绑定码是10位字母和数字，没有I、O、S、V、Z和0、1，请核对后再发。");

    private static Read<ContactAnswer> Read(Said said, string? given)
    {
        var choices = given is null ? ContactRoles.All.Count + 1 : 2;
        if (said.Text == No || Numbers.Choice(said.Text, choices) == choices || YesNo.Of(said.Text) == false)
            return new ContactAnswer("", null);
        if (given is null)
            return ContactAnswer.Read(said);
        if (Numbers.ChoiceAndRest(said.Text, 1) is (_, var name))
            return new ContactAnswer(given, name);
        return said.Text == Yes || Numbers.Choice(said.Text, 1) is not null || YesNo.Of(said.Text) == true
            ? new ContactAnswer(given, null)
            : ContactAnswer.NameBehind(said.Text) is { } behind && said.Text.StartsWith(Yes, StringComparison.Ordinal)
                ? new ContactAnswer(given, behind)
                : Conversations.Read.No<ContactAnswer>($"请回复“{Yes}”或“{No}”，也可以带上姓名，例如“1 王芳”。");
    }

    private static string Behind(string text)
    {
        if (text.StartsWith(Lead, StringComparison.Ordinal))
            return text[Lead.Length..].Trim(' ', ':', '是', ',');
        return text.StartsWith(BindingCode.SceneHead + "_", StringComparison.OrdinalIgnoreCase) ? text[(BindingCode.SceneHead.Length + 1)..] : text;
    }

    /// <summary>Meant as a code, though it is none: said so, and not taken for another wish.</summary>
    private static bool LooksLikeOne(string text) =>
        Behind(text) is { Length: > 0 } rest && rest.Length < text.Length && rest.Any(char.IsAsciiLetterOrDigit) && rest.All(c => char.IsAscii(c));
}
