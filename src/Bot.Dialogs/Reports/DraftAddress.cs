using Bot.Domain.Reports;

namespace Bot.Dialogs.Reports;

/// <summary>Where a draft is fetched.</summary>
public static class DraftAddress
{
    public const string Path = "/drafts";

    internal static string Of(string root, DraftIssued issued) => $"{root}{Path}/{issued.Secret}";
}
