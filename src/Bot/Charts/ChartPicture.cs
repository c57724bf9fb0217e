using Bot.Dialogs.Conversations;

namespace Bot.Charts;

/// <summary>Draws a chart: a line for each bar, what is weak in another colour. Wide enough to be read on a phone held upright.</summary>
public static class ChartPicture
{
    public const string ContentType = "image/png";

    private const int Width = 760;
    private const int Margin = 24;
    private const int Line = 44;
    private const int BarHeight = 22;
    private const int LabelRoom = 330;
    private const int ValueRoom = 150;
    private const int MostBars = 40;

    private static readonly Ink Paper = new(0xFFFFFF);
    private static readonly Ink Text = new(0x1F2933);
    private static readonly Ink Faint = new(0x6B7785);
    private static readonly Ink Track = new(0xE9EDF2);
    private static readonly Ink Good = new(0x2F7FD6);
    private static readonly Ink Weak = new(0xE0792B);

    public static byte[] Draw(Chart chart)
    {
        ArgumentNullException.ThrowIfNull(chart);
        var glyphs = Glyphs.Shipped;
        var bars = chart.Bars.Take(MostBars).ToList();
        var labels = Math.Min(bars.Select(bar => glyphs.WidthOf(bar.Label)).DefaultIfEmpty().Max(), LabelRoom);
        var values = Math.Min(bars.Select(bar => glyphs.WidthOf(bar.Value)).DefaultIfEmpty().Max(), ValueRoom);
        var (from, room) = (Margin + labels + Margin / 2, Width - 2 * Margin - labels - values - Margin);
        var notes = chart.Note.Length == 0 ? 0 : 1;
        var canvas = new Canvas(Width, 2 * Margin + (bars.Count + 1 + notes) * Line, Paper);
        canvas.Write(Margin, Margin, glyphs.Fit(chart.Title, Width - 2 * Margin), Text);
        for (var i = 0; i < bars.Count; i++)
        {
            var (bar, y) = (bars[i], Margin + (i + 1) * Line);
            var label = glyphs.Fit(bar.Label, labels);
            canvas.Write(Margin + labels - glyphs.WidthOf(label), y + (Line - glyphs.Height) / 2, label, Text);
            canvas.Fill(from, y + (Line - BarHeight) / 2, room, BarHeight, Track);
            canvas.Fill(from, y + (Line - BarHeight) / 2, (int)Math.Round(room * Math.Clamp(bar.Percent, 0, 100) / 100), BarHeight, bar.Weak ? Weak : Good);
            canvas.Write(from + room + Margin / 2, y + (Line - glyphs.Height) / 2, glyphs.Fit(bar.Value, values), bar.Weak ? Weak : Text);
        }

        if (notes > 0)
            canvas.Write(Margin, Margin + (bars.Count + 1) * Line + (Line - glyphs.Height) / 2, glyphs.Fit(chart.Note, Width - 2 * Margin), Faint);
        return canvas.ToPng();
    }

    /// <summary>The picture as an address that needs no other request.</summary>
    public static string DataAddress(Chart chart) => $"data:{ContentType};base64,{Convert.ToBase64String(Draw(chart))}";
}
