namespace Bot.Domain.Rules;

/// <summary>
/// A rule of the regime as a named value: the sentence a person is told when it does not hold, and the clause it comes from.
/// The sentence says what to do next.
/// </summary>
public sealed class Rule(string sentence, string clause)
{
    public string Sentence { get; } = sentence;

    public string Clause { get; } = clause;

    /// <summary>Keeps people to what is theirs. A refusal by such a rule is written down and counted (D15).</summary>
    public bool Boundary { get; init; }

    public void Require(bool holds) => Require(holds, Sentence);

    /// <param name="holds">Whether the rule is kept.</param>
    /// <param name="because">The sentence for this case, with the dates and names that help the person on.</param>
    /// <param name="about">What was asked for, where refusals of this kind are counted (J02).</param>
    public void Require(bool holds, string because, object? about = null)
    {
        if (!holds) throw new RuleBrokenException(this, because) { About = about };
    }

    public override string ToString() => $"{Sentence}（{Clause}）";
}

/// <summary>What somebody asked for is not allowed. The message is a Chinese sentence that says what the person can do next.</summary>
public sealed class RuleBrokenException(Rule rule, string message) : Exception(message)
{
    public Rule Rule { get; } = rule;

    /// <summary>What was asked for, where refusals of this kind are counted.</summary>
    public object? About { get; init; }
}
