using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Bot.Domain.Calendar;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Notices;

/// <summary>Writes down what people are owed, in the transaction of the command that causes it. Delivery reads it from there.</summary>
public sealed class NoticeBoard(ISupervisionDb db, NoticeWording wording, ChinaClock clock)
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    private int owed;

    /// <summary>
    /// Owes one notice. <paramref name="key"/> is its natural key (kind + object + version + person): a second call with the same key does nothing.
    /// <paramref name="unrushed"/>: it goes out at the next full hour and bears that hour, because the minute of an anonymous act would point at the
    /// chat message it came in (W28).
    /// </summary>
    public async Task Owe(
        string personId,
        string kind,
        string key,
        string subjectId,
        IReadOnlyDictionary<string, string> fields,
        CancellationToken cancellationToken,
        bool urgent = false,
        bool digest = false,
        bool unrushed = false,
        params IEnumerable<string> actions)
    {
        if (db.Notices.Local.Any(n => n.Key == key) || await db.Notices.AnyAsync(n => n.Key == key, cancellationToken))
            return;
        if (unrushed)
            db.Notices.Add(Written(personId, kind, key, subjectId, fields, urgent, digest, actions, unrushed: true));
        else
            OweNew(personId, kind, key, subjectId, fields, urgent, digest, actions);
    }

    /// <summary>Owes a notice whose cause is known to be new.</summary>
    internal void OweNew(string personId, string kind, string key, string subjectId, IReadOnlyDictionary<string, string> fields, bool urgent, bool digest, params IEnumerable<string> actions) =>
        db.Notices.Add(Written(personId, kind, key, subjectId, fields, urgent, digest, actions, unrushed: false));

    private static DateTime NextHour(DateTime now) => now.Date.AddHours(now.Hour + 1);

    private Notice Written(string personId, string kind, string key, string subjectId, IReadOnlyDictionary<string, string> fields, bool urgent, bool digest, IEnumerable<string> actions, bool unrushed) =>
        new(key, personId, kind, wording.Render(kind, fields), JsonSerializer.Serialize(fields, Readable), actions, subjectId, urgent, digest, unrushed ? NextHour(clock.UtcNow) : clock.UtcNow, owed++, unrushed);
}
