using System.Text.Json;
using Bot.Domain.Forms;

namespace Bot.Domain.Observations;

/// <summary>What a legal observer saw at an inspection (法治观察, S08, S34). The unit only ever sees sums.</summary>
public sealed class Observation
{
    /// <summary>证件是否出示, by its key in the form: counted for the justice bureau (S30).</summary>
    internal const string CertificatesShown = "certificates";

    private Observation()
    {
    }

    public Observation(string id, string number, string personId, string? taskId, string? unitId, Form form, IReadOnlyList<FormAnswer> answers, string text, IEnumerable<string> fileIds, DateOnly on)
    {
        (Id, Number, PersonId, TaskId, UnitId, Text, On) = (id, number, personId, taskId, unitId, text, on);
        (FormVersion, Answers, FileIds) = (form.Version, JsonSerializer.Serialize(form.Accept(answers)), [.. fileIds]);
    }

    public string Id { get; private set; } = "";

    /// <summary>云监观〔2026〕6号</summary>
    public string Number { get; private set; } = "";
    public string PersonId { get; private set; } = "";
    public string? TaskId { get; private set; }
    public string? UnitId { get; private set; }
    public int FormVersion { get; private set; }

    /// <summary>As JSON.</summary>
    public string Answers { get; private set; } = "";
    public string Text { get; private set; } = "";
    public List<string> FileIds { get; private set; } = [];
    public DateOnly On { get; private set; }

    public IReadOnlyList<FormAnswer> Read() => JsonSerializer.Deserialize<List<FormAnswer>>(Answers)!;
}
