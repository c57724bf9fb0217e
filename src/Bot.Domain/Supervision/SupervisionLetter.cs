using System.Security.Cryptography;

namespace Bot.Domain.Supervision;

/// <summary>A paper that was issued: the Word document as it went out, its number and the hash by which anybody can tell that it is the same (S14, S41).</summary>
public sealed class SupervisionLetter
{
    private SupervisionLetter()
    {
    }

    internal SupervisionLetter(string id, string subjectId, Paper paper, string number, byte[] document, string token, string byPersonId, DateOnly today)
    {
        (Id, SubjectId, Kind, Name, Number) = (id, subjectId, paper.Kind, paper.Name, number);
        (Document, Sha256, Token) = (document, Convert.ToHexStringLower(SHA256.HashData(document)), token);
        (IssuedById, IssuedOn) = (byPersonId, today);
    }

    /// <summary>SV26-12-1: the case or opinion, and which of its papers.</summary>
    public string Id { get; private set; } = "";

    /// <summary>SV26-12, or ZD26-1 of a guiding opinion.</summary>
    public string SubjectId { get; private set; } = "";
    public PaperKind Kind { get; private set; }

    /// <summary>The name that the paper had on its day.</summary>
    public string Name { get; private set; } = "";
    public string Number { get; private set; } = "";
    public byte[] Document { get; private set; } = [];
    public string Sha256 { get; private set; } = "";

    /// <summary>The unguessable end of its address.</summary>
    public string Token { get; private set; } = "";
    public string IssuedById { get; private set; } = "";
    public DateOnly IssuedOn { get; private set; }

    /// <summary>已收到: when and by whom. To have opened it is no receipt (S15).</summary>
    public DateTime? ReceivedAt { get; private set; }
    public string? ReceivedById { get; private set; }
    public string? VoidedBecause { get; private set; }

    internal void Receive(string byPersonId, DateTime at) => (ReceivedAt, ReceivedById) = (at, byPersonId);

    internal void Void(string because) => VoidedBecause = because;
}
