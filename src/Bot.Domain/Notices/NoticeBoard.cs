using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Bot.Domain.Calendar;
using Bot.Domain.Rules;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Notices;

/// <summary>Writes down what people are owed, in the transaction of the command that causes it. Delivery reads it from there.</summary>
public sealed class NoticeBoard(ISupervisionDb db, NoticeWording wording, RulePack rules, CalendarBook calendars, ChinaClock clock)
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    private int owed;

    /// <summary>
    /// Owes one notice. <paramref name="key"/> is its natural key (kind + object + version + person): a second call with the same key does nothing.
    /// <paramref name="unrushed"/>: it goes out when the offices next open, in the morning or after noon, and bears that time, because the hour of an anonymous act would
    /// point at who was there then (W28).
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

    private DateTime NextOpening()
    {
        var (today, time) = (clock.Today, TimeOnly.FromDateTime(clock.LocalNow));
        var (calendar, spans) = (calendars.Current, rules.OfficeHours.Spans);
        return calendar.IsWorkingDay(today) && spans.FirstOrDefault(span => span.From > time) is { } next
            ? ChinaClock.ToUtc(today, next.From)
            : ChinaClock.ToUtc(calendar.NextWorkingDay(today), spans[0].From);
    }

    private Notice Written(string personId, string kind, string key, string subjectId, IReadOnlyDictionary<string, string> fields, bool urgent, bool digest, IEnumerable<string> actions, bool unrushed) =>
        new(key, personId, kind, wording.Render(kind, fields), JsonSerializer.Serialize(fields, Readable), actions, subjectId, urgent, digest, unrushed ? NextOpening() : clock.UtcNow, owed++, unrushed);
}
