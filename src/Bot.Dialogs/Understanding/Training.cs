using System.Collections.Frozen;

namespace Bot.Dialogs.Understanding;

/// <summary>Multinomial logistic regression by plain gradient steps in a fixed order; no randomness, so every start learns the same.</summary>
internal static class Training
{
    private const int Rounds = 10;
    private const double FirstStep = 1.0;
    private const double Shrink = 0.0005;

    /// <summary>One row of <paramref name="width"/> weights for each feature, of which the first <paramref name="intents"/> are used.</summary>
    public static float[] Fit((int Intent, int[] Features)[] samples, FrozenDictionary<int, int> places, int intents, int width)
    {
        var weights = new float[places.Count * width];
        var rows = samples.Select(sample => sample.Features.Select(feature => (Place: places[feature] * width, Weight: Features.WeightOf(feature) / Math.Sqrt(sample.Features.Length))).ToArray()).ToArray();
        var order = Spread(samples.Length);
        var scores = new double[intents];
        for (var round = 0; round < Rounds; round++)
        {
            var step = FirstStep / (1 + 0.1 * round);
            foreach (var i in order) Learn(rows[i], samples[i].Intent, weights, scores, step);
        }

        return weights;
    }

    private static void Learn((int Place, double Weight)[] row, int intent, float[] weights, double[] scores, double step)
    {
        Array.Clear(scores);
        foreach (var (place, weight) in row)
        {
            for (var i = 0; i < scores.Length; i++) scores[i] += weights[place + i] * weight;
        }

        var highest = scores.Max();
        var sum = 0.0;
        for (var i = 0; i < scores.Length; i++) sum += scores[i] = Math.Exp(scores[i] - highest);
        for (var i = 0; i < scores.Length; i++) scores[i] = step * ((i == intent ? 1 : 0) - scores[i] / sum);
        foreach (var (place, weight) in row)
        {
            for (var i = 0; i < scores.Length; i++) weights[place + i] += (float)(scores[i] * weight - step * Shrink * weights[place + i]);
        }
    }

    // Samples of one intent stand together in the file; walking with a stride mixes them without chance.
    private static int[] Spread(int count)
    {
        var stride = Math.Max(1, (int)(count * 0.618));
        while (count > 1 && Gcd(stride, count) != 1) stride++;
        return [.. Enumerable.Range(0, count).Select(i => (int)((long)i * stride % count))];
    }

    private static int Gcd(int a, int b) => b == 0 ? a : Gcd(b, a % b);
}
