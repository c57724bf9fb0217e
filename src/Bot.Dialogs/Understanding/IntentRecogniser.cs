using System.Buffers;
using System.Collections.Frozen;
using System.Numerics;

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

    // What is only understood by its sound must be surer than what is written right.
    private const double LeastMendedScore = 0.60;

    // Taking these for something else, or something else for these, costs a person most: when in doubt, ask.
    private static readonly string[] Grave = [Intents.Complain, Intents.Cancel, Intents.Human];

    private static readonly Understood Nothing = new("", 0, 0, []);

    private readonly string[] intents;
    private readonly bool[] grave;
    private readonly int width;
    private readonly FrozenDictionary<int, int> places;
    private readonly float[] weights;
    private readonly Cues cues;
    private readonly FrozenDictionary<Audience, bool[]> allowed;

    private IntentRecogniser(string[] intents, int width, FrozenDictionary<int, int> places, float[] weights)
    {
        (this.intents, this.width, this.places, this.weights) = (intents, width, places, weights);
        (grave, cues) = ([.. intents.Select(intent => Grave.Contains(intent))], new Cues(intents));
        allowed = Enum.GetValues<Audience>().ToFrozenDictionary(audience => audience, audience => intents.Select(intent => Cues.MayWeigh(audience, intent)).ToArray());
    }

    /// <summary>Learns the phrases; a few milliseconds for some hundreds of them.</summary>
    public static IntentRecogniser Load(IReadOnlyDictionary<string, IReadOnlyList<string>> phrases)
    {
        ArgumentNullException.ThrowIfNull(phrases);
        var intents = phrases.Keys.Order(StringComparer.Ordinal).ToArray();
        var width = (intents.Length + Vector<float>.Count - 1) / Vector<float>.Count * Vector<float>.Count;
        var space = new int[Features.Most];
        var samples = intents.SelectMany((intent, i) => phrases[intent].Select(phrase => (Intent: i, Features: FeaturesOf(Clean(phrase), space)))).ToArray();
        var places = samples.SelectMany(sample => sample.Features).Distinct().Order().Select((feature, place) => (feature, place)).ToFrozenDictionary(pair => pair.feature, pair => pair.place);
        return new IntentRecogniser(intents, width, places, Training.Fit(samples, places, intents.Length, width));
    }

    /// <summary>The intent of a message from this audience; the most likely candidates come first.</summary>
    public Understood Recognise(string text, Audience audience)
    {
        var clean = Clean(text);
        if (Cues.Certain(text, clean, audience) is { } certain) return new Understood(certain, 1, 1, [certain]);
        if (Cues.Ambiguous(clean, audience) is { } choices) return new Understood("", 0, 0, choices);

        var may = allowed[audience];
        if (Refusals.In(clean) is { } refusal)
        {
            may = [.. may.Select((one, i) => one && !refusal.Intents.Contains(intents[i]))];
            clean = Normalise.Bare(refusal.Remaining);
            if (clean.Length < 2) return Nothing;
        }

        var understood = Weigh(clean, may);
        if (!understood.IsClear && Misspellings.Mended(clean) is { } mended && Weigh(mended, may) is { IsClear: true, Score: >= LeastMendedScore } heard) return heard;
        return understood;
    }

    private static int[] FeaturesOf(string clean, int[] space) => space[..Features.Of(clean, Lexicon.In(clean), space)];

    private static string Clean(string text)
    {
        var bare = Normalise.Bare(text.Length > LongestText ? text[..LongestText] : text);
        return bare.Length > 0 ? bare : Normalise.Text(text.Length > LongestText ? text[..LongestText] : text);
    }

    private Understood Weigh(string clean, bool[] may)
    {
        var concepts = Lexicon.In(clean);
        Span<float> scores = stackalloc float[width];
        scores.Clear();
        AddLearnt(clean, concepts, scores);
        cues.Weigh(concepts, scores);
        return Decide(scores[..intents.Length], may);
    }

    private void AddLearnt(string clean, ConceptSet concepts, Span<float> scores)
    {
        var space = ArrayPool<int>.Shared.Rent(Features.Most);
        var features = space.AsSpan(0, Features.Of(clean, concepts, space));
        var scale = 1 / MathF.Sqrt(Math.Max(1, features.Length));
        foreach (var feature in features)
        {
            if (!places.TryGetValue(feature, out var place)) continue;
            var row = weights.AsSpan(place * width, width);
            var factor = new Vector<float>(scale * Features.WeightOf(feature));
            for (var i = 0; i < width; i += Vector<float>.Count) (new Vector<float>(scores[i..]) + new Vector<float>(row[i..]) * factor).CopyTo(scores[i..]);
        }

        ArrayPool<int>.Shared.Return(space);
    }

    private Understood Decide(ReadOnlySpan<float> scores, bool[] may)
    {
        // The three best, and of equals the first by name, as the intents stand.
        Span<int> best = [-1, -1, -1];
        for (var i = 0; i < scores.Length; i++)
        {
            if (!may[i]) continue;
            for (var rank = 0; rank < MostCandidates; rank++)
            {
                if (best[rank] >= 0 && scores[i] <= scores[best[rank]]) continue;
                best[rank..^1].CopyTo(best[(rank + 1)..]);
                best[rank] = i;
                break;
            }
        }

        if (best[0] < 0) return Nothing;
        var highest = scores[best[0]];
        var sum = 0.0;
        for (var i = 0; i < scores.Length; i++)
        {
            if (may[i]) sum += Math.Exp(scores[i] - highest);
        }

        var (first, second, third) = (1 / sum, Share(scores, best[1], highest, sum), Share(scores, best[2], highest, sum));
        var clear = first >= (grave[best[0]] ? LeastGraveScore : LeastScore)
            && first - second >= LeastMargin
            && !(best[1] >= 0 && grave[best[1]] && second >= MostGraveDoubt)
            && !(best[2] >= 0 && grave[best[2]] && third >= MostGraveDoubt);
        string[] candidates = third >= LeastCandidate ? [intents[best[0]], intents[best[1]], intents[best[2]]]
            : second >= LeastCandidate ? [intents[best[0]], intents[best[1]]]
            : [intents[best[0]]];
        return new Understood(clear ? intents[best[0]] : "", first, first - second, candidates);
    }

    private static double Share(ReadOnlySpan<float> scores, int place, float highest, double sum) => place < 0 ? 0 : Math.Exp(scores[place] - highest) / sum;
}
