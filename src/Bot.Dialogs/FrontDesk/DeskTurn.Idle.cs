using Bot.Dialogs.Conversations;
using Bot.Dialogs.Understanding;
using Bot.Domain.Commands;

namespace Bot.Dialogs.FrontDesk;

/// <summary>A message to which no question is open.</summary>
internal sealed partial class DeskTurn
{
    private const double SureBesideAQuestion = 0.6;
    private const double SureBetweenComplaintAndRating = 0.35;
    private const int ShortestWish = 3;
    private const int MostPieces = 4;
    private static readonly TimeSpan PiecesKept = TimeSpan.FromMinutes(1);

    private bool late;

    private async Task Idle()
    {
        // A bare yes, no or number was meant for the question that time has put away.
        if (late && (YesNo.Of(text) is not null || Numbers.Choice(text, int.MaxValue) is not null) && await AskWhetherToResume())
            return;
        if (await Recognised())
        {
            if (late && state.Kept is [.., var kept] && Script(kept) is { } conversation)
                Tell($"上次的{conversation.Title}还留着，说“{Resume}”可以接着填。");
            return;
        }

        if (late && await AskWhetherToResume())
            return;
        NotUnderstood();
    }

    private async Task<bool> Recognised()
    {
        if (incoming.Files.Count > 0 && text.Length == 0)
            return PhotoAlone();
        if (incoming.Files.Count > 0)
            state.Photos.AddRange(incoming.Files);
        if (incoming.Wordless is not null || text.Length == 0)
            return Told(Wordless());
        if (menus.Of(Role).Contains(text) || Menus.Intent(text) == text)
            return await MenuWord(text);
        if (ByOpening(text) is { } opened)
            return await Opened(opened);
        var alone = text;
        text = Joined();
        if (await Meant())
        {
            // What was answered is no piece of the next sentence: 最近谁要来查 and 谢谢.
            if (alone.Length > ShortestWish)
                state.Pieces.Clear();
            return true;
        }

        if (text == alone)
            return false;
        text = alone;
        return await Meant();
    }

    private async Task<bool> Meant()
    {
        if (Fragments.IsOnlyBeginning(text))
            return Told("您请说。");
        var special = Special.Of(text);
        if (special?.Kind == SpecialKind.PunctuationOnly)
            return false;
        if (special is not null && await SpecialAnswer(special))
            return true;
        if (CreditCodes.Read(text) is { Finding: not (CreditCodeFinding.Nothing or CreditCodeFinding.Valid) } wrong && ByIntent(Intents.BindEnterprise) is { } bind)
        {
            Tell(wrong.Sentence);
            return await Opened(bind, "绑定企业");
        }

        if (await TwoAtOnce())
            return true;
        var understood = recogniser.Recognise(text, Audiences.Of(Role));
        var question = SideQuestions.Of(text);
        if (question is SideQuestion.QuietDays or SideQuestion.OfficeHours or SideQuestion.LookupCodes && SideAnswers.To(question, text, world) is { } answer)
            return await Aside(answer);
        if (IsTornBetween(understood))
            return AskWhich([Intents.Complain, Intents.RateInspection, .. understood.Candidates.Except([Intents.Complain, Intents.RateInspection])]);
        if (understood.IsClear && ByIntent(understood.Intent) is { } conversation)
            return await Opened(conversation);
        if (SideAnswers.To(question, text, world) is { } aside)
            return await Aside(aside);
        if (understood.IsClear)
            return await WithoutConversation(understood.Intent);
        return HasMeaning(text) && AskWhich(understood.Candidates);
    }

    private async Task<bool> Opened(Conversation conversation, string? opening = null)
    {
        await Open(conversation, opening ?? Menus.Opening(conversation, text));
        return true;
    }

    private async Task<bool> MenuWord(string label)
    {
        text = label;
        if (menus.Opened(label, Role) is { } conversation)
            return await Opened(conversation);
        return Menus.Intent(label) is { } intent ? await WithoutConversation(intent) : await Meant();
    }

    private async Task<bool> WithoutConversation(string intent)
    {
        switch (intent)
        {
            case Intents.Greet:
                return await ShowMenu(menus.Greeting(world.Visitor, world.Rules));
            case Intents.Help or Intents.Back:
                return await ShowMenu(menus.Help(world.Visitor, world.Rules));
            case Intents.Cancel:
                return await Cancel();
            case Intents.Human:
                return await Human();
            case Intents.ThanksBye:
                state.Pieces.Clear();
                return Told("不客气，需要时随时叫我。");
            case Intents.Affirm or Intents.Deny:
                // 我 / 要 / 投诉: this yes is the middle of a sentence.
                if (!text.EndsWith('要'))
                    state.Pieces.Clear();
                return Told("好的，需要时随时叫我。");
            case Intents.QuietDayQuery or Intents.StaffQuietCheck:
                return await Aside(SideAnswers.QuietDays(text, world));
            case Intents.AskBasis:
                return await Aside(SideAnswers.Basis(world.Rules));
            case Menus.Settings when Role is ActorRole.EnterpriseUser or ActorRole.Public:
                return Offered("检查预告和办理进展会主动发给您，不是急事晚上不打扰。取消关注后不再收到任何消息，您的姓名和电话也会删除。", Role == ActorRole.Public ? ["绑定企业", "删除我的信息"] : ["切换企业", "单位人员", "解除绑定", "删除我的信息"]);
            case Menus.Past when Role == ActorRole.Public:
                return NotHere(Intents.ViewPreview);
            default:
                return NotHere(intent);
        }
    }

    private bool Offered(string answer, params IReadOnlyList<string> labels)
    {
        replies.Add(new Reply(answer) { Actions = [.. labels.Where(label => menus.Opened(label, Role) is not null)] });
        return true;
    }

    /// <summary>Understood, but nothing here can do it yet: say so and whom to ask.</summary>
    private bool NotHere(string intent)
    {
        var office = world.Rules.SupervisionOffice;
        if (Role == ActorRole.Supervisor)
        {
            replies.Add(menus.Menu(world.Visitor) with { Text = "这件事还不能在这里直接办。可以办的有：" });
            return true;
        }

        if (Role == ActorRole.Public && conversations.Any(c => c.Roles.Contains(ActorRole.EnterpriseUser) && c.Intents.Contains(intent, StringComparer.Ordinal)))
        {
            replies.Add(new Reply("这件事要先绑定企业才能办。不绑定也可以匿名咨询、投诉。") { Actions = ["绑定企业", "匿名咨询", "投诉检查行为"] });
            return true;
        }

        var what = Menus.Label(intent) is { } label ? $"“{label}”" : "这件事";
        if (ById(Menus.HelpByPeople) is { } help)
            Offer($"{what}还不能在这里直接办。可以留言请工作人员办，也可以拨打{office.Name}电话{office.Phone}。", new Offer("给工作人员留言", help.Id, text));
        else
            Tell($"{what}还不能在这里直接办，请拨打{office.Name}电话{office.Phone}。");
        return true;
    }

    private async Task<bool> SpecialAnswer(SpecialMessage special)
    {
        switch (special.Kind)
        {
            case SpecialKind.ChangeOfMind:
                return await ChangeOfMind(special.Detail);
            case SpecialKind.BareNumber when state.Held is null:
                return await ShowMenu(menus.Menu(world.Visitor) with { Text = "现在没有可以选的题目。请选择要办的事，也可以直接说：" });
            case SpecialKind.PoliteDecline when state.Held is null:
                return Told("好的，再见。需要时随时叫我。");
            case SpecialKind.ClaimsToBeOfficial or SpecialKind.OthersMatter when world.Visitor.IsOfficial:
                return false;
            case SpecialKind.Attachment:
                return PhotoAlone();
            case SpecialKind.Injection:
                await Aside(SpecialAnswers.To(special, text, world)!);
                return state.Held is not null || await ShowMenu(menus.Help(world.Visitor, world.Rules));
            case SpecialKind.IntegrityClue when ByIntent(Intents.Complain) is { } complaint && state.Held?.Conversation != complaint.Id:
                Tell(SpecialAnswers.To(special, text, world)!);
                return await Opened(complaint);
            case SpecialKind.IntegrityClue:
                return await Aside($"{SpecialAnswers.To(special, text, world)}可拨打{world.Rules.SupervisionOffice.Phone}。");
            case SpecialKind.RescheduleAroundQuietDays:
                return await Reschedule(SpecialAnswers.To(special, text, world)!);
            default:
                return SpecialAnswers.To(special, text, world) is { } answer && await Aside(answer);
        }
    }

    private async Task<bool> Reschedule(string answer)
    {
        if ((ByIntent(Intents.Reschedule) ?? ById(Menus.HelpByPeople)) is not { } taker)
            return await Aside(answer);
        Offer(answer, new Offer("转达改期意愿", taker.Id, text));
        await AskAgain("回到刚才：");
        return true;
    }

    /// <summary>H29: a picture is taken in and nothing is concluded from it.</summary>
    private bool PhotoAlone()
    {
        state.Photos.AddRange(incoming.Files);
        Offer("图片收到了，先替您留着。您想核验检查、投诉，还是申诉检查结果？", [.. Choices([Intents.VerifyInspector, Intents.Complain, Intents.AppealResult])]);
        return true;
    }

    private bool AskWhich(IReadOnlyList<string> intents)
    {
        var choices = Choices(intents).Take(3).ToArray();
        if (choices.Length < 2)
            return false;
        Offer($"您是想：\n{string.Join('\n', choices.Select((choice, i) => $"[{i + 1}]{choice.Label}"))}", choices);
        return true;
    }

    private IEnumerable<Offer> Choices(IReadOnlyList<string> intents) => intents
        .Select(intent => (Label: Menus.Label(intent), Conversation: ByIntent(intent)))
        .Where(choice => choice.Label is not null && (choice.Conversation is not null || menus.Works(choice.Label, Role)))
        .Select(choice => new Offer(choice.Label!, choice.Conversation?.Id ?? "", choice.Conversation is null ? choice.Label! : Menus.Opening(choice.Conversation, text)));

    private void NotUnderstood()
    {
        if (!state.Greeted)
        {
            state.Greeted = true;
            replies.Add(menus.Greeting(world.Visitor, world.Rules));
            return;
        }

        if (text.Length is 1 or 2 && HasMeaning(text))
        {
            Tell("您请接着说。");
            return;
        }

        var choices = menus.Of(Role).Take(3).Select(label => new Offer(label, menus.Opened(label, Role)?.Id ?? "", label)).ToArray();
        Offer($"没听明白。您可以换个说法，或者选一项：\n{string.Join(' ', choices.Select((choice, i) => $"[{i + 1}]{choice.Label}"))}", choices);
    }

    /// <summary>我 / 要 / 投诉 in three messages are one sentence (H39).</summary>
    private string Joined()
    {
        state.Pieces.RemoveAll(piece => world.UtcNow - piece.At > PiecesKept);
        if (text.Length > 6)
        {
            state.Pieces.Clear();
            return text;
        }

        state.Pieces.Add(new Piece(text, world.UtcNow));
        if (state.Pieces.Count > MostPieces)
            state.Pieces.RemoveAt(0);
        return Fragments.Join([.. state.Pieces.Select(piece => (piece.Text, world.UtcNow - piece.At))]) ?? text;
    }

    /// <summary>A conversation that the message clearly asks for while another one's question is open.</summary>
    private Conversation? Beside(Journal held)
    {
        var browsing = IsBrowsing(held);
        var opened = conversations.FirstOrDefault(c => May(c) && (browsing || c.Id != held.Conversation) && c.Opens?.Invoke(text) == true);
        if (opened is not null)
            return opened;
        if (menus.Of(Role).Contains(text) && menus.Opened(text, Role) is { } fromMenu && (browsing || fromMenu.Id != held.Conversation))
            return fromMenu;
        if (text.Length < ShortestWish)
            return null;
        var understood = recogniser.Recognise(text, Audiences.Of(Role));
        return understood.IsClear && (browsing || understood.Score >= SureBesideAQuestion) && !IsTornBetween(understood) && ByIntent(understood.Intent) is { } other
            && (other.Id != held.Conversation || !held.PendingTakesAnything) && !state.Stack.Exists(journal => journal.Conversation == other.Id && !IsBrowsing(journal))
            ? other
            : null;
    }

    private Conversation? ByIntent(string intent) => menus.Meant(intent, Role);

    /// <summary>The conversation that opens by just these words.</summary>
    private Conversation? ByOpening(string words) => conversations.FirstOrDefault(c => May(c) && c.Opens?.Invoke(words) == true);

    /// <summary>A complaint and a rating are never guessed between (J31).</summary>
    private static bool IsTornBetween(Understood understood) =>
        understood is { IsClear: true, Margin: < SureBetweenComplaintAndRating }
        && understood.Candidates.Take(2).Order(StringComparer.Ordinal).SequenceEqual([Intents.Complain, Intents.RateInspection]);

    private static bool HasMeaning(string text) => text.Any(char.IsLetterOrDigit);
}
