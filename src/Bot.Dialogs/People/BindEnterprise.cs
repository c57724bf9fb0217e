using Bot.Dialogs.Conversations;
using Bot.Dialogs.Understanding;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.People;

namespace Bot.Dialogs.People;

/// <summary>C1: asks to speak for an enterprise. The code says which; somebody of the enterprise says whether.</summary>
public static class BindEnterprise
{
    /// <summary>Somebody sent a picture of the licence: an answer, though not yet a code.</summary>
    private const string Photo = "";

    private static readonly string[] Roles = ["法定代表人", "安全/合规负责人", "办事人员"];

    public static Conversation Conversation { get; } = new("BindEnterprise", "绑定企业", "这次绑定", Play)
    {
        Roles = [ActorRole.EnterpriseUser, ActorRole.Public],
        Intents = [Intents.BindEnterprise],
        Browsing = ["code"],
        Opens = text => text == "绑定企业" || CreditCodes.Read(text).Finding == CreditCodeFinding.Valid,
    };

    private static async Task Play(Chat chat)
    {
        var (code, name) = await FindEnterprise(chat);
        if ((await chat.Look(new MyEnterprises(chat.Visitor))).FirstOrDefault(enterprise => enterprise.Name == name && enterprise.State == BindingState.Active) is not null)
        {
            chat.Say($"您已经绑定{name}了，不用再绑定。", "检查预告", "办理进度");
            return;
        }

        var contact = await chat.Ask(
            "role",
            $"查到：{name}。您的身份是？[1]{Roles[0]} [2]{Roles[1]} [3]{Roles[2]}\n可以带上姓名，对方好认出您，例如“3 王芳”。",
            ReadContact,
            takesAnything: false,
            Roles);
        var asked = await chat.Send(new RequestBinding(chat.Visitor, code, contact.Role, contact.Name));
        var whom = asked.AskedContact ? "该企业已登记的联系人" : $"{chat.Rules.SupervisionOffice.Name}（该企业还没有登记联系人）";
        chat.Say($"我们已请{whom}确认。对方确认前，您只能使用匿名咨询和投诉。", "要等多久", "匿名咨询", "投诉检查行为");
    }

    private static async Task<(string Code, string Name)> FindEnterprise(Chat chat)
    {
        var question = "请发18位统一社会信用代码（营业执照上有）。回复“取消”可随时退出。";
        var code = CreditCodes.Read(chat.Opening).Code?.Value;
        while (true)
        {
            code ??= await chat.Ask("code", question, ReadCode, takesAnything: true);
            if (code == Photo)
            {
                (code, question) = (null, "照片收到了，但我从照片里认代码容易认错。请把执照上的18位统一社会信用代码打出来发给我。");
                continue;
            }

            if ((await chat.Send(new FindEnterprise(chat.Visitor, code))).Name is { } name)
                return (code, name);
            (code, question) = (null, "没有查到这个代码对应的企业。请对照营业执照再发一次；确认无误的，可能还没有登记，请回复“人工”。");
        }
    }

    private static Read<string> ReadCode(Said said)
    {
        if (said.Files.Count > 0 && said.Text.Length == 0)
            return Photo;
        var reading = CreditCodes.Read(said.Text);
        return reading.Code is { } code ? code.Value : Read.No<string>(reading.Sentence);
    }

    private static Read<ContactAnswer> ReadContact(Said said)
    {
        if (Numbers.ChoiceAndRest(said.Text, Roles.Length) is var (chosen, rest))
            return new ContactAnswer(Roles[chosen - 1], rest);
        if (Numbers.Choice(said.Text, Roles.Length) is { } number)
            return new ContactAnswer(Roles[number - 1], null);
        var role = said.Text switch
        {
            var text when text.Contains("法人", StringComparison.Ordinal) || text.Contains("法定", StringComparison.Ordinal) || text.Contains("老板", StringComparison.Ordinal) => Roles[0],
            var text when text.Contains("安全", StringComparison.Ordinal) || text.Contains("合规", StringComparison.Ordinal) || text.Contains("负责人", StringComparison.Ordinal) => Roles[1],
            var text when text.Contains("办事", StringComparison.Ordinal) || text.Contains("员工", StringComparison.Ordinal) || text.Contains("经办", StringComparison.Ordinal) => Roles[2],
            _ => null,
        };
        return role is null ? Read.No<ContactAnswer>("请回复1到3的数字，例如“3”或“3 王芳”。") : new ContactAnswer(role, NameBehind(said.Text));
    }

    /// <summary>"办事人员 王芳": what stands apart at the end and is as short as a name.</summary>
    private static string? NameBehind(string text)
    {
        var words = text.Split([' ', ',', '，', '、'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return words is [_, { Length: >= 2 and <= 4 } name] && name.All(char.IsLetter) ? name : null;
    }

    private sealed record ContactAnswer(string Role, string? Name);
}

/// <summary>"要等多久" after a binding was asked for (C1).</summary>
public static class WaitForBinding
{
    private static readonly string[] Words = ["要等多久", "等多久", "多久能好", "什么时候能确认", "确认了吗", "绑定好了吗", "绑定成功了吗"];

    public static Conversation Conversation { get; } = new("WaitForBinding", "绑定进度", "这次查询", Play)
    {
        Roles = [ActorRole.EnterpriseUser, ActorRole.Public],
        Opens = text => Words.Contains(text.TrimEnd('?', '？', '吗', '呢', '啊')) || Words.Contains(text.TrimEnd('?', '？')),
    };

    private static async Task Play(Chat chat)
    {
        var mine = await chat.Look(new MyEnterprises(chat.Visitor));
        if (mine.FirstOrDefault(enterprise => enterprise.State == BindingState.Waiting) is not { } waiting)
        {
            chat.Say("您现在没有等待确认的绑定。想知道其他事情办到哪一步，请说“办理进度”。", "办理进度", "绑定企业");
            return;
        }

        var limit = chat.Rules.BindingConfirmation.Period;
        chat.Say($"{waiting.Name}的绑定，对方同意后立即生效；{limit.Amount}天没有确认（{ChineseDates.WithWeekday(waiting.ExpiresOn!.Value)}24时止），这次申请会自动失效，可以重来，也可联系司法局核实（{chat.Rules.SupervisionOffice.Phone}）。");
    }
}
