using Bot.Domain.Rules;

namespace Bot.Domain.Inspections;

/// <summary>Whether the justice bureau has looked at an entry of a list (D06).</summary>
public enum ItemReview
{
    Pending,
    Approved,
    Returned,
}

/// <summary>
/// An item of a unit's published list (检查事项): what is looked at, on which basis, against which standard (D05, D06, W02).
/// Only what is reviewed, published and in force may be inspected.
/// </summary>
public sealed class InspectionItem
{
    private static readonly Rule InForce = new("这个事项的依据已废止，不能再审核。", "D03");
    private static readonly Rule ReviewedOnce = new("这个事项已经审核通过。", "D06");
    private static readonly Rule Whole = new("事项缺少检查内容或检查方式，补齐后才能审核通过。", "D05");
    private static readonly Rule WithReason = new("请写明理由，单位会看到。", "D06");

    private InspectionItem()
    {
    }

    public InspectionItem(string id, string unitId, string name, string basis)
    {
        (Id, UnitId, Name, Basis) = (id, unitId, name, basis);
    }

    public string Id { get; private set; } = "";
    public string UnitId { get; private set; } = "";
    public string Name { get; private set; } = "";
    public string Basis { get; private set; } = "";
    public string Content { get; set; } = "";
    public string Method { get; set; } = "";

    /// <summary>检查对象: whom it is for.</summary>
    public string Objects { get; set; } = "";

    /// <summary>How often, in the words of the list.</summary>
    public string Frequency { get; set; } = "";
    public bool Published { get; set; }

    /// <summary>The law, or a special demand of the State Council, fixes how it is inspected: it stays outside joint inspections (D08).</summary>
    public bool FixedByLaw { get; set; }
    public string FixedByLawBecause { get; set; } = "";

    /// <summary>The standards in plain words, one a line; they are the self-check list too (J16, J17).</summary>
    public List<string> Standards { get; set; } = [];
    public ItemReview Review { get; private set; }
    public string ReviewNote { get; private set; } = "";

    /// <summary>From this day the basis no longer holds (D03).</summary>
    public DateOnly? RepealedOn { get; private set; }
    public string RepealedBecause { get; private set; } = "";

    /// <summary>Whether a new task or plan may name it on that day (D03, D06).</summary>
    public bool Selectable(DateOnly on) => Review == ItemReview.Approved && Published && !(RepealedOn <= on);

    /// <summary>Why it may not be named, as a sentence's end; null when it may.</summary>
    public string? WhyNotSelectable(DateOnly on) => this switch
    {
        { RepealedOn: { } repealed } when repealed <= on => "依据已废止或修订",
        { Review: ItemReview.Returned } => "被司法局退回",
        { Review: ItemReview.Pending } => "待司法局审核",
        { Published: false } => "还没有向社会公布",
        _ => null,
    };

    /// <summary>The joint list, as it is imported, says what has been reviewed.</summary>
    public InspectionItem ReviewedAs(ItemReview review, DateOnly? repealedOn = null)
    {
        (Review, RepealedOn) = (review, repealedOn);
        return this;
    }

    /// <summary>What was decided here about the entry that a file now brings again, and the file is silent about.</summary>
    public void Remember(InspectionItem before)
    {
        if (RepealedOn is null)
            (RepealedOn, RepealedBecause) = (before.RepealedOn, before.RepealedBecause);
        if (Review == ItemReview.Pending && (Name, Basis, Content, Method) == (before.Name, before.Basis, before.Content, before.Method))
            (Review, ReviewNote) = (before.Review, before.ReviewNote);
    }

    public void Approve()
    {
        InForce.Require(RepealedOn is null);
        ReviewedOnce.Require(Review != ItemReview.Approved);
        Whole.Require(Content.Length > 0 && Method.Length > 0);
        (Review, ReviewNote) = (ItemReview.Approved, "");
    }

    public void Return(string because)
    {
        WithReason.Require(!string.IsNullOrWhiteSpace(because));
        (Review, ReviewNote) = (ItemReview.Returned, because);
    }

    public void Repeal(string because, DateOnly on)
    {
        InForce.Require(RepealedOn is null, "这个事项已经登记废止。");
        WithReason.Require(!string.IsNullOrWhiteSpace(because));
        (RepealedOn, RepealedBecause) = (on, because);
    }
}

/// <summary>An entry as it read from a day on (D07).</summary>
public sealed class ItemVersion
{
    private ItemVersion()
    {
    }

    internal ItemVersion(InspectionItem item, DateOnly from)
    {
        (ItemId, From) = (item.Id, from);
        Take(item);
    }

    public string ItemId { get; private set; } = "";
    public DateOnly From { get; private set; }
    public string Name { get; private set; } = "";
    public string Basis { get; private set; } = "";
    public string Content { get; private set; } = "";
    public string Method { get; private set; } = "";
    public DateOnly? RepealedOn { get; private set; }

    /// <summary>Changed again on the same day: the day's last reading counts.</summary>
    internal void Take(InspectionItem item) =>
        (Name, Basis, Content, Method, RepealedOn) = (item.Name, item.Basis, item.Content, item.Method, item.RepealedOn);
}
