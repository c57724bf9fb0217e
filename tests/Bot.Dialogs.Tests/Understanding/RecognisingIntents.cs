using System.Globalization;
using System.Text;
using Bot.Dialogs.Understanding;

namespace Bot.Dialogs.Tests.Understanding;

public sealed class RecognisingIntents(ITestOutputHelper output)
{
    private const int Folds = 10;

    private static readonly string[] Main =
    [
        Intents.ViewPreview, Intents.ApplyGuidance, Intents.Complain, Intents.RateInspection, Intents.GiveFeedback, Intents.CheckProgress,
        Intents.AnonymousConsult, Intents.BindEnterprise, Intents.Human, Intents.Cancel, Intents.Back, Intents.Help,
    ];

    private static readonly IntentRecogniser Shipped = IntentRecogniser.Load(Phrases.Shipped);

    /// <summary>Intents that came with supervision; the others are the 419 phrases collected from users first.</summary>
    internal static readonly string[] OfSupervision =
    [
        Intents.SeeClues, Intents.SpotCheck, Intents.FindKnowledge, Intents.SeeFigures, Intents.MakeReport, Intents.SelfCheck, Intents.SelfCheckProgress, Intents.FillQuestionnaire, Intents.SendQuestionnaire,
        Intents.QuestionnaireResults, Intents.ObservationTasks, Intents.TradeProblems, Intents.KnowRights, Intents.HandleAppeals, Intents.ExplainBasis, Intents.FollowComplaint, Intents.GuideUnits,
        Intents.SeeMeetings, Intents.CallMeeting, Intents.JointActions, Intents.OfferCase, Intents.ReportUnlicensed, Intents.HandleUnlicensed,
        Intents.SeeTransfers, Intents.CommonProblems, Intents.ObjectToFigures, Intents.ExportTrail, Intents.MonthlyCase,
    ];

    private static readonly string[] NeverWrong = [Intents.Complain, Intents.Cancel, Intents.Human];

    [Fact]
    public void Held_out_phrases_are_understood_in_ten_folds()
    {
        var phrases = Phrases.Shipped.SelectMany(entry => entry.Value, (entry, phrase) => (Intent: entry.Key, Phrase: phrase)).ToList();
        var report = new StringBuilder();
        var results = new List<(string Intent, string Phrase, Understood Understood)>();
        for (var fold = 0; fold < Folds; fold++)
        {
            var recogniser = IntentRecogniser.Load(phrases.Where((_, i) => i % Folds != fold).GroupBy(p => p.Intent, p => p.Phrase).ToDictionary(g => g.Key, g => (IReadOnlyList<string>)g.ToList()));
            var held = phrases.Where((_, i) => i % Folds == fold).Select(p => (p.Intent, p.Phrase, Understood: recogniser.Recognise(p.Phrase, AudienceOf(p.Intent)))).ToList();
            report.AppendLine(CultureInfo.InvariantCulture, $"fold {fold + 1,2}: {Line(held)}");
            results.AddRange(held);
        }

        report.AppendLine(CultureInfo.InvariantCulture, $"all    : {Line(results)}");
        var first = results.Where(r => !OfSupervision.Contains(r.Intent)).ToList();
        report.AppendLine(CultureInfo.InvariantCulture, $"first  : {Line(first)}");
        report.AppendLine(CultureInfo.InvariantCulture, $"main 12: {Line(results.Where(r => Main.Contains(r.Intent)).ToList())}");
        foreach (var (intent, phrase, understood) in results.Where(r => r.Understood.Intent != r.Intent))
            report.AppendLine(CultureInfo.InvariantCulture, $"  {phrase} is {intent}, {(understood.IsClear ? $"taken for {understood.Intent}" : "asked back")}: {string.Join(", ", understood.Candidates)} ({understood.Score:0.00})");
        output.WriteLine(report.ToString());
        Console.WriteLine(report);

        Assert.True(Share(first, IsRight) >= 0.95, report.ToString());
        Assert.True(Share(results, IsRight) >= 0.92, report.ToString());
        Assert.DoesNotContain(results, r => NeverWrong.Contains(r.Intent) && r.Understood.IsClear && !IsRight(r));
        Assert.DoesNotContain(results, r => NeverWrong.Contains(r.Understood.Intent) && !IsRight(r));
    }

    [Fact]
    public void Phrases_outside_the_phrase_file_are_understood()
    {
        using var file = typeof(RecognisingIntents).Assembly.GetManifestResourceStream("holdout.json")!;
        var results = Phrases.Read(file).SelectMany(entry => entry.Value, (entry, phrase) => (Intent: entry.Key, Phrase: phrase, Understood: Shipped.Recognise(phrase, AudienceOf(entry.Key)))).ToList();
        var report = new StringBuilder().AppendLine(CultureInfo.InvariantCulture, $"holdout: {Line(results)}");
        foreach (var (intent, phrase, understood) in results.Where(r => r.Understood.Intent != r.Intent))
            report.AppendLine(CultureInfo.InvariantCulture, $"  {phrase} is {intent}, {(understood.IsClear ? $"taken for {understood.Intent}" : "asked back")}: {string.Join(", ", understood.Candidates)} ({understood.Score:0.00})");
        output.WriteLine(report.ToString());
        Console.WriteLine(report);

        Assert.True(Share(results, IsRight) >= 0.85, report.ToString());
        Assert.DoesNotContain(results, r => NeverWrong.Contains(r.Intent) && r.Understood.IsClear && !IsRight(r));
        Assert.DoesNotContain(results, r => NeverWrong.Contains(r.Understood.Intent) && !IsRight(r));
    }

    [Theory]
    [InlineData("他们又来了")]
    [InlineData("他們又來了")]
    [InlineData("刚才有人来过了")]
    public void H01_somebody_came_is_a_question_back(string text)
    {
        var understood = Shipped.Recognise(text, Audience.Enterprise);

        Assert.False(understood.IsClear);
        Assert.Equal([Intents.Complain, Intents.RateInspection, Intents.ViewPreview], understood.Candidates);
    }

    [Theory]
    [InlineData("退回", Audience.Enterprise, Intents.Back)]
    [InlineData("退回", Audience.Leader, Intents.LeaderApprove)]
    [InlineData("同意", Audience.Enterprise, Intents.Affirm)]
    [InlineData("同意", Audience.Leader, Intents.LeaderApprove)]
    [InlineData("91321299MA9O01HM4Q", Audience.Public, Intents.BindEnterprise)]
    [InlineData("待办", Audience.Liaison, Intents.StaffTodo)]
    public void The_audience_decides_between_twins(string text, Audience audience, string intent) =>
        Assert.Equal(intent, Shipped.Recognise(text, audience).Intent);

    [Theory]
    [InlineData("我要绑定公司", Audience.Enterprise, Intents.BindEnterprise)]
    [InlineData("最近谁要来查", Audience.Enterprise, Intents.ViewPreview)]
    [InlineData("他们没亮证没扫码就进来", Audience.Enterprise, Intents.Complain)]
    [InlineData("都三天了怎么还没回", Audience.Enterprise, Intents.CheckProgress)]
    [InlineData("门口两个人说是应急局的", Audience.Enterprise, Intents.VerifyInspector)]
    [InlineData("检查记录写的不是我们车间", Audience.Enterprise, Intents.AppealResult)]
    [InlineData("我离职了", Audience.Enterprise, Intents.Unbind)]
    [InlineData("转人工", Audience.Enterprise, Intents.Human)]
    [InlineData("不想留名字问个事", Audience.Public, Intents.AnonymousConsult)]
    [InlineData("5M2R-XX81", Audience.Public, Intents.CheckProgress)]
    [InlineData("登记任务 12月3日 E022 劳动用工", Audience.Inspector, Intents.StaffRegisterTask)]
    [InlineData("企业不让扫码", Audience.Inspector, Intents.StaffScanException)]
    [InlineData("待办", Audience.Inspector, Intents.StaffTodo)]
    [InlineData("SV1什么情况", Audience.Supervisor, Intents.JusticeSupervise)]
    [InlineData("我今天看了T301", Audience.Observer, Intents.ObserverFeedback)]
    public void The_first_words_of_the_scripts_open_their_conversations(string text, Audience audience, string intent) =>
        Assert.Equal(intent, Shipped.Recognise(text, audience).Intent);

    [Fact]
    public void Nobody_outside_is_offered_what_only_officials_do()
    {
        var offered = Phrases.Shipped.SelectMany(entry => entry.Value).SelectMany(phrase => Shipped.Recognise(phrase, Audience.Public).Candidates).Distinct();

        Assert.DoesNotContain(offered, intent => intent.StartsWith("staff_", StringComparison.Ordinal) || intent is Intents.LeaderApprove or Intents.JusticeSupervise or Intents.ObserverFeedback);
    }

    [Fact]
    public void Learning_twice_gives_the_same_answers()
    {
        var (one, two) = (IntentRecogniser.Load(Phrases.Shipped), IntentRecogniser.Load(Phrases.Shipped));

        Assert.All(Phrases.Shipped.SelectMany(entry => entry.Value), phrase => Assert.Equal(one.Recognise(phrase, Audience.Enterprise).Score, two.Recognise(phrase, Audience.Enterprise).Score));
    }

    internal static Audience AudienceOf(string intent) => intent switch
    {
        Intents.LeaderApprove => Audience.Leader,
        Intents.JusticeSupervise => Audience.Supervisor,
        Intents.ObserverFeedback or Intents.ObservationTasks or Intents.TradeProblems => Audience.Observer,
        Intents.SelfCheck or Intents.SeeFigures or Intents.ExplainBasis or Intents.ObjectToFigures => Audience.Leader,
        Intents.SeeClues or Intents.SpotCheck or Intents.MakeReport or Intents.SelfCheckProgress or Intents.SendQuestionnaire or Intents.QuestionnaireResults or Intents.HandleAppeals
            or Intents.GuideUnits or Intents.CallMeeting or Intents.SeeMeetings or Intents.JointActions or Intents.OfferCase or Intents.HandleUnlicensed
            or Intents.SeeTransfers or Intents.CommonProblems or Intents.ExportTrail => Audience.Supervisor,
        _ => intent.StartsWith("staff_", StringComparison.Ordinal) ? Audience.Inspector : Audience.Enterprise,
    };

    private static bool IsRight((string Intent, string Phrase, Understood Understood) result) => result.Understood.Intent == result.Intent;

    private static bool IsAskedWell((string Intent, string Phrase, Understood Understood) result) =>
        IsRight(result) || !result.Understood.IsClear && result.Understood.Candidates.Contains(result.Intent);

    private static double Share(List<(string Intent, string Phrase, Understood Understood)> all, Func<(string Intent, string Phrase, Understood Understood), bool> holds) => (double)all.Count(holds) / all.Count;

    private static string Line(List<(string Intent, string Phrase, Understood Understood)> results) => string.Create(CultureInfo.InvariantCulture,
        $"{results.Count,3} phrases, top-1 {Share(results, IsRight):P1}, right or asked well {Share(results, IsAskedWell):P1}, asked back {Share(results, r => !r.Understood.IsClear):P1}");
}
