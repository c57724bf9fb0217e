using System.Globalization;
using Bot.Domain.Commands;
using Bot.Domain.Rules;

namespace Bot.Domain.Forms;

/// <summary>What kind of answer a question takes.</summary>
public enum QuestionKind
{
    /// <summary>是, 否 or 没注意: what somebody saw. Several in a row are asked together.</summary>
    Seen,

    /// <summary>是 or 否.</summary>
    YesNo,

    /// <summary>One of several.</summary>
    Choice,

    /// <summary>One to five points.</summary>
    Score,

    /// <summary>A whole number.</summary>
    Number,

    /// <summary>Words.</summary>
    Text,
}

/// <summary>A question of a form. The key stays when the words are improved; another meaning gets another key.</summary>
/// <param name="Key">By which the answer is kept.</param>
/// <param name="Kind">What it takes.</param>
/// <param name="Text">The question itself.</param>
public sealed record FormQuestion(string Key, QuestionKind Kind, string Text)
{
    public const string Yes = "Yes";
    public const string No = "No";
    public const string NotNoticed = "NotNoticed";
    public const int HighestScore = 5;
    public const int LargestNumber = 999_999;
    public const int LongestText = 500;

    private static readonly IReadOnlyList<string> Scores = [.. Enumerable.Range(1, HighestScore).Select(score => score.ToString(CultureInfo.InvariantCulture))];

    /// <summary>What a choice is between.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];

    /// <summary>May be left without an answer.</summary>
    public bool Skippable { get; init; }

    /// <summary>The values that are counted when results are told; none for words and numbers.</summary>
    public IReadOnlyList<string> Counted => Kind switch
    {
        QuestionKind.Seen => [Yes, No, NotNoticed],
        QuestionKind.YesNo => [Yes, No],
        QuestionKind.Choice => Options,
        QuestionKind.Score => Scores,
        _ => [],
    };

    /// <summary>A counted value in words: 否, 4分.</summary>
    public string InWords(string value) => (Kind, value) switch
    {
        (QuestionKind.Seen or QuestionKind.YesNo, Yes) => "是",
        (QuestionKind.Seen or QuestionKind.YesNo, No) => "否",
        (QuestionKind.Seen, NotNoticed) => "没注意",
        (QuestionKind.Score, _) => $"{value}分",
        _ => value,
    };

    internal bool Takes(string value) => Kind switch
    {
        QuestionKind.Number => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= LargestNumber,
        QuestionKind.Text => value.Trim().Length is > 0 and <= LongestText,
        _ => Counted.Contains(value, StringComparer.Ordinal),
    };
}

/// <summary>The answer to a question.</summary>
public sealed record FormAnswer(string Key, string Value);

/// <summary>A form that people fill in by talking (问卷, 观察表, 自查表), as an operator keeps it in <c>manifests/forms</c>.</summary>
/// <param name="Id">leader-self-check.</param>
/// <param name="Version">Raised when questions come, go or mean something else; whoever is just filling in the old one begins anew.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Intro">What is said before the first question; may be empty.</param>
/// <param name="For">Who fills it in.</param>
/// <param name="Questions">In their order.</param>
public sealed record Form(string Id, int Version, string Title, string Intro, ActorRole For, IReadOnlyList<FormQuestion> Questions)
{
    public static readonly Rule KnownQuestion = new("这份表已经更新，请重新填写。", "S09");
    public static readonly Rule EveryQuestionAnswered = new("请逐条回答；可以跳过的题会写明“可跳过”。", "S34");
    public static readonly Rule FittingAnswer = new("有一题的回答对不上，请重新填写这一题。", "S09");

    /// <summary>The answers in the order of the form, each of a question that there is, none missing that is wanted.</summary>
    /// <exception cref="RuleBrokenException">They are not.</exception>
    public IReadOnlyList<FormAnswer> Accept(IReadOnlyList<FormAnswer> answers)
    {
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var answer in answers)
            KnownQuestion.Require(Questions.Any(question => question.Key == answer.Key) && given.TryAdd(answer.Key, answer.Value.Trim()));
        EveryQuestionAnswered.Require(given.Count > 0 && Questions.All(question => question.Skippable || given.ContainsKey(question.Key)));
        FittingAnswer.Require(Questions.All(question => !given.TryGetValue(question.Key, out var value) || question.Takes(value)));
        return [.. Questions.Where(question => given.ContainsKey(question.Key)).Select(question => new FormAnswer(question.Key, given[question.Key]))];
    }

    /// <summary>For each question that can be counted how often each value was given.</summary>
    public IReadOnlyList<QuestionSum> Sums(IReadOnlyCollection<IReadOnlyList<FormAnswer>> filled) =>
    [
        .. Questions.Where(question => question.Counted.Count > 0).Select(question => new QuestionSum(
            question.Key,
            question.Text,
            [.. question.Counted.Select(value => new ValueCount(question.InWords(value), filled.Count(answers => answers.Contains(new FormAnswer(question.Key, value)))))])),
    ];
}

/// <summary>How a question was answered by all together.</summary>
public sealed record QuestionSum(string Key, string Question, IReadOnlyList<ValueCount> Values);

public sealed record ValueCount(string Value, int Count);
