namespace Bot.Domain.Manifests;

/// <summary>One thing wrong in a file an operator edits: which file, where in it, and what to change.</summary>
public sealed record ManifestProblem(string File, string Place, string Reason)
{
    public override string ToString() => Place.Length == 0 ? $"{File}：{Reason}" : $"{File}，{Place}：{Reason}";
}

/// <summary>A file an operator edits cannot be used. The message names every problem with file and place.</summary>
public sealed class ManifestException(IReadOnlyList<ManifestProblem> problems)
    : Exception(string.Join('\n', problems))
{
    public IReadOnlyList<ManifestProblem> Problems { get; } = problems;
}
