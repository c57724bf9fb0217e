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
        report.AppendLine(CultureInfo.InvariantCulture, $"main 12: {Line(results.Where(r => Main.Contains(r.Intent)).ToList())}");
        foreach (var (intent, phrase, understood) in results.Where(r => r.Understood.Intent != r.Intent))
            report.AppendLine(CultureInfo.InvariantCulture, $"  {phrase} is {intent}, {(understood.IsClear ? $"taken for {understood.Intent}" : "asked back")}: {string.Join(", ", understood.Candidates)} ({understood.Score:0.00})");
        output.WriteLine(report.ToString());
        Console.WriteLine(report);

        Assert.True(Share(results, IsRight) >= 0.92, report.ToString());
        Assert.DoesNotContain(results, r => NeverWrong.Contains(r.Intent) && r.Understood.IsClear && !IsRight(r));
        Assert.DoesNotContain(results, r => NeverWrong.Contains(r.Understood.Intent) && !IsRight(r));
    }

    internal static Audience AudienceOf(string intent) => intent switch
    {
        Intents.LeaderApprove => Audience.Leader,
        Intents.JusticeSupervise => Audience.Supervisor,
        Intents.ObserverFeedback => Audience.Observer,
        _ => intent.StartsWith("staff_", StringComparison.Ordinal) ? Audience.Inspector : Audience.Enterprise,
    };

    private static bool IsRight((string Intent, string Phrase, Understood Understood) result) => result.Understood.Intent == result.Intent;

    private static bool IsAskedWell((string Intent, string Phrase, Understood Understood) result) =>
        IsRight(result) || !result.Understood.IsClear && result.Understood.Candidates.Contains(result.Intent);

    private static double Share(List<(string Intent, string Phrase, Understood Understood)> all, Func<(string Intent, string Phrase, Understood Understood), bool> holds) => (double)all.Count(holds) / all.Count;

    private static string Line(List<(string Intent, string Phrase, Understood Understood)> results) => string.Create(CultureInfo.InvariantCulture,
        $"{results.Count,3} phrases, top-1 {Share(results, IsRight):P1}, right or asked well {Share(results, IsAskedWell):P1}, asked back {Share(results, r => !r.Understood.IsClear):P1}");
}
