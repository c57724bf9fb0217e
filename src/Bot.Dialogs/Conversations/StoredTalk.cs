using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Bot.Dialogs.Conversations;

/// <summary>
/// The stored form of a talk, written and read by hand because every message pays for it. Names are one or two letters, times are
/// milliseconds, entries are arrays; values stay the JSON they are until their question asks for them.
/// </summary>
internal static class StoredTalk
{
    /// <summary>The shape of the record; another one is not read but begun anew.</summary>
    private const int Format = 2;

    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static string Write(TalkState state)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using var json = new Utf8JsonWriter(buffer, Writing);
        json.WriteStartObject();
        json.WriteNumber("f"u8, Format);
        Write(json, "s"u8, state.Stack);
        Write(json, "k"u8, state.Kept);
        if (state.Asked != DeskQuestion.Nothing) json.WriteNumber("q"u8, (int)state.Asked);
        if (state.Greeted) json.WriteBoolean("g"u8, true);
        if (state.Offers.Count > 0)
        {
            json.WriteStartArray("o"u8);
            foreach (var offer in state.Offers) WriteTexts(json, offer.Label, offer.Conversation, offer.Words);
            json.WriteEndArray();
        }

        if (state.Later is { } later)
        {
            json.WriteStartArray("w"u8);
            WriteTexts(json, later.Label, later.Conversation, later.Words);
            json.WriteEndArray();
        }

        if (state.Pieces.Count > 0)
        {
            json.WriteStartArray("p"u8);
            foreach (var piece in state.Pieces)
            {
                json.WriteStartArray();
                json.WriteStringValue(piece.Text);
                json.WriteNumberValue(Milliseconds(piece.At));
                json.WriteEndArray();
            }

            json.WriteEndArray();
        }

        WriteEvidence(json, state.Photos);
        json.WriteEndObject();
        json.Flush();
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Null when the text is of another format or none at all.</summary>
    public static TalkState? Read(string stored)
    {
        try
        {
            var bytes = Encoding.UTF8.GetBytes(stored);
            var json = new Utf8JsonReader(bytes);
            json.Read();
            return ReadState(ref json, bytes);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    private static void Write(Utf8JsonWriter json, ReadOnlySpan<byte> name, List<Journal> journals)
    {
        if (journals.Count == 0) return;
        json.WriteStartArray(name);
        foreach (var journal in journals) Write(json, journal);
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, Journal journal)
    {
        json.WriteStartObject();
        json.WriteString("c"u8, journal.Conversation);
        json.WriteNumber("v"u8, journal.Version);
        json.WriteNumber("t"u8, Milliseconds(journal.StartedAt));
        json.WriteNumber("l"u8, Milliseconds(journal.LastAt));
        if (journal.Opening.Length > 0) json.WriteString("o"u8, journal.Opening);
        if (journal.Pending is not null) json.WriteString("p"u8, journal.Pending);
        if (journal.PendingShape != Shape.Free) json.WriteNumber("ps"u8, journal.PendingShape);
        if (journal.PendingTakesAnything) json.WriteBoolean("a"u8, true);
        if (journal.Hidden) json.WriteBoolean("h"u8, true);
        if (journal.Fleeting) json.WriteBoolean("z"u8, true);
        if (journal.FailedAfter is not null) json.WriteString("x"u8, journal.FailedAfter);
        if (journal.KeptUntil is { } until) json.WriteNumber("u"u8, Milliseconds(until));
        WriteEvidence(json, journal.Attachments);
        json.WriteStartArray("e"u8);
        foreach (var entry in journal.Entries)
        {
            json.WriteStartArray();
            json.WriteStringValue(entry.Key);
            json.WriteNumberValue((int)entry.Kind);
            json.WriteNumberValue(entry.Shape);
            json.WriteRawValue(entry.Value.Span, skipInputValidation: true);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteEvidence(Utf8JsonWriter json, List<Evidence> files)
    {
        if (files.Count == 0) return;
        json.WriteStartArray("i"u8);
        foreach (var file in files)
        {
            json.WriteStartArray();
            json.WriteStringValue(file.Id);
            json.WriteStringValue(file.Name);
            json.WriteStringValue(file.ContentType);
            json.WriteNumberValue(file.Bytes);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private static void WriteTexts(Utf8JsonWriter json, params ReadOnlySpan<string> texts)
    {
        json.WriteStartArray();
        foreach (var text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }

    private static TalkState? ReadState(ref Utf8JsonReader json, byte[] bytes)
    {
        var format = 0;
        var (asked, greeted) = (DeskQuestion.Nothing, false);
        List<Journal> stack = [], kept = [];
        List<Offer> offers = [];
        Offer? later = null;
        List<Piece> pieces = [];
        List<Evidence> photos = [];
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (Is(ref json, "f"u8)) format = json.GetInt32();
            else if (Is(ref json, "s"u8)) ReadJournals(ref json, bytes, stack);
            else if (Is(ref json, "k"u8)) ReadJournals(ref json, bytes, kept);
            else if (Is(ref json, "q"u8)) asked = (DeskQuestion)json.GetInt32();
            else if (Is(ref json, "g"u8)) greeted = json.GetBoolean();
            else if (Is(ref json, "o"u8)) while (Row(ref json)) offers.Add(new(Text(ref json), NextText(ref json), LastText(ref json)));
            else if (Is(ref json, "w"u8)) while (Row(ref json)) later = new(Text(ref json), NextText(ref json), LastText(ref json));
            else if (Is(ref json, "p"u8)) while (Row(ref json)) pieces.Add(new(Text(ref json), LastTime(ref json)));
            else if (Is(ref json, "i"u8)) ReadEvidence(ref json, photos);
            else Skip(ref json);
        }

        return format == Format ? new TalkState { Stack = stack, Kept = kept, Asked = asked, Greeted = greeted, Offers = offers, Later = later, Pieces = pieces, Photos = photos } : null;
    }

    private static void ReadJournals(ref Utf8JsonReader json, byte[] bytes, List<Journal> journals)
    {
        while (json.Read() && json.TokenType == JsonTokenType.StartObject) journals.Add(ReadJournal(ref json, bytes));
    }

    private static Journal ReadJournal(ref Utf8JsonReader json, byte[] bytes)
    {
        string conversation = "", opening = "";
        string? pending = null, failedAfter = null;
        var (version, shape, takesAnything, hidden, fleeting) = (0, 0u, false, false, false);
        long startedAt = 0, lastAt = 0;
        DateTime? keptUntil = null;
        List<JournalEntry> entries = [];
        List<Evidence> attachments = [];
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (Is(ref json, "c"u8)) conversation = Text(ref json);
            else if (Is(ref json, "v"u8)) version = json.GetInt32();
            else if (Is(ref json, "t"u8)) startedAt = json.GetInt64();
            else if (Is(ref json, "l"u8)) lastAt = json.GetInt64();
            else if (Is(ref json, "o"u8)) opening = Text(ref json);
            else if (Is(ref json, "p"u8)) pending = Text(ref json);
            else if (Is(ref json, "ps"u8)) shape = json.GetUInt32();
            else if (Is(ref json, "a"u8)) takesAnything = json.GetBoolean();
            else if (Is(ref json, "h"u8)) hidden = json.GetBoolean();
            else if (Is(ref json, "z"u8)) fleeting = json.GetBoolean();
            else if (Is(ref json, "u"u8)) keptUntil = Time(json.GetInt64());
            else if (Is(ref json, "x"u8)) failedAfter = Text(ref json);
            else if (Is(ref json, "i"u8)) ReadEvidence(ref json, attachments);
            else if (Is(ref json, "e"u8)) while (Row(ref json)) entries.Add(ReadEntry(ref json, bytes));
            else Skip(ref json);
        }

        return new Journal(conversation, version, Time(startedAt))
        {
            LastAt = Time(lastAt),
            Opening = opening,
            Entries = entries,
            Attachments = attachments,
            Pending = pending,
            PendingShape = shape,
            PendingTakesAnything = takesAnything,
            Hidden = hidden,
            Fleeting = fleeting,
            KeptUntil = keptUntil,
            FailedAfter = failedAfter,
        };
    }

    private static JournalEntry ReadEntry(ref Utf8JsonReader json, byte[] bytes)
    {
        var key = Text(ref json);
        json.Read();
        var kind = (EntryKind)json.GetInt32();
        json.Read();
        var shape = json.GetUInt32();
        json.Read();
        var from = (int)json.TokenStartIndex;
        json.Skip();
        var value = bytes.AsMemory(from..(int)json.BytesConsumed);
        json.Read();
        return new JournalEntry(key, kind, shape, value);
    }

    private static void ReadEvidence(ref Utf8JsonReader json, List<Evidence> files)
    {
        while (Row(ref json))
        {
            var (id, name, type) = (Text(ref json), NextText(ref json), NextText(ref json));
            json.Read();
            files.Add(new(id, name, type, json.GetInt64()));
            json.Read();
        }
    }

    private static bool Is(ref Utf8JsonReader json, ReadOnlySpan<byte> name)
    {
        if (!json.ValueTextEquals(name)) return false;
        json.Read();
        return true;
    }

    /// <summary>Goes to the first value of the next inner array; false at the end of the outer one.</summary>
    private static bool Row(ref Utf8JsonReader json) => json.Read() && json.TokenType == JsonTokenType.StartArray && json.Read();

    private static string Text(ref Utf8JsonReader json) => json.GetString() ?? "";

    private static string NextText(ref Utf8JsonReader json)
    {
        json.Read();
        return Text(ref json);
    }

    private static string LastText(ref Utf8JsonReader json)
    {
        var text = NextText(ref json);
        json.Read();
        return text;
    }

    private static DateTime LastTime(ref Utf8JsonReader json)
    {
        json.Read();
        var time = Time(json.GetInt64());
        json.Read();
        return time;
    }

    private static void Skip(ref Utf8JsonReader json)
    {
        json.Read();
        json.Skip();
    }

    private static long Milliseconds(DateTime utc) => (utc - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMillisecond;

    private static DateTime Time(long milliseconds) => DateTime.UnixEpoch.AddMilliseconds(milliseconds);
}
