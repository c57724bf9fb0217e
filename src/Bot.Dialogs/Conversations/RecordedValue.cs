using System.Text.Encodings.Web;
using System.Text.Json;

namespace Bot.Dialogs.Conversations;

/// <summary>The JSON of one recorded value. Texts and yes or no, which are nearly all of them, take a short way.</summary>
internal static class RecordedValue
{
    private static readonly byte[] True = "true"u8.ToArray();
    private static readonly byte[] False = "false"u8.ToArray();

    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static ReadOnlyMemory<byte> Write<T>(T value) =>
        value is bool yes ? (yes ? True : False) : JsonSerializer.SerializeToUtf8Bytes(value, Json);

    /// <summary>False when the value is of another make than this release asks for; then the question is asked again.</summary>
    public static bool TryRead<T>(ReadOnlySpan<byte> json, out T? value)
    {
        try
        {
            value = Read<T>(json);
            return true;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or NotSupportedException)
        {
            value = default;
            return false;
        }
    }

    /// <summary>The ids of the stored files in an answer (<see cref="Supplement"/>), however deep they stand in it.</summary>
    public static IReadOnlyList<string> FileIds(ReadOnlySpan<byte> json)
    {
        var found = new List<string>();
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName || !reader.ValueTextEquals(nameof(Supplement.Files)))
                continue;
            reader.Read();
            if (reader.TokenType == JsonTokenType.StartArray)
                found.AddRange((JsonSerializer.Deserialize<List<Evidence>>(ref reader, Json) ?? []).Select(file => file.Id));
        }

        return found;
    }

    private static T? Read<T>(ReadOnlySpan<byte> json)
    {
        if (typeof(T) == typeof(string))
        {
            var reader = new Utf8JsonReader(json);
            reader.Read();
            return (T?)(object?)reader.GetString();
        }

        if (typeof(T) == typeof(bool))
        {
            var reader = new Utf8JsonReader(json);
            reader.Read();
            return (T)(object)reader.GetBoolean();
        }

        return JsonSerializer.Deserialize<T>(json, Json);
    }
}
