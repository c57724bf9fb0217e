using System.Security.Cryptography;
using System.Text.Json;

namespace Bot.Domain.Knowledge;

/// <summary>What an entry of the library is. Of those that fit as well as one another the earlier kind is told first.</summary>
public enum KnowledgeKind
{
    /// <summary>常见问题: a question with its answer.</summary>
    Question,

    /// <summary>合规指引: what a trade has to keep to, in plain words (S18).</summary>
    Guide,

    /// <summary>高频问题: what is often found in a trade, with a plain fix (W26).</summary>
    FrequentProblem,

    /// <summary>典型案例: what happened and what came of it, without names (W29).</summary>
    Case,

    /// <summary>An entry of the three lists 不予处罚、减轻处罚、从轻处罚 (W23).</summary>
    Leniency,
}

public static class KnowledgeKinds
{
    public static string Name(this KnowledgeKind kind) => kind switch
    {
        KnowledgeKind.Guide => "合规指引",
        KnowledgeKind.FrequentProblem => "高频问题",
        KnowledgeKind.Question => "常见问题",
        KnowledgeKind.Case => "典型案例",
        _ => "包容审慎清单",
    };
}

/// <summary>One entry as its file says it.</summary>
/// <param name="Key">Its name in the files; stays the same when the entry is written anew.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Title">What people read first.</param>
/// <param name="Points">The text, point by point.</param>
/// <param name="Source">Where it comes from; every answer says it.</param>
/// <param name="DatedOn">As of when.</param>
public sealed record KnowledgeFacts(string Key, KnowledgeKind Kind, string Title, IReadOnlyList<string> Points, string Source, DateOnly DatedOn)
{
    /// <summary>The trades it is for; none for one that is for all.</summary>
    public IReadOnlyList<string> Trades { get; init; } = [];

    /// <summary>Other words in which people ask for it.</summary>
    public IReadOnlyList<string> Asked { get; init; } = [];

    /// <summary>A case that may be sent to people who did not ask for it (S45).</summary>
    public bool Public { get; init; }

    /// <summary>Its place among those of its file.</summary>
    public int Place { get; init; }
}

/// <summary>One entry of the library (合规指引、案例、问答), kept in step with the operator's files.</summary>
public sealed class KnowledgeEntry
{
    private KnowledgeEntry()
    {
    }

    internal KnowledgeEntry(KnowledgeFacts facts, string? offerId = null)
    {
        OfferId = offerId;
        Take(facts);
    }

    public int Id { get; private set; }
    public string Key { get; private set; } = "";
    public KnowledgeKind Kind { get; private set; }
    public string Title { get; private set; } = "";
    public List<string> Points { get; private set; } = [];
    public string Source { get; private set; } = "";
    public DateOnly DatedOn { get; private set; }
    public List<string> Trades { get; private set; } = [];
    public bool Public { get; private set; }
    public int Place { get; private set; }

    /// <summary>The case of a unit that it is (<see cref="OfferedCase"/>); null for what stands in the operator's files.</summary>
    public string? OfferId { get; private set; }

    /// <summary>The words that the title and the ways to ask for it are made of, and all words (<see cref="KnowledgeTerms"/>).</summary>
    public string TitleTerms { get; private set; } = "";
    public string Terms { get; private set; } = "";

    /// <summary>Tells whether its file says something else now.</summary>
    public string Stamp { get; private set; } = "";

    /// <summary>What tells one wording of an entry from another; changes too when words are taken apart in another way.</summary>
    internal static string StampOf(KnowledgeFacts facts) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new { facts, KnowledgeTerms.Version })));

    internal void Take(KnowledgeFacts facts)
    {
        (Key, Kind, Title, Source, DatedOn) = (facts.Key, facts.Kind, facts.Title, facts.Source, facts.DatedOn);
        (Points, Trades, Public, Place) = ([.. facts.Points], [.. facts.Trades], facts.Public, facts.Place);
        var title = KnowledgeTerms.Of([facts.Title, .. facts.Asked]);
        (TitleTerms, Terms) = (string.Join(' ', title), string.Join(' ', title.Union(KnowledgeTerms.Of([.. facts.Points, .. facts.Trades, facts.Source]), StringComparer.Ordinal)));
        Stamp = StampOf(facts);
    }
}
