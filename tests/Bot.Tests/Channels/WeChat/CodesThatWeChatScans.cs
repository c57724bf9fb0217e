using System.Net;
using Bot.Channels.WeChat;
using Bot.Dialogs.Conversations;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Tests.Channels.WeChat;

/// <summary>A scene is handed on as a code of the account; whoever scans it arrives with the scene (B6, C1).</summary>
public sealed class CodesThatWeChatScans
{
    private const string Root = "https://jianlian.example.cn";
    private const string Scene = "bind_7KQ2M4XF9T";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_page_of_a_scene_shows_a_code_and_its_address_does_not_tell_the_scene()
    {
        await using var bot = await FollowedBot.Start(settings: $"--PublicUrl={Root}");
        var codes = bot.Bot.Services.GetRequiredService<SceneCodes>();
        var page = codes.PageOf(Scene)!;
        using var http = new HttpClient { BaseAddress = bot.Bot.Address };

        var html = await http.GetStringAsync(page[Root.Length..], Token);
        var picture = await http.GetByteArrayAsync(codes.PictureOf(Scene)![Root.Length..], Token);

        Assert.DoesNotContain("7KQ2M", page, StringComparison.Ordinal);
        Assert.Contains("<img alt=\"二维码\" src=\"data:image/png;base64,", html, StringComparison.Ordinal);
        Assert.Equal("PNG"u8.ToArray(), picture[1..4]);
        Assert.All(bot.Platform.Codes.Issued, code => Assert.Equal(Scene, code.Scene));
        Assert.Empty(bot.Platform.Violations);
    }

    [Fact]
    public async Task Nobody_makes_up_an_address()
    {
        await using var bot = await FollowedBot.Start(settings: $"--PublicUrl={Root}");
        var page = bot.Bot.Services.GetRequiredService<SceneCodes>().PageOf(Scene)![Root.Length..];
        using var http = new HttpClient { BaseAddress = bot.Bot.Address };

        foreach (var wrong in new[] { page[..^2] + (page[^2] == 'A' ? "BB" : "AA"), SceneCodes.Path + "/" + Scene, SceneCodes.Path + "/" + new string('A', 500), page[..^2] + "AA.png" })
            Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync(wrong, Token)).StatusCode);
        Assert.Empty(bot.Platform.Codes.Issued);
    }

    [Fact]
    public async Task Without_a_public_address_or_a_secret_there_is_none()
    {
        await using var nowhere = await FollowedBot.Start();
        await using var silent = await FollowedBot.Start(settings: [$"--PublicUrl={Root}", "--WeChat:AppSecret="]);

        Assert.Null(nowhere.Bot.Services.GetRequiredService<SceneCodes>().PageOf(Scene));
        Assert.Null(silent.Bot.Services.GetRequiredService<SceneCodes>().PageOf(Scene));
    }

    [Fact]
    public void A_reply_links_to_the_page_below_its_words()
    {
        var text = ReplyText.Of([new Reply("请转给同事。") { Picture = Scene }], "", _ => Root + "/c/x");

        Assert.Equal($"请转给同事。\n<a href=\"{Root}/c/x\">打开二维码</a>", text);
        Assert.Equal("请转给同事。", ReplyText.Of([new Reply("请转给同事。") { Picture = Scene }], ""));
    }

    [Fact]
    public async Task While_the_platform_makes_none_the_page_says_so()
    {
        await using var bot = await FollowedBot.Start(settings: [$"--PublicUrl={Root}", "--WeChat:AppSecret=wrong0secret0wrong0secret00000000"]);
        using var http = new HttpClient { BaseAddress = bot.Bot.Address };

        var answer = await http.GetAsync(bot.Bot.Services.GetRequiredService<SceneCodes>().PageOf(Scene)![Root.Length..], Token);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("请过一会儿再打开", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }
}
