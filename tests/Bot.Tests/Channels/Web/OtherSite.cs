using Bot.Channels.Web;
using Bot.Dialogs.Conversations;
using Bot.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Bot.Tests.Channels.Web;

/// <summary>Somebody else's page that uses one of the official clients, and what the bot is made to show there.</summary>
internal static class OtherSite
{
    public static readonly byte[] Pixel = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    public static async Task<WebApplication> Start(string bundle, string body)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var site = builder.Build();
        site.Urls.Add("http://127.0.0.1:0");
        site.MapGet("/client.js", () => Results.File(bundle, "text/javascript"));
        site.MapGet("/", () => Results.Content(
            $"""<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>Client</title><script src="/client.js"></script>{body}</html>""",
            "text/html; charset=utf-8"));
        await site.StartAsync();
        return site;
    }

    /// <summary>Puts a card into the conversation, as a preview of an inspection comes.</summary>
    public static async Task PostCard(RestartableBot bot, string person)
    {
        var channel = bot.Now.Services.GetRequiredService<WebChannel>();
        var card = new Reply("检查预告") { Card = new Card("检查预告", "消防", [new Fact("日期", "2026年3月4日")]) { Buttons = ["申请行政指导"] } };
        await bot.Now.Services.GetRequiredService<Transactions>().Run(
            "card",
            async (work, token) =>
            {
                await channel.Post(work.Rows, person, card, "n-1", token);
                return true;
            },
            default);
        channel.Show(person);
    }
}
