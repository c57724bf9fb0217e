using System.Globalization;
using System.Text;

namespace Bot.Calendars;

/// <summary>
/// Writes the lines of an iCalendar document (RFC 5545 section 3.1): ended by CRLF, folded after at most 75 octets without breaking a character, texts
/// escaped (3.3.11).
/// </summary>
public sealed class ICalendarWriter
{
    private const int LongestLine = 75;

    private readonly StringBuilder document = new();

    public ICalendarWriter Line(string name, string value)
    {
        Fold($"{name}:{value}");
        return this;
    }

    /// <summary>A text, with what it means to a reader kept and nothing that could end the line; empty ones are left out.</summary>
    public ICalendarWriter Text(string name, string text) => text.Length == 0 ? this : Line(name, Escaped(text));

    public ICalendarWriter Day(string name, DateOnly day) => Line($"{name};VALUE=DATE", day.ToString("yyyyMMdd", CultureInfo.InvariantCulture));

    /// <summary>A moment of the civil time of the zone.</summary>
    public ICalendarWriter Local(string name, string zone, DateTime local) => Line($"{name};TZID={zone}", local.ToString("yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture));

    public ICalendarWriter Utc(string name, DateTime utc) => Line(name, utc.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture));

    public override string ToString() => document.ToString();

    private static string Escaped(string text)
    {
        var escaped = new StringBuilder(text.Length + 16);
        foreach (var rune in text.ReplaceLineEndings("\n").EnumerateRunes())
        {
            switch (rune.Value)
            {
                case '\n':
                    escaped.Append("\\n");
                    break;
                case '\\' or ';' or ',':
                    escaped.Append('\\').Append((char)rune.Value);
                    break;
                case '\t':
                    escaped.Append(' ');
                    break;
                default:
                    // EnumerateRunes has made half a character into U+FFFD already.
                    if (!Rune.IsControl(rune))
                        escaped.Append(rune);
                    break;
            }
        }

        return escaped.ToString();
    }

    private void Fold(string line)
    {
        var octets = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            // The space that begins a folded line counts.
            if (octets + rune.Utf8SequenceLength > LongestLine)
            {
                document.Append("\r\n ");
                octets = 1;
            }

            document.Append(rune);
            octets += rune.Utf8SequenceLength;
        }

        document.Append("\r\n");
    }
}
