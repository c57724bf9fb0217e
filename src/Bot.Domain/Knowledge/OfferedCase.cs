using Bot.Domain.Rules;

namespace Bot.Domain.Knowledge;

public enum OfferState
{
    Waiting,
    Released,
    Declined,
}

/// <summary>A good case that a unit sends in, for the justice bureau to spread or not (S45).</summary>
public sealed class OfferedCase
{
    public static readonly Rule Waiting = new("这个案例已经审过了。说“案例报送”可以看到还没有审的。", "S45");
    private static readonly Rule WithText = new("案例要有标题和经过。标题一句话，经过写清做了什么、效果怎样。", "S45");
    private static readonly Rule WithReason = new("请说明为什么不采用，报送单位会看到这句话。", "S45");

    private OfferedCase()
    {
    }

    internal OfferedCase(string id, string number, string unitId, string byId, string title, string text, DateOnly on)
    {
        WithText.Require(title.Length > 0 && text.Length > 0);
        (Id, Number, UnitId, ById, Title, Text, OfferedOn) = (id, number, unitId, byId, title, text, on);
    }

    /// <summary>L26-3</summary>
    public string Id { get; private set; } = "";
    public string Number { get; private set; } = "";
    public string UnitId { get; private set; } = "";
    public string ById { get; private set; } = "";
    public string Title { get; private set; } = "";
    public string Text { get; private set; } = "";
    public DateOnly OfferedOn { get; private set; }
    public OfferState State { get; private set; }
    public string? DeclinedBecause { get; private set; }

    internal void Release()
    {
        Waiting.Require(State == OfferState.Waiting);
        State = OfferState.Released;
    }

    internal void Decline(string because)
    {
        Waiting.Require(State == OfferState.Waiting);
        WithReason.Require(because.Length > 0);
        (State, DeclinedBecause) = (OfferState.Declined, because);
    }
}
