using System.Text;
using System.Text.Json;

namespace Bot.Domain.Notices;

/// <summary>One notice's wording as an operator edits it in <c>manifests/notices.json</c>.</summary>
public sealed record NoticeTemplate(string Id, string Name, string Audience, string Text, IReadOnlyList<string> Fields, string When);

/// <summary>The wording of all notices. A field that a template names and nobody fills is an error, never a hole in a message.</summary>
public sealed class NoticeWording(IEnumerable<NoticeTemplate> templates)
{
    private readonly Dictionary<string, NoticeTemplate> byId = templates.ToDictionary(t => t.Id, StringComparer.Ordinal);

    public IEnumerable<NoticeTemplate> Templates => byId.Values;

    public static NoticeWording Load(string path) =>
        new(JsonSerializer.Deserialize<List<NoticeTemplate>>(File.ReadAllText(path), JsonSerializerOptions.Web) ?? []);

    /// <exception cref="KeyNotFoundException">The template or one of its fields is not there.</exception>
    public string Render(string id, IReadOnlyDictionary<string, string> fields)
    {
        var text = byId[id].Text;
        var rendered = new StringBuilder(text.Length * 2);
        var at = 0;
        while (at < text.Length)
        {
            var open = text.IndexOf('{', at);
            if (open < 0)
                break;
            var close = text.IndexOf('}', open);
            rendered.Append(text, at, open - at);
            var value = fields[text[(open + 1)..close]];
            at = close + 1;

            // What a person wrote may end with a full stop of its own; the sentence around it goes on with its own mark.
            rendered.Append(at < text.Length && text[at] is '。' or '；' or '，' ? value.TrimEnd('。') : value);
        }

        return rendered.Append(text, at, text.Length - at).ToString();
    }
}
