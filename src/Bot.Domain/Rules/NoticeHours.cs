namespace Bot.Domain.Rules;

/// <summary>The hours of the night in which no notice is pushed, except in an emergency. May span midnight.</summary>
public sealed record NightRest(TimeOnly From, TimeOnly To)
{
    public bool Covers(DateTime chinaLocal) => TimeOnly.FromDateTime(chinaLocal).IsBetween(From, To);

    /// <summary>The moment itself outside the rest, otherwise the moment the rest ends.</summary>
    public DateTime EndAfter(DateTime chinaLocal)
    {
        if (!Covers(chinaLocal)) return chinaLocal;
        var end = chinaLocal.Date + To.ToTimeSpan();
        return end > chinaLocal ? end : end.AddDays(1);
    }
}

/// <summary>The daily round-up an official gets on working mornings.</summary>
public sealed record MorningDigest(TimeOnly At, bool On);

/// <summary>How long an interrupted conversation simply goes on, and when what was said in it is deleted.</summary>
public sealed record ConversationTimes(TimeSpan ContinueWithin, TimeSpan KeptFor);

/// <summary>The justice bureau that answers for the service in this district.</summary>
public sealed record SupervisionOffice(string Name, string Phone);
