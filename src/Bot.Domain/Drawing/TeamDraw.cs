namespace Bot.Domain.Drawing;

/// <summary>Who goes to a drawn object: drawn from the roster with the same seed; whoever has to step back is replaced by the next one (D10).</summary>
/// <param name="InspectorIds">In the order in which they were drawn.</param>
/// <param name="SteppedBack">Who was drawn and may not go.</param>
public sealed record TeamDraw(IReadOnlyList<string> InspectorIds, IReadOnlyList<string> SteppedBack)
{
    /// <param name="seed">The draw's seed.</param>
    /// <param name="enterpriseId">Where they go.</param>
    /// <param name="rosterInOrder">The qualified inspectors, all of the same weight.</param>
    /// <param name="size">How many go.</param>
    /// <param name="conflicted">Whether somebody may not go there.</param>
    public static TeamDraw Of(string seed, string enterpriseId, DrawEntry[] rosterInOrder, int size, Predicate<string> conflicted)
    {
        var (going, back) = (new List<string>(size), new List<string>());
        foreach (var place in WeightedDraw.Pick($"{seed}\n{enterpriseId}", rosterInOrder, rosterInOrder.Length))
        {
            var person = rosterInOrder[place].Id;
            if (conflicted(person))
                back.Add(person);
            else
                going.Add(person);
            if (going.Count == size)
                break;
        }

        return new TeamDraw(going, back);
    }
}
