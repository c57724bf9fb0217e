using System.Text.Json.Nodes;
using Bot.Channels.Web;
using Bot.Dialogs.Conversations;

namespace Bot.Tests.Channels.Web;

public sealed class CodesToScan
{
    private static readonly byte[] Png = [0x89, (byte)'P', (byte)'N', (byte)'G'];

    [Theory]
    [InlineData(null)]
    [InlineData("https://jianlian.example.cn")]
    public void A_reply_with_a_scene_shows_it_as_a_picture_beside_its_words(string? publicUrl)
    {
        var activity = Activities.Of(new Reply("请扫码。") { Picture = "bind_7KQ2M4XF9T" }, "a", "c", "u", null, publicUrl);

        var picture = Assert.Single(activity["attachments"]!.AsArray())!;
        var url = (string)picture["contentUrl"]!;
        Assert.Equal("请扫码。", (string?)activity["text"]);
        Assert.Equal("image/png", (string?)picture["contentType"]);
        Assert.Equal(Png, Convert.FromBase64String(url["data:image/png;base64,".Length..])[..4]);
        Assert.Null(activity["channelData"]);
    }

    [Fact]
    public void Where_the_code_leads_depends_on_the_public_address() =>
        Assert.NotEqual((string?)ScenePictures.Attachment("bind_7", null)["contentUrl"], (string?)ScenePictures.Attachment("bind_7", "https://jianlian.example.cn")["contentUrl"]);

    [Theory]
    [InlineData("bind_7KQ2M4XF9T", "bind_7KQ2M4XF9T")]
    [InlineData("bind 7", null)]
    [InlineData("", null)]
    [InlineData("绑定", null)]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", null)]
    public void A_page_opened_by_a_code_says_which_and_nothing_else_passes(string given, string? scene)
    {
        var token = new DirectLineToken("c", "u", 0);
        var posted = Activities.Read(
            System.Text.Encoding.UTF8.GetBytes(new JsonObject { ["type"] = "message", ["channelData"] = new JsonObject { ["scene"] = given, ["clientActivityID"] = "1" } }.ToJsonString()), token);

        Assert.Equal(scene, posted.Scene);
        Assert.Null(posted.Shown["channelData"]!["scene"]);
    }
}
