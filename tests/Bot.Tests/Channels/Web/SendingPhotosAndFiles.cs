using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Bot.Tests.Hosting;

namespace Bot.Tests.Channels.Web;

/// <summary>Uploads: the content decides, the name is not believed, what is refused leaves nothing behind.</summary>
public sealed class SendingPhotosAndFiles : IAsyncLifetime
{
    private static readonly byte[] Png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, .. new byte[200]];

    private RunningBot bot = null!;
    private WebClient client = null!;

    public async ValueTask InitializeAsync()
    {
        bot = await RunningBot.Start();
        client = await WebClient.Visit(bot);
        await client.Start();
    }

    public ValueTask DisposeAsync() => bot.DisposeAsync();

    [Fact]
    public async Task A_photo_with_a_Chinese_name_is_kept_and_shown_as_a_picture()
    {
        using var response = await client.Upload("消防通道.png", Png, "请看照片");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var said = (await client.History())[1];
        var photo = said["attachments"]![0]!;
        Assert.Equal(("消防通道.png", "image/png"), ((string?)photo["name"], (string?)photo["contentType"]));
        Assert.Equal((string?)photo["contentUrl"], (string?)photo["thumbnailUrl"]);
        Assert.StartsWith(bot.Address.ToString(), (string?)photo["contentUrl"], StringComparison.Ordinal);

        // Pictures are fetched by <img>, without a token.
        using var download = await bot.Client.GetAsync((string?)photo["contentUrl"]);
        Assert.Equal(Png, await download.Content.ReadAsByteArrayAsync());
        Assert.Equal("image/png", download.Content.Headers.ContentType?.MediaType);
        Assert.Equal("nosniff", download.Headers.GetValues("X-Content-Type-Options").Single());
    }

    [Fact]
    public async Task A_document_is_offered_for_saving_never_for_opening_in_the_page()
    {
        using var response = await client.Upload("整改报告.pdf", Encoding.ASCII.GetBytes("%PDF-1.7 test"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var file = (await client.History())[1]["attachments"]![0]!;
        Assert.Null(file["thumbnailUrl"]);
        using var download = await bot.Client.GetAsync((string?)file["contentUrl"]);
        Assert.Equal("attachment", download.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Equal("整改报告.pdf", download.Content.Headers.ContentDisposition?.FileNameStar);
    }

    [Theory]
    [InlineData("photo.png", "<html><script>alert(1)</script>")]
    [InlineData("photo.jpg", "MZ program")]
    [InlineData("archive.docx", "PK\u0003\u0004 anything")]
    [InlineData("nothing.png", "")]
    public async Task Other_contents_are_refused_kindly_whatever_the_name_says(string name, string content)
    {
        using var response = await client.Upload(name, Encoding.ASCII.GetBytes(content));

        await IsRefused(response, "");
    }

    [Fact]
    public async Task A_photo_of_20_MB_is_refused_with_what_to_do_and_nothing_is_kept()
    {
        var large = new byte[20 * 1024 * 1024];
        Png.CopyTo(large, 0);

        using var response = await client.Upload("大.png", large);

        await IsRefused(response, "请压缩到 10 MB 以内");
    }

    [Theory]
    [InlineData("../../etc/passwd.png", "passwd.png")]
    [InlineData(@"C:\temp\照片.exe", "照片.png")]
    [InlineData("...", "文件.png")]
    public async Task Names_are_taken_for_nothing_but_a_label(string name, string kept)
    {
        using var response = await client.Upload(name, Png);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(kept, (string?)(await client.History())[1]["attachments"]![0]!["name"]);
    }

    [Fact]
    public async Task The_same_upload_again_is_one_message()
    {
        using var first = await client.Upload("一.png", Png, clientId: "same");
        using var second = await client.Upload("一.png", Png, clientId: "same");

        Assert.Equal(await first.Content.ReadAsStringAsync(), await second.Content.ReadAsStringAsync());
        Assert.Single(await client.History(), activity => (string?)activity["from"]!["role"] == "user");
    }

    [Theory]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("..%2F..%2Fbot.db")]
    [InlineData("..")]
    public async Task Only_the_right_address_gives_a_file(string id)
    {
        using var response = await bot.Client.GetAsync($"/v3/directline/attachments/{id}/x.png");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    private async Task IsRefused(HttpResponseMessage response, string words)
    {
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var detail = (string?)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["detail"];
        Assert.Matches(@"\p{IsCJKUnifiedIdeographs}", detail);
        Assert.Contains(words, detail, StringComparison.Ordinal);
        Assert.Single(await client.History());
        var folder = Path.Combine(bot.Folder, "files");
        Assert.Empty(Directory.Exists(folder) ? Directory.GetFiles(folder) : []);
    }
}
