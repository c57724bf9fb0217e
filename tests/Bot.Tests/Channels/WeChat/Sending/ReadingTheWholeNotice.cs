using System.Net;
using Bot.CommandLine;
using Bot.Domain.Commands;
using Bot.Domain.Notices;
using Bot.Domain.People;
using Bot.Storage;
using Bot.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Tests.Channels.WeChat.Sending;

/// <summary>The page that a short message points to: the notice and nothing else, for who has the address, for a time (domain.md 5.6).</summary>
public sealed class ReadingTheWholeNotice : IAsyncLifetime
{
    private Databases database = null!;
    private WebApplication app = null!;
    private HttpClient http = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_shows_the_notice_as_it_was_written_and_nothing_that_a_browser_would_run()
    {
        var token = new string('a', 22);
        await Notice(token, until: TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(1), answer: "第一行\n<script>alert(1)</script>");

        using var answer = await http.GetAsync(new Uri($"/n/{token}", UriKind.Relative), Token);
        var page = await answer.Content.ReadAsStringAsync(Token);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("第一行\n&lt;script&gt;", WebUtility.HtmlDecode(page).Replace("<script>", "&lt;script&gt;", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("viewport", page, StringComparison.Ordinal);
        Assert.Contains("noindex", string.Join(' ', answer.Headers.GetValues("X-Robots-Tag")), StringComparison.Ordinal);
        Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
        Assert.Contains("default-src 'none'", string.Join(' ', answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.DoesNotContain("某人", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("aaaaaaaaaaaaaaaaaaaaab")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public async Task Who_guesses_sees_nothing(string guessed)
    {
        await Notice(new string('a', 22), until: TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(1), answer: "机密");

        using var answer = await http.GetAsync(new Uri($"/n/{guessed}", UriKind.Relative), Token);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.DoesNotContain("机密", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_its_time_it_is_gone()
    {
        var token = new string('a', 22);
        await Notice(token, until: TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(-1), answer: "机密");

        using var answer = await http.GetAsync(new Uri($"/n/{token}", UriKind.Relative), Token);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("详情", WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Token)), StringComparison.Ordinal);
    }

    public async ValueTask InitializeAsync()
    {
        database = await Databases.Fresh(DatabaseKind.Sqlite);
        app = Program.Build(Asked.Read(["--Urls=http://127.0.0.1:0", $"--ConnectionStrings:Database={database.Location.ConnectionString}", $"--Manifests={Manifests.Folder}"]));
        await app.StartAsync(Token);
        http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await app.DisposeAsync();
        await database.DisposeAsync();
    }

    private async Task Notice(string pageToken, DateTime until, string answer) => await app.Services.GetRequiredService<Transactions>().Run(
        "notice",
        async (work, token) =>
        {
            var db = work.Services.GetRequiredService<SupervisionDb>();
            db.Add(new Person("E1", "某人", ActorRole.EnterpriseUser));
            var fields = new Dictionary<string, string> { ["no"] = "R-0001", ["justice"] = "区司法局", ["answer"] = answer };
            await work.Services.GetRequiredService<NoticeBoard>().Owe("E1", "N39", "k1", "R1", fields, token);
            var notice = db.Notices.Local.Single();
            await db.SaveChangesAsync(token);
            await work.Rows.OpenPage(notice.Id, pageToken, until, token);
            return 0;
        },
        Token);
}
