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
        if (BindingCode.Read(code) is { } oneTime)
        {
            await UseBindingCode.With(chat, oneTime);
            return;
        }

        if ((await chat.Look(new MyEnterprises(chat.Visitor))).FirstOrDefault(enterprise => enterprise.Name == name && enterprise.State == BindingState.Active) is not null)
        {
            chat.Say($"您已经绑定{name}了，不用再绑定。", "检查预告", "办理进度");
            return;
        }

        var contact = await chat.Ask(
            "role",
            $"查到：{name}。您的身份是？{ContactAnswer.Options}\n可以带上姓名，对方好认出您，例如“3 王芳”。",
            ContactAnswer.Read,
            takesAnything: false,
            ContactRoles.All);
        var asked = await chat.Send(new RequestBinding(chat.Visitor, code, contact.Role, contact.Name));
        var whom = asked.AskedContact ? "该企业已登记的联系人" : $"{chat.Rules.SupervisionOffice.Name}（该企业还没有登记联系人）";
        chat.Say($"我们已请{whom}确认。对方确认前，您只能使用匿名咨询和投诉。", "要等多久", "匿名咨询", "投诉检查行为");
    }

    private static async Task<(string Code, string Name)> FindEnterprise(Chat chat)
    {
        var question = "请发18位统一社会信用代码（营业执照上有）；有绑定码的，直接发绑定码。回复“取消”可随时退出。";
        var code = CreditCodes.Read(chat.Opening).Code?.Value;
        while (true)
        {
            code ??= await chat.Ask("code", question, ReadCode, takesAnything: true);
            if (code == Photo)
            {
                (code, question) = (null, "照片收到了，但我从照片里认代码容易认错。请把执照上的18位统一社会信用代码打出来发给我。");
                continue;
            }

            if (BindingCode.Read(code) is not null)
            {
                chat.Hide();
                return (code, "");
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
        if (UseBindingCode.CodeIn(said.Text) is { } oneTime)
            return oneTime;
        var reading = CreditCodes.Read(said.Text);
        return reading.Code is { } code ? code.Value : Read.No<string>(reading.Sentence);
    }
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
