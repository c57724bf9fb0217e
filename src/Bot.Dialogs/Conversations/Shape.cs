using System.Text;

namespace Bot.Dialogs.Conversations;

/// <summary>A stable 32-bit FNV-1a fingerprint: <c>string.GetHashCode</c> differs in every process.</summary>
internal static class Shape
{
    public static uint Of(IEnumerable<string> parts) => Of(Encoding.UTF8.GetBytes(string.Join('\u001f', parts)));

    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        var hash = 2166136261u;
        foreach (var one in bytes)
            hash = unchecked((hash ^ one) * 16777619u);
        return hash;
    }
}
