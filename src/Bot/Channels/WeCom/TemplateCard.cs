using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml;

namespace Bot.Channels.WeCom;

/// <summary>A button; <see cref="Key"/> comes back when it is tapped.</summary>
public sealed record CardButton(string Text, string Key)
{
    public bool Main { get; init; }

    /// <summary>Tapped, it opens something and may be tapped again; other buttons do what they say, and that is done once.</summary>
    public bool Opens { get; init; }
}

/// <summary>One of several to choose; <see cref="Id"/> comes back when it is chosen.</summary>
public sealed record CardOption(string Id, string Text);

/// <summary>A pair of a short name and what it is.</summary>
public sealed record CardFact(string Name, string Value);

/// <summary>
/// A template card, made to fit the platform's limits (C8): with buttons, or with a list to choose from and a button to submit. As JSON when it is sent,
/// as XML when it answers a tap.
/// </summary>
public sealed record TemplateCard(string TaskId, string Title)
{
    public const int LongestTitle = 36;
    public const int LongestDescription = 44;
    public const int LongestText = 160;
    public const int LongestName = 5;
    public const int LongestValue = 30;
    public const int LongestButton = 10;
    public const int LongestOption = 16;
    public const int MostButtons = 6;
    public const int MostOptions = 10;
    public const int MostFacts = 6;

    /// <summary>Bytes of a button's key and of an option's id.</summary>
    public const int LongestKey = 1024;
    public const int LongestId = 128;

    private const int LongestSource = 13;
    private const string Question = "choice";

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Whom it is from, small above the title.</summary>
    public string Source { get; init; } = "";

    /// <summary>A line under the title.</summary>
    public string Description { get; init; } = "";

    /// <summary>Running text.</summary>
    public string Text { get; init; } = "";

    public IReadOnlyList<CardFact> Facts { get; init; } = [];

    public IReadOnlyList<CardButton> Buttons { get; init; } = [];

    public IReadOnlyList<CardOption> Options { get; init; } = [];

    /// <summary>The key of the button that submits what was chosen.</summary>
    public string SubmitKey { get; init; } = "";

    /// <summary>What was chosen or what came of it: stands in grey where there was something to tap. Null while it can be tapped.</summary>
    public string? Done { get; init; }

    /// <summary>Whether a text can stand on a button or in the list at all.</summary>
    public static bool IsKey(string key) => key.Length > 0 && Encoding.UTF8.GetByteCount(key) <= LongestKey;

    public static bool IsId(string id) => id.Length > 0 && Encoding.UTF8.GetByteCount(id) <= LongestId;

    /// <summary>What is kept of a card to show it again later.</summary>
    public string Keep() => JsonSerializer.Serialize(this, Plain);

    public static TemplateCard Read(string kept) => JsonSerializer.Deserialize<TemplateCard>(kept, Plain)!;

    public JsonObject Json()
    {
        var card = new JsonObject { ["card_type"] = Type };
        if (Source.Length > 0)
            card["source"] = new JsonObject { ["desc"] = Words.Fit(Source, LongestSource) };
        card["main_title"] = Pair("title", Words.Fit(Title, LongestTitle), "desc", Words.Fit(Description, LongestDescription));
        if (Text.Length > 0 && Options.Count == 0)
            card["sub_title_text"] = Words.FitLines(Text, LongestText);
        if (Facts.Count > 0)
            card["horizontal_content_list"] = new JsonArray([.. Facts.Take(MostFacts).Select(fact => Pair("keyname", Words.Fit(fact.Name, LongestName), "value", Words.Fit(fact.Value, LongestValue)))]);
        card["task_id"] = TaskId;
        if (Options.Count > 0)
        {
            card["select_list"] = new JsonArray(Selection());
            card["submit_button"] = new JsonObject { ["text"] = "确定", ["key"] = SubmitKey };
        }
        else
        {
            card["button_list"] = new JsonArray([.. Buttons.Take(MostButtons).Select(button => new JsonObject
            {
                ["text"] = Words.Fit(button.Text, LongestButton),
                ["style"] = button.Main ? 1 : 2,
                ["key"] = button.Key,
            })]);
        }

        if (Done is { } done)
            card["replace_text"] = Words.Fit(done, LongestTitle);
        return card;
    }

    /// <summary>The same in the platform's XML: names in capitals, lists as repeated elements (C5).</summary>
    internal void WriteXml(XmlWriter xml)
    {
        xml.WriteStartElement("TemplateCard");
        Write(xml, Json());
        xml.WriteEndElement();
    }

    private string Type => Options.Count > 0 ? "multiple_interaction" : "button_interaction";

    private JsonObject Selection()
    {
        var list = new JsonObject
        {
            ["question_key"] = Question,
            ["title"] = "请选择",
            ["option_list"] = new JsonArray([.. Options.Take(MostOptions).Select(option => Pair("id", option.Id, "text", Words.Fit(option.Text, LongestOption)))]),
        };
        if (Done is not null)
            list["disable"] = true;
        return list;
    }

    private static JsonObject Pair(string first, string one, string second, string other)
    {
        var pair = new JsonObject { [first] = one };
        if (other.Length > 0)
            pair[second] = other;
        return pair;
    }

    private static void Write(XmlWriter xml, JsonObject fields)
    {
        foreach (var (name, value) in fields)
        {
            foreach (var item in value is JsonArray several ? several : Enumerable.Repeat(value, 1))
            {
                xml.WriteStartElement(InXml(name));
                if (item is JsonObject inner)
                    Write(xml, inner);
                else if (item!.GetValueKind() == JsonValueKind.String)
                    xml.WriteCData(Words.Clean(item.GetValue<string>()));
                else
                    xml.WriteString(item.ToJsonString());
                xml.WriteEndElement();
            }
        }
    }

    private static string InXml(string name) => string.Concat(name.Split('_').Select(part => char.ToUpperInvariant(part[0]) + part[1..]));
}
