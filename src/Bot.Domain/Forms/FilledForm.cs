using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace Bot.Domain.Forms;

/// <summary>A form somebody filled in.</summary>
public sealed class FilledForm
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    private FilledForm()
    {
    }

    private FilledForm(Form form, string subjectId, string? unitId, string? personId, DateOnly? on, IReadOnlyList<FormAnswer> answers)
    {
        // No number that grows and no time: of an anonymous one nothing says when it was given.
        Id = Guid.NewGuid();
        (FormId, FormVersion, SubjectId, UnitId, PersonId, GivenOn) = (form.Id, form.Version, subjectId, unitId, personId, on);
        Answers = JsonSerializer.Serialize(form.Accept(answers), Readable);
    }

    public Guid Id { get; private set; }
    public string FormId { get; private set; } = "";
    public int FormVersion { get; private set; }

    /// <summary>The questionnaire it was sent out with (W26-1), the quarter of a self-check (2026Q4); empty where it is about nothing more.</summary>
    public string SubjectId { get; private set; } = "";

    /// <summary>The unit it is about.</summary>
    public string? UnitId { get; private set; }

    /// <summary>Null for a questionnaire: nobody is to know who said what (S09).</summary>
    public string? PersonId { get; private set; }
    public DateOnly? GivenOn { get; private set; }

    /// <summary>As JSON.</summary>
    public string Answers { get; private set; } = "";

    public IReadOnlyList<FormAnswer> Read() => JsonSerializer.Deserialize<List<FormAnswer>>(Answers, Readable)!;

    public static FilledForm Anonymous(Form form, string subjectId, string? unitId, IReadOnlyList<FormAnswer> answers) => new(form, subjectId, unitId, null, null, answers);

    public static FilledForm Named(Form form, string subjectId, string? unitId, string personId, DateOnly on, IReadOnlyList<FormAnswer> answers) =>
        new(form, subjectId, unitId, personId, on, answers);

    /// <summary>Filled in again before the time is over.</summary>
    internal void Replace(Form form, string personId, DateOnly on, IReadOnlyList<FormAnswer> answers) =>
        (FormVersion, PersonId, GivenOn, Answers) = (form.Version, personId, on, JsonSerializer.Serialize(form.Accept(answers), Readable));
}
