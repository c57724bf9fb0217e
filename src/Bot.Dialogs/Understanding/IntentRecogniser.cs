using System.Collections.Frozen;

namespace Bot.Dialogs.Understanding;

/// <summary>What a message most likely asks for. An unclear message has an empty <see cref="Intent"/>: offer the candidates, do not guess.</summary>
public sealed record Understood(string Intent, double Score, double Margin, IReadOnlyList<string> Candidates)
{
    public bool IsClear => Intent.Length > 0;
}

/// <summary>
/// A linear classifier over character n-grams and the concepts of <see cref="Lexicon"/>, trained from the phrase file when the service starts,
/// with a layer of domain cues on top. Deterministic: the same phrases and the same text always give the same answer.
/// </summary>
public sealed class IntentRecogniser
{
    private const int LongestText = 200;
    private const int MostCandidates = 3;
    private const double LeastScore = 0.30;
    private const double LeastMargin = 0.08;
    private const double LeastCandidate = 0.03;

    private const double LeastGraveScore = 0.60;
    private const double MostGraveDoubt = 0.15;

    // Taking these for something else, or something else for these, costs a person most: when in doubt, ask.
    private static readonly string[] Grave = [Intents.Complain, Intents.Cancel, Intents.Human];

    private readonly string[] intents;
    private readonly FrozenDictionary<int, int> places;
    private readonly float[] weights;
    private readonly FrozenDictionary<Audience, bool[]> allowed;

    private IntentRecogniser(string[] intents, FrozenDictionary<int, int> places, float[] weights)
    {
        (this.intents, this.places, this.weights) = (intents, places, weights);
        allowed = Enum.GetValues<Audience>().ToFrozenDictionary(audience => audience, audience => intents.Select(intent => Cues.MayWeigh(audience, intent)).ToArray());
    }

    /// <summary>Learns the phrases; a few milliseconds for some hundreds of them.</summary>
    public static IntentRecogniser Load(IReadOnlyDictionary<string, IReadOnlyList<string>> phrases)
    {
        ArgumentNullException.ThrowIfNull(phrases);
        var intents = phrases.Keys.Order(StringComparer.Ordinal).ToArray();
        var samples = intents.SelectMany((intent, i) => phrases[intent].Select(phrase => (Intent: i, Features: Features.Of(Clean(phrase))))).ToArray();
        var places = samples.SelectMany(sample => sample.Features).Distinct().Order().Select((feature, place) => (feature, place)).ToFrozenDictionary(pair => pair.feature, pair => pair.place);
        return new IntentRecogniser(intents, places, Training.Fit(samples, places, intents.Length));
    }

    /// <summary>The intent of a message from this audience; the most likely candidates come first.</summary>
    public Understood Recognise(string text, Audience audience)
    {
        var clean = Clean(text);
        if (Cues.Certain(text, clean, audience) is { } certain) return new Understood(certain, 1, 1, [certain]);
        if (Cues.Ambiguous(clean, audience) is { } choices) return new Understood("", 0, 0, choices);

        var scores = Scores(clean, allowed[audience]);
        Cues.Weigh(clean, Lexicon.In(clean), intents, scores);
        return Decide(scores, allowed[audience]);
    }

    private static string Clean(string text)
    {
        var bare = Normalise.Bare(text.Length > LongestText ? text[..LongestText] : text);
        return bare.Length > 0 ? bare : Normalise.Text(text.Length > LongestText ? text[..LongestText] : text);
    }

    private double[] Scores(string clean, bool[] may)
    {
        var scores = new double[intents.Length];
        var features = Features.Of(clean);
        var scale = 1 / Math.Sqrt(Math.Max(1, features.Count));
        foreach (var feature in features)
        {
            if (!places.TryGetValue(feature, out var place)) continue;
            var row = weights.AsSpan(place * intents.Length, intents.Length);
            for (var i = 0; i < row.Length; i++) scores[i] += row[i] * scale * Features.WeightOf(feature);
        }

        for (var i = 0; i < scores.Length; i++)
        {
            if (!may[i]) scores[i] = double.NegativeInfinity;
        }

        return scores;
    }

    private Understood Decide(double[] scores, bool[] may)
    {
        var highest = scores.Max();
        var sum = scores.Sum(score => Math.Exp(score - highest));
        var ranked = Enumerable.Range(0, scores.Length)
            .Where(i => may[i])
            .Select(i => (Intent: intents[i], Score: Math.Exp(scores[i] - highest) / sum))
            .OrderByDescending(candidate => candidate.Score).ThenBy(candidate => candidate.Intent, StringComparer.Ordinal)
            .Take(MostCandidates)
            .ToList();
        if (ranked.Count == 0) return new Understood("", 0, 0, []);
        var margin = ranked[0].Score - (ranked.Count > 1 ? ranked[1].Score : 0);
        var clear = ranked[0].Score >= (Grave.Contains(ranked[0].Intent) ? LeastGraveScore : LeastScore)
            && margin >= LeastMargin
            && !ranked.Skip(1).Any(candidate => Grave.Contains(candidate.Intent) && candidate.Score >= MostGraveDoubt);
        return new Understood(clear ? ranked[0].Intent : "", ranked[0].Score, margin, [.. ranked.Where((candidate, place) => place == 0 || candidate.Score >= LeastCandidate).Select(candidate => candidate.Intent)]);
    }
}
