using System.Text.Json.Nodes;

namespace Bot.Channels.WeCom.Api;

/// <summary>The messages of <see cref="WeComApi.Send"/> that need no more than a line to write.</summary>
public static class WeComMessages
{
    /// <summary>At most <see cref="WeComApi.LongestText"/> bytes; links as <c>&lt;a href&gt;</c>.</summary>
    public static JsonObject Text(string content) => new() { ["msgtype"] = "text", ["text"] = new JsonObject { ["content"] = content } };

    public static JsonObject Image(string mediaId) => new() { ["msgtype"] = "image", ["image"] = new JsonObject { ["media_id"] = mediaId } };
}
