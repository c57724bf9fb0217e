namespace Bot.Domain.Inspections;

/// <summary>An item of a unit's published list (检查事项): what is looked at, on which basis, against which standard.</summary>
public sealed class InspectionItem
{
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
    public bool Published { get; set; }

    /// <summary>The law, or a special demand of the State Council, fixes how it is inspected: it stays outside joint inspections (D08).</summary>
    public bool FixedByLaw { get; set; }
    public string FixedByLawBecause { get; set; } = "";

    /// <summary>The standards in plain words, one a line; they are the self-check list too (J16, J17).</summary>
    public List<string> Standards { get; set; } = [];
}
