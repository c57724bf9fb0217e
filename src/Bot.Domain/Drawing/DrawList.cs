using System.Globalization;
using System.Text;

namespace Bot.Domain.Drawing;

/// <summary>A list of objects as text: the lines that are hashed.</summary>
public static class DrawList
{
    public static string Write(ReadOnlySpan<DrawEntry> inOrder)
    {
        var text = new StringBuilder(inOrder.Length * 12);
        foreach (var (id, weight) in inOrder)
            text.Append(id).Append('\t').Append(weight.ToString(CultureInfo.InvariantCulture)).Append('\n');
        return text.ToString();
    }

    public static DrawEntry[] Read(string text) =>
        [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t')).Select(parts => new DrawEntry(parts[0], int.Parse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture)))];
}
